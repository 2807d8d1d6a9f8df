#include "models/wages/markets.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace steppe::wages {

double log_unemployment(const Ledger& ledger, RegionId region) {
  const auto searching = static_cast<double>(ledger.nationals(Status::Searching, region));
  const auto employed = static_cast<double>(ledger.nationals(Status::Employed, region) +
                                            ledger.nationals(Status::Herding, region));
  return std::log((searching + 0.5) / (searching + employed + 1.0));
}

std::vector<double> tightness(const World& world) {
  const Sizes& sizes = world.base().sizes;
  std::vector<double> out(sizes.occupations);
  for (std::size_t k = 0; k < sizes.occupations; ++k) {
    std::int64_t vacancies = 0;
    for (std::size_t s = 0; s < sizes.sectors; ++s) {
      vacancies += world.vacancies_of(SectorId{s}, OccupationId{k});
    }
    const std::int64_t searching = world.ledger.nationals(Status::Searching, OccupationId{k});
    out[k] =
        static_cast<double>(vacancies) / static_cast<double>(std::max<std::int64_t>(1, searching));
  }
  return out;
}

Stocks stocks_after(const MeanFieldStep& step) {
  const MeanField& f = step.field;
  return {f.employed + f.hires + f.moves_in - f.moves_out - f.separations,
          f.searching + f.separations - f.found,
          f.vacancies + f.openings - f.withdrawals - f.hires - f.moves_in};
}

Eigen::ArrayXd tightness(const Stocks& stocks) {
  return stocks.vacancies / stocks.searching.max(1.0);
}

}  // namespace steppe::wages
