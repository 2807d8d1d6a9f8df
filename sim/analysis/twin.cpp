#include "sim/analysis/twin.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/error.hpp"
#include "sim/results/summary_builder.hpp"

namespace steppe {

void Twin::add(const Recording& agents) {
  if (series_.empty()) {
    months_ = agents.months;
    for (const Table& table : agents.tables) {
      if (table.variable.dims.empty()) series_.push_back({table.variable, {}});
    }
  }
  std::size_t next = 0;
  for (const Table& table : agents.tables) {
    if (!table.variable.dims.empty()) continue;
    std::vector<double>& values = series_[next++].values;
    values.insert(values.end(), table.data.begin(), table.data.end());
  }
}

std::vector<TwinRow> Twin::rows(const Recording& mean_field) const {
  if (mean_field.months != months_) {
    throw ModelError("the mean field and the agents recorded other months");
  }
  std::vector<TwinRow> out;
  for (const Series& series : series_) {
    const auto table =
        std::find_if(mean_field.tables.begin(), mean_field.tables.end(), [&](const Table& t) {
          return t.variable.dims.empty() && t.variable.name == series.variable.name;
        });
    if (table == mean_field.tables.end()) continue;
    TwinRow row;
    row.variable = series.variable.name;
    row.unit = series.variable.unit;
    row.label = series.variable.long_name;
    double squares = 0.0;
    int months = 0;
    std::vector<double> values;
    for (std::size_t month = 0; month < months_.size(); ++month) {
      values.clear();
      for (std::size_t at = month; at < series.values.size(); at += months_.size()) {
        values.push_back(series.values[at]);
      }
      const CellSummary agents = summarise(values);
      const double expected = table->data[month];
      if (agents.n > 0 && !std::isnan(expected)) {
        squares += (agents.mean - expected) * (agents.mean - expected);
        ++months;
      }
      if (month + 1 < months_.size()) continue;
      row.n = agents.n;
      row.agents = agents.mean;
      row.low = agents.p05;
      row.high = agents.p95;
      row.mean_field = expected;
    }
    if (months == 0) continue;
    row.rmse = std::sqrt(squares / months);
    out.push_back(std::move(row));
  }
  return out;
}

}  // namespace steppe
