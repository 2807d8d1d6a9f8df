#include <cmath>
#include <random>
#include <vector>

#include "many_posts.hpp"

namespace steppe {

void register_foreign_hiring_exogenous(Registry&);

namespace {

using test::ManyPosts;
using test::SmallWorld;

void two_sectors(SmallWorld& small) {
  SmallWorld::set_members(small.scenario.dimensions.sectors, {"mine", "site"});
}

double arrived(const ManyPosts& world) {
  return static_cast<double>(world.small.world.ledger.total(Flow::Arrival));
}

}  // namespace

TEST_CASE("foreign_hiring/exogenous: the number given comes, to within one", "[model]") {
  std::mt19937_64 generator(1);
  std::uniform_real_distribution<double> any(0.0, 20.0);
  for (int n = 0; n < 5; ++n) {
    const double mine = any(generator);
    const double site = any(generator);
    ManyPosts world(40, &register_foreign_hiring_exogenous, two_sectors);
    world.small.set("arrival_number.mine", mine);
    world.small.set("arrival_number.site", site);
    world.small.start(static_cast<std::uint64_t>(n));
    world.step([&] {
      for (std::size_t s = 0; s < 2; ++s) world.open(1000, s);
    });
    // Nationals have not yet searched on what was opened in this step.
    CHECK(arrived(world) == 0.0);
    for (int t = 1; t < 40; ++t) {
      world.step();
      CHECK_THAT(world.stock(0, 0, 1), WithinAbs(mine * t, 1.0));
      CHECK_THAT(world.stock(1, 0, 1), WithinAbs(site * t, 1.0));
    }
    world.small.world.verify();
  }
}

TEST_CASE("foreign_hiring/exogenous: no more come than there are posts", "[model]") {
  ManyPosts world(12, &register_foreign_hiring_exogenous);
  world.small.set("arrival_number", 50.0);
  world.small.start(1);
  world.step([&] { world.open(70); });
  world.step();
  CHECK(world.stock(0, 0, 1) == 50.0);
  world.step();
  CHECK(world.stock(0, 0, 1) == 70.0);
  world.step([&] { world.open(10); });
  CHECK(arrived(world) == 0.0);
  world.step();
  CHECK(world.stock(0, 0, 1) == 80.0);
  CHECK(world.small.world.open_vacancies() == 0);
  world.small.world.verify();
}

TEST_CASE("foreign_hiring/exogenous: origins have the shares of the record", "[model]") {
  constexpr int kComing = 5000;
  const std::vector<double> share = {0.0, 0.6, 0.0, 0.4};
  ManyPosts world(2, &register_foreign_hiring_exogenous, [&](SmallWorld& small) {
    SmallWorld::set_members(small.scenario.dimensions.origins, {"a", "b", "c"});
    small.base.origin_share = share;
  });
  world.small.set("arrival_number", kComing);
  world.small.start(2);
  world.step([&] { world.open(kComing); });
  world.step();
  for (std::size_t o = 1; o < 4; ++o) {
    CHECK_THAT(world.stock(0, 0, o),
               WithinAbs(kComing * share[o], test::four_errors(kComing, share[o])));
  }
}

TEST_CASE("foreign_hiring/exogenous: a constant hazard leaves the shares of its formula",
          "[model]") {
  // Share gone after five years, and the monthly probability of going that gives it.
  const auto [gone, monthly] = GENERATE(std::pair{0.20, 0.00371215}, std::pair{0.50, 0.01148598});
  CHECK_THAT(1.0 - std::pow(1.0 - gone, 1.0 / 60.0), WithinAbs(monthly, 5e-9));
  constexpr int kHere = 5000;
  ManyPosts world(61, &register_foreign_hiring_exogenous);
  world.small.set("foreign_return_rate", -std::log1p(-monthly));
  world.small.set("arrivals_anchored", 0.0);
  world.add_foreigners(kHere);
  world.small.start(3);
  for (int t = 0; t < 60; ++t) world.step();
  CHECK_THAT(kHere - world.stock(0, 0, 1), WithinAbs(kHere * gone, test::four_errors(kHere, gone)));
  world.small.world.verify();
}

TEST_CASE("foreign_hiring/exogenous: the stock is the inflow over the hazard", "[model]") {
  std::mt19937_64 generator(4);
  std::uniform_real_distribution<double> inflow(5.0, 30.0), hazard(0.05, 0.3);
  for (int n = 0; n < 4; ++n) {
    const double number = std::floor(inflow(generator));
    const double chance = hazard(generator);  // of going in a month
    constexpr int kSteps = 1500;
    ManyPosts world(kSteps, &register_foreign_hiring_exogenous);
    world.small.set("foreign_return_rate", -std::log1p(-chance));
    world.small.set("arrival_number", number);
    world.small.start(static_cast<std::uint64_t>(n));
    double sum = 0.0;
    int counted = 0;
    for (int t = 0; t < kSteps; ++t) {
      world.step([&] { world.open(static_cast<int>(number)); });
      if (t < 100) continue;
      sum += world.stock(0, 0, 1);
      ++counted;
    }
    // Each of those who came stays a geometric number of months, variance (1 − p)/p².
    const double error = std::sqrt(number * (1.0 - chance) / (chance * chance) / counted);
    CHECK_THAT(sum / counted, WithinAbs(number / chance, 4.0 * error));
  }
}

TEST_CASE("foreign_hiring/exogenous: anchored, the start's stock holds", "[model]") {
  constexpr int kHere = 4000;
  constexpr double kRate = 0.02;
  ManyPosts world(120, &register_foreign_hiring_exogenous);
  world.small.set("foreign_return_rate", kRate);
  world.add_foreigners(kHere);
  world.small.start(5);
  for (int t = 0; t < 120; ++t) world.step([&] { world.open(100); });
  // h F come a month and 1 − exp(−h) of those here go; arrivals are in the stock when it is
  // counted.
  const double steady = kRate * kHere / -std::expm1(-kRate);
  CHECK_THAT(world.stock(0, 0, 1), WithinAbs(steady, 4.0 * std::sqrt(steady)));
}

TEST_CASE("foreign_hiring/exogenous: a rate is of the sector's staff", "[model]") {
  ManyPosts world(3, &register_foreign_hiring_exogenous, two_sectors);
  world.small.set("arrival_rate.mine", 0.1);
  world.add_foreigners(200, 1, 0);
  world.add_foreigners(200, 1, 1);
  world.small.start(6);
  world.step([&] {
    world.open(500, 0);
    world.open(500, 1);
  });
  world.step();
  CHECK(world.stock(0, 0, 1) == 220.0);
  world.step();
  CHECK(world.stock(0, 0, 1) == 242.0);
  CHECK(world.stock(1, 0, 1) == 200.0);
}

}  // namespace steppe
