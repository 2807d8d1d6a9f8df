// The kernels of matching variants.
#include <benchmark/benchmark.h>

#include <cstdint>

#include "models/matching/stable_matching.hpp"
#include "sim/core/draws.hpp"
#include "sim/core/random_engine.hpp"

namespace steppe::bench {
namespace {

constexpr Purpose kPurpose{"bench/stable_matching"};

/// A million workers with lists of ten firms, 10⁵ places in firms of `places` each. All compete
/// for all firms, so that nearly every list is gone through to its end.
matching::StableMarket crowded_market(std::uint32_t places) {
  constexpr std::uint32_t kWorkers = 1'000'000, kPlaces = 100'000, kList = 10;
  const std::uint32_t firms = kPlaces / places;
  const Draws draws(1, 0);
  RandomEngine engine(draws, kPurpose, places);
  matching::StableMarket market;
  market.capacity.assign(firms, places);
  for (std::uint32_t w = 0; w < kWorkers; ++w) {
    for (std::uint32_t n = 0; n < kList; ++n) {
      market.firm.push_back(static_cast<std::uint32_t>(std::uint64_t{engine()} * firms >> 32));
      market.score.push_back(static_cast<float>(engine() >> 8));
    }
    market.add_worker(engine());
  }
  return market;
}

void stable_matching_workers_propose(benchmark::State& state) {
  const auto market = crowded_market(static_cast<std::uint32_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(matching::worker_proposing(market));
}
BENCHMARK(stable_matching_workers_propose)->Arg(1)->Arg(10)->Unit(benchmark::kMillisecond);

void stable_matching_firms_propose(benchmark::State& state) {
  const auto market = crowded_market(static_cast<std::uint32_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(matching::firm_proposing(market));
}
BENCHMARK(stable_matching_firms_propose)->Arg(1)->Arg(10)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace steppe::bench
