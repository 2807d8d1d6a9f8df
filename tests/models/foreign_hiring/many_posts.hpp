#pragma once

#include <cmath>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/small_world.hpp"

namespace steppe::test {

/// Firms that want more than they will ever find, one in each sector; origins and occupations as
/// wished; nothing but foreign hiring happens. Chance of a false alarm wherever four standard
/// errors are allowed: one in 16,000 each.
struct ManyPosts {
  ManyPosts(int steps, SmallWorld::Register variant,
            const std::function<void(SmallWorld&)>& prepare = {})
      : small(steps) {
    SmallWorld::set_members(small.scenario.dimensions.origins, {"near"});
    if (prepare) prepare(small);
    if (small.base.origin_share.empty()) {
      small.base.origin_share.assign(small.scenario.dimensions.origins.size() + 1, 1.0);
    }
    small.build();
    small.use(variant);
    if (small.scenario.parameters.contains("foreign_return_rate")) {
      small.set("foreign_return_rate", 0.0);
    }
    small.add(Status::Inactive, 40);  // a country without residents has no shares of them
    const Sizes& sizes = small.world.base().sizes;
    for (std::size_t s = 0; s < sizes.sectors; ++s) {
      const FirmId id = small.world.add_firm(SectorId{s}, RegionId{std::size_t{0}});
      firms.push_back(id);
      for (std::size_t k = 0; k < sizes.occupations; ++k) small.world.want(cell(s, k), 1u << 30);
    }
  }

  [[nodiscard]] CellId cell(std::size_t sector, std::size_t occupation = 0) const {
    const auto first = small.world.firms[firms[sector].at()].first_cell;
    return CellId{first + static_cast<std::uint32_t>(occupation)};
  }
  void open(int posts, std::size_t sector = 0, std::size_t occupation = 0) {
    for (int n = 0; n < posts; ++n) small.world.open_vacancy(cell(sector, occupation));
  }
  /// Foreigners of an origin who work here already, with a permit.
  void add_foreigners(int count, std::size_t origin = 1, std::size_t sector = 0,
                      std::size_t occupation = 0) {
    for (int n = 0; n < count; ++n) {
      Person person = SmallWorld::national(Status::Searching, 30);
      person.origin = OriginId{origin};
      person.occupation = OccupationId{occupation};
      person.set_permit(Permit::Valid);
      small.world.place_in_job(small.world.add_person(0, person), cell(sector, occupation));
    }
  }
  /// Runs a step in which posts are opened first; what happened to permits must add up.
  void step(const std::function<void()>& before = [] {}) {
    Ledger& ledger = small.world.ledger;
    const std::int64_t permits = ledger.permits();
    ledger.clear_flows();
    small.step([&](Step&) { before(); });
    REQUIRE(ledger.permits() - permits ==
            ledger.total(Flow::PermitIssued) - ledger.total(Flow::PermitExpired));
    REQUIRE(ledger.permits() + ledger.irregular() == ledger.foreigners());
  }
  [[nodiscard]] double stock(std::size_t sector, std::size_t occupation, std::size_t origin) const {
    return static_cast<double>(
        small.world.ledger.staff(SectorId{sector}, OccupationId{occupation}, OriginId{origin}));
  }

  SmallWorld small;
  std::vector<FirmId> firms;
};

/// Four standard errors of a count of `n` independent trials of chance p, and of rounding.
[[nodiscard]] inline double four_errors(double n, double p) {
  return 4.0 * std::sqrt(n * p * (1.0 - p)) + 0.5;
}

}  // namespace steppe::test
