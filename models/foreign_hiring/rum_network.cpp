#include "models/foreign_hiring/choice_inflow.hpp"
#include "sim/api/registry.hpp"

namespace steppe {
namespace {

/// Foreigners choose by a logit in which compatriots count.
struct ForeignRumNetwork : choice_inflow::Inflow {
  static constexpr choice_inflow::Kind kKind = {.network = true, .nested = false};
  static VariantDecl declaration() {
    return choice_inflow::declaration(
        "rum_network", "Random utility of foreigners in which compatriots draw others after them",
        "Beine, Docquier and Ozden (2011); docs/models/foreign_hiring/rum_network.md", kKind);
  }
  explicit ForeignRumNetwork(Setup& setup) : Inflow(setup, "rum_network", kKind) {}
};

}  // namespace

void register_foreign_hiring_rum_network(Registry& registry) { registry.add<ForeignRumNetwork>(); }

}  // namespace steppe
