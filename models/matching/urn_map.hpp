#pragma once

#include <Eigen/Core>

#include "sim/api/mean_field.hpp"

namespace steppe::matching {

/// The mean field of urn-ball matching in large markets, with one application or several.
class UrnMap {
 public:
  /// @throws ConfigError where chances depend on skill or on the length of search
  explicit UrnMap(MeanFieldSetup& setup);
  void run(MeanFieldStep& step) const;

 private:
  int applications_ = 1;
  Eigen::MatrixXd weights_;  ///< T_kk', from × to
};

}  // namespace steppe::matching
