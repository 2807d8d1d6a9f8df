#include <cstdio>
#include <string>

#include "sim/core/build_info.hpp"

int main() {
  const std::string version{steppe::build_info().version};
  std::printf("steppe %s\n", version.c_str());
  return 0;
}
