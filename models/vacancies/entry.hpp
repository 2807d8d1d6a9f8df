#pragma once

#include <functional>

namespace steppe::vacancies {

/// What a firm reckons with before it opens a post, all over one wage and in one unit of time.
struct EntryTerms {
  double productivity = 1.0;                   ///< p
  double vacancy_cost = 0.0;                   ///< c
  double leaving_rate = 0.0;                   ///< r + s
  std::function<double(double)> wage;          ///< w at a tightness, not falling
  std::function<double(double)> filling_rate;  ///< q at a tightness, falling
};

/// The tightness at which a vacancy costs what it brings, c/q(θ) = (p − w(θ))/(r + s); 0 where even
/// the first is not worth opening.
[[nodiscard]] double entry_tightness(const EntryTerms& terms);

}  // namespace steppe::vacancies
