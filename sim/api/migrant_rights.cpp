#include "sim/api/migrant_rights.hpp"

#include <cmath>
#include <limits>

namespace steppe {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

/// Wages of a sector × occupation cell and the heads that earn them.
struct Pay {
  double nationals = 0.0, foreigners = 0.0;  ///< [MNT/month], of records
  double national_heads = 0.0, foreign_heads = 0.0;
};

Pay pay_of(const Measures& m, SectorId sector, OccupationId occupation) {
  const Sizes& sizes = m.world.base().sizes;
  Pay pay;
  pay.national_heads = static_cast<double>(m.ledger.staff(sector, occupation, kNational));
  for (std::size_t o = 1; o < sizes.origins; ++o) {
    pay.foreign_heads += static_cast<double>(m.ledger.staff(sector, occupation, OriginId{o}));
  }
  for (std::size_t r = 0; r < sizes.regions; ++r) {
    const double index =
        m.signals.wage_index[m.ledger.wage_cell(sector, occupation, RegionId{r})] * kWageUnit;
    const auto units = [&](bool foreign) {
      return static_cast<double>(m.ledger.wage_units(sector, occupation, RegionId{r}, foreign));
    };
    pay.nationals += index * units(false);
    pay.foreigners += index * m.signals.foreign_wage_ratio[occupation.at()] * units(true);
  }
  return pay;
}

template <class Visit>
void for_each_cell(const Measures& m, Visit&& visit) {
  const Sizes& sizes = m.world.base().sizes;
  for (std::size_t s = 0; s < sizes.sectors; ++s) {
    for (std::size_t k = 0; k < sizes.occupations; ++k) {
      visit(pay_of(m, SectorId{s}, OccupationId{k}));
    }
  }
}

double gap(const Pay& pay) {
  return 1.0 -
         ratio(ratio(pay.foreigners, pay.foreign_heads), ratio(pay.nationals, pay.national_heads));
}

/// A parameter of the chosen model, or nothing known.
double parameter_or_missing(const Scenario& scenario, std::string_view name) {
  const auto found = scenario.parameters.find(name);
  return found == scenario.parameters.end() || found->second.values.empty()
             ? kMissing
             : found->second.values.front();
}

}  // namespace

double migrant_pay_gap(const Measures& m) {
  Pay all;
  for_each_cell(m, [&](const Pay& cell) {
    all.nationals += cell.nationals;
    all.foreigners += cell.foreigners;
    all.national_heads += cell.national_heads;
    all.foreign_heads += cell.foreign_heads;
  });
  return gap(all);
}

double migrant_pay_gap_adjusted(const Measures& m) {
  double sum = 0.0;
  double heads = 0.0;
  for_each_cell(m, [&](const Pay& cell) {
    if (cell.foreign_heads == 0.0 || cell.national_heads == 0.0) return;
    sum += cell.foreign_heads * gap(cell);
    heads += cell.foreign_heads;
  });
  return ratio(sum, heads);
}

double irregular_share(const Measures& m) {
  return ratio(static_cast<double>(m.ledger.irregular()),
               static_cast<double>(m.ledger.foreigners()));
}

double tied_permit_share(const Measures& m, const Policy& policy) {
  // One rule holds for all permits, so that either all are tied or none is.
  const double mobility = policy.look("permits.mobility");
  if (std::isnan(mobility) || m.ledger.permits() == 0) return kMissing;
  return mobility == 0.0 ? 1.0 : 0.0;
}

double quota_use(const Measures& m, const Policy& policy) {
  const double cap = policy.look("permits.total_cap");
  return std::isfinite(cap) ? ratio(m.weight * static_cast<double>(m.ledger.permits()), cap)
                            : kMissing;
}

double renewal_rate(const TrailingYear& year) {
  const double renewed = year.total(Flow::PermitRenewed);
  return ratio(renewed, renewed + year.total(Flow::PermitExpired));
}

double recruitment_cost(const Measures& m) {
  const double fee = ratio(static_cast<double>(m.ledger.paid(Payment::DepartureFee)),
                           static_cast<double>(m.ledger.total(Flow::Emigration)));
  // What is sent home is a fixed share of what is earned.
  const double earned = ratio(static_cast<double>(m.ledger.paid(Payment::RemittanceIn)),
                              parameter_or_missing(m.scenario, "remittance_share"));
  return ratio(fee, ratio(earned, static_cast<double>(m.ledger.nationals(Status::Abroad))));
}

}  // namespace steppe
