#include "bench/macro/measure.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>

#include "sim/api/registry.hpp"
#include "sim/core/error.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/meanfield/mean_field_simulation.hpp"
#include "sim/observe/recorder.hpp"
#include "sim/parallel/ensemble.hpp"
#include "sim/population/synthesise.hpp"
#include "sim/scenario/reader.hpp"

namespace steppe::bench {
namespace {

using Time = std::chrono::steady_clock;

double seconds_since(Time::time_point start) {
  return std::chrono::duration<double>(Time::now() - start).count();
}

void run_once(const Job& job, const Scenario& scenario, Sample& sample, Time::time_point begun) {
  SynthesisOptions synthesis;
  synthesis.scale = job.scale;
  World start = synthesise(scenario, synthesis);
  sample.persons = static_cast<double>(start.persons.records());
  Simulation simulation(scenario, builtin_models(), std::move(start),
                        {.seed = 1, .sweep = job.sweep});
  Recorder recorder(scenario);
  if (job.record) simulation.add_observer(recorder);
  sample.start_s = seconds_since(begun);
  const int steps = scenario.clock().steps();
  const auto stepping = Time::now();
  for (int t = 0; t < steps; ++t) {
    simulation.step();
    if (t < steps / 2) continue;
    const World& world = simulation.world();
    const double share = 1.0 / (sample.persons * (steps - steps / 2));
    sample.unemployed += share * static_cast<double>(world.ledger.nationals(Status::Searching));
    sample.vacant += share * static_cast<double>(world.open_vacancies());
  }
  sample.run_s = seconds_since(stepping);
  sample.events = static_cast<double>(simulation.world().events);
  sample.person_steps = sample.persons * steps;
}

void run_mean_field(const Scenario& scenario, Sample& sample, Time::time_point begun) {
  MeanFieldSimulation simulation(scenario, builtin_models());
  sample.start_s = seconds_since(begun);
  const auto stepping = Time::now();
  while (!simulation.done()) simulation.step();
  sample.run_s = seconds_since(stepping);
}

void run_ensemble_of(const Job& job, const Scenario& scenario, Sample& sample) {
  EnsembleOptions options;
  options.replications = job.replications;
  options.threads = job.threads;
  options.scale = job.scale;
  const EnsembleSummary summary = run_ensemble(
      scenario, builtin_models(), options,
      [&](int, Recording&& recording) { sample.events += static_cast<double>(recording.events); });
  sample.start_s = summary.synthesis_seconds;
  sample.run_s = summary.run_seconds;
  sample.persons = static_cast<double>(summary.persons);
  sample.person_steps = sample.persons * scenario.clock().steps() * job.replications;
}

Sample run_scenario(const Job& job) {
  const auto begun = Time::now();
  ReadOptions options;
  options.overrides = job.overrides;
  auto scenario = read_scenario(job.scenario, builtin_models().catalogue(), options);
  if (!scenario) throw ConfigError(to_text(scenario.error()));
  Sample sample;
  if (job.mean_field) {
    run_mean_field(*scenario, sample, begun);
  } else if (job.replications > 1) {
    run_ensemble_of(job, *scenario, sample);
  } else {
    run_once(job, *scenario, sample, begun);
  }
  return sample;
}

/// Becomes the program with the job's words, silent.
[[noreturn]] void become(const std::vector<std::string>& words) {
  std::vector<char*> arguments;
  std::string program = "steppe";
  arguments.push_back(program.data());
  std::vector<std::string> copies = words;
  for (std::string& word : copies) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
  dup2(nothing, STDIN_FILENO);
  dup2(nothing, STDOUT_FILENO);
  dup2(nothing, STDERR_FILENO);
  execv("/proc/self/exe", arguments.data());
  _exit(127);
}

/// The child's part: writes its sample to the pipe.
[[noreturn]] void work(const Job& job, int pipe_end) {
  int status = 0;
  Sample sample;
  try {
    sample = run_scenario(job);
  } catch (const std::exception& error) {
    const std::string text = std::string("steppe: ") + error.what() + "\n";
    [[maybe_unused]] const auto written = write(STDERR_FILENO, text.data(), text.size());
    status = 1;
  }
  if (status == 0 && write(pipe_end, &sample, sizeof sample) != sizeof sample) status = 1;
  _exit(status);
}

}  // namespace

Sample measure(const Job& job) {
  int ends[2];
  if (pipe(ends) != 0) throw IoError("bench: no pipe to a process of its own");
  const auto begun = Time::now();
  const pid_t child = fork();
  if (child < 0) throw IoError("bench: no process of its own for a job");
  if (child == 0) {
    close(ends[0]);
    if (!job.command.empty()) become(job.command);
    work(job, ends[1]);
  }
  close(ends[1]);
  Sample sample;
  const bool told = read(ends[0], &sample, sizeof sample) == sizeof sample;
  close(ends[0]);
  int status = 0;
  rusage used{};
  wait4(child, &status, 0, &used);
  if (status != 0 || (job.command.empty() && !told)) {
    throw ModelError("bench: a job failed: " +
                     (job.command.empty() ? job.scenario.string() : job.command.front()));
  }
  if (!job.command.empty()) sample.run_s = seconds_since(begun);
  sample.resident_bytes = static_cast<double>(used.ru_maxrss) * 1024.0;
  return sample;
}

}  // namespace steppe::bench
