#include "sim/core/variant_page.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace steppe {
namespace {

using Field = std::string VariantPage::*;
constexpr std::array<std::pair<std::string_view, Field>, 7> kSections{
    {{"Equations", &VariantPage::equations},
     {"Choices", &VariantPage::choices},
     {"Assumptions", &VariantPage::assumptions},
     {"Limits", &VariantPage::limits},
     {"ODD", &VariantPage::odd},
     {"Tests", &VariantPage::tests},
     {"Reference", &VariantPage::references}}};

/// Without the empty lines around it. Spaces stay: an equation may begin with them.
std::string trimmed(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.remove_suffix(1);
  while (!text.empty() && text.front() == '\n') text.remove_prefix(1);
  return std::string(text);
}

std::string without_marks(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != '`') out += c;
  }
  return out;
}

}  // namespace

VariantPage parse_variant_page(std::string_view markdown) {
  VariantPage page;
  if (markdown.starts_with("# ")) {
    const std::size_t end = std::min(markdown.find('\n'), markdown.size());
    page.title = without_marks(markdown.substr(2, end - 2));
    markdown.remove_prefix(end);
  }
  constexpr std::string_view kHead = "\n## ";
  std::size_t at = std::min(markdown.find(kHead), markdown.size());
  // What follows the first paragraph explains it; the first alone says what the variant is for.
  const std::string opening = trimmed(markdown.substr(0, at));
  page.purpose = opening.substr(0, opening.find("\n\n"));
  while (at < markdown.size()) {
    markdown.remove_prefix(at + kHead.size());
    const std::size_t line = std::min(markdown.find('\n'), markdown.size());
    const std::string_view name = markdown.substr(0, line);
    markdown.remove_prefix(line);
    at = std::min(markdown.find(kHead), markdown.size());
    for (const auto& [section, field] : kSections) {
      if (name == section) page.*field = trimmed(markdown.substr(0, at));
    }
  }
  return page;
}

std::string without_links(std::string_view markdown) {
  std::string out;
  while (!markdown.empty()) {
    const std::size_t middle = markdown.find("](");
    if (middle == std::string_view::npos) break;
    const std::size_t open = markdown.rfind('[', middle);
    const std::size_t close = markdown.find(')', middle);
    if (open == std::string_view::npos || close == std::string_view::npos) {
      out += markdown.substr(0, middle + 2);
      markdown.remove_prefix(middle + 2);
      continue;
    }
    out += markdown.substr(0, open);
    out += markdown.substr(open + 1, middle - open - 1);
    markdown.remove_prefix(close + 1);
  }
  return out + std::string(markdown);
}

}  // namespace steppe
