#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "app/ensemble_request.hpp"

namespace steppe::app {

/// What `models twin` asks for.
struct TwinRequest : EnsembleRequest {
  std::filesystem::path file;
};

/// Runs a scenario with agents and as their mean field and tells how the two compare. @returns the
/// exit code
[[nodiscard]] int twin(const TwinRequest& request);

}  // namespace steppe::app
