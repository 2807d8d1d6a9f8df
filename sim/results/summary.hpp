#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/core/declaration.hpp"

namespace steppe {

/// A key of a dimension: {Dim::Sector, "mining"}.
using DimKey = std::pair<Dim, std::string>;

/// One variable for one cell of its dimensions over the reported months, across realizations.
struct SummarySeries {
  std::string variable;
  std::string unit;
  std::vector<DimKey> keys;  ///< one a dimension, in the order of `Dim`; empty for a national total
  /// By month; NaN where no realization has a value (se_mc: where fewer than two have).
  std::vector<double> mean, se_mc, p05, p25, p50, p75, p95;
  std::vector<int> n;  ///< realizations with a value
};

/// summary.csv as columns.
struct Summary {
  std::vector<std::string> months;  ///< `2009-01`
  std::vector<SummarySeries> series;

  /// The series of a variable for exactly these keys (none: the national total), or null.
  [[nodiscard]] const SummarySeries* find(std::string_view variable,
                                          const std::vector<DimKey>& keys = {}) const;
};

/// @throws IoError when the file cannot be read or is not a summary table
[[nodiscard]] Summary read_summary(const std::filesystem::path& file);

}  // namespace steppe
