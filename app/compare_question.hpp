#pragma once

#include <vector>

#include "app/compare.hpp"
#include "sim/analysis/outcome.hpp"
#include "sim/core/diagnostics.hpp"
#include "sim/core/expected.hpp"
#include "sim/scenario/scenario.hpp"

namespace steppe::app {

/// Checks what is asked against what is recorded of the scenarios, before anything runs.
///
/// @returns the question, or what is wrong with `--fail-if` and where
/// @throws UsageError for a metric, dimension or date there is not
[[nodiscard]] Expected<ComparisonQuestion, Diagnostics> ask(const CompareRequest& request,
                                                            const std::vector<Scenario>& scenarios);

}  // namespace steppe::app
