#include <iostream>

#include "sim/core/build_info.hpp"
#include "sim/core/draws.hpp"

int main() {
  std::cout << "steppe " << steppe::build_info().version << '\n';
  return 0;
}
