#pragma once

#include <algorithm>
#include <cmath>

namespace steppe::matching {

/// An aggregate matching function of constant returns.
///
/// Variants of matching that have one hand `filling` on in Signals::filling_rate and in its twin of
/// the mean field, and give the feature `matching_function`.
struct MatchingFunction {
  enum class Form {
    CobbDouglas,  ///< M = μ U^η V^(1 − η)
    Ces           ///< M = U V/(U^l + V^l)^(1/l), never more than the shorter side
  };
  Form form = Form::CobbDouglas;
  double efficiency = 1.0;  ///< μ of Cobb–Douglas; a factor on the CES rate [1/month]
  double elasticity = 0.5;  ///< η of Cobb–Douglas, l of CES

  /// M: matches of so many seekers and vacancies [1/month].
  [[nodiscard]] double operator()(double seekers, double vacancies) const {
    if (form == Form::CobbDouglas) {
      return efficiency * std::pow(seekers, elasticity) * std::pow(vacancies, 1.0 - elasticity);
    }
    // Written so that no power overflows.
    const double few = std::min(seekers, vacancies);
    const double many = std::max(seekers, vacancies);
    return efficiency * few * std::exp(-std::log1p(std::pow(few / many, elasticity)) / elasticity);
  }
  /// f: rate at which a seeker finds a post, by tightness θ = vacancies ÷ seekers [1/month].
  [[nodiscard]] double finding(double tightness) const { return (*this)(1.0, tightness); }
  /// q: rate at which a vacancy is filled [1/month].
  [[nodiscard]] double filling(double tightness) const { return finding(tightness) / tightness; }
};

}  // namespace steppe::matching
