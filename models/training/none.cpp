#include "sim/api/registry.hpp"

namespace steppe {
namespace {

/// Nobody learns and nobody forgets: World's skill rates keep their zeros.
struct NoTraining {
  using MeanField = Still;
  static VariantDecl declaration() {
    return {.slot = Slot::Training,
            .name = "none",
            .summary = "No courses; skills neither grow nor decay",
            .reference = "docs/models/training/none.md"};
  }

  explicit NoTraining(Setup& /*setup*/) {}
  void run(Step& /*step*/) {}
};

}  // namespace

void register_training_none(Registry& registry) { registry.add<NoTraining>(); }

}  // namespace steppe
