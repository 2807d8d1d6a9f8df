#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/months.hpp"
#include "sim/results/summary.hpp"
#include "sim/scenario/scenario.hpp"

namespace steppe {

/// A recorded figure to set beside the simulated series of the same definition.
struct RecordedPoint {
  std::string variable;      ///< results variable
  std::vector<DimKey> keys;  ///< as in SummarySeries
  std::string period;        ///< `2012`, `2012-Q3`, `2012-11`
  Month first;               ///< first of the months it is compared with the mean of …
  int months = 1;            ///< … and how many these are: the period's, or its last alone
  double value = 0.0;        ///< in the variable's unit, as the simulation counts
  double published = 0.0;    ///< as published; differs from `value` by the rules of observation
  std::string source;
  std::string quality;     ///< official, secondary, modelled, recalled, derived or assumption
  std::string definition;  ///< what was counted, as the record says it
  std::string basis;       ///< as RecordSeries
};

struct Period {
  Month first;
  int months = 0;  ///< 12, 3 or 1; 0: not a period
};

/// `2012`, `2012-Q3`, `2012-11`, or a day of that month.
[[nodiscard]] Period parse_period(const std::string& text);

/// The unit of the simulated series of a variable for exactly these keys, or nothing without one.
using SimulatedUnit = std::function<std::optional<std::string>(std::string_view variable,
                                                               const std::vector<DimKey>& keys)>;

/// The scenario's recorded figures that have a simulated series of the same variable, cell and
/// unit, put on the count of the simulation: heads of the labour-force survey are divided by its
/// coverage of the year, and sectors of the year the run starts in are scaled to the national
/// total, as the start population is (docs/theory/model.md, "How simulated meets recorded").
[[nodiscard]] std::vector<RecordedPoint> recorded_points(const Scenario& scenario,
                                                         const SimulatedUnit& simulated);
[[nodiscard]] std::vector<RecordedPoint> recorded_points(const Scenario& scenario,
                                                         const Summary& summary);

}  // namespace steppe
