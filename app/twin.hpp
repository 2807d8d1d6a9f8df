#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace steppe::app {

/// What `models twin` asks for.
struct TwinRequest {
  std::filesystem::path file;
  std::vector<std::pair<std::string, std::string>> overrides;
  std::int64_t replications = 20;
  std::int64_t seed = 1;
  std::int64_t threads = 0;  ///< 0: as many as the machine has
  std::int64_t scale = 1;
  bool json = false;
  bool quiet = false;
};

/// Runs a scenario with agents and as their mean field and tells how the two compare. @returns the
/// exit code
[[nodiscard]] int twin(const TwinRequest& request);

}  // namespace steppe::app
