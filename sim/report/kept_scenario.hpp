#pragma once

#include <filesystem>
#include <string>

#include "sim/core/declaration.hpp"
#include "sim/results/run_info.hpp"
#include "sim/scenario/scenario.hpp"

namespace steppe::report_detail {

/// Reads a scenario as the inputs/ of a folder of results keep it, with the values it was run with.
/// @param what `the scenario` or its name, for the message
/// @throws ConfigError when this version no longer reads it
[[nodiscard]] Scenario read_kept_scenario(const std::filesystem::path& folder,
                                          const std::filesystem::path& file, const RunInfo& info,
                                          const Catalogue& catalogue, const std::string& what);

}  // namespace steppe::report_detail
