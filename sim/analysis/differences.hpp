#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "sim/analysis/outcome.hpp"
#include "sim/analysis/paired.hpp"
#include "sim/results/summary.hpp"

namespace steppe {

/// How one variable differs in one cell, by row of the table it was read from.
struct DifferenceSeries {
  std::string variable, unit;
  std::vector<DimKey> keys;  ///< as in SummarySeries
  /// By month, or the one value of a window; NaN where there is no pair.
  std::vector<double> base, alternative, difference, se, low, high;
  std::vector<int> n;  ///< pairs

  /// One row as an estimate, without its unpaired figures.
  [[nodiscard]] Estimate at(std::size_t row) const;
};

/// How one alternative differs from the base.
struct Differences {
  std::string scenario;
  std::vector<std::string> dates;  ///< `2026-07` by row, or one `2026-07..2029-06`
  std::vector<DifferenceSeries> series;

  /// The series of a variable for exactly these keys (none: the national total), or null.
  [[nodiscard]] const DifferenceSeries* find(std::string_view variable,
                                             const std::vector<DimKey>& keys = {}) const;
};

/// Reads differences.csv or window.csv, by alternative. @throws IoError
[[nodiscard]] std::vector<Differences> read_differences(const std::filesystem::path& file);

/// Reads people.csv into the alternatives of an outcome, in the place of its totals.
/// @throws IoError
void read_people(const std::filesystem::path& file, Outcome& outcome);

}  // namespace steppe
