// steppe_bench [WORD] [REPETITIONS]: runs the cases whose name holds WORD (all by default) and
// prints the median with the fastest and the slowest repetition.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "bench/measure.hpp"
#include "sim/core/build_info.hpp"

namespace {

std::string processor() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    if (line.rfind("model name", 0) == 0) return line.substr(line.find(':') + 2);
  }
  return "unknown processor";
}

void run(const steppe::bench::Case& item, int repetitions) {
  std::vector<double> rates;
  item.work();  // warms caches and pages
  for (int i = 0; i < repetitions; ++i) {
    const auto start = std::chrono::steady_clock::now();
    const double units = item.work();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    rates.push_back(units / took.count());
  }
  std::sort(rates.begin(), rates.end());
  std::printf("%-28s %10.4g %s/s (%.4g to %.4g)\n", item.name.c_str(), rates[rates.size() / 2],
              item.unit.c_str(), rates.front(), rates.back());
}

}  // namespace

int main(int argc, char** argv) {
  const std::string word = argc > 1 ? argv[1] : "";
  const int repetitions = argc > 2 ? std::max(1, std::atoi(argv[2])) : 7;
  const steppe::BuildInfo& build = steppe::build_info();
  std::printf("%s; %s; steppe %s %s, %s %s; 1 thread, median of %d (slowest to fastest)\n",
              processor().c_str(), std::string{build.instruction_set}.c_str(),
              std::string{build.version}.c_str(), std::string{build.commit}.c_str(),
              std::string{build.compiler}.c_str(), std::string{build.flags}.c_str(), repetitions);
  for (const auto& item : steppe::bench::draws_cases()) {
    if (item.name.find(word) != std::string::npos) run(item, repetitions);
  }
  return 0;
}
