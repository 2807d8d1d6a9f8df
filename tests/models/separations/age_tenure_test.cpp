#include <cmath>
#include <string>

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

// u* = S/(S + F) in discrete time, F from balls in urns: V (1 − (1 − 1/V)^U)/U at the seekers and
// vacancies that stood at the end of the last step. One comparison at 4 standard errors of a mean
// over 200 steps whose autocorrelation is (1 − S)(1 − F): false alarm 6e-5. A rate wrong by a tenth
// fails.
TEST_CASE("separations/age_tenure: with urn matching u settles at S/(S+F)",
          "[model][separations][matching]") {
  constexpr double kPersons = 20000.0;
  test::Textbook world = only_match_ends(0.03);
  world.persons = 20000;
  world.firms = 1050;
  world.staff = 20.0;
  world.unemployed = 0.05;
  world.months = 240;
  world.model.push_back({Slot::Matching, "urn"});
  world.parameters.push_back({"duration_dependence", 0.0});
  world.parameters.push_back({"skill_tolerance", 1.0});
  world.parameters.push_back({"discouraged_search", 0.0});
  const Scenario scenario = test::make_scenario(world, builtin_models());
  Simulation simulation(scenario, builtin_models(), synthesise(scenario), {});
  double sum = 0.0, seekers = 0.0, matches = 0.0;
  const int burn = 40;
  for (int t = 0; t < 240; ++t) {
    const auto u = static_cast<double>(simulation.world().ledger.nationals(Status::Searching));
    const auto v = static_cast<double>(simulation.world().open_vacancies());
    simulation.step();
    if (t < burn) continue;
    sum += static_cast<double>(simulation.world().ledger.nationals(Status::Searching)) / kPersons;
    seekers += u;
    matches += v * (1.0 - std::pow(1.0 - 1.0 / v, u));
  }
  const double s = 1.0 - std::exp(-0.03);
  const double f = matches / seekers;
  const double expected = s / (s + f);
  const double memory = (1.0 - s) * (1.0 - f);
  const double error =
      std::sqrt(expected * (1.0 - expected) / kPersons / 200.0 * (1.0 + memory) / (1.0 - memory));
  CHECK_THAT(sum / 200, WithinAbs(expected, 4.0 * error));
  const double wrong = 1.1 * s / (1.1 * s + f);
  CHECK(std::abs(sum / 200 - wrong) > 4.0 * error);
}

// Ages are even from 15 to 64: a tenth is younger than 20, a fifth younger than 25, up to the
// month. One comparison at 4 standard errors: false alarm 6e-5.
TEST_CASE("separations/age_tenure: jobs of the young and new jobs end sooner",
          "[model][separations]") {
  for (const char* factor : {"youth_separation", "new_job_separation"}) {
    INFO(factor);
    test::Textbook world = only_match_ends(0.01);
    world.persons = 95000;
    world.firms = 5000;
    world.months = 1;
    world.parameters.push_back({factor, 3.0});
    const Scenario scenario = test::make_scenario(world, builtin_models());
    Simulation simulation(scenario, builtin_models(), synthesise(scenario), {});
    const World& before = simulation.world();
    double faster = 0.0;
    for (std::uint32_t n = 0; n < 95000; ++n) {
      const Person& person = before.persons[make_person_id(0, n)];
      const bool young = person.age_months(Month(2000, 1)) < 25 * 12;
      // Everybody's job is new in the first month of a textbook world.
      faster += std::string(factor) == "new_job_separation" || young;
    }
    simulation.step();
    const double p = 1.0 - std::exp(-0.01), q = 1.0 - std::exp(-0.03);
    const double expected = (95000.0 - faster) * p + faster * q;
    CHECK(faster > 15000.0);
    const auto gone =
        static_cast<double>(95000 - simulation.world().ledger.nationals(Status::Employed));
    CHECK_THAT(gone, WithinAbs(expected, 4.0 * std::sqrt(expected)));
  }
}

TEST_CASE("separations/age_tenure: women and men retire at their own ages",
          "[model][separations]") {
  test::Textbook world = only_match_ends(0.01);
  world.parameters.push_back({"exit_rate", 0.001});
  world.parameters.push_back({"retirement_rate", 0.03});
  world.parameters.push_back({"retirement_age_women", 55.0});
  world.parameters.push_back({"retirement_age_men", 60.0});
  const Scenario scenario = test::make_scenario(world, builtin_models());
  const Simulation simulation(scenario, builtin_models(), synthesise(scenario), {});
  const std::vector<double>& hazard = simulation.signals().exit_hazard;
  const auto of = [&](int age, Sex sex) {
    return hazard.at(static_cast<std::size_t>(age) * 2 + static_cast<std::size_t>(sex));
  };
  CHECK(of(54, Sex::Female) == 0.001);
  CHECK(of(55, Sex::Female) == 0.03);
  CHECK(of(59, Sex::Male) == 0.001);
  CHECK(of(60, Sex::Male) == 0.03);
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
