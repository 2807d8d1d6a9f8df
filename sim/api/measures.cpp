#include "sim/api/measures.hpp"

#include <limits>

namespace steppe {
namespace {

/// Older than anybody.
constexpr int kNoAgeLimit = 150;

}  // namespace

double ratio(double a, double b) {
  return b == 0.0 ? std::numeric_limits<double>::quiet_NaN() : a / b;
}

Measures::Measures(const Scenario& scenario_in, const World& world_in, const Signals& signals_in,
                   Month month_in)
    : scenario(scenario_in),
      world(world_in),
      ledger(world_in.ledger),
      signals(signals_in),
      month(month_in),
      weight(world_in.weight()) {}

double Measures::status(Status status) const {
  return weight * static_cast<double>(ledger.nationals(status));
}
double Measures::status(Status status, RegionId region) const {
  return weight * static_cast<double>(ledger.nationals(status, region));
}
double Measures::status(Status status, Sex sex, int from_age, int to_age) const {
  return weight * static_cast<double>(ledger.nationals(status, sex, from_age, to_age, month));
}

double Measures::employed() const { return status(Status::Employed) + status(Status::Herding); }
double Measures::employed(RegionId region) const {
  return status(Status::Employed, region) + status(Status::Herding, region);
}
double Measures::employed(Sex sex, int from_age, int to_age) const {
  return status(Status::Employed, sex, from_age, to_age) +
         status(Status::Herding, sex, from_age, to_age);
}

double Measures::employed(SectorId sector, OccupationId occupation) const {
  const Base& base = world.base();
  double sum = weight * static_cast<double>(ledger.staff(sector, occupation, kNational));
  if (sector == base.self_employed_sector && occupation == base.self_employed_occupation) {
    sum += status(Status::Herding);
  }
  return sum;
}

double Measures::employed(SectorId sector) const {
  const Base& base = world.base();
  double sum = sector == base.self_employed_sector ? status(Status::Herding) : 0.0;
  for (std::size_t k = 0; k < base.sizes.occupations; ++k) {
    sum += weight * static_cast<double>(ledger.staff(sector, OccupationId{k}, kNational));
  }
  return sum;
}

double Measures::employed(OccupationId occupation) const {
  const Base& base = world.base();
  double sum = occupation == base.self_employed_occupation ? status(Status::Herding) : 0.0;
  for (std::size_t s = 0; s < base.sizes.sectors; ++s) {
    sum += weight * static_cast<double>(ledger.staff(SectorId{s}, occupation, kNational));
  }
  return sum;
}

double Measures::foreign() const { return weight * static_cast<double>(ledger.foreigners()); }
double Measures::foreign(SectorId sector) const {
  std::int64_t sum = 0;
  const Sizes& sizes = world.base().sizes;
  for (std::size_t k = 0; k < sizes.occupations; ++k) {
    for (std::size_t o = 1; o < sizes.origins; ++o) {
      sum += ledger.staff(sector, OccupationId{k}, OriginId{o});
    }
  }
  return weight * static_cast<double>(sum);
}
double Measures::foreign(OccupationId occupation) const {
  std::int64_t sum = 0;
  const Sizes& sizes = world.base().sizes;
  for (std::size_t s = 0; s < sizes.sectors; ++s) {
    for (std::size_t o = 1; o < sizes.origins; ++o) {
      sum += ledger.staff(SectorId{s}, occupation, OriginId{o});
    }
  }
  return weight * static_cast<double>(sum);
}
double Measures::foreign(OriginId origin) const {
  std::int64_t sum = 0;
  const Sizes& sizes = world.base().sizes;
  for (std::size_t s = 0; s < sizes.sectors; ++s) {
    for (std::size_t k = 0; k < sizes.occupations; ++k) {
      sum += ledger.staff(SectorId{s}, OccupationId{k}, origin);
    }
  }
  return weight * static_cast<double>(sum);
}
double Measures::foreign(RegionId region) const {
  std::int64_t sum = 0;
  for (std::size_t s = 0; s < world.base().sizes.sectors; ++s) {
    sum += ledger.staff(region, SectorId{s}, true);
  }
  return weight * static_cast<double>(sum);
}

double Measures::vacancies() const { return weight * static_cast<double>(world.open_vacancies()); }
double Measures::vacancies(SectorId sector) const {
  std::int64_t sum = 0;
  for (std::size_t k = 0; k < world.base().sizes.occupations; ++k) {
    sum += world.vacancies_of(sector, OccupationId{k});
  }
  return weight * static_cast<double>(sum);
}
double Measures::vacancies(OccupationId occupation) const {
  std::int64_t sum = 0;
  for (std::size_t s = 0; s < world.base().sizes.sectors; ++s) {
    sum += world.vacancies_of(SectorId{s}, occupation);
  }
  return weight * static_cast<double>(sum);
}

double Measures::residents(RegionId region) const {
  double sum = foreign(region);
  for (const Status s : {Status::Child, Status::Inactive, Status::Employed, Status::Herding,
                         Status::Searching, Status::Discouraged, Status::Training}) {
    sum += status(s, region);
  }
  return sum;
}

double Measures::working_age() const {
  double sum = 0.0;
  for (const Status s : {Status::Inactive, Status::Employed, Status::Herding, Status::Searching,
                         Status::Discouraged, Status::Training}) {
    for (const Sex sex : {Sex::Female, Sex::Male}) {
      sum += status(s, sex, world.base().working_age, kNoAgeLimit);
    }
  }
  return sum;
}

double Measures::national_weight() const {
  const auto rule = scenario.observation.find("national_rate_weight");
  return rule == scenario.observation.end()
             ? 1.0
             : rule->second.at(Date{month.year(), month.month(), 15});
}

double Measures::unemployment_rate() const {
  const double searching = status(Status::Searching);
  return ratio(searching, searching + employed());
}
double Measures::unemployment_rate(RegionId region) const {
  const double searching = status(Status::Searching, region);
  return ratio(searching, searching + employed(region));
}
double Measures::unemployment_rate(Sex sex) const {
  const double searching = status(Status::Searching, sex, 0, kNoAgeLimit);
  return ratio(searching, searching + employed(sex, 0, kNoAgeLimit));
}
double Measures::unemployment_rate(int from_age, int to_age) const {
  double searching = 0.0;
  double at_work = 0.0;
  for (const Sex sex : {Sex::Female, Sex::Male}) {
    searching += status(Status::Searching, sex, from_age, to_age);
    at_work += employed(sex, from_age, to_age);
  }
  return ratio(searching, searching + at_work);
}
double Measures::unemployment_rate_national() const {
  const double available =
      status(Status::Searching) + national_weight() * status(Status::Discouraged);
  return ratio(available, available + employed());
}

double Measures::vacancy_rate(std::optional<SectorId> sector) const {
  const double open = sector ? vacancies(*sector) : vacancies();
  double staff = sector ? employed(*sector) + foreign(*sector) : employed() + foreign();
  if (!sector || *sector == world.base().self_employed_sector) staff -= status(Status::Herding);
  return ratio(open, open + staff);
}

double Measures::foreign_share(std::optional<SectorId> sector) const {
  const double foreigners = sector ? foreign(*sector) : foreign();
  return ratio(foreigners, foreigners + (sector ? employed(*sector) : employed()));
}

double Measures::wage_mean(std::optional<SectorId> sector) const {
  const Sizes& sizes = world.base().sizes;
  double paid = 0.0;
  double staff = 0.0;
  for (std::size_t s = 0; s < sizes.sectors; ++s) {
    if (sector && sector->at() != s) continue;
    for (std::size_t k = 0; k < sizes.occupations; ++k) {
      staff += static_cast<double>(ledger.staff(SectorId{s}, OccupationId{k}, kNational));
      for (std::size_t r = 0; r < sizes.regions; ++r) {
        const std::size_t cell = ledger.wage_cell(SectorId{s}, OccupationId{k}, RegionId{r});
        paid += signals.wage_index[cell] * kWageUnit *
                static_cast<double>(
                    ledger.wage_units(SectorId{s}, OccupationId{k}, RegionId{r}, false));
      }
    }
  }
  return ratio(paid, staff);
}

}  // namespace steppe
