#include <cmath>

#include "sim/engine/simulation.hpp"
#include "sim/population/synthesise.hpp"
#include "support/catch.hpp"
#include "support/small_world.hpp"
#include "support/textbook.hpp"

using namespace steppe;

namespace steppe {
void register_matching_urn(Registry& registry);
}

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

TEST_CASE("matching/urn: a vacancy accepts less skill the longer it stands", "[model][matching]") {
  // Skill 1 against a norm that a fresh vacancy does not lower: skills below 1 are refused until
  // the tolerance, growing by 0.1 a month, has reached the gap.
  test::SmallWorld small(12);
  small.build();
  World& world = small.world;
  const FirmId firm = world.add_firm(SectorId{std::size_t{0}}, RegionId{std::size_t{0}});
  const CellId cell{world.firms[firm.at()].first_cell};
  world.want(cell, 1);
  const PersonId id = small.add(Status::Searching, 30);
  world.set_occupation(id, OccupationId{std::size_t{0}}, 0.55);
  small.use(register_matching_urn);
  small.set("duration_dependence", 0.0);
  small.set("skill_tolerance", 0.0);
  small.set("tolerance_growth", 0.1);
  world.step = 0;
  world.open_vacancy(cell);
  small.start(1);
  int hired = -1;
  for (int t = 0; t < 12 && hired < 0; ++t) {
    small.run(1);
    if (world.ledger.nationals(Status::Employed) == 1) hired = t;
  }
  // 1 − 0.1 t ≤ 0.55 from t = 5 on.
  CHECK(hired == 5);
}

// 4 comparisons at 4 standard errors: false alarm 3e-4.
TEST_CASE(
    "matching/urn: another region is chosen against the moving cost and with the pull of income",
    "[model][matching]") {
  for (const double ratio : {1.0, 2.0}) {
    for (const double cost : {0.7, 2.0}) {
      INFO("ratio " << ratio << ", cost " << cost);
      constexpr int kSeekers = 4000;
      test::SmallWorld small(1);
      test::SmallWorld::set_members(small.scenario.dimensions.regions, {"here", "there"});
      small.build();
      World& world = small.world;
      for (std::size_t r = 0; r < 2; ++r) {
        const FirmId firm = world.add_firm(SectorId{std::size_t{0}}, RegionId{r});
        const CellId cell{world.firms[firm.at()].first_cell};
        world.want(cell, 40000);
        for (int v = 0; v < 40000; ++v) world.open_vacancy(cell);
      }
      for (int n = 0; n < kSeekers; ++n) small.add(Status::Searching, 30);
      small.use(register_matching_urn);
      small.set("duration_dependence", 0.0);
      small.set("skill_tolerance", 1.0);
      small.set("income_pull", 1.0);
      small.set("moving_cost", cost);
      small.start(3);
      small.signals.wage_index[1] = ratio * small.signals.wage_index[0];
      world.step = 0;
      small.run(1);
      const double odds = ratio * std::exp(-cost);
      // Of the applicants of a region those are hired who do not collide.
      const auto hired = [&](double applicants) {
        return 40000.0 * (1.0 - std::pow(1.0 - 1.0 / 40000.0, applicants));
      };
      const double going = hired(kSeekers * odds / (1.0 + odds));
      const double share = going / (going + hired(kSeekers / (1.0 + odds)));
      const auto there =
          static_cast<double>(world.ledger.nationals(Status::Employed, RegionId{std::size_t{1}}));
      const auto all = static_cast<double>(world.ledger.nationals(Status::Employed));
      CHECK(all > 0.9 * kSeekers);
      CHECK_THAT(there / all, WithinAbs(share, 4.0 * std::sqrt(share * (1.0 - share) / all)));
    }
  }
}
