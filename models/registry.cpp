#include "sim/api/registry.hpp"

namespace steppe {

#define STEPPE_MODEL(slot, variant) void register_##slot##_##variant(Registry&);
#include "models/models.def"
#undef STEPPE_MODEL

const Registry& builtin_models() {
  static const Registry registry = [] {
    Registry table;
#define STEPPE_MODEL(slot, variant) register_##slot##_##variant(table);
#include "models/models.def"
#undef STEPPE_MODEL
    return table;
  }();
  return registry;
}

}  // namespace steppe
