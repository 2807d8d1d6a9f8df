#include "sim/engine/accounts.hpp"

#include <cmath>

#include "sim/core/error.hpp"

namespace steppe {

void book_wages(const Step& step) {
  World& world = step.world;
  const Sizes& sizes = world.base().sizes;
  double nationals = 0.0;
  double foreigners = 0.0;
  for (std::size_t r = 0; r < sizes.regions; ++r) {
    for (std::size_t s = 0; s < sizes.sectors; ++s) {
      for (std::size_t k = 0; k < sizes.occupations; ++k) {
        const SectorId sector{s};
        const OccupationId occupation{k};
        const RegionId region{r};
        const double index =
            step.signals.wage_index[world.ledger.wage_cell(sector, occupation, region)];
        nationals +=
            index * static_cast<double>(world.ledger.wage_units(sector, occupation, region, false));
        foreigners +=
            index * step.signals.foreign_wage_ratio[k] *
            static_cast<double>(world.ledger.wage_units(sector, occupation, region, true));
      }
    }
  }
  const double units = kWageUnit * step.dt;
  world.ledger.pay(Payment::WagesNationals, Account::Firms, Account::Nationals,
                   std::llround(nationals * units));
  world.ledger.pay(Payment::WagesForeigners, Account::Firms, Account::Foreigners,
                   std::llround(foreigners * units));
}

void check_permits(const Step& step) {
  const Ledger& ledger = step.world.ledger;
  // Every foreigner in the country holds a job; with a permit or irregularly, never neither.
  if (ledger.permits() + ledger.irregular() != ledger.foreigners()) {
    throw ModelError(
        "accounts do not balance after " + to_string(step.date) +
        ": foreigners in the country differ from valid permits plus irregular workers");
  }
}

}  // namespace steppe
