// steppe_fixed_case NAME: one of the fixed cases whose instructions are counted from commit to
// commit (bench/instructions). Only steps count, so the name of the function that takes them must
// stay.
#include <cstdio>
#include <map>
#include <string>

#include "bench/micro/stage.hpp"
#include "sim/engine/simulation.hpp"

namespace {

using Overrides = std::vector<std::pair<std::string, std::string>>;

struct Case {
  std::string scenario;
  Overrides overrides;
  double scale;
};

const std::map<std::string, Case> kCases = {
    {"search",
     {"scenarios/workloads/w1.yaml",
      {{"population.textbook.persons", "20000"},
       {"population.textbook.firms", "1000"},
       {"time.end", "2024-12-31"}},
      1.0}},
    {"quiet_days",
     {"scenarios/workloads/w4.yaml",
      {{"population.textbook.persons", "100000"},
       {"population.textbook.firms", "5000"},
       {"time.end", "2020-12-30"}},
      1.0}},
    {"nation", {"scenarios/mongolia/history.yaml", {{"time.end", "2012-12-31"}}, 100.0}}};

}  // namespace

int main(int argc, char** argv) {
  const auto found = argc == 2 ? kCases.find(argv[1]) : kCases.end();
  if (found == kCases.end()) {
    std::fprintf(stderr, "usage: steppe_fixed_case NAME, one of:");
    for (const auto& [name, unused] : kCases) std::fprintf(stderr, " %s", name.c_str());
    std::fprintf(stderr, "\n");
    return 2;
  }
  const auto& [scenario_file, overrides, scale] = found->second;
  const steppe::Scenario scenario = steppe::bench::read(scenario_file, overrides);
  steppe::Simulation simulation(scenario, steppe::builtin_models(),
                                steppe::bench::population(scenario, scale), {});
  simulation.run();
  std::printf("%llu\n", static_cast<unsigned long long>(simulation.world().events));
  return 0;
}
