#include "sim/api/registry.hpp"

namespace steppe {
namespace {

/// Posts stay as the synthesis made them.
class Fixed {
 public:
  static VariantDecl declaration() {
    VariantDecl decl;
    decl.slot = Slot::Demand;
    decl.name = "fixed";
    decl.summary = "Every firm keeps the posts it starts with";
    decl.reference = "docs/models/demand/fixed.md";
    decl.gives = {"targets"};
    return decl;
  }
  explicit Fixed(Setup& /*setup*/) {}
  void start(Step& step) {
    for (Cell& cell : step.world.cells) cell.target = cell.full;
  }
  void run(Step& /*step*/) {}
};

}  // namespace

void register_demand_fixed(Registry& registry) { registry.add<Fixed>(); }

}  // namespace steppe
