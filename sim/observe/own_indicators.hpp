#pragma once

#include "sim/observe/recording.hpp"
#include "sim/scenario/scenario.hpp"

namespace steppe {

/// How an indicator of a scenario's own is recorded.
[[nodiscard]] Variable variable_of(const OwnIndicator& own);

/// Adds a table for each indicator of the scenario's own, after those recorded. A value is missing
/// where its formula is, and in months whose smoothing or lag reaches before the first one
/// recorded.
void add_own_indicators(const Scenario& scenario, Recording& recording);

/// Judges every reality check of the scenario by what is recorded, in their order; those with
/// `given` too, whether or not the scenario was run under it. Call it when the indicators are
/// there.
[[nodiscard]] std::vector<RealityOutcome> judge_reality(const Scenario& scenario,
                                                        const Recording& recording);

}  // namespace steppe
