#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/scenario/reader.hpp"

namespace steppe::app {

/// A scenario read with the built-in models, or nothing after its mistakes were told.
struct ReadOutcome {
  std::optional<Scenario> scenario;
  int exit_code = 0;
};

/// Reads a file and tells what is wrong with it.
/// @param quiet leave out warnings
[[nodiscard]] ReadOutcome read_or_tell(
    const std::filesystem::path& file,
    const std::vector<std::pair<std::string, std::string>>& overrides, bool quiet);

/// Splits `PATH=VALUE`. @throws UsageError
[[nodiscard]] std::vector<std::pair<std::string, std::string>> parse_overrides(
    const std::vector<std::string>& words);

/// Folder of the scenarios that come with the program: beside it when installed, else the
/// checkout's. Empty when there is none.
[[nodiscard]] std::filesystem::path bundled_scenarios();

}  // namespace steppe::app
