#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/diagnostics.hpp"

namespace steppe::detail {

/// A place in one of the files being read: its index in Faults, line and character from one.
struct Mark {
  int file = -1;
  int line = 0;
  int column = 0;
  int length = 1;  ///< characters
  bool operator==(const Mark&) const = default;
};

/// Characters of UTF-8 text (bytes that continue a character are not counted).
[[nodiscard]] int character_count(std::string_view text);

/// Collects what is wrong in the files of one scenario, with the texts to show it in.
class Faults {
 public:
  /// @param name as the user named it
  /// @returns the file's index for marks
  int add_file(std::string name, std::string text);

  void error(const Mark& mark, std::string message, std::string suggestion = {});
  /// A warning is shown in reports of every language, so that it needs a code.
  void warning(const Mark& mark, Message message);
  /// A mistake in a data table.
  void data_error(const Mark& mark, std::string message, std::string suggestion = {});

  [[nodiscard]] const std::string& name(int file) const { return files_[at(file)].name; }
  [[nodiscard]] const std::string& text(int file) const { return files_[at(file)].text; }
  /// Position of a line's first byte; the text's size beyond the last line.
  [[nodiscard]] std::size_t line_start(int file, int number) const;
  /// A line as written, without its end; empty beyond the file.
  [[nodiscard]] std::string line(int file, int number) const;
  [[nodiscard]] SourcePlace place(const Mark& mark) const;
  /// The word at a place; no file's for one that was not read.
  [[nodiscard]] Mark mark(const SourcePlace& place) const;
  [[nodiscard]] bool has_errors() const { return steppe::has_errors(found_); }
  [[nodiscard]] std::size_t error_count() const;

  /// Everything found, each once, in the order of the files, then of the lines.
  [[nodiscard]] Diagnostics sorted() const;

 private:
  struct File {
    std::string name;
    std::string text;
    std::vector<std::size_t> line_starts;
  };
  [[nodiscard]] static std::size_t at(int file) { return static_cast<std::size_t>(file); }
  void add(Severity severity, FaultKind kind, const Mark& mark, Message message,
           std::string suggestion);

  std::vector<File> files_;
  Diagnostics found_;
  std::vector<int> found_in_;  ///< file of each entry, for the order
};

}  // namespace steppe::detail
