#include <cmath>

#include "sim/engine/simulation.hpp"
#include "sim/population/synthesise.hpp"
#include "support/catch.hpp"
#include "support/textbook.hpp"

using namespace steppe;
using Catch::Matchers::WithinAbs;

namespace {

test::Textbook rising(double rise) {
  test::Textbook book;
  book.persons = 2000;
  book.firms = 10;
  book.staff = 200;
  book.unemployed = 0.0;
  book.months = 1;
  book.model = {{Slot::Demand, "business_cycle"}, {Slot::Vacancies, "demand_gap"}};
  // The phase begins at three quarters of a wave of four months: all of the amplitude, upwards.
  book.parameters = {{"cycle_start", 1.0},
                     {"cycle_months", 8.0 / 3.0},
                     {"cycle_amplitude", rise},
                     {"natural_opening", 0.012},
                     {"gap_response", 0.3}};
  return book;
}

}  // namespace

TEST_CASE("vacancies/demand_gap: openings have the binomial law", "[model][vacancies]") {
  // 400 runs, 2 cases: mean and variance outside 4 standard errors in one of 4,000 tests.
  for (const double rise : {0.0, 0.4}) {
    const Scenario scenario = test::make_scenario(rising(rise), builtin_models());
    const World start = synthesise(scenario);
    constexpr int kRuns = 400;
    const double p = 0.012 + (1.0 - 0.012) * 0.3 * rise;
    const double mean = 2000.0 * p;
    const double variance = mean * (1.0 - p);
    double sum = 0.0;
    double squares = 0.0;
    for (int run = 0; run < kRuns; ++run) {
      SimulationOptions options;
      options.realization = static_cast<std::uint32_t>(run);
      options.check = run == 0;
      Simulation simulation(scenario, builtin_models(), start, options);
      simulation.run();
      const auto open = static_cast<double>(simulation.world().open_vacancies());
      sum += open;
      squares += (open - mean) * (open - mean);
    }
    INFO("rise " << rise);
    CHECK_THAT(sum / kRuns, WithinAbs(mean, 4.0 * std::sqrt(variance / kRuns)));
    CHECK_THAT(squares / kRuns, WithinAbs(variance, 4.0 * variance * std::sqrt(2.0 / kRuns)));
  }
}

TEST_CASE("vacancies/demand_gap: an occupation without staff begins again with one post",
          "[model][vacancies]") {
  test::Textbook book = rising(0.5);
  book.occupations = 2;
  book.firms = 1;
  book.staff = 2000;
  Scenario scenario = test::make_scenario(book, builtin_models());
  // Nobody works in the second occupation, and demand for it comes by automation of the first.
  scenario.network.employment = {1.0, 0.0};
  scenario.network.automation = {0.0, 0.0};
  scenario.network.wage = {1.0, 1.0};
  scenario.network.edges = {{0, 1, 1.0}, {1, 0, 1.0}};
  World start = synthesise(scenario);
  Simulation simulation(scenario, builtin_models(), start, {.check = true});
  // No demand, no post.
  simulation.run();
  CHECK(simulation.world().vacancies_of(SectorId{std::size_t{0}}, OccupationId{std::size_t{1}}) ==
        0);
  // Staff of the second occupation dies out where it is wanted.
  Scenario other = scenario;
  other.network.employment = {1.0, 1e-9};
  World gone = synthesise(other);
  REQUIRE(gone.ledger.nationals(Status::Employed, OccupationId{std::size_t{1}}) == 0);
  Simulation again(other, builtin_models(), gone, {.check = true});
  again.run();
  CHECK(again.world().vacancies_of(SectorId{std::size_t{0}}, OccupationId{std::size_t{1}}) == 1);
}
