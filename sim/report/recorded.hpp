#pragma once

#include <string>
#include <vector>

#include "sim/report/report.hpp"

namespace steppe::report_detail {

struct Period {
  Month first;
  int months = 0;  ///< 12, 3 or 1; 0: not a period
};

/// `2012`, `2012-Q3`, `2012-11`, or a day of that month.
[[nodiscard]] Period parse_period(const std::string& text);

/// The scenario's recorded figures that have a simulated series of the same variable, cell and
/// unit, put on the count of the simulation: heads of the labour-force survey are divided by its
/// coverage of the year, and sectors of the year the run starts in are scaled to the national
/// total, as the start population is (docs/theory/model.md, "How simulated meets recorded").
[[nodiscard]] std::vector<RecordedPoint> recorded_points(const Scenario& scenario,
                                                         const Summary& summary);

}  // namespace steppe::report_detail
