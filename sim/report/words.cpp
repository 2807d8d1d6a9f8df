#include "sim/report/words.hpp"

#include <algorithm>

#include "sim/report/assets.hpp"

namespace steppe::report_detail {
namespace {

/// Cells of one line of CSV, with quotes taken away. Advances `text` past the line.
std::vector<std::string> next_row(std::string_view& text) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  std::size_t i = 0;
  for (; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c != '"') {
        cells.back() += c;
      } else if (i + 1 < text.size() && text[i + 1] == '"') {
        cells.back() += c;
        ++i;
      } else {
        quoted = false;
      }
    } else if (c == '"') {
      quoted = true;
    } else if (c == ',') {
      cells.emplace_back();
    } else if (c == '\n') {
      break;
    } else if (c != '\r') {
      cells.back() += c;
    }
  }
  text.remove_prefix(std::min(i + 1, text.size()));
  return cells;
}

}  // namespace

Words::Words(std::string_view lang) {
  std::string_view text = report_words();
  const std::vector<std::string> header = next_row(text);
  const auto found = std::find(header.begin() + 1, header.end(), lang);
  const std::size_t column =
      found == header.end() ? 1 : static_cast<std::size_t>(found - header.begin());
  lang_ = header[column];
  while (!text.empty()) {
    std::vector<std::string> row = next_row(text);
    if (row.size() > column) words_[row[0]] = row[column].empty() ? row[1] : row[column];
  }
}

std::vector<std::string> Words::languages() {
  std::string_view text = report_words();
  std::vector<std::string> header = next_row(text);
  header.erase(header.begin());
  return header;
}

std::string Words::operator()(std::string_view key, std::initializer_list<Fill> fills) const {
  return filled(key, {fills.begin(), fills.size()});
}

std::string Words::filled(std::string_view key, std::span<const Fill> fills) const {
  const auto found = words_.find(key);
  if (found == words_.end()) return '[' + std::string(key) + ']';
  return fill(found->second, fills);
}

std::string Words::variant(std::string_view key, std::string_view which,
                           std::initializer_list<Fill> fills) const {
  std::string special{key};
  special.append(".").append(which);
  return has(special) ? (*this)(special, fills) : (*this)(key, fills);
}

Text Words::label(const Label& label, std::string_view fallback) const {
  for (const auto& [lang, text] : label.texts) {
    if (lang == lang_) return {text, {}};
  }
  if (!label.texts.empty()) return {label.texts.front().second, label.texts.front().first};
  return {std::string(fallback), lang_ == "en" || fallback.empty() ? "" : "en"};
}

Text Words::quoted(std::string_view text) const {
  // A table that has nothing to cite may name the kind of source again.
  const std::string kind = "kind." + std::string(text);
  if (lang_ != "en" && has(kind)) return {(*this)(kind), {}};
  // No source says in which language it is; Cyrillic letters tell enough: their first bytes are
  // 0xD0 to 0xD3.
  const bool cyrillic = std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0xD0 && byte <= 0xD3;
  });
  return {std::string(text), lang_ == "en" || cyrillic || text.empty() ? "" : "en"};
}

std::string unmarked(std::string_view text) {
  std::string out{text};
  out.erase(std::remove(out.begin(), out.end(), '`'), out.end());
  return out;
}

}  // namespace steppe::report_detail
