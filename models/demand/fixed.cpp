#include "sim/api/registry.hpp"

namespace steppe {
namespace {

/// Posts stay as the synthesis made them.
class Fixed {
 public:
  using MeanField = Still;
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
    World& world = step.world;
    for (std::size_t c = 0; c < world.cells.size(); ++c) world.want(CellId{c}, world.cells[c].full);
  }
  void run(Step& /*step*/) {}
};

}  // namespace

void register_demand_fixed(Registry& registry) { registry.add<Fixed>(); }

}  // namespace steppe
