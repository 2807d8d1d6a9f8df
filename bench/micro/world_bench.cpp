// The state: calendar, market, jobs, accounts.
#include <benchmark/benchmark.h>

#include <vector>

#include "bench/micro/stage.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/world/calendar.hpp"

namespace steppe::bench {
namespace {

/// A thousand dated events put into the coming ten years and taken out in their month.
void calendar(benchmark::State& state) {
  constexpr int kSteps = 120;
  for (auto _ : state) {
    Calendar calendar(kSteps);
    std::size_t taken = 0;
    for (std::uint32_t n = 0; n < 1000; ++n) {
      calendar.add(static_cast<int>(n * 37 % kSteps), Due::CourseEnd, {n, 0, 0});
    }
    for (int step = 0; step < kSteps; ++step) taken += calendar.take(step, Due::CourseEnd).size();
    benchmark::DoNotOptimize(taken);
  }
  state.SetItemsProcessed(1000 * state.iterations());
}
BENCHMARK(calendar);

/// One market of a thousand vacancies: all are listed, ten thousand seekers choose, all close.
void market(benchmark::State& state) {
  std::vector<Vacancy> pool(1000);
  const Draws draws(1, 0);
  for (std::uint32_t n = 0; n < pool.size(); ++n) {
    pool[n].place_key = draws.block(Purpose{"bench"}, n)[0];
  }
  std::vector<MarketTable::Choice> choices(10000);
  for (auto _ : state) {
    MarketTable table;
    for (std::size_t n = 0; n < pool.size(); ++n) table.insert(VacancyId{n}, pool);
    std::uint32_t word = 1;
    for (MarketTable::Choice& choice : choices) {
      word = word * 747796405u + 2891336453u;
      choice = {&table, word, {}};
    }
    MarketTable::choose(choices);
    benchmark::DoNotOptimize(choices.data());
    for (std::size_t n = 0; n < pool.size(); ++n) table.erase(VacancyId{n}, pool);
  }
  state.SetItemsProcessed(10000 * state.iterations());
}
BENCHMARK(market)->Unit(benchmark::kMicrosecond);

/// Jobs that end and are filled again, one after another, of a million persons.
void separate_and_hire(benchmark::State& state) {
  const Scenario scenario = read("scenarios/workloads/w1.yaml");
  World world = population(scenario);
  world.step = 1;
  std::uint32_t number = 0;
  for (auto _ : state) {
    number = (number + 104729u) % 900000u;
    const PersonId id = make_person_id(0, number);
    const Person& person = world.persons[id];
    const CellId cell{world.firms[person.employer.at()].first_cell};
    world.separate(id, Status::Searching);
    const VacancyId vacancy = world.open_vacancy(cell);
    world.reveal_vacancies();
    world.hire(id, vacancy, 1.0);
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(separate_and_hire);

void ledger(benchmark::State& state) {
  const Scenario scenario =
      read("scenarios/workloads/w2.yaml",
           {{"population.textbook.persons", "10000"}, {"population.textbook.firms", "500"}});
  World world = population(scenario);
  std::uint32_t number = 0;
  for (auto _ : state) {
    number = (number + 7919u) % 10000u;
    const Person& person = world.persons[make_person_id(0, number)];
    world.ledger.count(person, -1);
    world.ledger.count(person, +1);
    world.ledger.flow(Flow::Separation, person);
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(ledger);

/// Firms' posts and targets over a year, nothing else happening: Mongolia at 1:10.
void demand(benchmark::State& state) {
  const Scenario scenario =
      read("scenarios/mongolia/history.yaml", {{"time.end", "2009-12-31"},
                                               {"model.separations", "none"},
                                               {"model.vacancies", "fixed"},
                                               {"model.matching", "none"},
                                               {"model.foreign_hiring", "none"},
                                               {"model.wages", "fixed"},
                                               {"model.training", "none"},
                                               {"model.demography", "fixed"},
                                               {"model.migration", "none"}});
  const World start = population(scenario, 10.0);
  for (auto _ : state) {
    state.PauseTiming();
    Simulation simulation(scenario, builtin_models(), start, {});
    state.ResumeTiming();
    simulation.run();
  }
  state.SetItemsProcessed(12 * static_cast<std::int64_t>(start.firms.size()) * state.iterations());
}
BENCHMARK(demand)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace steppe::bench
