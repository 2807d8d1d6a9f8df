#include <cmath>

#include "sim/meanfield/mean_field_simulation.hpp"
#include "support/catch.hpp"
#include "support/textbook.hpp"

using namespace steppe;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {

/// Two occupations of 100 each; three quarters of the first's work are automated. D¹ = (40, 160).
Scenario two(double start, double duration, int months) {
  test::Textbook book;
  book.occupations = 2;
  book.persons = 200;
  book.firms = 1;
  book.staff = 200;
  book.unemployed = 0.0;
  book.months = months;
  book.model = {{Slot::Demand, "automation"}};
  book.parameters = {{"shock_start", start}, {"adoption_months", duration}};
  // Nobody loses a job: demand alone moves.
  book.model.emplace_back(Slot::Separations, "none");
  book.model.emplace_back(Slot::Vacancies, "demand_gap");
  book.parameters.emplace_back("natural_opening", 0.0);
  book.parameters.emplace_back("gap_response", 0.0);
  Scenario scenario = test::make_scenario(book, builtin_models());
  scenario.network.employment = {1.0, 1.0};
  scenario.network.automation = {0.75, 0.0};
  scenario.network.wage = {1.0, 1.0};
  scenario.network.edges = {{0, 1, 1.0}, {1, 0, 1.0}};
  return scenario;
}

}  // namespace

TEST_CASE("demand/automation: an S-curve from the start's work to what is left of it",
          "[model][demand]") {
  const Scenario scenario = two(10.0, 40.0, 60);
  MeanFieldSimulation simulation(scenario, builtin_models());
  for (int t = 1; t <= 60; ++t) {
    simulation.step();
    const Eigen::ArrayXd& d = simulation.field().demand;
    INFO("month " << t);
    CHECK_THAT(d.sum(), WithinRel(200.0, 1e-12));
    if (t < 10) CHECK(d[0] == 100.0);
    if (t == 10) CHECK_THAT(d[0], WithinAbs(100.0 - 60.0 * 1e-4, 1e-9));
    if (t == 30) CHECK_THAT(d[0], WithinRel(70.0, 1e-12));
    if (t == 50) CHECK_THAT(d[0], WithinAbs(40.0 + 60.0 * 1e-4, 1e-9));
  }
}

TEST_CASE("demand/automation: without a duration the work moves at once", "[model][demand]") {
  const Scenario scenario = two(3.0, 0.0, 5);
  MeanFieldSimulation simulation(scenario, builtin_models());
  for (int t = 1; t <= 5; ++t) {
    simulation.step();
    CHECK_THAT(simulation.field().demand[0], WithinRel(t < 3 ? 100.0 : 40.0, 1e-12));
    CHECK_THAT(simulation.field().demand[1], WithinRel(t < 3 ? 100.0 : 160.0, 1e-12));
  }
}
