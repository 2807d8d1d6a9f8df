#include "sim/api/registry.hpp"

namespace steppe {
namespace {

/// Foreigners present at the start stay until a firm lays them off; nobody follows.
struct NoForeignHiring {
  using MeanField = Still;
  static VariantDecl declaration() {
    return {.slot = Slot::ForeignHiring,
            .name = "none",
            .summary = "No foreigner is hired; permits of those present do not end",
            .reference = "docs/models/foreign_hiring/none.md"};
  }

  explicit NoForeignHiring(Setup& /*setup*/) {}
  void run(Step& /*step*/) {}
};

}  // namespace

void register_foreign_hiring_none(Registry& registry) { registry.add<NoForeignHiring>(); }

}  // namespace steppe
