#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/analysis/comparison.hpp"
#include "sim/analysis/outcome.hpp"
#include "sim/analysis/people.hpp"
#include "sim/results/manifest.hpp"
#include "sim/results/run_info.hpp"
#include "sim/results/summary.hpp"
#include "sim/scenario/scenario.hpp"

namespace steppe {

/// Scenarios to compare, the base first, and how they are run.
struct ComparisonParts {
  std::vector<const Scenario*> scenarios;
  std::vector<std::string> names;  ///< each once, in the order of the scenarios
  RunInfo info;                    ///< of all of them alike
};

/// Names for scenarios: their keys, with a number behind those that come again.
[[nodiscard]] std::vector<std::string> part_names(const std::vector<const Scenario*>& scenarios);

/// @throws ConfigError that names two scenarios and what keeps them from being compared month by
///         month and cell by cell: span, reported months, step, dimensions
void require_comparable(const std::vector<const Scenario*>& scenarios);

/// What two scenarios that may be compared take from different data, as a sentence that names both
/// tables; empty where the start population and the record are the same. Their differences are then
/// not of the rules alone.
[[nodiscard]] std::string other_data(const Scenario& a, const Scenario& b);

/// Where the results of a comparison belong.
struct ComparisonPlace {
  std::filesystem::path folder;  ///< OUT/compare-BASE-ALT-HASH8
  std::string hash;              ///< all 64 digits
  bool whole = false;  ///< it is there already, of the same hash and with every realization
};

/// @throws IoError when an input file cannot be read
[[nodiscard]] ComparisonPlace find_comparison(const ComparisonParts& parts,
                                              const ComparisonQuestion& question,
                                              const std::filesystem::path& out);

/// Reads verdicts.json of a folder. @throws IoError
[[nodiscard]] Outcome read_outcome(const std::filesystem::path& folder);

/// True when a folder holds a comparison rather than a run.
[[nodiscard]] bool is_comparison(const std::filesystem::path& folder);

/// The folder of a comparison on disk, for whatever reads results.
class ComparisonFolder {
 public:
  /// A scenario of it: what the manifest of its own run would say, under the name it has here.
  struct Part {
    std::string name;
    Manifest manifest;
  };

  ComparisonFolder(std::filesystem::path path, std::string hash, std::vector<Part> parts)
      : path_(std::move(path)), hash_(std::move(hash)), parts_(std::move(parts)) {}

  /// @throws IoError when the folder holds no comparison this program can read
  [[nodiscard]] static ComparisonFolder open(const std::filesystem::path& folder);

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// `compare-baseline-fee-1a2b3c4d`, also while the folder has a temporary name.
  [[nodiscard]] std::string name() const;
  [[nodiscard]] const std::string& hash() const { return hash_; }
  [[nodiscard]] const std::vector<Part>& parts() const { return parts_; }  ///< the base first
  /// A part's scenario file as kept in inputs/.
  [[nodiscard]] std::filesystem::path scenario_file(std::size_t part) const;
  /// Reads a part's summary.csv. @throws IoError
  [[nodiscard]] Summary summary(std::size_t part) const;

 private:
  std::filesystem::path path_;
  std::string hash_;
  std::vector<Part> parts_;
};

/// Writes the folder of a comparison, as RunWriter does that of a run: beside the place it belongs,
/// renamed by `finish`; destroyed earlier it leaves nothing behind. One thread at a time.
class ComparisonWriter {
 public:
  /// @throws IoError
  ComparisonWriter(const ComparisonParts& parts, const ComparisonQuestion& question,
                   const std::filesystem::path& out, bool force);
  ~ComparisonWriter();
  ComparisonWriter(const ComparisonWriter&) = delete;
  ComparisonWriter& operator=(const ComparisonWriter&) = delete;

  /// Takes one realization of one part, both ascending. @throws IoError, ModelError
  void add(std::size_t part, int realization, const Recording& recording);
  /// Notes that a realization did not finish. Same order as `add`.
  void fail(std::size_t part, int realization, std::string_view why);
  /// Adds a line to log.jsonl. @param level `info`, `warning` or `error`
  void log(std::string_view level, std::string_view message);

  /// What is told of a part: program, scenario, levers.
  [[nodiscard]] const Manifest& manifest(std::size_t part) const;

  /// Adds files to the folder before it is sealed.
  using Extra = std::function<void(const ComparisonFolder&)>;

  /// Writes the tables, seals and renames the folder. @returns its place. @throws IoError
  std::filesystem::path finish(const Comparison& comparison, const Outcome& outcome,
                               const Extra& extra = {});

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace steppe
