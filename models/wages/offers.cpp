#include "models/wages/offers.hpp"

#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <boost/math/tools/roots.hpp>
#include <cstdint>

namespace steppe::wages {
namespace {

using boost::math::tools::eps_tolerance;

/// A root of an increasing function, to rounding.
template <class F>
double root(F&& f, double low, double high) {
  const double at_low = f(low);
  const double at_high = f(high);
  if (at_low >= 0.0) return low;
  if (at_high <= 0.0) return high;
  std::uintmax_t most = 200;
  const auto [a, b] = boost::math::tools::toms748_solve(f, low, high, at_low, at_high,
                                                        eps_tolerance<double>(52), most);
  return 0.5 * (a + b);
}

}  // namespace

double reservation_wage(const Prospects& prospects, const std::function<double(double)>& quantile) {
  const double rho = prospects.discount_rate + prospects.separation_rate;
  const double lead = prospects.offers_unemployed - prospects.offers_employed;
  if (lead == 0.0) return prospects.nonwork_value;
  // What waiting gains over taking R, by parts: the integral over wages becomes one over shares of
  // offers, and begins at the share that is below R.
  const auto gain = [&](double wage) {
    const double first = root([&](double x) { return quantile(x) - wage; }, 0.0, 1.0);
    const auto weighed = [&](double x) {
      const double denominator = rho + prospects.offers_employed * (1.0 - x);
      return (quantile(x) - wage) * rho / (denominator * denominator);
    };
    if (first >= 1.0) return 0.0;
    return boost::math::quadrature::gauss_kronrod<double, 31>::integrate(weighed, first, 1.0, 12,
                                                                         1e-13);
  };
  const double b = prospects.nonwork_value;
  const auto excess = [&](double wage) { return wage - b - lead * gain(wage); };
  if (lead > 0.0) return root(excess, b, std::max(b, quantile(1.0)));
  // Work is then worth taking for the offers that come with it, even at a loss.
  double low = b - 1.0;
  while (excess(low) > 0.0) low = b - 2.0 * (b - low);
  return root(excess, low, b);
}

}  // namespace steppe::wages
