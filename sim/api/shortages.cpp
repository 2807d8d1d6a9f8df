#include "sim/api/shortages.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace steppe {
namespace {

/// @param flow called with a Flow, gives its sum of the year
template <class Sum>
double filled_share(Sum&& flow) {
  const double filled = flow(Flow::VacancyFilled);
  return ratio(filled, filled + flow(Flow::VacancyWithdrawn));
}

/// @param vacancies,seekers called with the number of a market
template <class Vacancies, class Seekers>
double mismatch(std::size_t markets, Vacancies&& vacancies, Seekers&& seekers) {
  double open = 0.0;
  double searching = 0.0;
  double matched = 0.0;
  for (std::size_t i = 0; i < markets; ++i) {
    const double v = vacancies(i);
    const double u = seekers(i);
    open += v;
    searching += u;
    matched += std::pow(v, kMismatchVacancyShare) * std::pow(u, 1.0 - kMismatchVacancyShare);
  }
  if (open == 0.0 || searching == 0.0) return std::numeric_limits<double>::quiet_NaN();
  // Rounding must not make a perfect match worse than none.
  return std::max(0.0, 1.0 - matched / (std::pow(open, kMismatchVacancyShare) *
                                        std::pow(searching, 1.0 - kMismatchVacancyShare)));
}

double lu3(double searching, double available, double employed) {
  return ratio(searching + available, searching + available + employed);
}

}  // namespace

double fill_rate(const TrailingYear& year) {
  return filled_share([&](Flow kind) { return year.total(kind); });
}
double fill_rate(const TrailingYear& year, SectorId sector) {
  return filled_share([&](Flow kind) { return year.by(kind, sector); });
}
double fill_rate(const TrailingYear& year, OccupationId occupation) {
  return filled_share([&](Flow kind) { return year.by(kind, occupation); });
}

double supply_demand_ratio(const TrailingYear& year) {
  return ratio(year.total(Flow::SearchEntry), year.total(Flow::VacancyOpened));
}
double supply_demand_ratio(const TrailingYear& year, OccupationId occupation) {
  return ratio(year.by(Flow::SearchEntry, occupation), year.by(Flow::VacancyOpened, occupation));
}

double mismatch_of_occupations(const Measures& m) {
  return mismatch(
      m.world.base().sizes.occupations, [&](std::size_t k) { return m.vacancies(OccupationId{k}); },
      [&](std::size_t k) {
        return m.weight *
               static_cast<double>(m.ledger.nationals(Status::Searching, OccupationId{k}));
      });
}

double mismatch_of_regions(const Measures& m) {
  return mismatch(
      m.world.base().sizes.regions,
      [&](std::size_t r) {
        return m.weight * static_cast<double>(m.world.vacancies_in(RegionId{r}));
      },
      [&](std::size_t r) { return m.status(Status::Searching, RegionId{r}); });
}

double underutilisation_lu3(const Measures& m) {
  return lu3(m.status(Status::Searching), m.status(Status::Discouraged), m.employed());
}
double underutilisation_lu3(const Measures& m, RegionId region) {
  return lu3(m.status(Status::Searching, region), m.status(Status::Discouraged, region),
             m.employed(region));
}

double vacancy_rate(const Measures& m, OccupationId occupation) {
  const double open = m.vacancies(occupation);
  double staff = m.employed(occupation) + m.foreign(occupation);
  if (occupation == m.world.base().self_employed_occupation) staff -= m.status(Status::Herding);
  return ratio(open, open + staff);
}

double tightness(const Measures& m, OccupationId occupation) {
  return ratio(m.vacancies(occupation),
               m.weight * static_cast<double>(m.ledger.nationals(Status::Searching, occupation)));
}

}  // namespace steppe
