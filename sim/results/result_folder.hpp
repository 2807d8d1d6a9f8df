#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/results/files.hpp"
#include "sim/results/identity.hpp"
#include "sim/results/manifest.hpp"
#include "sim/results/staging.hpp"

namespace steppe {

/// What a finished folder says of itself in its manifest.
struct Seal {
  std::string hash;
  bool complete = true;  ///< every realization is in it
  std::vector<FileRecord> files;
};
/// Reads the seal of a folder. @throws IoError when it has none of this kind
using ReadSeal = std::function<Seal(const std::filesystem::path& folder)>;

/// Partial: these results, but realizations of them failed, so that a new attempt may take its
/// place.
enum class Standing { Absent, Whole, Partial, Damaged, Foreign };

/// What stands where results of this hash belong. Sizes tell a damaged folder; `verify` reads all.
[[nodiscard]] Standing standing(const std::filesystem::path& folder, const std::string& hash,
                                const ReadSeal& read);

/// Kinds of results that are one folder: what they are called, and how their seal is read.
struct FolderKind {
  std::string word;  ///< `run`
  ReadSeal read;
};

/// A folder of results while it is written: under a temporary name, with its log, until it is
/// sealed by a manifest and renamed. Destroyed before that, it leaves nothing behind.
class ResultFolder {
 public:
  /// @param force put it in the place of a whole one of the same hash
  /// @throws IoError when it cannot be made or its place is taken by something else
  ResultFolder(std::filesystem::path target, std::string hash, FolderKind kind, bool force);

  /// Where a file is written now, and the name under which the user will look for it.
  [[nodiscard]] std::filesystem::path staged(const std::filesystem::path& file) const {
    return staging_.path() / file;
  }
  [[nodiscard]] std::filesystem::path shown(const std::filesystem::path& file) const {
    return target_ / file;
  }
  [[nodiscard]] const std::filesystem::path& path() const { return staging_.path(); }
  [[nodiscard]] const std::filesystem::path& target() const { return target_; }

  /// Writes a small file, and the folders it stands in. @throws IoError
  void write_text(const std::filesystem::path& file, std::string_view text) const;
  /// @throws IoError, also when a file is no longer what it was when it was identified
  void copy_inputs(const std::vector<InputFile>& inputs) const;
  /// Adds a line to log.jsonl. @param level `info`, `warning` or `error`
  void log(std::string_view level, std::string_view message);

  /// Ends the log. @returns every file with its sum. @throws IoError
  [[nodiscard]] std::vector<FileRecord> close();
  /// Writes the manifest and gives the folder its name. When another process has finished the same
  /// meanwhile, that one is kept: the bytes are the same. @throws IoError
  void publish(std::string_view manifest);

 private:
  /// The target, once nothing stands in its way. @throws IoError
  static std::filesystem::path free_place(std::filesystem::path target, const std::string& hash,
                                          const FolderKind& kind, bool force);

  std::string hash_;
  FolderKind kind_;
  bool force_;
  std::filesystem::path target_;
  // The log is closed before the folder it stands in is removed: members go last to first.
  StagingFolder staging_;
  OutputFile log_;
};

}  // namespace steppe
