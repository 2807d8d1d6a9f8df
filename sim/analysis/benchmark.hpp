#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "sim/analysis/recorded.hpp"
#include "sim/analysis/scores.hpp"
#include "sim/observe/recording.hpp"
#include "sim/scenario/scenario.hpp"

namespace steppe {

/// A simulated series with recorded figures beside it.
struct BenchmarkSeries {
  std::string variable, unit, label;
  std::vector<DimKey> keys;           ///< as in SummarySeries
  std::vector<RecordedPoint> points;  ///< whose months are all recorded by a run, by date
  std::vector<std::size_t> scored;    ///< positions among `points` of those that count
  double naive = 0.0;                 ///< the first of them all, which the naive forecast holds
  Scores naive_scores;
};

/// The series of a scenario's record that can be scored, in the order of the recording.
///
/// What counts is the same for every composition: figures of periods that begin a year or more
/// after the run does, but not the first of a series, from which the naive forecast is made. A
/// series in which nothing counts is left out.
///
/// @param layout a recording of any composition
[[nodiscard]] std::vector<BenchmarkSeries> benchmark_series(const Scenario& scenario,
                                                            const Recording& layout);

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
  int finished = 0;            ///< realizations
  double seconds = 0.0;        ///< wall time of its replications, start population excluded
  std::uint64_t bytes = 0;     ///< of persons, firms and markets of one replication at the end
  std::vector<Scores> series;  ///< parallel to the benchmark's
  Scores all;
  std::vector<std::vector<double>> means;  ///< [series][month], over realizations
};

/// What a benchmark found.
struct Benchmark {
  std::string scenario;  ///< stem of its file
  int replications = 0;
  std::uint64_t seed = 1;
  std::int64_t scale = 1;
  std::vector<Month> months;
  Month first_scored;
  std::vector<BenchmarkSeries> series;
  std::vector<Composition> compositions;  ///< in the order asked for
  Scores naive;                           ///< overall

  /// Scored compositions by CRPS, the best first; equal ones in the order asked for.
  [[nodiscard]] std::vector<const Composition*> ranked() const;
};

/// Scores the realizations of one composition, handed in one after another.
class CompositionScorer {
 public:
  /// @param series must outlive the scorer
  explicit CompositionScorer(const std::vector<BenchmarkSeries>& series) : series_(series) {}

  /// @throws ModelError when a series is not recorded
  void add(const Scenario& scenario, const Recording& recording);

  /// Fills in scores and means.
  void finish(Composition& composition) const;

 private:
  struct Place {
    std::size_t table, cell;
  };
  const std::vector<BenchmarkSeries>& series_;
  std::vector<Place> places_;
  std::vector<Month> months_;
  std::vector<std::vector<Forecast>> forecasts_;  ///< by series, scored points
  std::vector<std::vector<double>> sums_;         ///< [series][month]
  std::vector<std::vector<int>> counts_;          ///< of the values in these sums
};

[[nodiscard]] std::string to_json(const Benchmark& benchmark);
/// @throws IoError when the text is no benchmark
[[nodiscard]] Benchmark parse_benchmark(const std::string& json);

}  // namespace steppe
