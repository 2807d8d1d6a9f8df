#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "sim/scenario/node.hpp"

namespace steppe::detail {

/// One file of a scenario, or one `--set`.
struct Layer {
  int file = -1;               ///< in Faults
  std::filesystem::path path;  ///< empty for an override
  NodePtr root;                ///< a map
  bool is_override = false;
};

/// A scenario's files in the order in which they are laid over one another, base first.
struct Layers {
  std::vector<Layer> stack;
  /// All layers laid over one another, but for `parameters`, `policy`, `drivers` and `observation`,
  /// whose entries are laid over one another by meaning and are read layer by layer.
  NodePtr merged;
  int main_file = -1;
  bool incomplete = false;  ///< a file could not be read: what is missing may stand there
  /// Folder against which the paths in a file are taken, as the user would write it.
  [[nodiscard]] std::filesystem::path folder_of(int file) const;
};

/// Reads a file and all it extends, each file once, and applies the overrides. Reports cycles.
[[nodiscard]] Layers read_layers(const std::filesystem::path& file,
                                 const std::vector<std::pair<std::string, std::string>>& overrides,
                                 Faults& faults);

}  // namespace steppe::detail
