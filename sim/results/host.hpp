#pragma once

#include <string>
#include <utility>
#include <vector>

#include "sim/results/manifest.hpp"

namespace steppe {

/// The machine this process runs on.
[[nodiscard]] HostInfo this_host();

/// Libraries whose version can change the bytes of results: name and version in use.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> library_versions();

/// Now, as UTC in ISO 8601 with milliseconds.
[[nodiscard]] std::string utc_now();

}  // namespace steppe
