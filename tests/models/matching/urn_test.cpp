#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

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

/// One firm with so many open posts, and herders beside it.
void fill_with_herders(test::SmallWorld& small, int vacancies, int herders) {
  small.build();
  World& world = small.world;
  const FirmId firm = world.add_firm(SectorId{std::size_t{0}}, RegionId{std::size_t{0}});
  const CellId cell{world.firms[firm.at()].first_cell};
  world.want(cell, static_cast<std::uint32_t>(vacancies));
  for (int v = 0; v < vacancies; ++v) world.open_vacancy(cell);
  for (int n = 0; n < herders; ++n) small.add(Status::Herding, 30);
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

TEST_CASE(
    "matching/urn: a vacancy hires the most skilled of its applicants, and by lot among equals",
    "[model][matching]") {
  constexpr int kApplicants = 10;
  constexpr int kRuns = 500;
  const auto hired_in = [](int run, double best_skill) {
    test::SmallWorld small(1);
    small.build();
    World& world = small.world;
    const FirmId firm = world.add_firm(SectorId{std::size_t{0}}, RegionId{std::size_t{0}});
    const CellId cell{world.firms[firm.at()].first_cell};
    world.want(cell, 1);
    world.open_vacancy(cell);
    std::vector<PersonId> applicants;
    for (int n = 0; n < kApplicants; ++n) {
      applicants.push_back(small.add(Status::Searching, 30));
      world.set_occupation(applicants.back(), OccupationId{std::size_t{0}},
                           n == 6 ? best_skill : 1.0);
    }
    small.use(register_matching_urn);
    small.set("duration_dependence", 0.0);
    small.start(static_cast<std::uint64_t>(run));
    world.step = 0;
    small.run(1);
    for (int n = 0; n < kApplicants; ++n) {
      if (world.persons[applicants[static_cast<std::size_t>(n)]].status == Status::Employed) {
        return n;
      }
    }
    return -1;
  };
  std::array<int, kApplicants> lots{};
  for (int run = 0; run < kRuns; ++run) {
    if (run < 20) CHECK(hired_in(run, 1.01) == 6);
    if (run < 20) CHECK(hired_in(run, 0.99) != 6);
    const int hired = hired_in(run, 1.0);
    REQUIRE(hired >= 0);
    ++lots[static_cast<std::size_t>(hired)];
  }
  // Pearson's statistic exceeds 33.7 with probability 1e-4 at 9 degrees of freedom.
  double chi_squared = 0.0;
  for (const int n : lots) chi_squared += (n - 50.0) * (n - 50.0) / 50.0;
  CHECK(chi_squared < 33.7);
}

// 3 comparisons at 4 standard errors: false alarm 2e-4.
TEST_CASE(
    "matching/urn: applications go to the own occupation first, then to those of a like level",
    "[model][matching]") {
  constexpr int kSeekers = 8000;
  constexpr int kVacancies = 40000;
  test::SmallWorld small(1);
  test::SmallWorld::set_members(small.scenario.dimensions.occupations, {"own", "like", "above"});
  small.base.skill_level = {1, 1, 2};
  small.build();
  World& world = small.world;
  const FirmId firm = world.add_firm(SectorId{std::size_t{0}}, RegionId{std::size_t{0}});
  const std::uint32_t first = world.firms[firm.at()].first_cell;
  for (std::uint32_t k = 0; k < 3; ++k) {
    world.want(CellId{first + k}, kVacancies);
    for (int v = 0; v < kVacancies; ++v) world.open_vacancy(CellId{first + k});
  }
  for (int n = 0; n < kSeekers; ++n) small.add(Status::Searching, 30);
  small.use(register_matching_urn);
  small.set("duration_dependence", 0.0);
  small.set("skill_tolerance", 1.0);
  small.set("own_occupation", 0.55);
  small.start(3);
  world.step = 0;
  small.run(1);
  // One level apart counts a quarter: 0.45 is shared 4 : 1. Those who collide are not hired.
  const double shares[] = {0.55, 0.36, 0.09};
  for (std::uint32_t k = 0; k < 3; ++k) {
    const double applicants = kSeekers * shares[k];
    const double expected = kVacancies * (1.0 - std::pow(1.0 - 1.0 / kVacancies, applicants));
    INFO("occupation " << k);
    CHECK_THAT(world.cells[first + k].nationals,
               WithinAbs(expected, 4.0 * std::sqrt(kSeekers * shares[k] * (1.0 - shares[k]))));
  }
}

TEST_CASE("matching/urn: skill counts less in another occupation, and less still a level up",
          "[model][matching]") {
  const auto accepts = [](std::uint8_t from, std::uint8_t to, double transfer, double tolerance) {
    test::SmallWorld small(1);
    test::SmallWorld::set_members(small.scenario.dimensions.occupations, {"from", "to"});
    small.base.skill_level = {from, to};
    small.build();
    World& world = small.world;
    const FirmId firm = world.add_firm(SectorId{std::size_t{0}}, RegionId{std::size_t{0}});
    const CellId cell{world.firms[firm.at()].first_cell + 1};
    world.want(cell, 1);
    world.open_vacancy(cell);
    world.set_occupation(small.add(Status::Searching, 30), OccupationId{std::size_t{0}}, 1.0);
    small.use(register_matching_urn);
    small.set("duration_dependence", 0.0);
    small.set("tolerance_growth", 0.0);
    small.set("skill_transfer", transfer);
    small.set("skill_tolerance", tolerance);
    small.start(1);
    world.step = 0;
    small.run(1);
    return world.ledger.nationals(Status::Employed) == 1;
  };
  // What counts is 0.9 sideways and downwards, 0.9² one level up, 0.9³ two.
  CHECK(accepts(1, 1, 0.9, 0.11));
  CHECK_FALSE(accepts(1, 1, 0.9, 0.09));
  CHECK(accepts(2, 0, 0.9, 0.11));
  CHECK_FALSE(accepts(2, 0, 0.9, 0.09));
  CHECK(accepts(1, 2, 0.9, 0.2));
  CHECK_FALSE(accepts(1, 2, 0.9, 0.18));
  CHECK(accepts(0, 2, 0.9, 0.28));
  CHECK_FALSE(accepts(0, 2, 0.9, 0.26));
  CHECK(accepts(0, 2, 1.0, 0.0));
}

// Binomial within 4 standard deviations: false alarm 6e-5.
TEST_CASE("matching/urn: herders apply with their own chance", "[model][matching]") {
  constexpr int kHerders = 20000;
  constexpr int kVacancies = 400000;
  constexpr double kChance = 0.05;
  test::SmallWorld small(1);
  fill_with_herders(small, kVacancies, kHerders);
  World& world = small.world;
  small.use(register_matching_urn);
  small.set("herder_search", kChance);
  small.set("skill_tolerance", 1.0);
  small.start(5);
  world.step = 0;
  small.run(1);
  // Of a thousand applicants one or two meet at a vacancy.
  CHECK_THAT(
      world.ledger.nationals(Status::Employed),
      WithinAbs(kHerders * kChance - 1.2, 4.0 * std::sqrt(kHerders * kChance * (1.0 - kChance))));
}

// Binomial within 4 standard deviations: false alarm 6e-5 for each of two.
TEST_CASE("matching/urn: herders' chance is relative to that of those who search, tired ones too",
          "[model][matching]") {
  constexpr int kHerders = 40000, kSearching = 20000, kVacancies = 600000;
  constexpr double kChance = 0.4, kTired = 0.125;  // (1 + 1 month)^-3
  test::SmallWorld small(1);
  fill_with_herders(small, kVacancies, kHerders);
  World& world = small.world;
  for (int n = 0; n < kSearching; ++n) small.add(Status::Searching, 30);
  small.use(register_matching_urn);
  small.set("herder_search", kChance);
  small.set("duration_dependence", 3.0);
  small.set("skill_tolerance", 1.0);
  small.start(5);
  world.step = 0;
  small.run(1);
  // Of a thousand applicants four or so meet at a vacancy.
  const auto within = [](int number, double chance) {
    const double expected = number * chance;
    return WithinAbs(expected, 4.0 * std::sqrt(expected * (1.0 - chance)) + 0.005 * expected);
  };
  CHECK_THAT(kSearching - world.ledger.nationals(Status::Searching), within(kSearching, kTired));
  CHECK_THAT(kHerders - world.ledger.nationals(Status::Herding),
             within(kHerders, kChance * kTired));
}

TEST_CASE("matching/urn: a region's finding ratio is its hires over its seekers, to the reference",
          "[model][matching]") {
  constexpr int kSeekers = 500;
  const double weight = GENERATE(1.0, 20.0);
  test::SmallWorld small(1);
  test::SmallWorld::set_members(small.scenario.dimensions.regions, {"busy", "idle"});
  small.base.weight = weight;
  small.build();
  World& world = small.world;
  const FirmId firm = world.add_firm(SectorId{std::size_t{0}}, RegionId{std::size_t{0}});
  const CellId cell{world.firms[firm.at()].first_cell};
  world.want(cell, 2000);
  for (int v = 0; v < 2000; ++v) world.open_vacancy(cell);
  for (std::size_t region = 0; region < 2; ++region) {
    for (int n = 0; n < kSeekers; ++n) {
      const PersonId id = small.add(Status::Searching, 30);
      world.relocate(id, RegionId{region});
      // Whoever is idle is no help to a vacancy elsewhere.
      if (region == 1) world.set_occupation(id, OccupationId{std::size_t{0}}, 0.0);
    }
  }
  small.use(register_matching_urn);
  small.set("duration_dependence", 0.0);
  small.set("skill_tolerance", 0.5);
  small.set("tolerance_growth", 0.0);
  small.set("reference_finding_rate", 0.4);
  small.start(3);
  world.step = 0;
  small.run(1);
  const auto hires = static_cast<double>(world.ledger.nationals(Status::Employed));
  REQUIRE(hires > 400.0);
  const double national = hires / (2.0 * kSeekers);
  // A region leans on the country with the weight of 200 seekers, whom fewer records stand for.
  const double lean = 200.0 / weight;
  const auto ratio = [&](double hired) {
    return std::clamp((hired + lean * national) / (kSeekers + lean) / 0.4, 0.25, 4.0);
  };
  CHECK_THAT(small.signals.finding_ratio[0], WithinRel(ratio(hires), 1e-12));
  CHECK_THAT(small.signals.finding_ratio[1], WithinRel(ratio(0.0), 1e-12));
  CHECK_THAT(small.signals.finding_rate, WithinRel(national, 1e-12));
}
