#pragma once

#include <algorithm>
#include <cmath>
#include <functional>

namespace steppe::wages {

/// The wage of a single buyer of labour: p ε/(1 + ε), ε the elasticity of labour supply to a firm.
[[nodiscard]] inline double monopsony_wage(double productivity, double supply_elasticity) {
  return productivity * supply_elasticity / (1.0 + supply_elasticity);
}

/// The reservation wage of the posting equilibrium where nobody discounts: what not working is
/// worth, b, where offers reach those without work as often (κ0 = κ), and more where they come more
/// often.
/// @see Burdett and Mortensen (1998), eq. (14)
[[nodiscard]] inline double posting_reservation(double nonwork_value, double productivity,
                                                double kappa_unemployed, double kappa) {
  const double own = (1.0 + kappa) * (1.0 + kappa);
  const double lead = (kappa_unemployed - kappa) * kappa;
  return (own * nonwork_value + lead * productivity) / (own + lead);
}

/// Wage offers of firms that post them, in the equilibrium in which all wages are as profitable.
/// Offers reach the employed κ times in the mean life of a job.
/// @see Burdett and Mortensen (1998), International Economic Review 39(2), 257–273
struct PostedOffers {
  double productivity = 1.0;  ///< p
  double reservation = 0.0;   ///< R; above p nothing can be offered but p
  double kappa = 1.0;         ///< κ

  /// p − R
  [[nodiscard]] double surplus() const { return std::max(0.0, productivity - reservation); }
  /// The wage that a share `x` of offers does not exceed.
  [[nodiscard]] double quantile(double x) const {
    const double left = 1.0 - kappa * x / (1.0 + kappa);
    return productivity - surplus() * left * left;
  }
};

/// A worker's prospects, all in one unit of time.
struct Prospects {
  double nonwork_value = 0.0;      ///< b
  double offers_unemployed = 0.0;  ///< λ0
  double offers_employed = 0.0;    ///< λ1
  double discount_rate = 0.0;      ///< r
  double separation_rate = 0.0;    ///< δ
};

/// The wage R at which a worker is indifferent between taking it and waiting:
///
///     R = b + (λ0 − λ1) ∫ (1 − F)/(r + δ + λ1 (1 − F)) dw from R up,
///
/// which without offers to the employed is McCall's R − b = λ0/(r + δ) ∫ (w − R) dF.
/// @param quantile of offers, increasing
/// @see Burdett and Mortensen (1998), eq. (4); McCall (1970), QJE 84(1), 113–126
[[nodiscard]] double reservation_wage(const Prospects& prospects,
                                      const std::function<double(double)>& quantile);

}  // namespace steppe::wages
