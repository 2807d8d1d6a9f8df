#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "sim/core/declaration.hpp"
#include "sim/core/diagnostics.hpp"
#include "sim/core/expected.hpp"
#include "sim/scenario/scenario.hpp"

namespace steppe {

struct ReadOptions {
  /// `--set PATH=VALUE` in order, applied over the file.
  std::vector<std::pair<std::string, std::string>> overrides;
  /// Accept a file marked `overlay: true`, checking what it holds; it cannot be run alone.
  bool allow_overlay = false;
};

/// Reads, validates and resolves a scenario file with everything it extends and every table it
/// names.
///
/// @returns the scenario (its `warnings` may be non-empty), or *all* that is wrong, in one go.
/// Never throws for what a user wrote; throws IoError only when the system fails.
[[nodiscard]] Expected<Scenario, Diagnostics> read_scenario(const std::filesystem::path& file,
                                                            const Catalogue& catalogue,
                                                            const ReadOptions& options = {});

/// JSON Schema (draft 2020-12) of scenario files, from the same declarations the reader checks by.
[[nodiscard]] std::string json_schema(const Catalogue& catalogue);

}  // namespace steppe
