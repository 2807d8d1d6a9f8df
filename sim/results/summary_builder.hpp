#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sim/observe/recording.hpp"
#include "sim/scenario/scenario.hpp"

namespace steppe {

/// Keeps the values of the summarised variables and writes summary.csv from them: mean over
/// realizations, its standard error, quantiles and count, for every month and cell.
class SummaryBuilder {
 public:
  void add(const Recording& recording);

  /// @throws IoError
  void write(const std::filesystem::path& file, const std::filesystem::path& shown,
             const Scenario& scenario) const;

 private:
  struct Series {
    Variable variable;
    std::size_t cells = 0;
    std::vector<double> values;  ///< [realization × month × cell]
  };
  std::vector<Month> months_;
  std::vector<Series> series_;
};

/// Statistics of one month and cell across realizations; missing values are left out.
struct CellSummary {
  double mean, se_mc, p05, p25, p50, p75, p95;
  int n = 0;
};

/// @param values sorted in place; NaN values are dropped. Quantiles are linear between order
/// statistics (type 7 of Hyndman and Fan 1996, the default of numpy and R).
[[nodiscard]] CellSummary summarise(std::vector<double>& values);

}  // namespace steppe
