#pragma once

#include <vector>

#include "sim/api/step.hpp"
#include "sim/core/declaration.hpp"

namespace steppe::wages {

/// Foreigners' wages relative to nationals' by occupation: they fall as foreigners become more
/// numerous, by the inverse of an elasticity of substitution.
class ForeignRatio {
 public:
  /// `native_foreign_substitution` and `foreign_wage_ratio`.
  [[nodiscard]] static std::vector<ParameterDecl> parameters();
  explicit ForeignRatio(Setup& setup);
  /// Writes the signal for the staff of today.
  void update(Step& step);

 private:
  double sigma_ = 20.0;
  std::vector<double> start_;      ///< foreign ÷ national by occupation
  std::vector<double> mix_start_;  ///< log(F/N) by occupation; NaN before there are both
};

/// Staff by occupation [records].
struct Mix {
  double nationals = 0.0, foreigners = 0.0;
};
[[nodiscard]] Mix staff_mix(const World& world, OccupationId occupation);

}  // namespace steppe::wages
