#include "sim/population/firms.hpp"

#include <cmath>
#include <numeric>

#include "sim/population/synthesise.hpp"
#include "sim/world/posts.hpp"
#include "small_country.hpp"
#include "support/catch.hpp"

using namespace steppe;

namespace {

/// Share of firms of at least `from` that have at least `to`, as an exponent.
double tail_exponent(const std::vector<std::uint32_t>& sizes, double from, double to) {
  double above_from = 0.0, above_to = 0.0;
  for (const std::uint32_t size : sizes) {
    above_from += size >= from;
    above_to += size >= to;
  }
  return std::log(above_from / above_to) / std::log(to / from);
}

}  // namespace

TEST_CASE("population/firms: sizes add up and fall by Zipf's law", "[unit]") {
  for (const double exponent : {0.9, 1.06, 1.5}) {
    const std::vector<std::uint32_t> sizes = firm_sizes(60000, exponent, 1);
    CHECK(std::accumulate(sizes.begin(), sizes.end(), 0u) == 60000);
    CHECK(std::is_sorted(sizes.rbegin(), sizes.rend()));
    CHECK(sizes.back() >= 1);
    // Sizes are whole, so that the tail is read between sizes where that matters little.
    CHECK_THAT(tail_exponent(sizes, 10, 100), WithinAbs(exponent, 0.06));
  }
}

TEST_CASE("population/firms: any total can be shared out", "[unit]") {
  CHECK(firm_sizes(0, 1.06, 1).empty());
  for (const std::int64_t smallest : {1, 5}) {
    for (std::int64_t total = 1; total < 300; ++total) {
      const std::vector<std::uint32_t> sizes = firm_sizes(total, 1.06, smallest);
      CHECK(std::accumulate(sizes.begin(), sizes.end(), 0u) == total);
      CHECK((total < smallest || sizes.back() >= smallest));
    }
  }
}

TEST_CASE("population/firms: the rule of posts gives large firms their sector's mix", "[unit]") {
  const std::vector<double> shares{0.07, 0.5, 0.03, 0.4};
  const std::vector<double> sums = cumulative_shares(shares);
  std::vector<std::uint32_t> full(4);
  for (const double rounding : {0.0, 0.123, 0.5, 0.999}) {
    full_staff(sums, rounding, 10000, full);
    CHECK(std::accumulate(full.begin(), full.end(), 0u) == 10000);
    for (std::size_t k = 0; k < 4; ++k) {
      CHECK(std::abs(full[k] - 10000 * shares[k]) < 5);
    }
    // One post more changes nobody else's occupation.
    std::vector<std::uint32_t> more(4);
    full_staff(sums, rounding, 10001, more);
    int changed = 0;
    for (std::size_t k = 0; k < 4; ++k) changed += more[k] != full[k];
    CHECK(changed == 1);
  }
}

TEST_CASE("population/firms: marginal posts have the sector's mix too", "[unit]") {
  // A firm of expected size 1.4 has a second post when its rounding is 0.6 or more. What that post
  // is must not follow from this.
  const std::vector<double> shares{0.3, 0.7};
  const std::vector<double> sums = cumulative_shares(shares);
  const Draws draws(1, 0);
  constexpr Purpose kTest("test/rounding");
  double second = 0, first_kind = 0;
  for (std::uint32_t j = 0; j < 20000; ++j) {
    const auto rounding = static_cast<float>(draws.uniform(kTest, j));
    if (rounding < 0.6f) continue;
    ++second;
    first_kind += post_occupation(sums, rounding, 1) == 0;
  }
  // Four standard errors.
  CHECK_THAT(first_kind / second, WithinAbs(0.3, 4.0 * std::sqrt(0.21 / second)));
}

TEST_CASE("population/firms: shares give the posts back, and sum to one", "[unit]") {
  const World world = synthesise(test::small_country());
  std::vector<double> share(2), posts(2);
  for (const Firm& firm : world.firms) {
    share[firm.sector.at()] += firm.share;
    posts[firm.sector.at()] += firm.posts;
    const double wanted = firm.share * world.base().posts[firm.sector.at()];
    CHECK_THAT(wanted, WithinRel(static_cast<double>(firm.posts), 1e-6));
    CHECK((firm.rounding >= 0.0f && firm.rounding < 1.0f));
    CHECK(firm.staff() + firm.vacancies == firm.posts);
  }
  for (std::size_t s = 0; s < 2; ++s) {
    CHECK_THAT(share[s], WithinAbs(1.0, 1e-5));
    CHECK(posts[s] == world.base().posts[s]);
  }
}

TEST_CASE("population/firms: staff stands near full staff", "[unit]") {
  const World world = synthesise(test::small_country());
  std::int64_t moved = 0, all = 0;
  for (const Cell& cell : world.cells) {
    moved += std::abs(static_cast<std::int64_t>(cell.full) - cell.target);
    all += cell.target;
    CHECK(cell.staff() + cell.vacancies == cell.target);
  }
  // Two occupations a sector: what chance leaves off is a few posts in a thousand.
  CHECK(moved < all / 50);
}

TEST_CASE("population/firms: foreigners stand in firms of some size where these have room",
          "[unit]") {
  const World world = synthesise(test::small_country());
  for (const Firm& firm : world.firms) {
    if (firm.foreigners > 0) CHECK(firm.posts >= 20);
  }
  Scenario scenario = test::small_country();
  scenario.population.settings["foreign_firm_min"] = 1e6;  // no firm has that many
  CHECK(synthesise(scenario).ledger.foreigners() == 100);
}
