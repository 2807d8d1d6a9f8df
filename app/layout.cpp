#include "app/layout.hpp"

#include <algorithm>

namespace steppe::app {
namespace {

/// Characters as a terminal shows them, one column each.
std::size_t columns_of(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string padded(const std::string& text, std::size_t width, bool right) {
  const std::size_t used = columns_of(text);
  const std::string space(width > used ? width - used : 0, ' ');
  return right ? space + text : text + space;
}

std::string cut(const std::string& text, std::size_t width) {
  if (columns_of(text) <= width) return text;
  std::string out;
  std::size_t used = 0;
  for (const char c : text) {
    if ((c & 0xC0) != 0x80 && ++used >= width) break;
    out += c;
  }
  return out + "…";
}

/// End of the word at a place: digits that stand apart, and what follows them as %, are one.
std::size_t word_end(const std::string& text, std::size_t at) {
  const auto is_digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  std::size_t end = std::min(text.find(' ', at), text.size());
  while (end + 1 < text.size() && is_digit(end - 1) &&
         (is_digit(end + 1) || text[end + 1] == '%')) {
    end = std::min(text.find(' ', end + 1), text.size());
  }
  return end;
}

}  // namespace

std::string wrapped(const std::string& text) { return wrapped(text, {}, 2); }

std::string wrapped(const std::string& text, const std::string& head, std::size_t indent) {
  std::string out;
  std::string line = head;
  bool has_word = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = word_end(text, at);
    const std::string word = text.substr(at, end - at);
    if (has_word && columns_of(line) + 1 + columns_of(word) > kWidth) {
      out += line + "\n";
      line = std::string(indent, ' ') + word;
    } else {
      line += (has_word ? " " : "") + word;
    }
    has_word = true;
    at = end + 1;
  }
  return out + line + "\n";
}

std::string table(const std::vector<Row>& rows) {
  std::vector<std::size_t> widths(rows.front().size(), 0);
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], columns_of(row[i]));
    }
  }
  std::size_t others = 0;
  for (std::size_t i = 1; i < widths.size(); ++i) others += widths[i] + 2;
  if (others < kWidth) widths[0] = std::min(widths[0], kWidth - others);
  std::string out;
  for (const Row& row : rows) {
    std::string line = padded(cut(row[0], widths[0]), widths[0], false);
    for (std::size_t i = 1; i < row.size(); ++i) line += "  " + padded(row[i], widths[i], true);
    while (!line.empty() && line.back() == ' ') line.pop_back();
    out += line + "\n";
  }
  return out;
}

}  // namespace steppe::app
