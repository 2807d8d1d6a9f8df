#include "sim/analysis/benchmark.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <set>
#include <utility>

#include "sim/analysis/verdict.hpp"
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

/// Decides which points count, and what naive forecasts make of them.
void settle(BenchmarkSeries& series, const ScoredSpan& span) {
  std::stable_sort(
      series.points.begin(), series.points.end(),
      [](const RecordedPoint& a, const RecordedPoint& b) { return a.first < b.first; });
  for (std::size_t i = 0; i < series.points.size(); ++i) {
    const RecordedPoint& point = series.points[i];
    if (point.first < span.from) continue;
    if (span.to && point.first + (point.months - 1) > *span.to) continue;
    BenchmarkSeries::Scored scored{i, i, i};
    for (std::size_t j = 0; j < i; ++j) {
      const RecordedPoint& earlier = series.points[j];
      if (earlier.basis != point.basis || point.first < earlier.first + earlier.months) continue;
      if (scored.first == i) scored.first = j;
      scored.previous = j;
    }
    if (scored.first != i) series.scored.push_back(scored);
  }
}

/// Scores by variable, relative.
std::vector<Scores> by_variable(const std::vector<BenchmarkVariable>& variables,
                                const std::vector<Scores>& scores) {
  std::vector<Scores> out;
  for (const BenchmarkVariable& variable : variables) {
    std::vector<Scores> group;
    for (const std::size_t s : variable.series) group.push_back(scores[s]);
    out.push_back(pooled(group));
  }
  return out;
}

/// CRPS over the naive forecast's; missing where that is exact.
std::vector<double> ratios(const std::vector<Scores>& scores, const std::vector<Scores>& naive) {
  std::vector<double> out;
  for (std::size_t v = 0; v < scores.size(); ++v) {
    const double ratio = scores[v].crps / naive[v].crps;
    // The fair score of a spread around the figure may be a trace below nothing.
    out.push_back(std::isfinite(ratio) ? std::max(ratio, 1e-6) : Scores::kMissing);
  }
  return out;
}

double geometric_mean(const std::vector<double>& values, const std::vector<double>& weights) {
  double sum = 0.0, weight = 0.0;
  for (std::size_t v = 0; v < values.size(); ++v) {
    if (std::isnan(values[v])) continue;
    sum += weights[v] * std::log(values[v]);
    weight += weights[v];
  }
  return weight > 0.0 ? std::exp(sum / weight) : Scores::kMissing;
}

/// Scores forecasts, and holds them against the naive ones.
class Sheets {
 public:
  explicit Sheets(const Benchmark& benchmark)
      : series_(benchmark.series), variables_(variables_of(benchmark.series)) {
    for (const BenchmarkVariable& one : variables_) weights_.push_back(one.periods);
  }

  /// The first one made is what all are held against.
  ScoreSheet make(const std::vector<std::vector<Forecast>>& forecasts) {
    ScoreSheet sheet;
    for (const std::vector<Forecast>& one : forecasts) sheet.series.push_back(score(one));
    const std::vector<Scores> scores = by_variable(variables_, sheet.series);
    if (naive_.empty()) naive_ = scores;
    sheet.all = mean_of(scores, weights_);
    sheet.by_variable = ratios(scores, naive_);
    sheet.against_naive = geometric_mean(sheet.by_variable, weights_);
    sheet.error = jackknife(forecasts) * sheet.against_naive;
    return sheet;
  }

 private:
  /// Standard error of the logarithm of against_naive over realizations.
  [[nodiscard]] double jackknife(const std::vector<std::vector<Forecast>>& forecasts) const {
    std::size_t members = 0;
    for (const std::vector<Forecast>& series : forecasts) {
      for (const Forecast& one : series) members = std::max(members, one.members.size());
    }
    if (members < 3) return Scores::kMissing;
    std::vector<double> logs;
    for (std::size_t left_out = 0; left_out < members; ++left_out) {
      std::vector<Scores> scores;
      for (std::vector<Forecast> series : forecasts) {
        for (Forecast& one : series) {
          one.members.erase(one.members.begin() + static_cast<std::ptrdiff_t>(left_out));
        }
        scores.push_back(score(series));
      }
      logs.push_back(
          std::log(geometric_mean(ratios(by_variable(variables_, scores), naive_), weights_)));
    }
    const auto count = static_cast<double>(members);
    const double mean = std::accumulate(logs.begin(), logs.end(), 0.0) / count;
    double squares = 0.0;
    for (const double one : logs) squares += (one - mean) * (one - mean);
    return std::sqrt(squares * (count - 1.0) / count);
  }

  const std::vector<BenchmarkSeries>& series_;
  std::vector<BenchmarkVariable> variables_;
  std::vector<double> weights_;
  std::vector<Scores> naive_;
};

std::vector<Forecast> naive_forecasts(const BenchmarkSeries& series, Naive rule) {
  std::vector<Forecast> out;
  for (const BenchmarkSeries::Scored& one : series.scored) {
    const std::size_t held = rule == Naive::First ? one.first : one.previous;
    out.push_back({series.at(one).value, {series.points[held].value}});
  }
  return out;
}

}  // namespace

std::vector<BenchmarkVariable> variables_of(const std::vector<BenchmarkSeries>& series) {
  std::vector<BenchmarkVariable> out;
  std::vector<std::set<std::pair<Month, int>>> periods;
  for (std::size_t s = 0; s < series.size(); ++s) {
    std::size_t v = 0;
    while (v < out.size() && out[v].name != series[s].variable) ++v;
    if (v == out.size()) {
      out.push_back({series[s].variable, {}});
      periods.emplace_back();
    }
    out[v].series.push_back(s);
    for (const BenchmarkSeries::Scored& one : series[s].scored) {
      const RecordedPoint& point = series[s].at(one);
      periods[v].emplace(point.first, point.months);
    }
    out[v].periods = static_cast<int>(periods[v].size());
  }
  return out;
}

