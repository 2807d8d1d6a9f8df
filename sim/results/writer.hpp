#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "sim/observe/recording.hpp"
#include "sim/results/run_folder.hpp"
#include "sim/results/run_info.hpp"
#include "sim/scenario/scenario.hpp"

namespace steppe {

/// Where the results of a run belong.
struct RunPlace {
  std::filesystem::path folder;  ///< OUT/NAME-HASH8
  std::string hash;              ///< all 64 digits
  bool whole = false;  ///< it is there already, of the same hash and with every realization
};

/// Finds the folder of a run before anything is simulated: when it is whole there is nothing to do.
///
/// @param out the folder of run folders: `runs`, or what `-o` names
/// @throws IoError when an input file cannot be read
[[nodiscard]] RunPlace find_run(const Scenario& scenario, const RunInfo& info,
                                const std::filesystem::path& out);

/// Writes a run folder from realizations given one after another.
///
/// Everything is written beside the place it belongs, under a temporary name, and renamed by
/// `finish`; a writer destroyed earlier leaves nothing behind. Files are written in one pass, so
/// that memory grows only with what the quantiles need: 8 bytes a value of the summarised
/// variables. One thread at a time, and one writer at a time in a process that uses the NetCDF
/// library.
class RunWriter {
 public:
  /// Called with the folder when all but the manifest is written; may add files to its `path()`.
  using Extra = std::function<void(const RunFolder& unsealed)>;

  /// @param force put the new folder in the place of a whole one of the same hash; otherwise that
  ///              one is kept (see find_run)
  /// @throws IoError when `out` cannot be written or the folder's place is taken by something else
  RunWriter(const Scenario& scenario, const RunInfo& info, const std::filesystem::path& out,
            bool force = false);
  ~RunWriter();
  RunWriter(const RunWriter&) = delete;
  RunWriter& operator=(const RunWriter&) = delete;

  /// Writes one realization. @param realization 0 … replications − 1, ascending
  /// @throws IoError, and ModelError when it has other variables, sizes or months than the first
  void add(int realization, const Recording& recording);

  /// Notes that a realization did not finish: its values are missing. Same order as `add`.
  void fail(int realization, std::string_view why);

  /// Adds a line to log.jsonl. @param level `info`, `warning` or `error`
  void log(std::string_view level, std::string_view message);

  /// Writes what needs all realizations, calls `extra`, seals the manifest and renames the folder.
  /// @throws IoError; ModelError when no realization was added
  RunFolder finish(const Extra& extra = {});

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace steppe
