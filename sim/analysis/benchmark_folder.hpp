#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/analysis/benchmark.hpp"
#include "sim/results/run_info.hpp"
#include "sim/scenario/scenario.hpp"

namespace steppe {

/// What a benchmark runs.
struct BenchmarkParts {
  const Scenario* scenario = nullptr;  ///< as its file has it
  struct Part {
    std::string name;                    ///< as in Composition
    const Scenario* scenario = nullptr;  ///< null: it does not fit
  };
  std::vector<Part> parts;
  ScoredSpan span;
  RunInfo info;  ///< the same for each
};

/// Where the results of a benchmark belong.
struct BenchmarkPlace {
  std::filesystem::path folder;  ///< OUT/benchmark-NAME-HASH8
  std::string hash;
  bool whole = false;  ///< it is there already
};

/// @throws IoError when an input file cannot be read
[[nodiscard]] BenchmarkPlace find_benchmark(const BenchmarkParts& parts,
                                            const std::filesystem::path& out);

/// True when a folder holds a benchmark rather than a run or a comparison.
[[nodiscard]] bool is_benchmark(const std::filesystem::path& folder);

/// The folder of a benchmark on disk, for whatever reads results.
struct BenchmarkFolder {
  /// @throws IoError when the folder holds no benchmark this program can read
  [[nodiscard]] static BenchmarkFolder open(const std::filesystem::path& folder);

  std::filesystem::path path;
  std::string name;            ///< `benchmark-history-1a2b3c4d`
  std::string scenario_input;  ///< `inputs/history.yaml`
  RunInfo info;                ///< how it was asked for
  Benchmark benchmark;
};

/// scores.csv: a row for each composition and series, one over all series, and the naive forecasts.
[[nodiscard]] std::string scores_table(const Benchmark& benchmark);

/// Writes the folder of a benchmark (docs/formats/benchmark.md), whole or not at all.
class BenchmarkWriter {
 public:
  /// @throws IoError when it cannot be made or its place is taken by something else
  BenchmarkWriter(const BenchmarkParts& parts, const std::filesystem::path& out, bool force);
  ~BenchmarkWriter();
  BenchmarkWriter(const BenchmarkWriter&) = delete;
  BenchmarkWriter& operator=(const BenchmarkWriter&) = delete;

  /// Adds a line to log.jsonl. @param level `info`, `warning` or `error`
  void log(std::string_view level, std::string_view message);

  /// Writes tables and page, seals and renames the folder. @returns its place. @throws IoError
  /// @param page makes report.html of the folder as it will be
  std::filesystem::path finish(const Benchmark& benchmark,
                               const std::function<std::string(const BenchmarkFolder&)>& page);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace steppe
