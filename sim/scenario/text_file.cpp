#include "sim/scenario/text_file.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <system_error>
#include <vector>

namespace steppe::detail {
namespace {

/// Length of the UTF-8 character at `at`, or 0 when there is none.
std::size_t character_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
  };
  const unsigned a = byte(at);
  if (a < 0x80) return 1;
  std::size_t length = 0;
  unsigned low = 0x80, high = 0xBF;  // of the second byte
  if (a >= 0xC2 && a <= 0xDF) {
    length = 2;
  } else if (a >= 0xE0 && a <= 0xEF) {
    length = 3;
    if (a == 0xE0) low = 0xA0;   // overlong
    if (a == 0xED) high = 0x9F;  // surrogates
  } else if (a >= 0xF0 && a <= 0xF4) {
    length = 4;
    if (a == 0xF0) low = 0x90;
    if (a == 0xF4) high = 0x8F;
  } else {
    return 0;
  }
  if (byte(at + 1) < low || byte(at + 1) > high) return 0;
  for (std::size_t i = 2; i < length; ++i) {
    if (byte(at + i) < 0x80 || byte(at + i) > 0xBF) return 0;
  }
  return length;
}

/// Walks over YAML text keeping count of open brackets and of indentation levels.
class NestingScan {
 public:
  NestingScan(std::string_view text, int deepest) : text_(text), deepest_(deepest) {}

  std::optional<TextFault> run() {
    while (at_ < text_.size()) {
      if (const auto fault = step()) return fault;
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] char next(std::size_t ahead = 1) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\n';
  }
  [[nodiscard]] bool ends_word(char c) const { return c == ' ' || c == '\n' || c == '\r'; }

  std::optional<TextFault> step() {
    const char c = text_[at_];
    if (c == '\n') {
      line_start_ = ++at_;
      starts_ = true;
    } else if (c == '\t' && indents()) {
      return TextFault{"a tab in the indentation; use blanks", at_};
    } else if (c == ' ' || c == '\t' || c == '\r') {  // NOLINT(bugprone-branch-clone): order counts
      ++at_;
    } else if (c == '#' && (at_ == 0 || text_[at_ - 1] == ' ' || text_[at_ - 1] == '\n')) {
      skip_line();
    } else if (starts_ || (flow_ > 0 && (c == '[' || c == '{'))) {
      return node();
    } else if (flow_ > 0 && (c == ']' || c == '}')) {
      --flow_;
      ++at_;
    } else if ((flow_ > 0 && c == ',') || (c == ':' && (flow_ > 0 || ends_word(next())))) {
      ++at_;
      starts_ = true;
    } else {
      ++at_;
    }
    return std::nullopt;
  }

  /// True for a tab with nothing but blanks before it and something behind it, outside brackets.
  [[nodiscard]] bool indents() const {
    if (flow_ > 0 || !starts_) return false;
    const std::size_t first = text_.find_first_not_of(" \t", line_start_);
    if (first == std::string_view::npos || first < at_) return false;
    return text_[first] != '\n' && text_[first] != '\r' && text_[first] != '#';
  }

  /// A node may start here.
  std::optional<TextFault> node() {
    const char c = text_[at_];
    if (flow_ == 0) {
      const std::size_t column = at_ - line_start_;
      while (!columns_.empty() && columns_.back() >= column) columns_.pop_back();
      columns_.push_back(column);
      if (too_deep()) return fault();
    }
    if ((c == '-' || c == '?') && flow_ == 0 && ends_word(next())) {
      ++at_;
      return std::nullopt;
    }
    if (c == '[' || c == '{') {
      ++flow_;
      ++at_;
      if (too_deep()) return fault();
      return std::nullopt;
    }
    if (c == '&' || c == '!') {  // anchor or tag: the node is yet to come
      while (at_ < text_.size() && !ends_word(text_[at_])) ++at_;
      return std::nullopt;
    }
    starts_ = false;
    if (c == '"' || c == '\'') {
      skip_quoted(c);
    } else if ((c == '|' || c == '>') && flow_ == 0) {
      skip_block_text();
    } else if (flow_ == 0 || (c != ']' && c != '}' && c != ',')) {
      ++at_;
    }
    return std::nullopt;
  }

