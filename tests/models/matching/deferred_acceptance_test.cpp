#include <algorithm>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <vector>

#include "support/catch.hpp"
#include "support/small_world.hpp"

using namespace steppe;

namespace steppe {
void register_matching_deferred_acceptance(Registry& registry);
}

namespace {

/// One firm in each of some sectors with its wage, posts in it, and seekers of chosen skills.
struct Market {
  Market(std::initializer_list<double> wages, std::uint32_t posts, std::size_t regions = 1)
      : small(24) {
    std::vector<Member>& sectors = small.scenario.dimensions.sectors;
    sectors.clear();
    for (std::size_t s = 0; s < wages.size(); ++s) {
      sectors.emplace_back();
      sectors.back().key = "sector_" + std::to_string(s);
    }
    if (regions == 2) {
      test::SmallWorld::set_members(small.scenario.dimensions.regions, {"here", "there"});
    }
    small.base.wage = wages;
    small.build();
    World& world = small.world;
    for (std::size_t s = 0; s < wages.size(); ++s) {
      const FirmId firm = world.add_firm(SectorId{s}, RegionId{std::size_t{0}});
      cells.push_back(CellId{world.firms[firm.at()].first_cell});
      world.want(cells.back(), posts);
      for (std::uint32_t n = 0; n < posts; ++n) world.open_vacancy(cells.back());
    }
    small.use(register_matching_deferred_acceptance);
    small.set("duration_dependence", 0.0);
    small.set("taste_spread", 0.0);
    small.set("reservation_share", 0.0);
    small.set("list_length", 200.0);
  }
  PersonId seeker(double skill) {
    const PersonId id = small.add(Status::Searching, 30);
    small.world.set_occupation(id, OccupationId{std::size_t{0}}, skill);
    return id;
  }
  void run(std::uint64_t seed = 1) {
    small.start(seed);
    small.world.step = 0;
    small.run(1);
    small.world.verify();
  }
  /// Sector of the job, or -1.
  int job(PersonId id) const {
    const Person& person = small.world.persons[id];
    return person.status == Status::Employed ? static_cast<int>(person.sector.at()) : -1;
  }

  test::SmallWorld small;
  std::vector<CellId> cells;
};

}  // namespace

TEST_CASE("matching/deferred_acceptance: the most skilled get the best paid posts",
          "[model][matching]") {
  for (const double proposing : {0.0, 1.0}) {
    Market market({1000.0, 2000.0, 1500.0}, 3);
    market.small.set("proposing", proposing);
    std::vector<PersonId> seekers;
    for (const int rank : {4, 0, 7, 2, 9, 5, 1, 3, 8, 6}) {
      seekers.push_back(market.seeker(1.5 - 0.05 * rank));
    }
    market.run();
    const int ranks[] = {4, 0, 7, 2, 9, 5, 1, 3, 8, 6};
    const int job_of_rank[] = {1, 1, 1, 2, 2, 2, 0, 0, 0, -1};
    for (std::size_t i = 0; i < seekers.size(); ++i) {
      CHECK(market.job(seekers[i]) == job_of_rank[ranks[i]]);
    }
  }
}

TEST_CASE("matching/deferred_acceptance: who proposes changes nothing where firms agree",
          "[model][matching]") {
  std::vector<int> jobs[2];
  for (const int proposing : {0, 1}) {
    Market market({1000.0, 1100.0, 1200.0, 1300.0}, 20);
    market.small.set("proposing", proposing);
    market.small.set("taste_spread", 1.0);
    std::vector<PersonId> seekers;
    for (int n = 0; n < 100; ++n) seekers.push_back(market.seeker(1.0 + 0.005 * n));
    market.run();
    for (const PersonId id : seekers) jobs[proposing].push_back(market.job(id));
  }
  CHECK(jobs[0] == jobs[1]);
  CHECK(std::count(jobs[0].begin(), jobs[0].end(), -1) == 20);
  CHECK(std::count(jobs[0].begin(), jobs[0].end(), 0) == 20);
}