ScoredSpan default_span(const Scenario& scenario) {
  return {Month(scenario.time.start.year, scenario.time.start.month) + 12, std::nullopt};
}

int leave_out_small(std::vector<BenchmarkSeries>& series, std::int64_t scale) {
  const auto small = [&](const BenchmarkSeries& one) {
    double sum = 0.0;
    for (const BenchmarkSeries::Scored& scored : one.scored) sum += std::abs(one.at(scored).value);
    return rests_on_few(one.unit, sum / static_cast<double>(one.scored.size()), scale);
  };
  return static_cast<int>(std::erase_if(series, small));
}

std::vector<BenchmarkSeries> benchmark_series(const Scenario& scenario, const Recording& layout,
                                              const ScoredSpan& span) {
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
    settle(out[i], span);
    if (!out[i].scored.empty()) kept.push_back(std::move(out[i]));
  }
  return kept;
}

bool Benchmark::some_failed() const {
  return std::any_of(compositions.begin(), compositions.end(), [](const Composition& one) {
    return one.state != Composition::State::Skipped && !one.reason.empty();
  });
}

std::vector<const Composition*> Benchmark::ranked() const {
  std::vector<const Composition*> out;
  for (const Composition& one : compositions) {
    if (one.state == Composition::State::Scored) out.push_back(&one);
  }
  std::stable_sort(out.begin(), out.end(), [](const Composition* a, const Composition* b) {
    const double x = a->scores.against_naive, y = b->scores.against_naive;
    return std::isnan(x) || std::isnan(y) ? !std::isnan(x) && std::isnan(y) : x < y;
  });
  return out;
}

std::vector<ScoredRow> Benchmark::rows() const {
  std::vector<ScoredRow> out;
  for (const Composition* one : ranked()) out.push_back({&one->scores, one});
  for (std::size_t n = 0; n < kNaive.size(); ++n) {
    const auto place = std::find_if(out.begin(), out.end(), [&](const ScoredRow& other) {
      return !(other.scores->against_naive < naive[n].against_naive);
    });
    out.insert(place, {&naive[n], nullptr, kNaive[n]});
  }
  return out;
}

void CompositionForecasts::add(const Scenario& scenario, const Recording& recording) {
  if (places_.empty()) {
    months_ = recording.months;
    for (const BenchmarkSeries& series : series_) {
      const auto cell = find_cell(scenario.dimensions, recording, series.variable, series.keys);
      if (!cell) {
        throw ModelError(fmt::format("this composition does not record '{}'", series.variable));
      }
      places_.push_back({cell->table, cell->cell});
      std::vector<Forecast>& forecasts = forecasts_.emplace_back();
      for (const BenchmarkSeries::Scored& one : series.scored) {
        forecasts.push_back({series.at(one).value, {}});
      }
      sums_.emplace_back(months_.size(), 0.0);
      counts_.emplace_back(months_.size(), 0);
    }
  }
  for (std::size_t s = 0; s < series_.size(); ++s) {
    const auto [table, cell] = places_[s];
    for (std::size_t i = 0; i < series_[s].scored.size(); ++i) {
      const RecordedPoint& point = series_[s].at(series_[s].scored[i]);
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

std::vector<std::vector<double>> CompositionForecasts::means() const {
  std::vector<std::vector<double>> out;
  for (std::size_t s = 0; s < places_.size(); ++s) {
    std::vector<double>& means = out.emplace_back();
    for (std::size_t m = 0; m < months_.size(); ++m) {
      means.push_back(counts_[s][m] > 0 ? sums_[s][m] / counts_[s][m] : Scores::kMissing);
    }
  }
  return out;
}

void score(Benchmark& benchmark, std::vector<std::vector<std::vector<Forecast>>> forecasts) {
  const auto has_value = [](const Forecast& forecast) {
    return std::any_of(forecast.members.begin(), forecast.members.end(),
                       [](double member) { return !std::isnan(member); });
  };
  for (std::size_t s = 0; s < benchmark.series.size(); ++s) {
    std::vector<BenchmarkSeries::Scored>& scored = benchmark.series[s].scored;
    for (std::size_t i = scored.size(); i-- > 0;) {
      const bool all = std::all_of(forecasts.begin(), forecasts.end(), [&](const auto& one) {
        return one.empty() || has_value(one[s][i]);
      });
      if (all) continue;
      scored.erase(scored.begin() + static_cast<std::ptrdiff_t>(i));
      for (auto& one : forecasts) {
        if (!one.empty()) one[s].erase(one[s].begin() + static_cast<std::ptrdiff_t>(i));
      }
    }
  }
  Sheets sheets(benchmark);
  for (std::size_t n = 0; n < kNaive.size(); ++n) {
    std::vector<std::vector<Forecast>> held;
    for (const BenchmarkSeries& series : benchmark.series) {
      held.push_back(naive_forecasts(series, kNaive[n]));
    }
    benchmark.naive[n] = sheets.make(held);
  }
  for (std::size_t c = 0; c < benchmark.compositions.size(); ++c) {
    if (!forecasts[c].empty()) benchmark.compositions[c].scores = sheets.make(forecasts[c]);
  }
}

}  // namespace steppe
