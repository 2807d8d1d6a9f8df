#include "sim/population/firms.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/core/error.hpp"
#include "sim/population/base.hpp"
#include "sim/population/sampling.hpp"
#include "sim/world/posts.hpp"

namespace steppe {
namespace {

constexpr Purpose kRounding("population/firm_rounding");
constexpr Purpose kReconcile("population/reconcile");
constexpr Purpose kVacantPosts("population/vacant_posts");
constexpr Purpose kForeignPosts("population/foreign_posts");

Eigen::Index index(std::size_t i) { return static_cast<Eigen::Index>(i); }

/// Posts of a project by slot of its sector's staffing list: its own mix, else the sector's.
std::vector<std::uint32_t> project_posts(const Base& base, const Project& project, double rounding,
                                         std::int64_t posts) {
  const auto s = static_cast<std::size_t>(project.sector);
  std::vector<double> shares = base.staffing_share[s];
  if (!project.occupation_share.empty()) {
    double sum = 0.0;
    for (std::size_t slot = 0; slot < shares.size(); ++slot) {
      shares[slot] = project.occupation_share[base.staffing[s][slot].at()];
      sum += shares[slot];
    }
    for (double& share : shares) share /= sum;
  }
  std::vector<std::uint32_t> full(shares.size());
  full_staff(cumulative_shares(shares), rounding, static_cast<std::uint32_t>(posts), full);
  return full;
}

/// The staffing of one sector's firms: a table of posts by firm × slot that meets the plan.
class SectorStaffing {
 public:
  SectorStaffing(const Base& base, SectorId sector, World& world, const Draws& draws)
      : base_(base), sector_(sector), world_(world), draws_(draws) {
    for (std::size_t j = 0; j < world.firms.size(); ++j) {
      if (world.firms[j].sector == sector && world.firms[j].project < 0) firms_.push_back(j);
    }
  }

  /// Fills the posts by the rule, then changes the occupation of as few as meet the planned sums.
  void set_posts(const std::vector<std::int64_t>& planned) {
    const std::vector<double> shares = cumulative_shares(base_.staffing_share[sector_.at()]);
    const std::size_t slots = shares.size();
    std::vector<std::uint32_t> full(slots);
    std::vector<std::int64_t> sums(slots);
    for (const std::size_t j : firms_) {
      const Firm& firm = world_.firms[j];
      full_staff(shares, firm.rounding, firm.posts, full);
      for (std::size_t slot = 0; slot < slots; ++slot) {
        Cell& cell = world_.cells[firm.first_cell + slot];
        cell.full = cell.target = full[slot];
        sums[slot] += full[slot];
      }
    }
    std::vector<std::int64_t> lacking(slots);
    for (std::size_t slot = 0; slot < slots; ++slot) {
      lacking[slot] = std::max<std::int64_t>(0, planned[slot] - sums[slot]);
    }
    Urn wanted(lacking);
    std::uint32_t draw = 0;
    for (std::size_t slot = 0; slot < slots; ++slot) {
      if (sums[slot] <= planned[slot]) continue;
      EvenPicks picks(sums[slot], sums[slot] - planned[slot], start(kReconcile, slot));
      for (const std::size_t j : firms_) {
        Cell* cells = &world_.cells[world_.firms[j].first_cell];
        // As filled: what this pass has moved here is not moved on.
        for (auto n = picks.next(cells[slot].full); n > 0; --n) {
          --cells[slot].target;
          ++cells[wanted.draw(draws_.uniform(kReconcile, sector_.value(), draw++))].target;
        }
      }
    }
  }

