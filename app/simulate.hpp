#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace steppe::app {

/// What `run` and `demo` ask for.
struct RunRequest {
  std::filesystem::path file;
  std::vector<std::pair<std::string, std::string>> overrides;
  std::string engine = "agents";   ///< or kMeanFieldModel
  std::vector<std::string> given;  ///< names of the options that the command line has
  std::int64_t replications = 0;   ///< 0: 20 of agents, the one of the mean field
  std::int64_t seed = 1;
  std::int64_t threads = 0;  ///< 0: as many as the machine has
  std::int64_t scale = 1;
  std::filesystem::path output = "runs";
  std::string language = "en";
  bool force = false;
  bool check = false;
  bool profile = false;
  bool json = false;
  bool quiet = false;
  bool verbose = false;
};

/// Reads, runs and writes a scenario, telling how far it is. @returns the exit code
[[nodiscard]] int simulate(const RunRequest& request);

}  // namespace steppe::app
