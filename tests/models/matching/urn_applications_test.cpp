// Several applications of a seeker, and the mean field of the urn.

#include <array>
#include <cmath>
#include <random>
#include <vector>

#include "one_market.hpp"
#include "sim/core/error.hpp"
#include "support/catch.hpp"

using namespace steppe;
using test::HandMap;
using test::OneMarket;
using test::Settings;

namespace steppe {
void register_matching_urn(Registry& registry);
}

namespace {

Settings settings(double applications, double own = 0.55) {
  return {{"applications", applications},
          {"own_occupation", own},
          {"duration_dependence", 0.0},
          {"skill_tolerance", 1.0},
          {"skill_transfer", 1.0}};
}

/// Large market: U [1 − (1 − p)^a], p = V/(aU) (1 − e^(−aU/V)).
double large_market(double u, double v, double a) {
  const double offer = v / (a * u) * (1.0 - std::exp(-a * u / v));
  return u * (1.0 - std::pow(1.0 - offer, a));
}

}  // namespace

TEST_CASE("matching/urn: the map of one occupation is the large market's formula",
          "[model][matching]") {
  const std::array<std::array<double, 2>, 5> table = {
      {{1, 632.121}, {2, 677.753}, {3, 681.021}, {5, 669.551}, {10, 651.304}}};
  for (const auto& [a, matches] : table) {
    CHECK_THAT(large_market(1000.0, 1000.0, a), WithinRel(matches, 1e-6));
  }
  // One application: the limits beside the exact means for markets of a few.
  CHECK_THAT(large_market(2.0, 2.0, 1.0), WithinRel(1.264241, 1e-6));
  CHECK_THAT(large_market(50.0, 100.0, 1.0), WithinRel(39.346934, 1e-8));
  std::mt19937 random(2);
  std::uniform_real_distribution<double> stock(0.5, 3000.0);
  std::uniform_int_distribution<int> number(1, 12);
  for (int n = 0; n < 40; ++n) {
    const double u = stock(random), v = stock(random), a = number(random);
    INFO("U " << u << ", V " << v << ", a " << a);
    HandMap map("urn", settings(a));
    CHECK_THAT(map.matches(u, v), WithinRel(large_market(u, v, a), 1e-9));
    CHECK_THAT(map.field.found.sum(), WithinRel(map.field.hires.sum(), 1e-12));
  }
  HandMap map("urn", settings(1.0));
  CHECK(map.matches(5.0, 0.0) == 0.0);
  CHECK(map.matches(0.0, 5.0) == 0.0);
}

TEST_CASE("matching/urn: the map refuses what it does not know", "[model][matching]") {
  const auto with = [](const char* name, double value) {
    Settings one = settings(1.0);
    for (auto& [key, number] : one) {
      if (key == name) number = value;
    }
    return one;
  };
  CHECK_THROWS_AS(HandMap("urn", with("duration_dependence", 0.8)), ConfigError);
  CHECK_THROWS_AS(HandMap("urn", with("skill_tolerance", 0.6)), ConfigError);
  CHECK_NOTHROW(HandMap("urn", with("skill_transfer", 0.9)));
  CHECK_THROWS_AS(HandMap("urn", with("skill_transfer", 0.9), 2), ConfigError);
  try {
    HandMap("urn", with("skill_tolerance", 0.6));
  } catch (const ConfigError& error) {
    CHECK_THAT(std::string(error.what()), ContainsSubstring("set it to 1"));
  }
  // The reader refuses a part of an application; whoever sets one past it is told as well.
  CHECK_THROWS_AS(HandMap("urn", with("applications", 1.5)), ModelError);
  test::OneMarket market(register_matching_urn, with("applications", 2.5), 1, 1);
  CHECK_THROWS_AS(market.small.start(1), ModelError);
}

