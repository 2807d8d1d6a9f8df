#include "sim/analysis/benchmark.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "sim/core/error.hpp"
#include "sim/results/dimension_keys.hpp"

namespace steppe {
namespace {

/// Where in a recording a series stands.
struct Cell {
  std::size_t table, cell;
};

/// True when a table has exactly the dimensions of the keys.
bool has_dims(const Variable& variable, const std::vector<DimKey>& keys) {
  if (variable.dims.size() != keys.size()) return false;
  return std::all_of(keys.begin(), keys.end(), [&](const DimKey& key) {
    return std::find(variable.dims.begin(), variable.dims.end(), key.first) != variable.dims.end();
  });
}

std::optional<Cell> find_cell(const Dimensions& dimensions, const Recording& recording,
                              std::string_view variable, const std::vector<DimKey>& keys) {
  for (std::size_t t = 0; t < recording.tables.size(); ++t) {
    const Variable& has = recording.tables[t].variable;
    if (has.name != variable || !has.in_tidy || !has_dims(has, keys)) continue;
    const std::vector<CellLabels> labels = cell_labels(dimensions, has);
    for (std::size_t c = 0; c < labels.size(); ++c) {
      if (std::all_of(keys.begin(), keys.end(), [&](const DimKey& key) {
            return labels[c][static_cast<std::size_t>(key.first)] == key.second;
          })) {
        return Cell{t, c};
      }
    }
  }
  return std::nullopt;
}

/// Mean over the months of a period, as the report compares them; NaN when one is missing.
double period_mean(const Recording& recording, std::size_t table, std::size_t cell,
                   const RecordedPoint& point) {
  const Table& values = recording.tables[table];
  const std::size_t cells = values.cells();
  const auto first = static_cast<std::size_t>(point.first - recording.months.front());
  double sum = 0.0;
  for (std::size_t m = first; m < first + static_cast<std::size_t>(point.months); ++m) {
    sum += values.data[m * cells + cell];
  }
  return sum / point.months;
}

bool is_inside(const RecordedPoint& point, const std::vector<Month>& months) {
  return point.first >= months.front() && point.first + (point.months - 1) <= months.back();
}

Month first_scored(const Scenario& scenario) {
  return Month(scenario.time.start.year, scenario.time.start.month) + 12;
}

/// Decides which points count, and what the naive forecast makes of them.
void settle(BenchmarkSeries& series, Month from) {
  std::stable_sort(
      series.points.begin(), series.points.end(),
      [](const RecordedPoint& a, const RecordedPoint& b) { return a.first < b.first; });
  series.naive = series.points.front().value;
  std::vector<Forecast> naive;
  for (std::size_t i = 1; i < series.points.size(); ++i) {
    if (series.points[i].first < from) continue;
    series.scored.push_back(i);
    naive.push_back({series.points[i].value, {series.naive}});
  }
  series.naive_scores = score(naive);
}

}  // namespace

std::vector<BenchmarkSeries> benchmark_series(const Scenario& scenario, const Recording& layout) {
  std::vector<BenchmarkSeries> out;
  if (layout.months.empty()) return out;
  const auto unit_of = [&](std::string_view variable, const std::vector<DimKey>& keys) {
    const auto found = find_cell(scenario.dimensions, layout, variable, keys);
    return found ? std::optional(layout.tables[found->table].variable.unit) : std::nullopt;
  };
  std::vector<std::pair<std::size_t, std::size_t>> order;
  for (RecordedPoint& point : recorded_points(scenario, unit_of)) {
    if (!is_inside(point, layout.months)) continue;
    auto known = std::find_if(out.begin(), out.end(), [&](const BenchmarkSeries& s) {
      return s.variable == point.variable && s.keys == point.keys;
    });
    if (known == out.end()) {
      const auto cell = find_cell(scenario.dimensions, layout, point.variable, point.keys);
      const Variable& variable = layout.tables[cell->table].variable;
      BenchmarkSeries series;
      series.variable = point.variable;
      series.unit = variable.unit;
      series.label = variable.long_name;
      series.keys = point.keys;
      order.emplace_back(cell->table, cell->cell);
      out.push_back(std::move(series));
      known = out.end() - 1;
    }
    known->points.push_back(std::move(point));
  }
  std::vector<std::size_t> sorted(out.size());
  for (std::size_t i = 0; i < sorted.size(); ++i) sorted[i] = i;
  std::sort(sorted.begin(), sorted.end(),
            [&](std::size_t a, std::size_t b) { return order[a] < order[b]; });
  std::vector<BenchmarkSeries> kept;
  for (const std::size_t i : sorted) {
    settle(out[i], first_scored(scenario));
    if (!out[i].scored.empty()) kept.push_back(std::move(out[i]));
  }
  return kept;
}

std::vector<const Composition*> Benchmark::ranked() const {
  std::vector<const Composition*> out;
  for (const Composition& one : compositions) {
    if (one.state == Composition::State::Scored) out.push_back(&one);
  }
  std::stable_sort(out.begin(), out.end(), [](const Composition* a, const Composition* b) {
    if (std::isnan(a->all.crps) || std::isnan(b->all.crps)) {
      return !std::isnan(a->all.crps) && std::isnan(b->all.crps);
    }
    return a->all.crps < b->all.crps;
  });
  return out;
}

void CompositionScorer::add(const Scenario& scenario, const Recording& recording) {
  if (places_.empty()) {
    months_ = recording.months;
    for (const BenchmarkSeries& series : series_) {
      const auto cell = find_cell(scenario.dimensions, recording, series.variable, series.keys);
      if (!cell) {
        throw ModelError(fmt::format("this composition does not record '{}'", series.variable));
      }
      places_.push_back({cell->table, cell->cell});
      std::vector<Forecast>& forecasts = forecasts_.emplace_back();
      for (const std::size_t point : series.scored) {
        forecasts.push_back({series.points[point].value, {}});
      }
      sums_.emplace_back(months_.size(), 0.0);
      counts_.emplace_back(months_.size(), 0);
    }
  }
  for (std::size_t s = 0; s < series_.size(); ++s) {
    const auto [table, cell] = places_[s];
    for (std::size_t i = 0; i < series_[s].scored.size(); ++i) {
      const RecordedPoint& point = series_[s].points[series_[s].scored[i]];
      forecasts_[s][i].members.push_back(period_mean(recording, table, cell, point));
    }
    const Table& values = recording.tables[table];
    for (std::size_t m = 0; m < months_.size(); ++m) {
      const double value = values.data[m * values.cells() + cell];
      if (std::isnan(value)) continue;
      sums_[s][m] += value;
      ++counts_[s][m];
    }
  }
}

void CompositionScorer::finish(Composition& composition) const {
  for (std::size_t s = 0; s < places_.size(); ++s) {
    composition.series.push_back(score(forecasts_[s]));
    std::vector<double>& means = composition.means.emplace_back();
    for (std::size_t m = 0; m < months_.size(); ++m) {
      means.push_back(counts_[s][m] > 0 ? sums_[s][m] / counts_[s][m] : Scores::kMissing);
    }
  }
  composition.all = overall(composition.series);
}

}  // namespace steppe
