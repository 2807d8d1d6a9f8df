#pragma once

#include <vector>

#include "sim/api/step.hpp"
#include "sim/core/expression.hpp"

namespace steppe {

/// One indicator's value now, by name and key in brackets, for triggers of the policy timeline:
/// unemployment_rate, unemployment_rate(region), vacancy_rate, vacancy_rate(sector),
/// foreign_workers, foreign_workers(sector). NaN for a name or key there is not.
[[nodiscard]] double indicator(const Scenario& scenario, const World& world, const Signals& signals,
                               const Indicator& wanted);

/// Names that `indicator` knows, with the dimension their key is from (None: no key allowed).
struct IndicatorName {
  const char* name;
  Dim by;
  bool share;  ///< between 0 and 1
};
[[nodiscard]] const std::vector<IndicatorName>& indicator_names();

}  // namespace steppe