TEST_CASE("matching/urn: where every occupation weighs alike the map is that of one market",
          "[model][matching]") {
  for (const double a : {1.0, 3.0}) {
    HandMap map("urn", settings(a, 0.25), 4);
    map.field.searching << 100.0, 40.0, 7.0, 0.0;
    map.field.vacancies << 20.0, 0.0, 90.0, 33.0;
    map.match();
    const double all = large_market(147.0, 143.0, a);
    CHECK_THAT(map.field.hires.sum(), WithinRel(all, 1e-9));
    for (Eigen::Index k = 0; k < 4; ++k) {
      CHECK_THAT(map.field.hires[k], WithinAbs(all * map.field.vacancies[k] / 143.0, 1e-9));
      CHECK_THAT(map.field.found[k], WithinAbs(all * map.field.searching[k] / 147.0, 1e-9));
    }
  }
}

TEST_CASE("matching/urn: the map of two occupations follows their weights", "[model][matching]") {
  // One application from i goes to j with q_ij ∝ v_j T_ij; s_j arrive; v_j (1 − e^(−s_j/v_j)) hire.
  const double u[] = {300.0, 120.0}, v[] = {80.0, 200.0}, own = 0.7;
  HandMap map("urn", settings(1.0, own), 2);
  map.field.searching << u[0], u[1];
  map.field.vacancies << v[0], v[1];
  map.match();
  const double q00 = own * v[0] / (own * v[0] + (1.0 - own) * v[1]);
  const double q10 = (1.0 - own) * v[0] / ((1.0 - own) * v[0] + own * v[1]);
  const double s0 = u[0] * q00 + u[1] * q10, s1 = u[0] + u[1] - s0;
  const double h0 = v[0] * (1.0 - std::exp(-s0 / v[0]));
  const double h1 = v[1] * (1.0 - std::exp(-s1 / v[1]));
  CHECK_THAT(map.field.hires[0], WithinRel(h0, 1e-9));
  CHECK_THAT(map.field.hires[1], WithinRel(h1, 1e-9));
  CHECK_THAT(map.field.found[0], WithinRel(u[0] * (q00 * h0 / s0 + (1.0 - q00) * h1 / s1), 1e-9));
}

// Three comparisons at 4 standard errors: false alarm 2e-4. What the finite market adds is of the
// order of one match.
TEST_CASE("matching/urn: several applications coordinate neither those who apply nor who offers",
          "[model][matching]") {
  for (const int a : {2, 3, 5}) {
    const test::Moments got = test::hires(register_matching_urn, settings(a), 1000, 1000, 60);
    INFO(a << " applications: " << got.mean() << " ± " << got.standard_error());
    CHECK(got.standard_error() < 1.5);
    CHECK_THAT(got.mean(),
               WithinAbs(large_market(1000.0, 1000.0, a), 4.0 * got.standard_error() + 1.0));
  }
}

// Four comparisons at 4 standard errors: false alarm 3e-4.
TEST_CASE("matching/urn: applications go to vacancies all different", "[model][matching]") {
  // With as many as there are everybody stands before every vacancy, each of which picks one of U:
  // those picked at least once are hired, U (1 − (1 − 1/U)^V) on the mean.
  struct Case {
    int u, v, a;
  };
  for (const Case c : {Case{2, 2, 2}, Case{7, 5, 5}, Case{3, 6, 6}, Case{5, 3, 20}}) {
    INFO("U = " << c.u << ", V = " << c.v);
    const test::Moments got = test::hires(register_matching_urn, settings(c.a), c.u, c.v, 3000);
    CHECK_THAT(got.mean(),
               WithinAbs(c.u * (1.0 - std::pow(1.0 - 1.0 / c.u, c.v)), 4.0 * got.standard_error()));
  }
}

