#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "models/foreign_hiring/arrivals.hpp"
#include "random_choices.hpp"

namespace steppe {

void register_foreign_hiring_rum(Registry&);
void register_foreign_hiring_rum_network(Registry&);
void register_foreign_hiring_nested_logit(Registry&);

namespace {

using test::Choices;
using test::ManyPosts;
using test::two_by_two;

}  // namespace

TEST_CASE("foreign_hiring/rum: flows are pool × attention × logit", "[model]") {
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    Choices choices(seed, &register_foreign_hiring_rum);
    choices.run(seed);
    for (std::size_t o = 0; o < 2; ++o) {
      const auto shares = logit_shares(choices.utilities[o]);
      for (std::size_t c = 0; c < 4; ++c) choices.check(o + 1, c, shares[c + 1], Choices::kPool);
    }
  }
}

TEST_CASE("foreign_hiring/rum: an arrival needs a post that stood its test", "[model]") {
  ManyPosts world(12, &register_foreign_hiring_rum);
  world.small.set("origin_anchored", 0.0);
  world.small.set("foreign_attention", 10.0);
  world.small.set("visa_cost", -20.0);
  world.small.lever("permits.labour_market_test", 75.0);
  world.small.start(1);
  world.step([&] { world.open(40); });
  for (int t = 1; t < 3; ++t) {
    world.step();
    CHECK(world.small.world.ledger.foreigners() == 0);
  }
  world.step();
  CHECK(world.small.world.ledger.foreigners() == 40);
  CHECK(world.small.world.open_vacancies() == 0);
}

TEST_CASE("foreign_hiring/rum: nobody comes who is not of the pool", "[model]") {
  ManyPosts world(30, &register_foreign_hiring_rum);
  world.small.set("origin_anchored", 0.0);
  world.small.set("foreign_attention", 10.0);
  world.small.set("visa_cost", -20.0);
  world.small.set("origin_pool", 25.0);
  world.small.set("foreign_return_rate", 0.2);
  world.small.start(1);
  for (int t = 0; t < 30; ++t) {
    world.step([&] { world.open(40); });
    CHECK(world.small.world.ledger.foreigners() <= 25);
    if (t > 2) CHECK(world.small.world.ledger.foreigners() >= 24);
  }
  world.small.world.verify();
}

TEST_CASE("foreign_hiring/rum: ceilings, bans and the border hold", "[model]") {
  const std::string lever = GENERATE("", "cap", "share", "ban", "border", "half");
  ManyPosts world(20, &register_foreign_hiring_rum, two_by_two);
  world.small.set("origin_anchored", 0.0);
  world.small.set("foreign_attention", 0.01);
  world.small.set("visa_cost", -20.0);
  if (lever == "cap") world.small.lever("permits.sector_cap", 70.0, "mine");
  if (lever == "share") world.small.lever("permits.firm_share", 0.0, "site");
  if (lever == "ban") world.small.lever("permits.origin_ban", 1.0, "near");
  if (lever == "border") world.small.lever("permits.border_closed", 1.0);
  if (lever == "half") world.small.lever("permits.border_closed", 0.5);
  world.small.set("origin_pool", 5000.0);
  world.small.lever("permits.small_firm", 0.0);
  world.small.start(2);
  world.step([&] {
    for (std::size_t c = 0; c < 4; ++c) world.open(1000, c / 2, c % 2);
  });
  std::int64_t refused = 0;
  const Ledger& ledger = world.small.world.ledger;
  for (int t = 1; t < 20; ++t) {
    world.step();
    refused += ledger.total(Flow::PermitRefused);
    if (lever == "cap") CHECK(ledger.permits(SectorId{std::size_t{0}}) <= 70);
  }
  const auto stocks = arrivals::stock_by_origin(ledger);
  const double free = 2.0 * 5000.0 * -std::expm1(-0.01 * 19.0);
  if (lever.empty()) {
    CHECK_THAT(static_cast<double>(ledger.foreigners()), WithinAbs(free, 4.0 * std::sqrt(free)));
  } else if (lever == "half") {
    const double half = 2.0 * 5000.0 * -std::expm1(-0.005 * 19.0);
    CHECK_THAT(static_cast<double>(ledger.foreigners()), WithinAbs(half, 4.0 * std::sqrt(half)));
  } else if (lever == "cap") {
    CHECK(ledger.permits(SectorId{std::size_t{0}}) == 70);
  } else if (lever == "share") {
    CHECK(ledger.permits(SectorId{std::size_t{1}}) == 0);
    CHECK(ledger.permits() > 0);
  } else if (lever == "ban") {
    CHECK(stocks[1] == 0);
    CHECK(stocks[2] > 0);
  } else {
    CHECK(ledger.foreigners() == 0);
  }
  CHECK((refused > 0) == (lever == "cap" || lever == "share"));
  world.small.world.verify();
}

TEST_CASE("foreign_hiring/rum: anchored, as many come as go and from where they came", "[model]") {
  const auto variant = GENERATE(&register_foreign_hiring_rum, &register_foreign_hiring_rum_network,
                                &register_foreign_hiring_nested_logit);
  constexpr double kRate = 0.02;
  ManyPosts world(61, variant, two_by_two);
  world.small.set("foreign_return_rate", kRate);
  const std::vector<int> here = {3000, 1000};
  for (std::size_t o = 0; o < 2; ++o) world.add_foreigners(here[o], o + 1, o, o);
  world.small.set("foreign_attention", 0.05);
  world.small.start(4);
  for (int t = 0; t < 2; ++t) {
    world.step([&] {
      for (std::size_t c = 0; c < 4; ++c) world.open(2000, c / 2, c % 2);
    });
  }
  // In the first month with posts as many come as go home at the hazard from the stock after the
  // month's departures.
  const auto stocks = arrivals::stock_by_origin(world.small.world.ledger);
  for (std::size_t o = 0; o < 2; ++o) {
    const double left = here[o] * std::exp(-2.0 * kRate);
    const double pool = 100000.0 - left;
    const double p = kRate * left / (0.05 * pool) * -std::expm1(-0.05);
    CHECK_THAT(static_cast<double>(stocks[o + 1]),
               WithinAbs(left + pool * p, 4.0 * std::sqrt(here[o] * 2.0 * kRate + pool * p)));
  }
}

}  // namespace steppe
