#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "app/compositions.hpp"
#include "app/ensemble_request.hpp"

namespace steppe::app {

/// What `models benchmark` asks for.
struct BenchmarkRequest : EnsembleRequest {
  std::filesystem::path file;
  CompositionsWanted wanted;
  std::string score_from, score_to;  ///< periods; empty: a year after the start on
};

/// Runs compositions of variants on a scenario and scores them against its record. @returns the
/// exit code
[[nodiscard]] int benchmark(const BenchmarkRequest& request);

}  // namespace steppe::app
