#include "sim/population/jobs.hpp"

#include <algorithm>
#include <cmath>

#include "sim/population/sampling.hpp"

namespace steppe {
namespace {

constexpr Purpose kAway("population/away");

}  // namespace

Jobs place_jobs(const Country& country, const Employment& plan, const PopulationSettings& settings,
                const Staff& staff, const std::vector<std::int64_t>& adults, const Draws& draws,
                const World& world) {
  const std::size_t regions = country.sizes.regions;
  Jobs jobs;
  jobs.local = staff.nationals;
  jobs.away.resize(regions);
  jobs.total.assign(regions, 0);

  std::int64_t fly_in = 0;
  for (std::size_t c = 0; c < world.cells.size(); ++c) {
    if (world.firms[world.cells[c].firm.at()].recruits_nationally) fly_in += staff.nationals[c];
  }
  const std::int64_t away =
      std::llround((1.0 - settings("fly_in_resident_share")) * static_cast<double>(fly_in));
  std::vector<std::uint32_t> cells;
  EvenPicks picks(std::max<std::int64_t>(1, fly_in), away, draws.uniform(kAway, 0));
  for (std::size_t c = 0; c < world.cells.size(); ++c) {
    const Firm& firm = world.firms[world.cells[c].firm.at()];
    if (firm.recruits_nationally) {
      for (auto n = picks.next(staff.nationals[c]); n > 0; --n) {
        --jobs.local[c];
        cells.push_back(static_cast<std::uint32_t>(c));
      }
    }
    jobs.total[firm.region.at()] += jobs.local[c];
  }
  shuffle(cells, draws, kAway, 1);
  const std::vector<std::int64_t> homes = largest_remainder(
      std::vector<double>(adults.begin(), adults.end()), static_cast<std::int64_t>(cells.size()));
  std::size_t next = 0;
  for (std::size_t r = 0; r < regions; ++r) {
    for (std::int64_t n = 0; n < homes[r]; ++n) jobs.away[r].emplace_back(cells[next++]);
    jobs.total[r] += homes[r];
  }

  std::vector<double> shares(regions);
  for (std::size_t r = 0; r < regions; ++r) {
    shares[r] = country.sector_region(static_cast<Eigen::Index>(country.self_employed_sector),
                                      static_cast<Eigen::Index>(r));
  }
  jobs.self_employed = largest_remainder(shares, plan.self_employed);
  for (std::size_t r = 0; r < regions; ++r) jobs.total[r] += jobs.self_employed[r];
  return jobs;
}

}  // namespace steppe
