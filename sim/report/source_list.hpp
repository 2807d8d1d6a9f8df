#pragma once

#include <vector>

#include "sim/report/report.hpp"

namespace steppe::report_detail {

/// Every figure a scenario rests on, with its source: parameters and levers in force, drivers,
/// projects, the start population's tables and settings, the rules of observation, and the recorded
/// figures that the page shows.
[[nodiscard]] std::vector<SourcedValue> list_sources(const Scenario& scenario,
                                                     const std::vector<RecordedPoint>& recorded);

}  // namespace steppe::report_detail
