#include "sim/api/registry.hpp"

namespace steppe {
namespace {

/// Nobody is hired.
class None {
 public:
  using MeanField = Still;
  static VariantDecl declaration() {
    VariantDecl decl;
    decl.slot = Slot::Matching;
    decl.name = "none";
    decl.summary = "No national is hired";
    decl.reference = "docs/models/matching/none.md";
    return decl;
  }
  explicit None(Setup& /*setup*/) {}
  void run(Step& /*step*/) {}
};

}  // namespace

void register_matching_none(Registry& registry) { registry.add<None>(); }

}  // namespace steppe
