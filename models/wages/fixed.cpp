#include "sim/api/registry.hpp"

namespace steppe {
namespace {

/// Wages and prices stay as they start.
class Fixed {
 public:
  using MeanField = Still;
  static VariantDecl declaration() {
    VariantDecl decl;
    decl.slot = Slot::Wages;
    decl.name = "fixed";
    decl.summary = "Wage indices and prices stay as they start";
    decl.reference = "docs/models/wages/fixed.md";
    decl.gives = {"wage_index"};
    return decl;
  }
  explicit Fixed(Setup& /*setup*/) {}
  void run(Step& /*step*/) {}
};

}  // namespace

void register_wages_fixed(Registry& registry) { registry.add<Fixed>(); }

}  // namespace steppe
