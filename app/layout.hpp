#pragma once

#include <string>
#include <vector>

namespace steppe::app {

/// Columns of a terminal that texts and tables keep to.
inline constexpr std::size_t kWidth = 80;

/// Breaks lines between words; all but the first are indented.
[[nodiscard]] std::string wrapped(const std::string& text);
/// The same behind a head on the first line, the others indented by so many columns.
[[nodiscard]] std::string wrapped(const std::string& text, const std::string& head,
                                  std::size_t indent);

/// A Markdown text with its paragraphs and list items broken anew and indented; what is set apart
/// (equations, tables) keeps its lines. Items stand at the margin (`- `, `1. `), none within
/// another; fences and quotations are not known.
[[nodiscard]] std::string broken_anew(const std::string& markdown, std::size_t indent);

using Row = std::vector<std::string>;

/// Rows under a head, the first column to the left and cut where the table would be too wide.
[[nodiscard]] std::string table(const std::vector<Row>& rows);

}  // namespace steppe::app
