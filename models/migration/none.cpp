#include "sim/api/registry.hpp"

namespace steppe {
namespace {

/// Everybody stays where the synthesis put them.
struct NoMigration {
  using MeanField = Still;
  static VariantDecl declaration() {
    return {.slot = Slot::Migration,
            .name = "none",
            .summary = "Nobody moves within the country, leaves it or returns",
            .reference = "docs/models/migration/none.md"};
  }

  explicit NoMigration(Setup& /*setup*/) {}
  void run(Step& /*step*/) {}
};

}  // namespace

void register_migration_none(Registry& registry) { registry.add<NoMigration>(); }

}  // namespace steppe
