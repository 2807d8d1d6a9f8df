#include "models/foreign_hiring/choice_inflow.hpp"
#include "sim/api/registry.hpp"

namespace steppe {
namespace {

/// Foreigners choose by a logit nested by sector.
struct ForeignNestedLogit : choice_inflow::Inflow {
  static constexpr choice_inflow::Kind kKind = {.network = false, .nested = true};
  static VariantDecl declaration() {
    return choice_inflow::declaration(
        "nested_logit", "Random utility of foreigners in which occupations of a sector are alike",
        "McFadden (1978); docs/models/foreign_hiring/nested_logit.md", kKind);
  }
  explicit ForeignNestedLogit(Setup& setup) : Inflow(setup, "nested_logit", kKind) {}
};

}  // namespace

void register_foreign_hiring_nested_logit(Registry& registry) {
  registry.add<ForeignNestedLogit>();
}

}  // namespace steppe
