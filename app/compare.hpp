#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "app/ensemble_request.hpp"

namespace steppe::app {

/// What `compare` asks for.
struct CompareRequest : EnsembleRequest {
  std::vector<std::string> files;    ///< the base first
  std::vector<std::string> metrics;  ///< empty: those of the headline
  std::vector<std::string> by;
  std::string at;  ///< a year or month; empty: the last twelve months
  std::string fail_if;
  std::int64_t confidence = 90;  ///< per cent
  bool check = false;
};

/// Reads, runs and compares scenarios, telling how far it is. @returns the exit code
[[nodiscard]] int compare(const CompareRequest& request);

}  // namespace steppe::app
