#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace steppe::app {

/// What `compare` asks for.
struct CompareRequest {
  std::vector<std::string> files;  ///< the base first
  std::vector<std::pair<std::string, std::string>> overrides;
  std::vector<std::string> metrics;  ///< empty: those of the headline
  std::vector<std::string> by;
  std::string at;  ///< a year or month; empty: the last twelve months
  std::string fail_if;
  std::int64_t confidence = 90;  ///< per cent
  std::int64_t replications = 20;
  std::int64_t seed = 1;
  std::int64_t threads = 0;  ///< 0: as many as the machine has
  std::int64_t scale = 1;
  std::string language = "en";  ///< of the page
  std::filesystem::path output = "runs";
  bool force = false;
  bool check = false;
  bool json = false;
  bool quiet = false;
};

/// Reads, runs and compares scenarios, telling how far it is. @returns the exit code
[[nodiscard]] int compare(const CompareRequest& request);

}  // namespace steppe::app
