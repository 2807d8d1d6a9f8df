#include "sim/api/registry.hpp"

#include "sim/observe/recorder.hpp"

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
    for (const IndicatorDecl& variable : recorded_variables()) table.add_variable(variable);
    return table;
  }();
  return registry;
}

}  // namespace steppe
