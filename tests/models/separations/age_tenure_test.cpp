#include <cmath>

#include "sim/engine/simulation.hpp"
#include "sim/population/synthesise.hpp"
#include "support/catch.hpp"
#include "support/textbook.hpp"

using namespace steppe;

namespace {

test::Textbook only_match_ends(double rate) {
  test::Textbook world;
  world.model = {{Slot::Separations, "age_tenure"}};
  world.parameters = {{"separation_rate", rate},   {"youth_separation", 1.0},
                      {"new_job_separation", 1.0}, {"search_after_job", 1.0},
                      {"exit_rate", 0.0},          {"retirement_rate", 0.0},
                      {"layoff_rate", 0.0}};
  return world;
}

}  // namespace

// One comparison at 4 standard errors: false alarm 6e-5.
TEST_CASE("separations/age_tenure: jobs survive as exp(-ht)", "[model][separations]") {
  const double rate = 0.02;
  test::Textbook world = only_match_ends(rate);
  world.persons = 190000;
  world.firms = 10000;
  world.months = 24;
  const Scenario scenario = test::make_scenario(world, builtin_models());
  Simulation simulation(scenario, builtin_models(), synthesise(scenario), {.check = true});
  simulation.run();
  const double n = 190000.0;
  const double p = std::exp(-rate * 24);
  CHECK_THAT(static_cast<double>(simulation.world().ledger.nationals(Status::Employed)),
             WithinAbs(n * p, 4.0 * std::sqrt(n * p * (1.0 - p))));
}

// u* = S/(S + F) in discrete time with a job-finding probability of one: with more vacancies than
// seekers could ever take, nearly everybody who searches finds. One comparison at 4 standard
// errors, the mean over 200 independent-enough steps; autocorrelation of u is (1-S)(1-F) ≈ 0 here.
TEST_CASE("separations/age_tenure: with urn matching u settles at S/(S+F)",
          "[model][separations][matching]") {
  test::Textbook world = only_match_ends(0.03);
  world.persons = 20000;
  world.firms = 2000;
  world.staff = 20.0;
  world.unemployed = 0.03;
  world.months = 240;
  world.model.push_back({Slot::Matching, "urn"});
  world.parameters.push_back({"duration_dependence", 0.0});
  world.parameters.push_back({"skill_tolerance", 1.0});
  world.parameters.push_back({"discouraged_search", 0.0});
  const Scenario scenario = test::make_scenario(world, builtin_models());
  Simulation simulation(scenario, builtin_models(), synthesise(scenario), {});
  double sum = 0.0, seekers = 0.0, hires = 0.0;
  const int burn = 40;
  for (int t = 0; t < 240; ++t) {
    const auto before = static_cast<double>(simulation.world().ledger.nationals(Status::Searching));
    const auto jobs_before =
        static_cast<double>(simulation.world().ledger.nationals(Status::Employed));
    simulation.step();
    const auto after = static_cast<double>(simulation.world().ledger.nationals(Status::Searching));
    const auto jobs_after =
        static_cast<double>(simulation.world().ledger.nationals(Status::Employed));
    if (t < burn) continue;
    sum += after / (after + jobs_after);
    seekers += before;
    hires += jobs_after - jobs_before;
  }
  const double s = 1.0 - std::exp(-0.03);
  const double mean_jobs = 20000.0 * (1.0 - sum / 200);
  const double f = (hires / 200 + s * mean_jobs) / (seekers / 200);
  const double expected = s / (s + f);
  const double sd = std::sqrt(expected * (1.0 - expected) / 20000.0);
  CHECK_THAT(sum / 200, WithinAbs(expected, 4.0 * sd / std::sqrt(200.0) + 1e-4));
}

TEST_CASE("separations/age_tenure: firms keep what the slack allows and lay off the rest",
          "[model][separations]") {
  test::Textbook world = only_match_ends(0.0);
  world.persons = 1900;
  world.firms = 100;
  world.months = 200;
  world.parameters.back() = {"layoff_rate", 0.15};
  const Scenario scenario = test::make_scenario(world, builtin_models());
  Simulation simulation(scenario, builtin_models(), synthesise(scenario), {.check = true});
  for (std::size_t c = 0; c < simulation.world().cells.size(); ++c) {
    simulation.world().want(CellId{c}, 10);
  }
  simulation.run();
  for (const Cell& cell : simulation.world().cells) CHECK(cell.staff() == 10);
  CHECK(simulation.world().ledger.nationals(Status::Searching) == 900);
}
