#pragma once

#include <filesystem>
#include <vector>

namespace steppe {

/// A folder being written under a temporary name beside the one it will become.
///
/// Destroyed before `publish`, it leaves nothing: no files and no parent folder it had to make.
/// What a killed process left is removed by the next one that writes the same target.
class StagingFolder {
 public:
  /// @throws IoError when the folder cannot be made
  explicit StagingFolder(std::filesystem::path target);
  ~StagingFolder();
  StagingFolder(const StagingFolder&) = delete;
  StagingFolder& operator=(const StagingFolder&) = delete;

  /// Where to write for now.
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] const std::filesystem::path& target() const { return target_; }

  /// Gives the folder its name; an existing target is put aside first and removed after.
  /// @throws IoError, with an existing target back in its place
  void publish();

 private:
  void make_parents();
  void make_folder();
  void remove_abandoned() const;

  std::filesystem::path target_;
  std::filesystem::path path_;
  std::vector<std::filesystem::path> made_parents_;  ///< outermost first
  int lock_ = -1;  ///< the folder, held locked so that it is not taken for abandoned
  bool published_ = false;
};

}  // namespace steppe
