#include <cmath>

#include "sim/engine/simulation.hpp"
#include "sim/population/synthesise.hpp"
#include "support/catch.hpp"
#include "support/textbook.hpp"

using namespace steppe;

namespace {

/// One market in which U seekers meet V vacancies for one step, `runs` times over.
struct Moments {
  double mean = 0.0, variance = 0.0;
};

Moments matches(int seekers, int vacancies, int runs) {
  test::Textbook world;
  world.persons = seekers;
  world.firms = vacancies;
  world.staff = 1.0;
  world.unemployed = 1.0;
  world.months = 1;
  world.same_step_search = true;
  world.model = {{Slot::Matching, "urn"}};
  world.parameters = {{"duration_dependence", 0.0}, {"skill_tolerance", 1.0}};
  const Scenario scenario = test::make_scenario(world, builtin_models());
  const World start = synthesise(scenario);
  double sum = 0.0, squares = 0.0;
  for (int run = 0; run < runs; ++run) {
    Simulation simulation(scenario, builtin_models(), start,
                          {.seed = 7, .realization = static_cast<std::uint32_t>(run)});
    simulation.step();
    const auto m = static_cast<double>(simulation.world().ledger.nationals(Status::Employed));
    sum += m;
    squares += m * m;
  }
  const double mean = sum / runs;
  return {mean, (squares - runs * mean * mean) / (runs - 1)};
}

double exact_mean(double u, double v) { return v * (1.0 - std::pow(1.0 - 1.0 / v, u)); }

double exact_variance(double u, double v) {
  const double empty = std::pow(1.0 - 1.0 / v, u);
  return v * empty + v * (v - 1.0) * std::pow(1.0 - 2.0 / v, u) - v * v * empty * empty;
}

}  // namespace

// Ten comparisons of means at 4 standard errors: false alarm below 1e-3 in all. The fourth moment
// behind the variance's standard error is taken as normal, 3σ⁴.
TEST_CASE("matching/urn: matches have the mean and variance of balls in urns",
          "[model][matching]") {
  struct Case {
    int u, v, runs;
  };
  for (const Case c : {Case{2, 2, 4000}, Case{10, 5, 4000}, Case{100, 50, 1500},
                       Case{50, 100, 1500}, Case{37, 23, 1500}}) {
    INFO("U = " << c.u << ", V = " << c.v);
    const Moments got = matches(c.u, c.v, c.runs);
    const double variance = exact_variance(c.u, c.v);
    CHECK_THAT(got.mean, WithinAbs(exact_mean(c.u, c.v), 4.0 * std::sqrt(variance / c.runs)));
    CHECK_THAT(got.variance, WithinAbs(variance, 4.0 * variance * std::sqrt(2.0 / (c.runs - 1.0))));
  }
}

TEST_CASE("matching/urn: the formulas give the published values", "[model][matching]") {
  CHECK_THAT(exact_mean(10, 5), WithinRel(4.463129088, 1e-9));
  CHECK_THAT(exact_mean(1000, 1000), WithinRel(632.3045752, 1e-9));
  CHECK_THAT(std::sqrt(exact_variance(100, 50)), WithinRel(1.998348, 1e-6));
}
