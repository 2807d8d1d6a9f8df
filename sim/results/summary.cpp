#include "sim/results/summary.hpp"

#include <algorithm>

#include "sim/results/csv_table.hpp"

namespace steppe {

const SummarySeries* Summary::find(std::string_view variable,
                                   const std::vector<DimKey>& keys) const {
  std::vector<DimKey> ordered = keys;
  std::sort(ordered.begin(), ordered.end());
  for (const SummarySeries& one : series) {
    if (one.variable == variable && one.keys == ordered) return &one;
  }
  return nullptr;
}

Summary read_summary(const std::filesystem::path& file) {
  CsvTable table(file, "summary table");
  const std::size_t variable = table.column("variable"), date = table.column("date"),
                    unit = table.column("unit"), n = table.column("n");
  using Values = std::vector<double> SummarySeries::*;
  const std::pair<std::size_t, Values> numbers[] = {
      {table.column("mean"), &SummarySeries::mean}, {table.column("se_mc"), &SummarySeries::se_mc},
      {table.column("p05"), &SummarySeries::p05},   {table.column("p25"), &SummarySeries::p25},
      {table.column("p50"), &SummarySeries::p50},   {table.column("p75"), &SummarySeries::p75},
      {table.column("p95"), &SummarySeries::p95}};

  Summary summary;
  while (table.next()) {
    std::vector<DimKey> keys = table.keys();
    // The rows of a series follow one another, so the first series gives the months.
    if (summary.series.empty() || summary.series.back().variable != table.text(variable) ||
        summary.series.back().keys != keys) {
      summary.series.push_back({table.text(variable),
                                table.text(unit),
                                std::move(keys),
                                {},
                                {},
                                {},
                                {},
                                {},
                                {},
                                {},
                                {}});
    }
    if (summary.series.size() == 1) summary.months.push_back(table.text(date));
    SummarySeries& series = summary.series.back();
    for (const auto& [column, member] : numbers) (series.*member).push_back(table.number(column));
    series.n.push_back(table.count(n));
  }
  return summary;
}

}  // namespace steppe