TEST_CASE("matching/deferred_acceptance: the side that proposes gets what it prefers",
          "[model][matching]") {
  // Two fly-in posts, one an occupation; two seekers, each of the one occupation and of a region
  // where the other pays more. Firms prefer their own occupation.
  for (const bool firms_propose : {false, true}) {
    test::SmallWorld small(1);
    test::SmallWorld::set_members(small.scenario.dimensions.occupations, {"first", "second"});
    test::SmallWorld::set_members(small.scenario.dimensions.regions, {"here", "there"});
    small.build();
    World& world = small.world;
    const FirmId firm = world.add_firm(SectorId{std::size_t{0}}, RegionId{std::size_t{0}});
    world.firms[firm.at()].recruits_nationally = true;
    PersonId seekers[2];
    for (std::size_t k = 0; k < 2; ++k) {
      const CellId cell{static_cast<std::uint32_t>(world.firms[firm.at()].first_cell + k)};
      world.want(cell, 1);
      world.open_vacancy(cell);
      seekers[k] = small.add(Status::Searching, 30);
      world.set_occupation(seekers[k], OccupationId{k}, 1.0);
      world.relocate(seekers[k], RegionId{k});
    }
    small.use(register_matching_deferred_acceptance);
    small.set("duration_dependence", 0.0);
    small.set("taste_spread", 0.0);
    small.set("list_length", 50.0);
    small.set("proposing", firms_propose ? 1.0 : 0.0);
    small.start(1);
    for (std::size_t r = 0; r < 2; ++r) {
      const std::size_t other =
          world.ledger.wage_cell(SectorId{std::size_t{0}}, OccupationId{1 - r}, RegionId{r});
      small.signals.wage_index[other] = 1200.0;
    }
    world.step = 0;
    small.run(1);
    for (std::size_t k = 0; k < 2; ++k) {
      CHECK(world.persons[seekers[k]].status == Status::Employed);
      CHECK((world.persons[seekers[k]].occupation == OccupationId{k}) == firms_propose);
    }
  }
}

TEST_CASE("matching/deferred_acceptance: nobody lists what pays less than the reservation wage",
          "[model][matching]") {
  Market market({1000.0, 700.0}, 1);
  market.small.set("reservation_share", 0.8);
  const PersonId experienced = market.seeker(1.2);  // last worked in the first sector
  const PersonId second = market.seeker(1.0);
  const PersonId beginner = market.seeker(0.9);
  market.small.world.persons[beginner].relative_wage = 0;
  market.run();
  CHECK(market.job(experienced) == 0);
  CHECK(market.job(second) == -1);
  CHECK(market.job(beginner) == 1);
}

TEST_CASE("matching/deferred_acceptance: a vacancy accepts less skill the longer it stands",
          "[model][matching]") {
  Market market({1000.0}, 1);
  market.small.set("skill_tolerance", 0.0);
  market.small.set("tolerance_growth", 0.1);
  const PersonId id = market.seeker(0.55);
  market.small.start(1);
  int hired = -1;
  for (int t = 0; t < 12 && hired < 0; ++t) {
    market.small.run(1);
    if (market.job(id) == 0) hired = t;
  }
  CHECK(hired == 5);
}

TEST_CASE("matching/deferred_acceptance: posts of other regions are seen only where people fly in",
          "[model][matching]") {
  for (const bool flies_in : {false, true}) {
    Market market({1000.0}, 1, 2);
    if (flies_in) {
      // The post of the first firm is of the region; another advertises everywhere.
      World& world = market.small.world;
      const FirmId firm = world.add_firm(SectorId{std::size_t{0}}, RegionId{std::size_t{0}});
      world.firms[firm.at()].recruits_nationally = true;
      const CellId cell{world.firms[firm.at()].first_cell};
      world.want(cell, 1);
      world.open_vacancy(cell);
    }
    const PersonId away = market.seeker(1.0);
    market.small.world.relocate(away, RegionId{std::size_t{1}});
    market.run();
    CHECK((market.job(away) == 0) == flies_in);
    CHECK(market.small.world.persons[away].region == RegionId{std::size_t{1}});
  }
}

// Of 4000 seekers, each with one post seen in its own occupation with probability 0.55: within 4
// standard deviations, false alarm 6e-5.
TEST_CASE("matching/deferred_acceptance: posts come from occupations as near as the weights say",
          "[model][matching]") {
  constexpr int kSeekers = 4000;
  constexpr std::uint32_t kPosts = 40000;
  test::SmallWorld small(1);
  test::SmallWorld::set_members(small.scenario.dimensions.occupations, {"own", "other"});
  small.build();
  World& world = small.world;
  const FirmId firm = world.add_firm(SectorId{std::size_t{0}}, RegionId{std::size_t{0}});
  const std::uint32_t first = world.firms[firm.at()].first_cell;
  for (std::uint32_t k = 0; k < 2; ++k) {
    world.want(CellId{first + k}, kPosts);
    for (std::uint32_t n = 0; n < kPosts; ++n) world.open_vacancy(CellId{first + k});
  }
  for (int n = 0; n < kSeekers; ++n) small.add(Status::Searching, 30);
  small.use(register_matching_deferred_acceptance);
  small.set("duration_dependence", 0.0);
  small.set("list_length", 1.0);
  small.start(3);
  world.step = 0;
  small.run(1);
  CHECK(world.ledger.nationals(Status::Employed) == kSeekers);
  const double sd = std::sqrt(kSeekers * 0.55 * 0.45);
  CHECK_THAT(world.cells[first].nationals, WithinAbs(0.55 * kSeekers, 4.0 * sd));
}
