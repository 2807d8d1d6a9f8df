#pragma once

#include <string>
#include <string_view>

namespace steppe {

/// The sections of a variant's page that every page has, as Markdown without their headings.
struct VariantPage {
  std::string title;    ///< `Urn-ball matching: matching: urn`, without marks
  std::string purpose;  ///< the opening paragraph
  std::string equations;
  std::string choices;
  std::string assumptions;
  std::string limits;
  std::string odd;  ///< as it would stand among the submodels of an ODD protocol
  std::string tests;
  std::string references;
};

/// Reads docs/models/<slot>/<variant>.md. A section that the page lacks stays empty, and sections
/// of other names are left out.
[[nodiscard]] VariantPage parse_variant_page(std::string_view markdown);

/// The text as a terminal shows it: links are their words alone.
[[nodiscard]] std::string without_links(std::string_view markdown);

}  // namespace steppe
