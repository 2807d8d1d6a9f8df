#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace steppe::bench {

/// One thing to time: a scenario through the engine, or a command of the program.
struct Job {
  std::filesystem::path scenario;
  std::vector<std::pair<std::string, std::string>> overrides = {};
  double scale = 1.0;
  int replications = 1;
  int threads = 1;
  bool sweep = false;                     ///< visit everybody in every step instead
  bool mean_field = false;                ///< the mean field in the place of agents
  bool record = false;                    ///< with what a run records each month
  std::vector<std::string> command = {};  ///< when set, the program with these words instead
};

/// What one go at a job took.
struct Sample {
  double start_s = 0.0;  ///< reading the scenario and making the population
  double run_s = 0.0;    ///< all steps of all replications; a command's whole time
  double persons = 0.0;  ///< records at the start
  double person_steps = 0.0;
  double events = 0.0;
  double unemployed = 0.0;      ///< share of persons, mean over the second half of the steps
  double vacant = 0.0;          ///< the same of vacancies per person
  double resident_bytes = 0.0;  ///< most memory held
};

/// Runs a job in a process of its own, so that no job finds another's memory.
/// @throws Error when the process fails
[[nodiscard]] Sample measure(const Job& job);

}  // namespace steppe::bench
