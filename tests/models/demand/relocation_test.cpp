#include <cmath>
#include <numeric>
#include <vector>

#include "support/catch.hpp"
#include "support/small_world.hpp"

using namespace steppe;

namespace steppe {
void register_demand_relocation(Registry& registry);
}

namespace {

/// A firm of three occupations that has all its posts in the first.
test::SmallWorld& with_posts(test::SmallWorld& small, std::uint32_t posts, double rate) {
  test::SmallWorld::set_members(small.scenario.dimensions.occupations, {"one", "two", "three"});
  small.build();
  for (int firms = 0; firms < 2; ++firms) {
    small.world.add_firm(SectorId{std::size_t{0}}, RegionId{std::size_t{0}});
  }
  small.world.cells[0].full = posts;
  small.world.cells[5].full = 7;
  small.use(register_demand_relocation);
  small.set("post_relocation_rate", rate);
  return small;
}

}  // namespace

// Six comparisons at 4 standard deviations of a binomial: false alarm 4e-4.
TEST_CASE("demand/relocation: a post has moved with the chance that its hazard gives",
          "[model][demand]") {
  constexpr double kPosts = 20000.0;
  for (const double rate : {0.05, 0.5}) {
    test::SmallWorld small(12);
    with_posts(small, static_cast<std::uint32_t>(kPosts), rate).start(5);
    for (int t = 1; t <= 12; ++t) {
      small.run(1);
      if (t % 4 != 0) continue;
      // Every move is to any of the three, the same one included.
      const double stays = std::exp(-rate * t) + (1.0 - std::exp(-rate * t)) / 3.0;
      INFO("rate " << rate << ", after " << t << " months");
      CHECK_THAT(small.world.cells[0].target,
                 WithinAbs(kPosts * stays, 4.0 * std::sqrt(kPosts * stays * (1.0 - stays))));
    }
  }
}

TEST_CASE("demand/relocation: firms keep the number of their posts", "[model][demand]") {
  test::SmallWorld small(24);
  with_posts(small, 50, 0.7).start(2);
  for (int t = 0; t < 24; ++t) {
    small.run(1);
    const auto sum = [&](std::size_t first) {
      return std::accumulate(
          small.world.cells.begin() + static_cast<std::ptrdiff_t>(first),
          small.world.cells.begin() + static_cast<std::ptrdiff_t>(first) + 3, std::uint32_t{0},
          [](std::uint32_t posts, const Cell& cell) { return posts + cell.target; });
    };
    CHECK(sum(0) == 50);
    CHECK(sum(3) == 7);
    for (const Cell& cell : small.world.cells) CHECK(cell.full == cell.target);
  }
}

TEST_CASE("demand/relocation: without a rate every firm wants what it starts with",
          "[model][demand]") {
  test::SmallWorld small(3);
  with_posts(small, 50, 0.0).start(2);
  small.run(3);
  CHECK(small.world.cells[0].target == 50);
  CHECK(small.world.cells[5].target == 7);
}
