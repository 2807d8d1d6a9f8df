#include "sim/engine/accounts.hpp"

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/core/error.hpp"

namespace steppe {

namespace {

/// Whole MNT of a step.
struct WageBill {
  std::int64_t nationals = 0, foreigners = 0;
};

/// @param units  relative wages by cell: called with sector, occupation, region and `foreign`
template <class Units>
WageBill wage_bill(const Step& step, Units&& units) {
  const World& world = step.world;
  const Sizes& sizes = world.base().sizes;
  double nationals = 0.0;
  double foreigners = 0.0;
  for (std::size_t r = 0; r < sizes.regions; ++r) {
    for (std::size_t s = 0; s < sizes.sectors; ++s) {
      for (std::size_t k = 0; k < sizes.occupations; ++k) {
        const std::size_t cell = world.ledger.wage_cell(SectorId{s}, OccupationId{k}, RegionId{r});
        const double index = step.signals.wage_index[cell];
        nationals +=
            index * static_cast<double>(units(SectorId{s}, OccupationId{k}, RegionId{r}, false));
        foreigners += index * step.signals.foreign_wage_ratio[k] *
                      static_cast<double>(units(SectorId{s}, OccupationId{k}, RegionId{r}, true));
      }
    }
  }
  return {std::llround(nationals * kWageUnit * step.dt),
          std::llround(foreigners * kWageUnit * step.dt)};
}

[[noreturn]] void fail(const Step& step, const std::string& what) {
  throw ModelError("accounts do not balance after " + to_string(step.date) + ": " + what);
}

}  // namespace

void book_wages(const Step& step) {
  Ledger& ledger = step.world.ledger;
  const WageBill bill = wage_bill(step, [&](SectorId s, OccupationId k, RegionId r, bool foreign) {
    return ledger.wage_units(s, k, r, foreign);
  });
  ledger.pay(Payment::WagesNationals, Account::Firms, Account::Nationals, bill.nationals);
  ledger.pay(Payment::WagesForeigners, Account::Firms, Account::Foreigners, bill.foreigners);
}

void check_wages(const Step& step, std::int64_t paid_nationals, std::int64_t paid_foreigners) {
  const World& world = step.world;
  const Sizes& sizes = world.base().sizes;
  std::vector<std::int64_t> earned(2 * sizes.regions * sizes.sectors * sizes.occupations);
  const auto cell = [&](SectorId s, OccupationId k, RegionId r, bool foreign) {
    return 2 * world.ledger.wage_cell(s, k, r) + (foreign ? 1u : 0u);
  };
  for (int range = 0; range < kRangeCount; ++range) {
    for (std::uint32_t n = 0; n < world.persons.size(range); ++n) {
      const Person& person = world.persons[make_person_id(range, n)];
      if (person.employer.is_none()) continue;
      const Firm& firm = world.firms[person.employer.at()];
      earned[cell(firm.sector, person.occupation, person.region, !person.is_national())] +=
          person.relative_wage;
    }
  }
  const WageBill bill = wage_bill(step, [&](SectorId s, OccupationId k, RegionId r, bool foreign) {
    return earned[cell(s, k, r, foreign)];
  });
  if (bill.nationals != paid_nationals || bill.foreigners != paid_foreigners) {
    fail(step, "the wages paid differ from what the persons at work earn");
  }
}

void check_permits(const Step& step) {
  const Ledger& ledger = step.world.ledger;
  // Every foreigner in the country holds a job; with a permit or irregularly, never neither.
  if (ledger.permits() + ledger.irregular() != ledger.foreigners()) {
    fail(step, "foreigners in the country differ from valid permits plus irregular workers");
  }
}

}  // namespace steppe
