#include "models/vacancies/entry.hpp"

#include <boost/math/tools/roots.hpp>
#include <cmath>
#include <cstdint>

namespace steppe::vacancies {

double entry_tightness(const EntryTerms& terms) {
  // Rising in θ, and scaled so that both ends have finite values.
  const auto excess = [&](double log_tightness) {
    const double tightness = std::exp(log_tightness);
    const double gain = terms.productivity - terms.wage(tightness);
    return terms.vacancy_cost * terms.leaving_rate - terms.filling_rate(tightness) * gain;
  };
  constexpr double kLow = -20.0, kHigh = 20.0;  // far beyond what a market sees
  const double at_low = excess(kLow), at_high = excess(kHigh);
  if (at_low >= 0.0) return 0.0;
  if (at_high <= 0.0) return std::exp(kHigh);
  std::uintmax_t most = 200;
  const auto [a, b] = boost::math::tools::toms748_solve(
      excess, kLow, kHigh, at_low, at_high, boost::math::tools::eps_tolerance<double>(50), most);
  return std::exp(0.5 * (a + b));
}

}  // namespace steppe::vacancies
