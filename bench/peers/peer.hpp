#pragma once

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

/// What the peers in C++ share: the workload's numbers and the line they print.
namespace peer {

struct Workload {
  std::string name;
  std::size_t persons = 0;
  int steps = 0;
  std::uint64_t seed = 0;
  int target = 0;           ///< jobs a firm wants, of 20 persons a firm
  double separation = 0.0;  ///< chance a step
};

/// From `WORKLOAD PERSONS STEPS SEED`; ends the program where they are not that.
inline Workload workload(int argc, char** argv) {
  Workload w;
  if (argc == 5) {
    w = {argv[1], std::stoul(argv[2]), std::stoi(argv[3]), std::stoul(argv[4])};
    if (w.name == "w1") {
      w.target = 19;
      w.separation = 0.015;
    } else if (w.name == "w4") {
      w.target = 20;
      w.separation = 0.0005;
    }
  }
  if (w.target == 0) {
    std::fprintf(stderr, "usage: %s w1|w4 PERSONS STEPS SEED\n", argv[0]);
    std::exit(2);
  }
  return w;
}

inline double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// Most memory that was resident at once [bytes]; 0 where Linux does not tell. (getrusage counts
/// what the process was before its program, too.)
inline long resident_bytes() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    if (word != "VmHWM:") continue;
    long kibibytes = 0;
    status >> kibibytes;
    return kibibytes * 1024;
  }
  return 0;
}

/// Prints one JSON line; the means are over the second half of the steps.
inline void report(const char* name, const Workload& w, double setup_s, double run_s,
                   const std::vector<double>& unemployed, const std::vector<double>& vacant) {
  const auto mean = [](const std::vector<double>& values) {
    double sum = 0.0;
    for (std::size_t i = values.size() / 2; i < values.size(); ++i) sum += values[i];
    return sum / static_cast<double>(values.size() - values.size() / 2);
  };
  std::printf(
      "{\"peer\": \"%s\", \"workload\": \"%s\", \"persons\": %zu, \"steps\": %d, \"setup_s\": "
      "%.6f, \"run_s\": %.6f, \"unemployed\": %.9f, \"vacant\": %.9f, \"resident_bytes\": %ld}\n",
      name, w.name.c_str(), w.persons, w.steps, setup_s, run_s, mean(unemployed), mean(vacant),
      resident_bytes());
}

}  // namespace peer