  /// Leaves `vacant` posts of a slot open and gives `foreign` ones to foreigners; nationals hold
  /// the rest. Foreigners stand in firms of at least `foreign_min` posts unless they would hold
  /// more than half of what those have.
  void fill(std::size_t slot, std::int64_t vacant, std::int64_t foreign, double foreign_min,
            Staff& staff) {
    std::int64_t posts = 0;
    for (const std::size_t j : firms_) posts += cell(j, slot).target;
    EvenPicks open(posts, vacant, start(kVacantPosts, slot));
    std::int64_t room = 0, room_large = 0;
    for (const std::size_t j : firms_) {
      const CellId id = cell_id(j, slot);
      const std::int64_t held = cell(j, slot).target - open.next(cell(j, slot).target);
      staff.nationals[id.at()] = static_cast<std::uint32_t>(held);
      room += held;
      if (world_.firms[j].posts >= foreign_min) room_large += held;
    }
    const bool large_only = foreign <= room_large / 2;
    EvenPicks picks(large_only ? room_large : room, foreign, start(kForeignPosts, slot));
    for (const std::size_t j : firms_) {
      if (large_only && world_.firms[j].posts < foreign_min) continue;
      std::uint32_t& nationals = staff.nationals[cell_id(j, slot).at()];
      const auto given = static_cast<std::uint32_t>(picks.next(nationals));
      staff.foreigners[cell_id(j, slot).at()] = given;
      nationals -= given;
    }
  }

 private:
  [[nodiscard]] CellId cell_id(std::size_t firm, std::size_t slot) const {
    return CellId{world_.firms[firm].first_cell + slot};
  }
  [[nodiscard]] const Cell& cell(std::size_t firm, std::size_t slot) const {
    return world_.cells[cell_id(firm, slot).at()];
  }
  [[nodiscard]] double start(Purpose purpose, std::size_t slot) const {
    return draws_.uniform(purpose, sector_.value(), 0x80000000u + static_cast<std::uint32_t>(slot));
  }

