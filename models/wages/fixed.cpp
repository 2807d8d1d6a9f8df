#include "models/wages/floors.hpp"
#include "sim/api/registry.hpp"

namespace steppe {
namespace {

/// Wages and prices stay as they start, floors apart.
class Fixed {
 public:
  using MeanField = Still;
  static VariantDecl declaration() {
    VariantDecl decl;
    decl.slot = Slot::Wages;
    decl.name = "fixed";
    decl.summary = "Wage indices and prices stay as they start, but for floors";
    decl.reference = "docs/models/wages/fixed.md";
    decl.gives = {"wage_index"};
    decl.levers = wages::Floors::levers();
    return decl;
  }
  explicit Fixed(Setup& setup) : floors_(setup) {}
  void run(Step& step) {
    const std::vector<double>& wage = step.world.base().wage;
    floors_.set_index(step, [&](std::size_t /*region*/, std::size_t cell) { return wage[cell]; });
  }

 private:
  wages::Floors floors_;
};

}  // namespace

void register_wages_fixed(Registry& registry) { registry.add<Fixed>(); }

}  // namespace steppe
