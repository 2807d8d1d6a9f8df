#include "app/layout.hpp"

#include <algorithm>
#include <sstream>
#include <string_view>

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

/// Columns that the mark of a list item takes, as in `- ` and `12. `; 0 where none begins.
std::size_t mark_of_item(std::string_view line) {
  if (line.substr(0, 2) == "- ") return 2;
  const std::size_t digits = std::min(line.find_first_not_of("0123456789"), line.size());
  return digits > 0 && line.substr(digits, 2) == ". " ? digits + 2 : 0;
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

std::string broken_anew(const std::string& markdown, std::size_t indent) {
  std::string out;
  std::string paragraph;
  std::size_t hanging = 0;
  const auto end_paragraph = [&] {
    if (!paragraph.empty()) {
      out += wrapped(paragraph, std::string(indent, ' '), indent + hanging);
    }
    paragraph.clear();
    hanging = 0;
  };
  std::istringstream lines(markdown);
  for (std::string line; std::getline(lines, line);) {
    const bool set_apart = line.substr(0, 4) == "    " || line.substr(0, 1) == "|";
    const std::size_t text = line.find_first_not_of(' ');
    // A line of a paragraph may begin with a number; items follow an empty line or another item.
    const std::size_t mark = paragraph.empty() || hanging > 0 ? mark_of_item(line) : 0;
    if (set_apart || text == std::string::npos || mark > 0) end_paragraph();
    if (set_apart || text == std::string::npos) {
      // What is set apart by four columns stands clear of the text as it is.
      const std::size_t more = line[0] == '|' ? indent : 0;
      out += (set_apart ? std::string(more, ' ') + line : std::string{}) + "\n";
      continue;
    }
    if (mark > 0) hanging = mark;
    paragraph += (paragraph.empty() ? "" : " ") + line.substr(text);
  }
  end_paragraph();
  return out;
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
