#include <cmath>
#include <cstdint>
#include <map>
#include <vector>

#include "sim/engine/simulation.hpp"
#include "sim/population/synthesise.hpp"
#include "support/catch.hpp"
#include "support/textbook.hpp"

using namespace steppe;

namespace {

/// Firms of one sector under the demand of drivers alone: nobody is hired or leaves.
test::Textbook demand_only() {
  test::Textbook book;
  book.persons = 20000;
  book.firms = 400;
  book.staff = 50.0;
  book.unemployed = 0.0;
  book.months = 48;
  book.model = {{Slot::Drivers, "series"}, {Slot::Demand, "drivers"}};
  book.parameters = {{"firm_drift", 0.0}, {"firm_turnover", 0.0}, {"income_elasticity", 0.4}};
  return book;
}

DriverSeries income(double before, double after) {
  DriverSeries series;
  series.name = "real_income";
  series.unit = "1";
  series.between = DriverSeries::Between::Step;
  series.points = {{{1999, 1, 1}, before}, {{2002, 1, 1}, after}};
  return series;
}

double posts(const Simulation& simulation) {
  double sum = 0.0;
  for (const Firm& firm : simulation.world().firms) sum += firm.posts;
  return sum;
}

}  // namespace

// Firms round by an offset of their own: the sum over 400 firms has a standard deviation below
// √(400/12) ≈ 6 posts; 4 of them are the tolerance.
TEST_CASE("demand/drivers: posts move with income by the elasticity", "[model][demand]") {
  for (const double elasticity : {0.4, 0.8, -0.3}) {
    INFO("elasticity " << elasticity);
    test::Textbook book = demand_only();
    book.parameters[2].second = elasticity;
    Scenario scenario = test::make_scenario(book, builtin_models());
    scenario.drivers.emplace("real_income", income(10.0, 14.0));
    Simulation simulation(scenario, builtin_models(), synthesise(scenario), {.check = true});
    simulation.step();
    CHECK_THAT(posts(simulation), WithinAbs(20000.0, 24.0));
    simulation.run();
    const double expected = 20000.0 * std::pow(1.4, elasticity);
    CHECK_THAT(simulation.signals().posts_wanted[0], WithinRel(expected, 1e-9));
    CHECK_THAT(posts(simulation), WithinAbs(expected, 24.0));
  }
}

TEST_CASE("demand/drivers: copper moves posts at once, and the budget's a year later",
          "[model][demand]") {
  test::Textbook book = demand_only();
  book.months = 60;
  book.parameters[2].second = 0.0;
  book.parameters.push_back({"copper_elasticity", 0.5});
  book.parameters.push_back({"copper_smoothing", 1.0});
  book.parameters.push_back({"copper_budget_elasticity", 0.3});
  book.parameters.push_back({"budget_smoothing", 1.0});
  book.parameters.push_back({"budget_lag", 12.0});
  Scenario scenario = test::make_scenario(book, builtin_models());
  DriverSeries copper = income(5000.0, 8000.0);
  copper.name = "copper_price";
  scenario.drivers.emplace("copper_price", copper);
  Simulation simulation(scenario, builtin_models(), synthesise(scenario), {});
  // The step of 2002-01 is number 24; the lagged channel sees it in 2003-01.
  const double at_once = 20000.0 * std::pow(1.6, 0.5);
  const double in_full = at_once * std::pow(1.6, 0.3);
  for (int t = 0; t < 60; ++t) {
    simulation.step();
    INFO("step " << t);
    const double expected = t < 24 ? 20000.0 : t < 36 ? at_once : in_full;
    REQUIRE_THAT(simulation.signals().posts_wanted[0], WithinRel(expected, 1e-9));
  }
}

TEST_CASE("demand/drivers: a held series moves nothing", "[model][demand][drivers]") {
  test::Textbook book = demand_only();
  book.model[0].second = "none";
  Scenario scenario = test::make_scenario(book, builtin_models());
  scenario.drivers.emplace("real_income", income(10.0, 14.0));
  Simulation simulation(scenario, builtin_models(), synthesise(scenario), {});
  simulation.run();
  CHECK_THAT(simulation.signals().posts_wanted[0], WithinRel(20000.0, 1e-12));
}

TEST_CASE("demand/drivers: the seasons' mean is one", "[model][demand]") {
  test::Textbook book = demand_only();
  book.months = 12;
  book.parameters.push_back({"season_winter", 0.7});
  book.parameters.push_back({"season_summer", 1.2});
  const Scenario scenario = test::make_scenario(book, builtin_models());
  Simulation simulation(scenario, builtin_models(), synthesise(scenario), {});
  double sum = 0.0;
  while (!simulation.done()) {
    simulation.step();
    sum += simulation.signals().posts_wanted[0];
  }
  CHECK_THAT(sum / 12.0, WithinRel(20000.0, 1e-9));
}

