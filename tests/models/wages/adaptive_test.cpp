#include <cmath>

#include "support/catch.hpp"
#include "support/small_world.hpp"

using namespace steppe;

namespace steppe {
void register_wages_adaptive(Registry& registry);
}

namespace {

/// Two sectors with a firm each and nothing that moves wages but what a test sets.
struct Country {
  explicit Country(int months) : small(months) {
    test::SmallWorld::set_members(small.scenario.dimensions.sectors, {"first", "second"});
    small.build();
    for (std::size_t s = 0; s < 2; ++s) {
      const FirmId firm = small.world.add_firm(SectorId{s}, RegionId{std::size_t{0}});
      cells[s] = CellId{small.world.firms[firm.at()].first_cell};
      small.world.want(cells[s], 100);
    }
    small.use(register_wages_adaptive);
    for (const char* zero : {"offer_step", "ask_step", "inflation_pass", "productivity_pass",
                             "unemployment_pass", "own_productivity_pass"}) {
      small.set(zero, 0.0);
    }
  }
  void employ(std::size_t sector, int number) {
    for (int n = 0; n < number; ++n) {
      small.world.place_in_job(small.add(Status::Searching, 30), cells[sector]);
    }
  }
  [[nodiscard]] double wage(std::size_t sector) const { return small.signals.wage_index[sector]; }

  test::SmallWorld small;
  CellId cells[2];
};

}  // namespace

TEST_CASE("wages/adaptive: offers rise by a step while more posts stay open than is tolerated",
          "[model][wages]") {
  Country country(6);
  country.employ(0, 94);
  country.employ(1, 96);
  country.small.set("offer_step", 0.01);
  country.small.set("open_threshold", 0.05);
  country.small.start(1);
  country.small.world.step = 0;
  for (int n = 0; n < 6; ++n) country.small.world.open_vacancy(country.cells[0]);
  for (int n = 0; n < 4; ++n) country.small.world.open_vacancy(country.cells[1]);
  // Opened in this step, they have not stayed open yet.
  country.small.run(1);
  CHECK(country.wage(0) == 1000.0);
  country.small.run(3);
  CHECK_THAT(country.wage(0), WithinRel(1000.0 * std::pow(1.01, 3.0), 1e-12));
  CHECK(country.wage(1) == 1000.0);
  // Four of 98 are within the tolerance.
  for (int n = 0; n < 2; ++n) {
    country.small.world.withdraw(country.small.world.cells[country.cells[0].at()].first_vacancy);
  }
  country.small.run(1);
  CHECK_THAT(country.wage(0), WithinRel(1000.0 * std::pow(1.01, 3.0), 1e-12));
}

TEST_CASE("wages/adaptive: asked wages fall by a step while many search", "[model][wages]") {
  Country country(4);
  country.employ(0, 80);
  for (int n = 0; n < 20; ++n) country.small.add(Status::Searching, 30);
  country.small.set("ask_step", 0.02);
  country.small.set("idle_threshold", 0.19);
  country.small.start(1);
  country.small.run(3);
  CHECK_THAT(country.wage(0), WithinRel(1000.0 * std::pow(0.98, 3.0), 1e-12));
  Country fewer(4);
  fewer.employ(0, 81);
  for (int n = 0; n < 19; ++n) fewer.small.add(Status::Searching, 30);
  fewer.small.set("ask_step", 0.02);
  fewer.small.set("idle_threshold", 0.19);
  fewer.small.start(1);
  fewer.small.run(3);
  CHECK(fewer.wage(0) == 1000.0);
}

TEST_CASE("wages/adaptive: wages follow prices, productivity, unemployment and the sector's output",
          "[model][wages]") {
  Country country(24);
  country.small.driver("price_index",
                       {{{2000, 1, 1}, 1.0}, {{2000, 12, 31}, 1.0}, {{2001, 1, 1}, 1.1}});
  country.small.driver("productivity",
                       {{{2000, 1, 1}, 1.0}, {{2000, 12, 31}, 1.0}, {{2001, 1, 1}, 1.2}});
  country.employ(0, 50);
  for (int n = 0; n < 50; ++n) country.small.add(Status::Searching, 30);
  country.small.set("inflation_pass", 0.5);
  country.small.set("productivity_pass", 0.25);
  country.small.set("unemployment_pass", -0.2);
  country.small.set("own_productivity_pass", 0.4);
  country.small.start(1);
  country.small.run(12);
  CHECK(country.wage(0) == 1000.0);
  // January 2001: prices up by a tenth, productivity by a fifth; ten more find work, and the first
  // sector makes a tenth less of its posts.
  country.employ(0, 100);
  country.small.signals.quality[0] = 0.9;
  country.small.run(1);
  const double common = 0.5 * 0.1 + 0.25 * 0.2 - 0.2 * (0.25 - 0.5);
  CHECK_THAT(country.wage(0), WithinRel(1000.0 * (1.0 + common - 0.4 * 0.1), 1e-12));
  CHECK_THAT(country.wage(1), WithinRel(1000.0 * (1.0 + common), 1e-12));
  country.small.run(1);
  CHECK_THAT(country.wage(1), WithinRel(1000.0 * (1.0 + common), 1e-12));
}
