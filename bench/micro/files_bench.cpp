// What comes before and after the steps: reading, making the population, writing.
#include <benchmark/benchmark.h>
#include <stdlib.h>

#include "bench/micro/stage.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/observe/recorder.hpp"
#include "sim/results/netcdf_file.hpp"
#include "sim/results/tidy_file.hpp"
#include "sim/results/writer.hpp"

namespace steppe::bench {
namespace {

void scenario_load(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(read("scenarios/mongolia/history.yaml"));
}
BENCHMARK(scenario_load)->Unit(benchmark::kMillisecond);

/// The start population at one record for so many persons.
void synthesis(benchmark::State& state) {
  const Scenario scenario = read("scenarios/mongolia/history.yaml");
  std::int64_t persons = 0;
  for (auto _ : state) {
    const World world = population(scenario, static_cast<double>(state.range(0)));
    persons += static_cast<std::int64_t>(world.persons.records());
  }
  state.SetItemsProcessed(persons);
}
BENCHMARK(synthesis)->Arg(1)->Arg(10)->Arg(100)->Unit(benchmark::kMillisecond);

void copy_of_population(benchmark::State& state) {
  const Scenario scenario = read("scenarios/mongolia/history.yaml");
  const World world = population(scenario, 10.0);
  for (auto _ : state) {
    World copy = world;
    benchmark::DoNotOptimize(copy.persons.records());
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(world.bytes()) * state.iterations());
}
BENCHMARK(copy_of_population)->Unit(benchmark::kMillisecond);

/// A folder of two realizations: NetCDF, tidy and summary tables, manifest.
void run_folder(benchmark::State& state) {
  const Scenario scenario = read("scenarios/mongolia/history.yaml");
  Simulation simulation(scenario, builtin_models(), population(scenario, 1000.0), {});
  Recorder recorder(scenario);
  simulation.add_observer(recorder);
  const RunSummary summary = simulation.run();
  const Recording recording = recorder.finish(summary, simulation.world(), simulation.policy());
  char folder[] = "/tmp/steppe-bench-XXXXXX";
  if (mkdtemp(folder) == nullptr) {
    state.SkipWithError("no temporary folder");
    return;
  }
  RunInfo info;
  info.replications = 2;
  for (auto _ : state) {
    RunWriter writer(scenario, info, folder, true);
    for (int realization = 0; realization < 2; ++realization) writer.add(realization, recording);
    benchmark::DoNotOptimize(writer.finish().path());
  }
  std::filesystem::remove_all(folder);
}
BENCHMARK(run_folder)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace steppe::bench
