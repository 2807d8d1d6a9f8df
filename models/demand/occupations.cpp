#include "models/demand/occupations.hpp"

namespace steppe::occupations {

std::vector<double> reference(const World& world) {
  const Base& base = world.base();
  const Ledger& ledger = world.ledger;
  const auto force =
      static_cast<double>(ledger.nationals(Status::Employed) + ledger.nationals(Status::Searching));
  std::vector<double> out(base.sizes.occupations);
  double sum = 0.0;
  for (std::size_t s = 0; s < base.sizes.sectors; ++s) {
    for (std::size_t k = 0; k < base.staffing[s].size(); ++k) {
      const double posts = base.posts[s] * base.staffing_share[s][k];
      out[base.staffing[s][k].at()] += posts;
      sum += posts;
    }
  }
  for (double& posts : out) posts *= force / sum;
  return out;
}

void set_demand(Step& step, const std::vector<double>& posts) {
  const Sizes& sizes = step.world.base().sizes;
  const Ledger& ledger = step.world.ledger;
  OccupationDemand& demand = step.signals.by_occupation;
  demand.posts = posts;
  demand.staff.assign(sizes.occupations, 0.0);
  demand.gap.assign(sizes.occupations, 0.0);
  for (std::size_t k = 0; k < sizes.occupations; ++k) {
    double vacancies = 0.0;
    for (std::size_t s = 0; s < sizes.sectors; ++s) {
      const SectorId sector{s};
      const OccupationId occupation{k};
      for (std::size_t o = 0; o < sizes.origins; ++o) {
        demand.staff[k] += static_cast<double>(ledger.staff(sector, occupation, OriginId{o}));
      }
      vacancies += static_cast<double>(step.world.vacancies_of(sector, occupation));
    }
    demand.gap[k] = demand.staff[k] + vacancies - posts[k];
  }
  // Demand by occupation knows no sectors: the sectors' posts are those of the start, scaled.
  const Base& base = step.world.base();
  double wanted = 0.0;
  for (const double d : posts) wanted += d;
  double start = 0.0;
  for (const double d : base.posts) start += d;
  for (std::size_t s = 0; s < sizes.sectors; ++s) {
    step.signals.posts_wanted[s] = base.posts[s] * wanted / start;
  }
}

}  // namespace steppe::occupations
