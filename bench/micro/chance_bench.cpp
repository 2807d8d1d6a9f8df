// Random numbers by address, and the walk that finds candidates.
#include <benchmark/benchmark.h>

#include <array>
#include <vector>

#include "bench/micro/stage.hpp"
#include "sim/api/candidates.hpp"

namespace steppe::bench {
namespace {

constexpr Purpose kPurpose{"bench"};

void draws_one_by_one(benchmark::State& state) {
  const Draws draws(1, 0);
  std::uint32_t entity = 0;
  for (auto _ : state) benchmark::DoNotOptimize(draws.block(kPurpose, entity++));
  state.SetItemsProcessed(4 * state.iterations());
}
BENCHMARK(draws_one_by_one);

void draws_of_one_entity(benchmark::State& state) {
  const Draws draws(1, 0);
  std::array<Draws::Block, 64> out;
  std::uint32_t first = 0;
  for (auto _ : state) {
    draws.blocks(kPurpose, 7, first, out);
    benchmark::DoNotOptimize(out);
    first += 64;
  }
  state.SetItemsProcessed(4 * 64 * state.iterations());
}
BENCHMARK(draws_of_one_entity);

void draws_of_many_entities(benchmark::State& state) {
  const Draws draws(1, 0);
  std::array<Draws::Block, 64> out;
  std::array<std::uint32_t, 64> entities;
  for (std::uint32_t i = 0; i < 64; ++i) entities[i] = i * 977u;
  for (auto _ : state) {
    draws.blocks(kPurpose, entities, out);
    benchmark::DoNotOptimize(out);
  }
  state.SetItemsProcessed(4 * 64 * state.iterations());
}
BENCHMARK(draws_of_many_entities);

void draws_normal(benchmark::State& state) {
  const Draws draws(1, 0);
  std::uint32_t entity = 0;
  for (auto _ : state) benchmark::DoNotOptimize(draws.normal(kPurpose, entity++));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(draws_normal);

/// Candidates among a million persons, at hazards given in thousandths a month.
void candidates(benchmark::State& state) {
  const Scenario scenario = read("scenarios/workloads/w1.yaml");
  World world = population(scenario);
  Stage stage(scenario, world);
  const double rate = static_cast<double>(state.range(0)) / 1000.0;
  std::int64_t found = 0;
  int index = 0;
  for (auto _ : state) {
    Step step = stage.at(index++ % 120);
    for_candidates(step, kPurpose, rate, [&](PersonId, double) { ++found; });
  }
  state.SetItemsProcessed(found);
}
BENCHMARK(candidates)->Arg(1)->Arg(15)->Arg(100)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace steppe::bench