  const Base& base_;
  SectorId sector_;
  World& world_;
  const Draws& draws_;
  std::vector<std::size_t> firms_;
};

/// Posts of firms without a project by sector × region, whole.
WholeTable posts_by_region(const Scenario& scenario, const Country& country, const Employment& plan,
                           const Base& base) {
  const Sizes& sizes = country.sizes;
  Eigen::ArrayXXd projects = Eigen::ArrayXXd::Zero(index(sizes.sectors), index(sizes.regions));
  for (std::size_t p = 0; p < plan.projects.size(); ++p) {
    projects(scenario.projects[p].sector, scenario.projects[p].region) +=
        static_cast<double>(plan.projects[p]);
  }
  WholeTable posts(index(sizes.sectors), index(sizes.regions));
  std::vector<double> weights(sizes.regions);
  for (std::size_t s = 0; s < sizes.sectors; ++s) {
    // The recorded shares are those of all posts, projects included: what a project has in its
    // region is no longer there for others.
    const double all = base.posts[s] + projects.row(index(s)).sum();
    for (std::size_t r = 0; r < sizes.regions; ++r) {
      weights[r] = std::max(
          0.0, all * country.sector_region(index(s), index(r)) - projects(index(s), index(r)));
    }
    const std::vector<std::int64_t> row = largest_remainder(weights, std::llround(base.posts[s]));
    for (std::size_t r = 0; r < sizes.regions; ++r) posts(index(s), index(r)) = row[r];
  }
  return posts;
}

std::size_t largest_region(const Country& country) {
  return static_cast<std::size_t>(std::max_element(country.region.begin(), country.region.end()) -
                                  country.region.begin());
}

}  // namespace

std::vector<std::uint32_t> firm_sizes(std::int64_t total, double exponent, std::int64_t smallest) {
  std::vector<std::uint32_t> sizes;
  if (total <= 0) return sizes;
  if (total <= smallest) return {static_cast<std::uint32_t>(total)};
  // Sizes by rank for a largest firm of 1; ranks are added as the common factor grows.
  std::vector<double> form;
  const auto of_rank = [&](std::size_t i) {
    if (i == form.size()) {
      form.push_back(std::pow(static_cast<double>(i) + 0.5, -1.0 / exponent));
    }
    return form[i];
  };
  const auto sum_at = [&](double factor) {
    std::int64_t sum = 0;
    for (std::size_t i = 0; sum <= total; ++i) {
      const auto size = static_cast<std::int64_t>(factor * of_rank(i));
      if (size < smallest) break;
      sum += size;
    }
    return sum;
  };
  double low = 0.0, high = static_cast<double>(total);
  while (sum_at(high) <= total) high *= 2.0;
  for (int round = 0; round < 60 && high - low > 1e-12 * high; ++round) {
    const double middle = 0.5 * (low + high);
    (sum_at(middle) <= total ? low : high) = middle;
  }
  std::int64_t left = total;
  for (std::size_t i = 0;; ++i) {
    const auto size = static_cast<std::int64_t>(low * of_rank(i));
    if (size < smallest) break;
    sizes.push_back(static_cast<std::uint32_t>(size));
    left -= size;
  }
  if (sizes.empty()) sizes.push_back(0);
  sizes.front() += static_cast<std::uint32_t>(left);
  return sizes;
}

Base make_base(const Scenario& scenario, const Country& country, const Employment& plan) {
  Base base;
  base.sizes = country.sizes;
  base.weight = country.scale;
  const Sizes& sizes = base.sizes;
  const WholeTable posts = plan.nationals + plan.foreigners + plan.vacancies;
  for (std::size_t s = 0; s < sizes.sectors; ++s) {
    // Shares of the posts that are left when projects have theirs, which have a mix of their own.
    std::vector<double> left(sizes.occupations);
    std::vector<bool> wanted(sizes.occupations);
    const auto all = static_cast<double>(posts.row(index(s)).sum());
    double project_posts_sum = 0.0;
    for (std::size_t k = 0; k < sizes.occupations; ++k) {
      left[k] = all > 0.0 ? static_cast<double>(posts(index(s), index(k)))
                          : country.sector_occupation(index(s), index(k));
    }
    for (std::size_t p = 0; p < plan.projects.size(); ++p) {
      const Project& project = scenario.projects[p];
      if (static_cast<std::size_t>(project.sector) != s) continue;
      const auto heads = static_cast<double>(plan.projects[p]);
      project_posts_sum += heads;
      for (std::size_t k = 0; k < project.occupation_share.size(); ++k) {
        left[k] = std::max(0.0, left[k] - heads * project.occupation_share[k]);
        wanted[k] = wanted[k] || project.occupation_share[k] > 0.0;
      }
    }
    double sum = 0.0;
    std::vector<OccupationId> list;
    std::vector<double> share;
    for (std::size_t k = 0; k < sizes.occupations; ++k) {
      if (left[k] <= 0.0 && !wanted[k]) continue;
      list.emplace_back(k);
      share.push_back(left[k]);
      sum += left[k];
    }
    for (double& each : share) each /= sum;
    base.staffing.push_back(std::move(list));
    base.staffing_share.push_back(std::move(share));
    base.posts.push_back(std::max(0.0, all - project_posts_sum));
  }

  base.wage.assign(sizes.sectors * sizes.occupations, 0.0);
  for (std::size_t s = 0; s < sizes.sectors; ++s) {
    double mean = 0.0, staff = 0.0;
    for (std::size_t k = 0; k < sizes.occupations; ++k) {
      const auto here = static_cast<double>(plan.nationals(index(s), index(k)));
      mean += here * country.wage_occupation[k];
      staff += here;
    }
    mean = staff > 0.0 ? mean / staff : 1.0;
    for (std::size_t k = 0; k < sizes.occupations; ++k) {
      base.wage[s * sizes.occupations + k] =
          country.wage_sector[s] * country.wage_occupation[k] / mean;
    }
  }
  base.wage_spread = country.wage_spread;
  base.skill_level = skill_levels(scenario.dimensions);
  base.origin_share = country.foreign_origin;
  base.self_employed_sector = SectorId{country.self_employed_sector};
  base.self_employed_occupation = OccupationId{country.self_employed_occupation};
  base.rural.assign(sizes.regions, false);
  base.working_age = kWorkingAge;
  base.fertility = country.fertility;
  base.mortality = country.mortality;
  base.training_places = country.training_places;
  return base;
}

Staff add_firms(const Scenario& scenario, const Country& country, const Employment& plan,
                const PopulationSettings& settings, const Draws& draws, World& world) {
  const Base& base = world.base();
  const Sizes& sizes = base.sizes;
  const WholeTable posts = posts_by_region(scenario, country, plan, base);
  const auto smallest =
      std::max<std::int64_t>(1, std::llround(settings("firm_size_min") / country.scale));

  std::vector<std::vector<std::uint32_t>> firms(sizes.regions * sizes.sectors);
  std::size_t n_firms = scenario.projects.size(), n_cells = 0;
  for (std::size_t r = 0; r < sizes.regions; ++r) {
    for (std::size_t s = 0; s < sizes.sectors; ++s) {
      auto& here = firms[r * sizes.sectors + s];
      here = firm_sizes(posts(index(s), index(r)), settings("firm_size_exponent"), smallest);
      n_firms += here.size();
      n_cells += here.size() * base.staffing[s].size();
    }
  }
  for (const Project& project : scenario.projects) {
    n_cells += base.staffing[static_cast<std::size_t>(project.sector)].size();
  }
  world.firms.reserve(n_firms);
  world.cells.reserve(n_cells);

  const std::size_t capital = largest_region(country);
  for (std::size_t r = 0; r < sizes.regions; ++r) {
    for (std::size_t s = 0; s < sizes.sectors; ++s) {
      const double fly_in = scenario.dimensions.sectors.empty()
                                ? kNoLimit
                                : settings("fly_in_min_posts", scenario.dimensions.sectors[s].key);
      for (const std::uint32_t size : firms[r * sizes.sectors + s]) {
        const FirmId id = world.add_firm(SectorId{s}, RegionId{r});
        Firm& firm = world.firms[id.at()];
        firm.posts = size;
        firm.share = static_cast<float>(size / base.posts[s]);
        firm.rounding = static_cast<float>(draws.uniform(kRounding, id.value()));
        firm.recruits_nationally = r != capital && size * country.scale >= fly_in;
      }
    }
  }

  // Projects come out of their sector's people; the other firms share the rest.
  WholeTable staff_left = plan.nationals;
  const std::size_t first_project = world.firms.size();
  for (std::size_t p = 0; p < scenario.projects.size(); ++p) {
    const Project& project = scenario.projects[p];
    const FirmId id = world.add_firm(SectorId{static_cast<std::size_t>(project.sector)},
                                     RegionId{static_cast<std::size_t>(project.region)});
    Firm& firm = world.firms[id.at()];
    firm.project = static_cast<std::int16_t>(p);
    firm.share = 1.0f;
    firm.rounding = static_cast<float>(draws.uniform(kRounding, id.value()));
    firm.posts = static_cast<std::uint32_t>(plan.projects[p]);
    firm.recruits_nationally = project.fly_in;
    const std::vector<std::uint32_t> full =
        project_posts(base, project, firm.rounding, plan.projects[p]);
    for (std::size_t slot = 0; slot < full.size(); ++slot) {
      Cell& cell = world.cells[firm.first_cell + slot];
      cell.full = cell.target = full[slot];
      std::int64_t& left = staff_left(project.sector, index(cell.occupation.at()));
      left -= full[slot];
      if (left < 0) {
        throw DataError(fmt::format(
            "{}: project `{}` starts with {} people in occupation `{}`, more than its sector has",
            scenario.file, project.key, full[slot],
            scenario.dimensions.occupations[cell.occupation.at()].key));
      }
    }
  }

  Staff staff;
  staff.nationals.resize(world.cells.size());
  staff.foreigners.resize(world.cells.size());
  for (std::size_t j = first_project; j < world.firms.size(); ++j) {
    const Firm& firm = world.firms[j];
    for (std::size_t c = firm.first_cell; c < firm.first_cell + firm.n_cells; ++c) {
      staff.nationals[c] = world.cells[c].target;
    }
  }
  const double foreign_min = settings("foreign_firm_min") / country.scale;
  for (std::size_t s = 0; s < sizes.sectors; ++s) {
    SectorStaffing staffing(base, SectorId{s}, world, draws);
    const auto& list = base.staffing[s];
    std::vector<std::int64_t> planned(list.size());
    for (std::size_t slot = 0; slot < list.size(); ++slot) {
      const Eigen::Index k = index(list[slot].at());
      planned[slot] =
          staff_left(index(s), k) + plan.foreigners(index(s), k) + plan.vacancies(index(s), k);
    }
    staffing.set_posts(planned);
    for (std::size_t slot = 0; slot < list.size(); ++slot) {
      const Eigen::Index k = index(list[slot].at());
      staffing.fill(slot, plan.vacancies(index(s), k), plan.foreigners(index(s), k), foreign_min,
                    staff);
    }
  }
  return staff;
}

}  // namespace steppe
