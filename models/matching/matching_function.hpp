#pragma once

#include <cmath>

namespace steppe::matching {

/// An aggregate matching function of constant returns, by tightness θ = vacancies ÷ seekers.
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

  /// f: rate at which a seeker finds a post [1/month].
  [[nodiscard]] double finding(double tightness) const {
    return form == Form::CobbDouglas
               ? efficiency * std::pow(tightness, 1.0 - elasticity)
               : efficiency * tightness /
                     std::pow(1.0 + std::pow(tightness, elasticity), 1.0 / elasticity);
  }
  /// q: rate at which a vacancy is filled [1/month].
  [[nodiscard]] double filling(double tightness) const {
    return form == Form::CobbDouglas
               ? efficiency * std::pow(tightness, -elasticity)
               : efficiency / std::pow(1.0 + std::pow(tightness, elasticity), 1.0 / elasticity);
  }
  /// Elasticity of matches to seekers, which is that of q to 1/θ.
  [[nodiscard]] double seekers_elasticity(double tightness) const {
    if (form == Form::CobbDouglas) return elasticity;
    const double power = std::pow(tightness, elasticity);
    return power / (1.0 + power);
  }
};

}  // namespace steppe::matching
