#include "sim/api/registry.hpp"

namespace steppe {
namespace {

/// Jobs end only with the person.
class None {
 public:
  using MeanField = Still;
  static VariantDecl declaration() {
    VariantDecl decl;
    decl.slot = Slot::Separations;
    decl.name = "none";
    decl.summary = "Nobody loses or leaves a job";
    decl.reference = "docs/models/separations/none.md";
    return decl;
  }
  explicit None(Setup& /*setup*/) {}
  void run(Step& /*step*/) {}
};

}  // namespace

void register_separations_none(Registry& registry) { registry.add<None>(); }

}  // namespace steppe
