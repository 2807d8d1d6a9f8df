#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace steppe {

/// Throws the IoError for a file or folder that cannot be written: what, why, and what to do.
///
/// @param shown the name under which the user will look for it
/// @param error an errno value
[[noreturn]] void throw_write_error(const std::filesystem::path& shown, int error);

/// Calls `use` with the file's bytes, piece by piece. @throws IoError when it cannot be read
void read_pieces(const std::filesystem::path& file,
                 const std::function<void(std::string_view)>& use);

/// All bytes of a file. @throws IoError when it cannot be read
[[nodiscard]] std::string read_all(const std::filesystem::path& file);

/// Paths of the regular files below a folder, relative to it, sorted by their generic form.
/// @throws IoError when the folder cannot be read
[[nodiscard]] std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder);

/// A new file written front to back through one buffer.
class OutputFile {
 public:
  /// @param shown the name used in errors, as the folder will be called when it is complete
  /// @throws IoError when the file cannot be made
  OutputFile(const std::filesystem::path& file, std::filesystem::path shown);
  /// Closes without looking at errors: `close` is the way to know that all is written.
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  /// @throws IoError
  void write(std::string_view bytes);
  /// Writes what is buffered and closes. @throws IoError
  void close();

 private:
  void flush();

  std::filesystem::path shown_;
  std::vector<char> buffer_;
  std::size_t used_ = 0;
  int descriptor_ = -1;
};

}  // namespace steppe
