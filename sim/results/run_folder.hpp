#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sim/results/manifest.hpp"
#include "sim/results/summary.hpp"

namespace steppe {

/// A run folder on disk, for whatever reads results: report, explain, verify.
class RunFolder {
 public:
  RunFolder(std::filesystem::path path, Manifest manifest)
      : path_(std::move(path)), manifest_(std::move(manifest)) {}

  /// @throws IoError when the folder holds no manifest this program can read
  [[nodiscard]] static RunFolder open(const std::filesystem::path& folder);

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] const Manifest& manifest() const { return manifest_; }
  /// `history-1a2b3c4d`, also while the folder has a temporary name.
  [[nodiscard]] std::string name() const;
  /// The scenario file as kept in inputs/: with `manifest().run.overrides` it gives the scenario
  /// again.
  [[nodiscard]] std::filesystem::path scenario_file() const;

  /// Reads summary.csv. @throws IoError
  [[nodiscard]] Summary summary() const;
  /// The text of a small file of the folder, as `scenario.resolved.yaml`. @throws IoError
  [[nodiscard]] std::string text(const std::filesystem::path& file) const;

 private:
  std::filesystem::path path_;
  Manifest manifest_;
};

/// Compares every file of a folder with its manifest.
///
/// @returns a sentence for every file that is missing, differs or is not listed; empty: all agree
/// @throws IoError when the folder cannot be read
[[nodiscard]] std::vector<std::string> verify(const RunFolder& folder);

}  // namespace steppe
