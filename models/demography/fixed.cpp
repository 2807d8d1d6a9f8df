#include "sim/api/registry.hpp"

namespace steppe {
namespace {

/// The population at the start for ever: unemployment is then a matter of separations and matching
/// alone.
struct FixedDemography {
  using MeanField = Still;
  static VariantDecl declaration() {
    return {
        .slot = Slot::Demography,
        .name = "fixed",
        .summary = "Nobody is born, dies or comes of age; nobody enters or leaves the labour force",
        .reference = "docs/models/demography/fixed.md"};
  }

  explicit FixedDemography(Setup& /*setup*/) {}
  void run(Step& /*step*/) {}
};

}  // namespace

void register_demography_fixed(Registry& registry) { registry.add<FixedDemography>(); }

}  // namespace steppe
