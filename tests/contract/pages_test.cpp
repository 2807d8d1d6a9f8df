#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <utility>

#include "sim/api/registry.hpp"
#include "sim/core/variant_page.hpp"
#include "support/catch.hpp"

using namespace steppe;

namespace {

const std::vector<VariantDecl>& variants() { return builtin_models().catalogue().variants(); }

std::string name_of(const VariantDecl& variant) {
  return std::string(to_string(variant.slot)) + "/" + variant.name;
}

std::string text_of(const std::string& file) {
  std::ifstream in(std::string(STEPPE_SOURCE_DIR) + "/" + file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("pages: every variant has one, whole, in the program and in the tree",
          "[contract][unit]") {
  for (const VariantDecl& variant : variants()) {
    const std::string name = name_of(variant);
    INFO(name);
    const std::string_view markdown = variant_page(variant.slot, variant.name);
    CHECK(text_of("docs/models/" + name + ".md") == markdown);
    const VariantPage page = parse_variant_page(markdown);
    CHECK_THAT(page.title,
               ContainsSubstring(std::string(to_string(variant.slot)) + ": " + variant.name));
    for (const auto& [section, text] :
         {std::pair{"purpose", &page.purpose}, std::pair{"Equations", &page.equations},
          std::pair{"Choices", &page.choices}, std::pair{"Assumptions", &page.assumptions},
          std::pair{"Limits", &page.limits}, std::pair{"ODD", &page.odd},
          std::pair{"Tests", &page.tests}, std::pair{"Reference", &page.references}}) {
      INFO(section);
      CHECK_FALSE(text->empty());
    }
    // One paragraph, as it would stand under "submodels".
    CHECK(page.odd.find("\n\n") == std::string::npos);
  }
}

TEST_CASE("pages: every variant is linked from the page of the model", "[contract][unit]") {
  const std::string model = text_of("docs/theory/model.md");
  for (const VariantDecl& variant : variants()) {
    INFO(name_of(variant));
    CHECK_THAT(model, ContainsSubstring("(../models/" + name_of(variant) + ".md)"));
  }
}

TEST_CASE("pages: a variant from elsewhere has none", "[contract][unit]") {
  CHECK(variant_page(Slot::Matching, "from_elsewhere").empty());
  CHECK(parse_variant_page("").purpose.empty());
}

TEST_CASE("catalogue: a parameter's name means one thing", "[contract][unit]") {
  std::map<std::string, std::pair<const ParameterDecl*, std::string>> first;
  for (const VariantDecl& variant : variants()) {
    for (const ParameterDecl& p : variant.parameters) {
      const auto [known, is_new] = first.try_emplace(p.name, &p, name_of(variant));
      if (is_new) continue;
      const ParameterDecl& other = *known->second.first;
      INFO(p.name << " of " << name_of(variant) << " and of " << known->second.second);
      CHECK(p.unit == other.unit);
      CHECK(p.min == other.min);
      CHECK(p.max == other.max);
      CHECK(p.by == other.by);
      CHECK(p.symbol == other.symbol);
    }
  }
}

TEST_CASE("catalogue: what a variant needs, some variant of another slot gives",
          "[contract][unit]") {
  for (const VariantDecl& variant : variants()) {
    for (const std::string& need : variant.needs) {
      INFO(name_of(variant) << " needs " << need);
      CHECK(std::any_of(variants().begin(), variants().end(), [&](const VariantDecl& other) {
        return other.slot != variant.slot &&
               std::find(other.gives.begin(), other.gives.end(), need) != other.gives.end();
      }));
    }
  }
}

TEST_CASE("catalogue: every slot has rivals", "[contract][unit]") {
  for (int s = 0; s < kSlotCount; ++s) {
    INFO(to_string(static_cast<Slot>(s)));
    CHECK(builtin_models().catalogue().names(static_cast<Slot>(s)).size() >= 2);
  }
}
