#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "app/compositions.hpp"

namespace steppe::app {

/// What `models benchmark` asks for.
struct BenchmarkRequest {
  std::filesystem::path file;
  std::vector<std::pair<std::string, std::string>> overrides;
  CompositionsWanted wanted;
  std::int64_t replications = 20;
  std::int64_t seed = 1;
  std::int64_t threads = 0;  ///< 0: as many as the machine has
  std::int64_t scale = 1;
  std::string score_from, score_to;  ///< periods; empty: a year after the start on
  std::string language = "en";       ///< of the page
  std::filesystem::path output = "runs";
  bool force = false;
  bool json = false;
  bool quiet = false;
};

/// Runs compositions of variants on a scenario and scores them against its record. @returns the
/// exit code
[[nodiscard]] int benchmark(const BenchmarkRequest& request);

}  // namespace steppe::app
