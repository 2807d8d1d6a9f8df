#include <cstdint>
#include <vector>

#include "sim/core/draws.hpp"
#include "sim/world/vacancies.hpp"
#include "tests/support/catch.hpp"

using namespace steppe;

namespace {

/// A market of vacancies with keys that fall anywhere.
struct Market {
  std::vector<Vacancy> pool;
  MarketTable table;

  explicit Market(std::size_t size) : pool(size) {
    const Draws draws(7, 0);
    for (std::uint32_t n = 0; n < size; ++n) {
      pool[n].place_key = draws.block(Purpose{"tests/market/key"}, n)[0];
      table.insert(VacancyId{n}, pool);
    }
  }
};

std::vector<std::uint32_t> words(std::uint32_t number) {
  const Draws draws(8, 0);
  std::vector<std::uint32_t> out;
  for (std::uint32_t n = 0; n < number; ++n) {
    out.push_back(draws.block(Purpose{"tests/market/word"}, n)[0]);
  }
  return out;
}

}  // namespace

TEST_CASE("engine/market: seekers who draw together come to what each would come to alone",
          "[world]") {
  // Full, thin, and far thinner than a table is when searched, so that draws end in a scan.
  for (const std::size_t left : {std::size_t{1000}, std::size_t{130}, std::size_t{1}}) {
    Market market(1000);
    for (std::size_t n = left; n < 1000; ++n) market.table.erase(VacancyId{n}, market.pool);
    std::vector<MarketTable::Choice> choices;
    for (const std::uint32_t word : words(1000)) choices.push_back({&market.table, word, {}});
    MarketTable::choose(choices);
    std::size_t n = 0;
    for (const std::uint32_t word : words(1000)) {
      REQUIRE(choices[n].vacancy.at() < left);
      REQUIRE(choices[n].vacancy == market.table.choose(word));
      ++n;
    }
  }
}

TEST_CASE("engine/market: every vacancy is drawn equally often", "[world][statistical]") {
  // χ² with 99 degrees of freedom: above 161 once in 10,000 seeds.
  for (const bool settled : {false, true}) {
    Market market(1600);
    for (std::size_t n = 100; n < 1600; ++n) market.table.erase(VacancyId{n}, market.pool);
    if (settled) market.table.settle(market.pool);
    REQUIRE(market.table.size() == 100);
    std::vector<int> drawn(100);
    for (const std::uint32_t word : words(100000)) ++drawn[market.table.choose(word).at()];
    double chi = 0.0;
    for (const int n : drawn) chi += (n - 1000.0) * (n - 1000.0) / 1000.0;
    CHECK(chi < 161.0);
  }
}

TEST_CASE("engine/market: one vacancy less leaves nearly all other choices as they were",
          "[world]") {
  Market market(1000);
  std::vector<VacancyId> before;
  for (const std::uint32_t word : words(10000)) before.push_back(market.table.choose(word));
  const VacancyId gone{std::size_t{500}};
  market.table.erase(gone, market.pool);
  int other = 0;
  std::size_t n = 0;
  for (const std::uint32_t word : words(10000)) {
    const VacancyId now = market.table.choose(word);
    if (before[n] != gone) other += now != before[n];
    ++n;
  }
  CHECK(other == 0);
}
