#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>

#include "sim/api/registry.hpp"
#include "sim/scenario/scenario.hpp"
#include "support/catch.hpp"

using namespace steppe;

namespace {

/// A kind said in passing would not be counted: `a book, recalled`.
bool hides_a_kind(const Source& source) {
  const auto& kinds = source_kinds();
  return std::any_of(kinds.begin(), kinds.end(), [&](const std::string& kind) {
    return source.title.find(kind) != std::string::npos;
  });
}

}  // namespace

TEST_CASE("declarations: every default has a source, whose kind is said as one",
          "[contract][unit]") {
  for (const VariantDecl& variant : builtin_models().catalogue().variants()) {
    for (const ParameterDecl& parameter : variant.parameters) {
      INFO(variant.name << " " << parameter.name << ": " << parameter.source);
      const Source source = declared_source(parameter.source);
      CHECK_FALSE(source.empty());
      CHECK_FALSE(hides_a_kind(source));
    }
    for (const LeverDecl& lever : variant.levers) {
      INFO(variant.name << " " << lever.name << ": " << lever.source);
      const Source source = declared_source(lever.source);
      CHECK_FALSE(source.empty());
      CHECK_FALSE(hides_a_kind(source));
    }
  }
}

TEST_CASE("declarations: contradictions are of levers that there are", "[contract][unit]") {
  const auto& variants = builtin_models().catalogue().variants();
  for (const VariantDecl& variant : variants) {
    for (const LeverConflict& conflict : variant.conflicts) {
      for (const ConflictSide& side : conflict.sides) {
        INFO(variant.name << ": " << side.lever);
        CHECK((side.lever == kProjectHeads ||
               std::any_of(variants.begin(), variants.end(), [&](const VariantDecl& other) {
                 return std::any_of(other.levers.begin(), other.levers.end(),
                                    [&](const LeverDecl& l) { return l.name == side.lever; });
               })));
      }
    }
  }
}

TEST_CASE("declarations: what a variant relies on is its own", "[contract][unit]") {
  int relying = 0;
  for (const VariantDecl& variant : builtin_models().catalogue().variants()) {
    if (!variant.relies) continue;
    ++relying;
    CHECK_FALSE(variant.relies->on.empty());
    for (const std::string& name : variant.relies->on) {
      INFO(variant.name << ": " << name);
      const auto named = [&](const auto& decl) { return decl.name == name; };
      CHECK((std::any_of(variant.parameters.begin(), variant.parameters.end(), named) ||
             std::any_of(variant.drivers.begin(), variant.drivers.end(), named) ||
             (variant.follows_network && name == "network")));
    }
  }
  CHECK(relying > 0);
}

TEST_CASE("declarations: variants that weigh the own occupation follow the network, and say so",
          "[contract][unit]") {
  std::ifstream page(std::string(STEPPE_SOURCE_DIR) + "/docs/formats/scenario.md");
  const std::string text{std::istreambuf_iterator<char>(page), {}};
  const std::size_t from = text.find("## An occupational network");
  REQUIRE(from != std::string::npos);
  const std::string chapter = text.substr(from, text.find("\n## ", from + 1) - from);
  for (const VariantDecl& variant : builtin_models().catalogue().variants()) {
    INFO(variant.name);
    const bool weighs =
        std::any_of(variant.parameters.begin(), variant.parameters.end(),
                    [](const ParameterDecl& p) { return p.name == "own_occupation"; });
    CHECK(variant.follows_network == weighs);
    if (weighs) {
      CHECK_THAT(chapter, ContainsSubstring('`' + std::string(to_string(variant.slot)) + ": " +
                                            variant.name + '`'));
    }
  }
}

TEST_CASE("declarations: the words of a source tell its kind from its title and note", "[unit]") {
  const Source book = declared_source("Butters (1977): urns and balls");
  CHECK((book.kind.empty() && book.title == "Butters (1977): urns and balls"));
  const Source bare = declared_source("assumption");
  CHECK((bare.kind == "assumption" && bare.title.empty() && bare.note.empty()));
  const Source reasoned = declared_source("assumption: a round number");
  CHECK((reasoned.kind == "assumption" && reasoned.note == "a round number"));
  const Source recalled = declared_source("recalled: gravity literature");
  CHECK((recalled.kind == "recalled" && recalled.title == "gravity literature"));
}
