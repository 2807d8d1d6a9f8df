#include "app/program.hpp"
#include "sim/api/registry.hpp"

namespace steppe {
void register_matching_lottery(Registry& registry);
}

int main(int argc, char** argv) {
  steppe::Registry models = steppe::builtin_models();
  steppe::register_matching_lottery(models);
  return steppe::app::run_program(argc, argv, models);
}
