#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/analysis/recorded.hpp"
#include "sim/analysis/scores.hpp"
#include "sim/observe/recording.hpp"
#include "sim/results/manifest.hpp"
#include "sim/scenario/scenario.hpp"

namespace steppe {

/// What of a record counts.
struct ScoredSpan {
  Month from;               ///< a period counts that begins then or later …
  std::optional<Month> to;  ///< … and ends then or earlier
};

/// A year after the run's start on, as far as the record goes.
[[nodiscard]] ScoredSpan default_span(const Scenario& scenario);

/// A simulated series with recorded figures beside it.
struct BenchmarkSeries {
  /// A figure that counts, and the earlier ones that naive forecasts hold: of the same basis, and
  /// of a period that was over when this one's began.
  struct Scored {
    std::size_t point;     ///< position among `points`
    std::size_t first;     ///< of the first of its basis
    std::size_t previous;  ///< of the latest before it
  };
  std::string variable, unit, label;
  std::vector<DimKey> keys;           ///< as in SummarySeries
  std::vector<RecordedPoint> points;  ///< whose months are all recorded by a run, by date
  std::vector<Scored> scored;

  [[nodiscard]] const RecordedPoint& at(const Scored& one) const { return points[one.point]; }
};

/// The series of a scenario's record that can be scored, in the order of the recording.
///
/// What counts is the same for every composition: figures of periods within the span that have an
/// earlier one to be forecast from. A series in which nothing counts is left out.
///
/// @param layout a recording of any composition
[[nodiscard]] std::vector<BenchmarkSeries> benchmark_series(const Scenario& scenario,
                                                            const Recording& layout,
                                                            const ScoredSpan& span);

/// Leaves out the series whose figures that count rest on few records on average (rests_on_few()):
/// chance alone moves them. @returns how many these are
int leave_out_small(std::vector<BenchmarkSeries>& series, std::int64_t scale);

/// A variable with its series that are scored.
struct BenchmarkVariable {
  std::string name;
  std::vector<std::size_t> series;  ///< positions
  /// Periods of which some figure counts: its weight in means, so that a variable counts by how
  /// long it is recorded, and not by how many regions or sectors it has.
  int periods = 0;
};

/// In the order of the series.
[[nodiscard]] std::vector<BenchmarkVariable> variables_of(
    const std::vector<BenchmarkSeries>& series);

/// How near some forecasts come to the record.
struct ScoreSheet {
  std::vector<Scores> series;  ///< parallel to the benchmark's
  Scores all;                  ///< relative: variables by their weight, in each every figure once
  /// CRPS over that of the first figure held, by variable; missing where that is exact.
  std::vector<double> by_variable;
  /// Their weighted geometric mean: below 1 is nearer to the record than the first figure held.
  /// @see Davydenko and Fildes (2013), International Journal of Forecasting 29(3)
  double against_naive = Scores::kMissing;
  /// Its standard error by the jackknife over realizations; missing of fewer than three.
  double error = Scores::kMissing;
};

/// Name of the composition that is the scenario's own.
inline constexpr const char* kScenarioComposition = "scenario";

/// One choice of variants and what became of it.
struct Composition {
  enum class State {
    Skipped,  ///< it does not fit: `reason` says why
    Failed,   ///< no realization finished
    Scored,   ///< with a `reason` where some realization failed
  };
  /// `matching=urn,wages=fixed`: the slots in which it is not the scenario; kScenarioComposition.
  std::string name;
  std::array<std::string, kSlotCount> model;
  State state = State::Skipped;
  std::string reason;
  int finished = 0;               ///< realizations
  double seconds = 0.0;           ///< wall time of its replications, start population excluded
  std::uint64_t bytes = 0;        ///< of persons, firms and markets of one replication at the end
  std::vector<Warning> warnings;  ///< what the scenario's own variants do not give cause to
  ScoreSheet scores;
  std::vector<std::vector<double>> means;  ///< [series][month], over realizations
};

/// Forecasts that need no model.
enum class Naive {
  First,    ///< the first figure of a series holds: what is known when the run starts
  Previous  ///< the latest figure holds: it knows all that was recorded before each figure
};
inline constexpr std::array kNaive = {Naive::First, Naive::Previous};

/// A row of a benchmark's table.
struct ScoredRow {
  const ScoreSheet* scores = nullptr;
  const Composition* composition = nullptr;  ///< null: a naive forecast, …
  Naive naive = Naive::First;                ///< … this one
};

/// `format` of the JSON files of a benchmark.
inline constexpr const char* kBenchmarkFormat = "steppe-benchmark/2";

/// What a benchmark found.
struct Benchmark {
  std::string scenario;  ///< stem of its file
  int replications = 0;
  std::uint64_t seed = 1;
  std::int64_t scale = 1;
  std::int64_t records = 0;  ///< persons of one replication, as records
  std::vector<Month> months;
  ScoredSpan span;
  int too_small = 0;  ///< series that leave_out_small() left out
  std::vector<BenchmarkSeries> series;
  std::vector<Composition> compositions;  ///< in the order asked for
  std::array<ScoreSheet, kNaive.size()> naive;

  /// Figures that count.
  [[nodiscard]] int figures() const { return naive.front().all.points; }
  /// True when some replication of a composition that fits failed: it may be tried again.
  [[nodiscard]] bool some_failed() const;
  /// Scored compositions by against_naive, the best first; equal ones in the order asked for.
  [[nodiscard]] std::vector<const Composition*> ranked() const;
  /// These with the naive forecasts where their scores put them, before compositions that are no
  /// better.
  [[nodiscard]] std::vector<ScoredRow> rows() const;
};

/// What the realizations of one composition say of the figures that count.
class CompositionForecasts {
 public:
  /// @param series must outlive this
  explicit CompositionForecasts(const std::vector<BenchmarkSeries>& series) : series_(series) {}

  /// @throws ModelError when a series is not recorded
  void add(const Scenario& scenario, const Recording& recording);

  /// [series][figure], parallel to BenchmarkSeries::scored; empty before the first realization.
  [[nodiscard]] const std::vector<std::vector<Forecast>>& forecasts() const { return forecasts_; }
  /// [series][month], over realizations.
  [[nodiscard]] std::vector<std::vector<double>> means() const;

 private:
  struct Place {
    std::size_t table, cell;
  };
  const std::vector<BenchmarkSeries>& series_;
  std::vector<Place> places_;
  std::vector<Month> months_;
  std::vector<std::vector<Forecast>> forecasts_;
  std::vector<std::vector<double>> sums_;  ///< [series][month]
  std::vector<std::vector<int>> counts_;   ///< of the values in these sums
};

/// Scores the naive forecasts and every scored composition by the same figures: one for which some
/// composition has no value counts for none, and leaves `scored`.
///
/// @param forecasts parallel to `compositions`; empty for those that are not scored
void score(Benchmark& benchmark, std::vector<std::vector<std::vector<Forecast>>> forecasts);

[[nodiscard]] std::string to_json(const Benchmark& benchmark);
/// @throws IoError when the text is no benchmark
[[nodiscard]] Benchmark parse_benchmark(const std::string& json);

}  // namespace steppe
