#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace steppe {

/// Column `model` of tables made by the deterministic solver.
inline constexpr const char* kMeanFieldModel = "mean_field";

/// What a run is asked for beside its scenario. Seed, replications, draws, scale and language are
/// part of what the folder is named after; the rest is recorded in the manifest alone and changes
/// no byte of any other file but log.jsonl.
struct RunInfo {
  std::uint64_t seed = 1;
  int replications = 20;  ///< realizations asked for, numbered from 0 as in `Draws`
  int draws = 1;          ///< parameter draws; 1 is the values in force
  int threads = 1;
  std::int64_t scale = 1;        ///< persons one record stands for
  std::string language = "en";   ///< of the report
  std::string model = "steppe";  ///< column `model` of the tables; kMeanFieldModel without agents
  std::vector<std::pair<std::string, std::string>> overrides = {};  ///< `--set`, in order
  std::vector<std::string> command = {};                            ///< words of the command line
};

}  // namespace steppe
