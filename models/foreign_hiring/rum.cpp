#include "models/foreign_hiring/choice_inflow.hpp"
#include "sim/api/registry.hpp"

namespace steppe {
namespace {

/// Foreigners choose by a plain logit.
struct ForeignRum : choice_inflow::Inflow {
  static constexpr choice_inflow::Kind kKind = {.network = false, .nested = false};
  static VariantDecl declaration() {
    return choice_inflow::declaration(
        "rum", "Foreigners choose between staying and open posts by random utility",
        "McFadden (1978); docs/models/foreign_hiring/rum.md", kKind);
  }
  explicit ForeignRum(Setup& setup) : Inflow(setup, "rum", kKind) {}
};

}  // namespace

void register_foreign_hiring_rum(Registry& registry) { registry.add<ForeignRum>(); }

}  // namespace steppe