// With ρ = ½ quality is the harmonic mean of the fills, weighted by the wage bill: two occupations
// of equal weight filled to 1 and ½ give 1/(½ + ½·2) = ⅔.
TEST_CASE("demand/drivers: a scarce occupation lowers output and the demand for the other",
          "[model][demand]") {
  test::Textbook book = demand_only();
  book.occupations = 2;
  book.firms = 1;
  book.staff = 20000.0;
  Scenario scenario = test::make_scenario(book, builtin_models());
  Simulation simulation(scenario, builtin_models(), synthesise(scenario), {});
  for (int t = 0; t < 12; ++t) simulation.step();
  CHECK_THAT(simulation.signals().quality[0], WithinAbs(1.0, 1e-3));
  World& world = simulation.world();
  const std::uint32_t half = world.cells[1].full / 2;
  while (world.cells[1].nationals > half)
    world.separate(world.cells[1].first_staff, Status::Searching);
  simulation.step();
  CHECK_THAT(simulation.signals().quality[0], WithinAbs(2.0 / 3.0, 2e-3));
  // κ = ½: the filled occupation's target falls by √(⅔), the scarce one's does not.
  CHECK_THAT(world.cells[0].target / static_cast<double>(world.cells[0].full),
             WithinAbs(std::sqrt(2.0 / 3.0), 2e-3));
  CHECK(world.cells[1].target == world.cells[1].full);
}

namespace {

/// Doubles the second occupation's wage from July of the first year on.
class Raise {
 public:
  static VariantDecl declaration() {
    VariantDecl decl;
    decl.slot = Slot::Wages;
    decl.name = "raise";
    return decl;
  }
  explicit Raise(Setup& setup) {
    setup.signals.wage_index = {1000.0, 1000.0};
    setup.signals.foreign_wage_ratio = {1.0, 1.0};
  }
  void run(Step& step) { step.signals.wage_index[1] = step.index < 6 ? 1000.0 : 2000.0; }
};

}  // namespace

// Shares a₀, a₁ = ½ and wages 1 and 2 with a mean of 3/2 give weights ½·(2/3)^−σ and ½·(4/3)^−σ: at
// σ = 1 two thirds and one third.
TEST_CASE("demand/drivers: posts turn each January to the occupation that has become cheaper",
          "[model][demand]") {
  Registry models = builtin_models();
  models.add<Raise>();
  test::Textbook book = demand_only();
  book.occupations = 2;
  book.firms = 1;
  book.staff = 20000.0;
  book.model.emplace_back(Slot::Wages, "raise");
  book.parameters.push_back({"wage_substitution", 1.0});
  const Scenario scenario = test::make_scenario(book, models);
  Simulation simulation(scenario, models, synthesise(scenario), {});
  for (int t = 0; t < 12; ++t) simulation.step();
  const std::vector<Cell, LargePages<Cell>>& cells = simulation.world().cells;
  CHECK(std::abs(static_cast<double>(cells[0].full) - 10000.0) <= 2.0);
  simulation.step();
  CHECK_THAT(cells[0].full, WithinAbs(20000.0 * 2.0 / 3.0, 3.0));
  CHECK_THAT(cells[1].full, WithinAbs(20000.0 / 3.0, 3.0));
}

// In the first sector growth lifts firms over the size below which firms turn over, so fewer open
// there; what happens to firms of the second may not depend on it.
TEST_CASE("demand/drivers: demand in one sector leaves the firms of another as they were",
          "[model][demand]") {
  test::Textbook book = demand_only();
  book.sectors = 2;
  book.firms = 1000;
  book.staff = 16.0;
  book.persons = 16000;
  book.parameters = {{"firm_turnover", 0.3}, {"firm_drift", 0.1}, {"income_elasticity", 0.0}};
  const auto firms_of_second = [](const Simulation& simulation) {
    std::map<std::uint32_t, std::vector<double>> by_line;
    for (const Firm& firm : simulation.world().firms) {
      if (firm.sector.at() != 1 || firm.share == 0.0f) continue;
      by_line[firm.line] = {firm.share, firm.rounding, static_cast<double>(firm.posts)};
      for (std::uint32_t c = firm.first_cell; c < firm.first_cell + firm.n_cells; ++c) {
        by_line[firm.line].push_back(simulation.world().draw_key(CellId{c}));
      }
    }
    return by_line;
  };
  Scenario scenario = test::make_scenario(book, builtin_models());
  scenario.drivers.emplace("real_income", income(10.0, 14.0));
  Scenario growing = scenario;
  growing.parameters.find("income_elasticity")->second.values[0] = 1.0;
  Simulation base(scenario, builtin_models(), synthesise(scenario), {});
  Simulation grown(growing, builtin_models(), synthesise(growing), {});
  base.run();
  grown.run();
  REQUIRE(grown.world().firms.size() != base.world().firms.size());
  CHECK(firms_of_second(base).size() == 500);
  CHECK(firms_of_second(base) == firms_of_second(grown));
}