  void skip_line() {
    while (at_ < text_.size() && text_[at_] != '\n') ++at_;
  }

  void skip_quoted(char quote) {
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == '\\' && quote == '"') {
        ++at_;
      } else if (text_[at_] == quote) {
        ++at_;
        return;
      }
    }
  }

  /// Everything indented deeper than the line that opens a block text belongs to it.
  void skip_block_text() {
    std::size_t indent = line_start_;
    while (indent < text_.size() && text_[indent] == ' ') ++indent;
    const std::size_t parent = indent - line_start_;
    skip_line();
    while (at_ < text_.size()) {
      std::size_t first = at_ + 1;
      while (first < text_.size() && text_[first] == ' ') ++first;
      const bool blank = first >= text_.size() || text_[first] == '\n' || text_[first] == '\r';
      if (!blank && first - at_ - 1 <= parent) return;
      ++at_;
      line_start_ = at_;
      skip_line();
    }
  }

  [[nodiscard]] bool too_deep() const {
    return flow_ + static_cast<int>(columns_.size()) > deepest_;
  }
  [[nodiscard]] TextFault fault() const {
    return {fmt::format("nested deeper than {} levels: no scenario file looks like this", deepest_),
            std::min(at_, text_.size() - 1)};
  }

  std::string_view text_;
  int deepest_;
  std::size_t at_ = 0;
  std::size_t line_start_ = 0;
  bool starts_ = true;  ///< a node may start at `at_`
  int flow_ = 0;        ///< open brackets
  std::vector<std::size_t> columns_;
};

}  // namespace

Expected<std::string, std::string> read_bytes(const std::filesystem::path& file,
                                              std::size_t largest) {
  std::error_code failure;
  const auto status = std::filesystem::status(file, failure);
  if (!std::filesystem::exists(status)) return Unexpected<std::string>{"there is no such file"};
  if (std::filesystem::is_directory(status)) {
    return Unexpected<std::string>{"this is a folder; name a file in it"};
  }
  const auto size = std::filesystem::file_size(file, failure);
  if (!failure && size > largest) {
    return Unexpected{
        fmt::format("the file has {} MB, at most {} MB are read; is it the right one?", size >> 20,
                    largest >> 20)};
  }
  std::ifstream in(file, std::ios::binary);
  if (!in) {
    return Unexpected{fmt::format("the file cannot be opened ({})",
                                  std::error_code(errno, std::generic_category()).message())};
  }
  // Read no more than allowed, whatever a pipe or a growing file may offer.
  const bool known = !failure && std::filesystem::is_regular_file(status);
  std::string text(known ? static_cast<std::size_t>(size) + 1 : largest + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in.bad()) return Unexpected<std::string>{"the file cannot be read to its end"};
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > largest) {
    return Unexpected{fmt::format("more than {} MB; is it the right file?", largest >> 20)};
  }
  if (text.rfind("\xEF\xBB\xBF", 0) == 0) text.erase(0, 3);
  return text;
}

std::optional<TextFault> check_text(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (c == 0) return TextFault{"a zero byte: this is a binary file, not text", at};
    if ((c < 0x20 && c != '\n' && c != '\t' && c != '\r') || c == 0x7F) {
      return TextFault{fmt::format("the control character 0x{:02X} cannot stand in text", c), at};
    }
    const std::size_t length = character_length(text, at);
    if (length == 0) {
      return TextFault{fmt::format("the byte 0x{:02X} is not UTF-8; save the file as UTF-8", c),
                       at};
    }
    at += length;
  }
  return std::nullopt;
}

std::optional<TextFault> check_layout(std::string_view yaml, int deepest) {
  return NestingScan(yaml, deepest).run();
}

}  // namespace steppe::detail
