#include <cmath>
#include <vector>

#include "support/catch.hpp"
#include "support/small_world.hpp"

using namespace steppe;

namespace steppe {
void register_separations_relocation(Registry& registry);
}

namespace {

constexpr std::size_t kOccupations = 4;

struct Crowd {
  explicit Crowd(double rate, int staff, int searching, std::uint32_t target) : small(12) {
    test::SmallWorld::set_members(small.scenario.dimensions.occupations,
                                  {"one", "two", "three", "four"});
    small.build();
    World& world = small.world;
    world.add_firm(SectorId{std::size_t{0}}, RegionId{std::size_t{0}});
    world.want(CellId{std::size_t{0}}, target);
    for (int n = 0; n < staff; ++n) {
      world.place_in_job(small.add(Status::Searching, 30), CellId{std::size_t{0}});
    }
    for (int n = 0; n < searching; ++n) small.add(Status::Searching, 30);
    small.use(register_separations_relocation);
    small.set("worker_relocation_rate", rate);
    small.start(6);
  }
  [[nodiscard]] double searching(std::size_t k) const {
    return static_cast<double>(small.world.ledger.nationals(Status::Searching, OccupationId{k}));
  }
  test::SmallWorld small;
};

}  // namespace

// Nine comparisons at 4 standard deviations of a binomial: false alarm 6e-4.
TEST_CASE("separations/relocation: workers leave at the hazard, for any occupation alike",
          "[model][separations]") {
  constexpr double kStaff = 4000.0;
  constexpr double kRate = 0.2;
  Crowd crowd(kRate, static_cast<int>(kStaff), 0, static_cast<std::uint32_t>(kStaff));
  const auto check = [&](double got, double share) {
    CHECK_THAT(got, WithinAbs(kStaff * share, 4.0 * std::sqrt(kStaff * share * (1.0 - share))));
  };
  crowd.small.run(1);
  const double moved = -std::expm1(-kRate);
  check(crowd.small.world.cells[0].nationals, 1.0 - moved);
  for (std::size_t k = 0; k < kOccupations; ++k) check(crowd.searching(k), moved / kOccupations);
  CHECK(crowd.small.world.ledger.total(Flow::Layoff) == 0);
  crowd.small.run(2);
  for (std::size_t k = 0; k < kOccupations; ++k) {
    check(crowd.searching(k), -std::expm1(-3.0 * kRate) / kOccupations);
  }
  crowd.small.world.verify();
}

// Four comparisons at 4 standard deviations of a binomial: false alarm 3e-4.
TEST_CASE("separations/relocation: those who search change occupation and go on searching",
          "[model][separations]") {
  constexpr double kSeekers = 8000.0;
  Crowd crowd(0.3, 0, static_cast<int>(kSeekers), 0);
  crowd.small.run(1);
  const double moved = -std::expm1(-0.3);
  for (std::size_t k = 0; k < kOccupations; ++k) {
    const double share = moved / kOccupations + (k == 0 ? 1.0 - moved : 0.0);
    CHECK_THAT(crowd.searching(k),
               WithinAbs(kSeekers * share, 4.0 * std::sqrt(kSeekers * share * (1.0 - share))));
  }
  CHECK(crowd.small.world.ledger.total(Flow::Separation) == 0);
  // Spells go on: nobody began to search in this step.
  CHECK(crowd.small.world.ledger.searching_for(0, 0, 1) == 0);
}

TEST_CASE("separations/relocation: staff in excess of the target loses its job at once",
          "[model][separations]") {
  Crowd crowd(0.0, 30, 0, 18);
  crowd.small.run(1);
  CHECK(crowd.small.world.cells[0].nationals == 18);
  CHECK(crowd.searching(0) == 12.0);
  CHECK(crowd.small.world.ledger.total(Flow::Layoff) == 12);
  crowd.small.run(1);
  CHECK(crowd.small.world.cells[0].nationals == 18);
}
