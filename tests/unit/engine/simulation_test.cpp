#include "sim/engine/simulation.hpp"

#include <cmath>
#include <vector>

#include "sim/observe/recorder.hpp"
#include "sim/population/synthesise.hpp"
#include "support/catch.hpp"
#include "support/textbook.hpp"

using namespace steppe;

namespace {

/// Every month 1.5 % of jobs end, firms post up to 19 jobs each, all searchers apply to one
/// vacancy.
test::Textbook churn() {
  test::Textbook world;
  world.months = 120;
  world.same_step_search = true;
  world.model = {{Slot::Separations, "age_tenure"}, {Slot::Matching, "urn"}};
  world.parameters = {{"separation_rate", -std::log1p(-0.015)},
                      {"youth_separation", 1.0},
                      {"new_job_separation", 1.0},
                      {"search_after_job", 1.0},
                      {"exit_rate", 0.0},
                      {"retirement_rate", 0.0},
                      {"duration_dependence", 0.0},
                      {"skill_tolerance", 1.0}};
  return world;
}

std::vector<double> unemployment_path(const Scenario& scenario, const SimulationOptions& options) {
  Simulation simulation(scenario, builtin_models(), synthesise(scenario), options);
  Recorder recorder(scenario);
  simulation.add_observer(recorder);
  const RunSummary summary = simulation.run();
  const Recording recording = recorder.finish(summary, simulation.world(), simulation.policy());
  for (const Table& table : recording.tables) {
    if (table.variable.name == "unemployment_rate" && table.shape.empty()) return table.data;
  }
  return {};
}

}  // namespace

// The mean over 60 months and 20 replicates is known to about 1e-5 from a plain sweep of the same
// rules; the tolerance is ten times the standard error here (5e-4/√(20·20)): false alarm
// negligible.
TEST_CASE("engine/simulation: churn with urn matching settles where the plain sweep does",
          "[unit]") {
  const Scenario scenario = test::make_scenario(churn(), builtin_models());
  double sum = 0.0;
  for (std::uint32_t r = 0; r < 20; ++r) {
    const std::vector<double> u = unemployment_path(scenario, {.seed = 5, .realization = r});
    REQUIRE(u.size() == 120);
    for (std::size_t t = 60; t < 120; ++t) sum += u[t] / (60 * 20);
  }
  CHECK_THAT(sum, WithinAbs(0.050165, 2.5e-4));
}

TEST_CASE("engine/simulation: the same seed gives the same path, another seed another", "[unit]") {
  const Scenario scenario = test::make_scenario(churn(), builtin_models());
  const auto first = unemployment_path(scenario, {.seed = 1, .check = true});
  CHECK(first == unemployment_path(scenario, {.seed = 1}));
  CHECK(first != unemployment_path(scenario, {.seed = 2}));
  CHECK(first != unemployment_path(scenario, {.seed = 1, .realization = 1}));
}

TEST_CASE("engine/simulation: verify notices a person moved by hand", "[unit]") {
  const Scenario scenario = test::make_scenario(churn(), builtin_models());
  Simulation simulation(scenario, builtin_models(), synthesise(scenario), {});
  simulation.step();
  CHECK_NOTHROW(simulation.world().verify());
  simulation.world().persons[make_person_id(0, 0)].status = Status::Inactive;
  CHECK_THROWS_AS(simulation.world().verify(), std::runtime_error);
}
