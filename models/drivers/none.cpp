#include "sim/api/registry.hpp"

namespace steppe {
namespace {

/// Every series held at its value in the first month.
class None {
 public:
  using MeanField = Still;
  static VariantDecl declaration() {
    VariantDecl decl;
    decl.slot = Slot::Drivers;
    decl.name = "none";
    decl.summary = "Every series stays at its value in the first month";
    decl.reference = "docs/models/drivers/none.md";
    return decl;
  }
  explicit None(Setup& setup) {
    const Date start = setup.scenario.time.start;
    setup.drivers.hold(Month(start.year, start.month));
  }
  void run(Step& /*step*/) {}
};

}  // namespace

void register_drivers_none(Registry& registry) { registry.add<None>(); }

}  // namespace steppe
