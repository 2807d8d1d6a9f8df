#pragma once

#include <vector>

#include "sim/api/drivers.hpp"
#include "sim/api/step.hpp"
#include "sim/core/declaration.hpp"

namespace steppe::wages {

/// What a filled post makes, what an open one costs and what work must beat, all over the base wage
/// of the post's cell and in real terms.
class JobValue {
 public:
  /// `productivity`, `posting_cost` and `nonwork_value`.
  [[nodiscard]] static std::vector<ParameterDecl> parameters();
  /// The series `productivity`, by whose change since the first month p moves.
  [[nodiscard]] static DriverDecl driver();
  JobValue(const ParameterReader& reader, const DriverTable& drivers);

  /// p in a month.
  [[nodiscard]] double productivity(const DriverTable& drivers, Month month) const {
    if (series_.is_none()) return productivity_;
    return productivity_ * drivers.at(series_, month) / series_start_;
  }
  [[nodiscard]] double vacancy_cost() const { return vacancy_cost_; }    ///< c
  [[nodiscard]] double nonwork_value() const { return nonwork_value_; }  ///< z

 private:
  double productivity_ = 1.0, vacancy_cost_ = 0.0, nonwork_value_ = 0.0;
  DriverId series_;
  double series_start_ = 1.0;
};

/// The wage of Nash bargaining, w = (1 − β) z + β (p + c θ).
/// @param share β, the worker's part of the surplus
/// @see Pissarides (2000), Equilibrium Unemployment Theory, eq. (1.20)
[[nodiscard]] inline double nash_wage(double share, double nonwork_value, double productivity,
                                      double vacancy_cost, double tightness) {
  return (1.0 - share) * nonwork_value + share * (productivity + vacancy_cost * tightness);
}

}  // namespace steppe::wages
