#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "app/ensemble_request.hpp"

namespace steppe::app {

/// What `run` and `demo` ask for.
struct RunRequest : EnsembleRequest {
  RunRequest() { replications = 0; }  ///< 0: 20 of agents, the one of the mean field
  std::filesystem::path file;
  std::string engine = "agents";   ///< or kMeanFieldModel
  std::vector<std::string> given;  ///< names of the options that the command line has
  bool check = false;
  bool profile = false;
  bool verbose = false;
};

/// Reads, runs and writes a scenario, telling how far it is. @returns the exit code
[[nodiscard]] int simulate(const RunRequest& request);

}  // namespace steppe::app
