#include <cmath>

#include "models/occupation_gap.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/population/synthesise.hpp"
#include "support/catch.hpp"
#include "support/textbook.hpp"

using namespace steppe;
using Catch::Matchers::WithinAbs;

namespace {

/// Separations of one month, by realization, where demand falls by `fall` at once.
std::vector<double> separations(double fall, double natural, double response, int runs) {
  test::Textbook book;
  book.persons = 2000;
  book.firms = 10;
  book.staff = 200;
  book.unemployed = 0.0;
  book.months = 1;
  book.model = {{Slot::Demand, "business_cycle"},
                {Slot::Separations, "demand_gap"},
                {Slot::Vacancies, "demand_gap"}};
  // Month 1 of a wave of four: all of the amplitude.
  book.parameters = {{"cycle_start", 0.0},      {"cycle_months", 4.0},
                     {"cycle_amplitude", fall}, {"natural_separation", natural},
                     {"natural_opening", 0.0},  {"gap_response", response}};
  const Scenario scenario = test::make_scenario(book, builtin_models());
  const World start = synthesise(scenario);
  std::vector<double> out;
  for (int run = 0; run < runs; ++run) {
    SimulationOptions options;
    options.realization = static_cast<std::uint32_t>(run);
    options.check = run == 0;
    Simulation simulation(scenario, builtin_models(), start, options);
    simulation.run();
    out.push_back(static_cast<double>(simulation.world().ledger.nationals(Status::Searching)));
  }
  return out;
}

}  // namespace

TEST_CASE("separations/demand_gap: natural ends and layoffs have the binomial law",
          "[model][separations]") {
  // 400 runs. The mean lies outside 4 standard errors with probability 6e-5, the variance outside
  // 4 of its own (2σ⁴/(R−1)) likewise; 3 cases: a false alarm in 2,500.
  struct Case {
    double fall, natural, response;
  };
  for (const Case c : {Case{0.0, 0.016, 0.16}, Case{0.2, 0.016, 0.16}, Case{0.5, 0.0, 0.4}}) {
    constexpr int kRuns = 400;
    const std::vector<double> found = separations(c.fall, c.natural, c.response, kRuns);
    const double p = c.natural + (1.0 - c.natural) * c.response * c.fall;
    const double mean = 2000.0 * p;
    const double variance = mean * (1.0 - p);
    double sum = 0.0;
    double squares = 0.0;
    for (const double x : found) {
      sum += x;
      squares += (x - mean) * (x - mean);
    }
    INFO("fall " << c.fall);
    CHECK_THAT(sum / kRuns, WithinAbs(mean, 4.0 * std::sqrt(variance / kRuns)));
    CHECK_THAT(squares / kRuns, WithinAbs(variance, 4.0 * variance * std::sqrt(2.0 / kRuns)));
  }
}

TEST_CASE("separations/demand_gap: a gap larger than the staff ends every job and no more",
          "[model][separations]") {
  CHECK(occupation_gap::closing_chance(1000.0, 10.0, 0.5) == 1.0);
  CHECK(occupation_gap::closing_chance(-5.0, 10.0, 0.5) == 0.0);
  CHECK(occupation_gap::closing_chance(5.0, 0.0, 0.5) == 0.0);
  for (const double x : separations(1.0, 0.0, 1.0, 3)) CHECK(x == 2000.0);
}
