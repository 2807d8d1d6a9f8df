#include "sim/api/registry.hpp"

namespace steppe {
namespace {

/// Every post left is posted at once and none is ever withdrawn: the sum of staff and vacancies of
/// a cell stays what it was.
class Fixed {
 public:
  static VariantDecl declaration() {
    VariantDecl decl;
    decl.slot = Slot::Vacancies;
    decl.name = "fixed";
    decl.summary = "Staff plus vacancies of every firm and occupation stay at their full posts";
    decl.reference = "docs/models/vacancies/fixed.md";
    decl.needs = {"targets"};
    return decl;
  }
  class MeanField {
   public:
    explicit MeanField(MeanFieldSetup& /*setup*/) {}
    void run(MeanFieldStep& step) {
      const steppe::MeanField& f = step.field;
      const auto missing = f.demand - (f.employed - f.separations) - f.vacancies;
      step.field.openings = missing.max(0.0);
    }
  };
  explicit Fixed(Setup& /*setup*/) {}
  void run(Step& step) {
    World& world = step.world;
    world.unsettled().for_each([&](std::size_t c) {
      while (world.cells[c].staff() + world.cells[c].vacancies < world.cells[c].target) {
        world.open_vacancy(CellId{c});
      }
      world.forget_lost(CellId{c});
    });
  }
};

}  // namespace

void register_vacancies_fixed(Registry& registry) { registry.add<Fixed>(); }

}  // namespace steppe