TEST_CASE("matching/urn: of several offers the best paid is taken, and by lot among equals",
          "[model][matching]") {
  int first = 0;
  constexpr int kRuns = 400;
  for (int run = 0; run < kRuns; ++run) {
    for (const double higher : {1.5, 1.0}) {
      test::SmallWorld small(1);
      test::SmallWorld::set_members(small.scenario.dimensions.occupations, {"one", "two"});
      small.build();
      World& world = small.world;
      const FirmId firm = world.add_firm(SectorId{std::size_t{0}}, RegionId{std::size_t{0}});
      const std::uint32_t cell = world.firms[firm.at()].first_cell;
      world.open_vacancy(CellId{cell});
      world.open_vacancy(CellId{cell + 1});
      small.add(Status::Searching, 30);
      small.use(register_matching_urn);
      for (const auto& [name, value] : settings(2.0)) small.set(name, value);
      small.start(3, static_cast<std::uint32_t>(run));
      small.signals.wage_index[1] = higher * small.signals.wage_index[0];
      small.run(1);
      REQUIRE(world.ledger.nationals(Status::Employed) == 1);
      if (higher > 1.0) {
        CHECK(world.cells[cell + 1].nationals == 1);
      } else {
        first += world.cells[cell].nationals == 1 ? 1 : 0;
      }
    }
  }
  // Binomial at 4 standard deviations: false alarm 6e-5.
  CHECK_THAT(first, WithinAbs(0.5 * kRuns, 4.0 * std::sqrt(0.25 * kRuns)));
}

// Four comparisons at 4 standard errors: false alarm 3e-4. Markets are large; what is left of
// their being finite is of the order of one match.
TEST_CASE("matching/urn: agents with several applications follow the map where wages differ",
          "[model][matching]") {
  constexpr int kSeekers = 1500;
  for (const double a : {1.0, 3.0}) {
    HandMap map("urn", settings(a, 0.6), 2);
    map.field.searching << kSeekers, kSeekers;
    map.field.vacancies << 800.0, 1700.0;
    map.field.wage << 1000.0, 1400.0;
    map.match();
    test::Moments hired[2];
    for (std::uint32_t run = 0; run < 25; ++run) {
      test::SmallWorld small(1);
      test::SmallWorld::set_members(small.scenario.dimensions.occupations, {"one", "two"});
      small.build();
      World& world = small.world;
      const FirmId firm = world.add_firm(SectorId{std::size_t{0}}, RegionId{std::size_t{0}});
      const std::uint32_t cell = world.firms[firm.at()].first_cell;
      for (std::uint32_t k = 0; k < 2; ++k) {
        for (int v = 0; v < (k == 0 ? 800 : 1700); ++v) world.open_vacancy(CellId{cell + k});
        for (int n = 0; n < kSeekers; ++n) {
          world.set_occupation(small.add(Status::Searching, 30), OccupationId{std::size_t{k}}, 1.0);
        }
      }
      small.use(register_matching_urn);
      for (const auto& [name, value] : settings(a, 0.6)) small.set(name, value);
      small.start(8, run);
      small.signals.wage_index[1] = 1.4 * small.signals.wage_index[0];
      small.run(1);
      if (run == 0) world.verify();
      for (std::uint32_t k = 0; k < 2; ++k) hired[k].add(world.cells[cell + k].nationals);
    }
    for (int k = 0; k < 2; ++k) {
      INFO(a << " applications, occupation " << k << ": " << hired[k].mean() << " ± "
             << hired[k].standard_error());
      CHECK_THAT(hired[k].mean(),
                 WithinAbs(map.field.hires[k], 4.0 * hired[k].standard_error() + 1.0));
    }
  }
}

TEST_CASE("matching/urn: who applies to several has an offer of the one that ranks highest first",
          "[model][matching]") {
  // The most skilled has all the offers and leaves all but one vacancy open.
  OneMarket market(register_matching_urn, settings(3.0), 4, 3);
  World& world = market.small.world;
  world.set_occupation(market.persons[2], OccupationId{std::size_t{0}}, 1.5);
  market.small.start(1);
  market.small.run(1);
  CHECK(market.hired() == 1);
  CHECK(world.persons[market.persons[2]].status == Status::Employed);
  CHECK(world.open_vacancies() == 2);
}
