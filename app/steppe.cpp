#include "app/program.hpp"
#include "sim/api/registry.hpp"

int main(int argc, char** argv) {
  return steppe::app::run_program(argc, argv, steppe::builtin_models());
}
