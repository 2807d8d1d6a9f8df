#include "sim/population/textbook.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/core/error.hpp"
#include "sim/population/base.hpp"
#include "sim/population/sampling.hpp"
#include "sim/population/settings.hpp"
#include "sim/world/posts.hpp"

namespace steppe {
namespace {

constexpr Purpose kAge("population/textbook_age");
constexpr Purpose kSkillDraw("population/textbook_skill");
constexpr Purpose kRounding("population/firm_rounding");

constexpr int kYoungest = 15;
constexpr int kOldest = 64;

struct Counts {
  std::int64_t persons, firms, posts, searching;
};

/// The scenario's numbers in records.
Counts counts_of(const Scenario& scenario, double scale) {
  const PopulationSpec::Textbook& spec = *scenario.population.textbook;
  const auto records = [&](double heads) {
    return static_cast<std::int64_t>(std::llround(heads / scale));
  };
  Counts counts{};
  counts.persons = records(static_cast<double>(spec.persons));
  counts.firms = std::max<std::int64_t>(1, records(static_cast<double>(spec.firms)));
  // Of all firms, also where one stands for several: posts go with persons, whatever the scale.
  counts.posts = records(static_cast<double>(spec.firms) * spec.staff);
  if (counts.persons <= 0) {
    throw ConfigError(fmt::format(
        "{}: a textbook world of {} persons at scale {} has nobody in it: choose a finer scale",
        scenario.file, spec.persons, scale));
  }
  counts.searching = spec.unemployed < 0.0
                         ? std::max<std::int64_t>(0, counts.persons - counts.posts)
                         : std::llround(spec.unemployed * static_cast<double>(counts.persons));
  if (counts.persons - counts.searching > counts.posts) {
    throw ConfigError(fmt::format(
        "{}: population.textbook wants {} persons at work, but {} firms of {} staff have "
        "{} posts: raise `firms`, `staff` or `unemployed`",
        scenario.file, counts.persons - counts.searching, counts.firms, spec.staff, counts.posts));
  }
  return counts;
}

/// Each occupation's share of the posts: the network's employment, or all alike.
std::vector<double> occupation_shares(const Scenario& scenario) {
  const std::size_t n = std::max<std::size_t>(1, scenario.dimensions.occupations.size());
  std::vector<double> shares = scenario.network.employment;
  if (shares.empty()) shares.assign(n, 1.0);
  const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
  if (!(sum > 0.0)) {
    throw ConfigError(
        fmt::format("{}: network.nodes has nobody at work: give `employment`", scenario.file));
  }
  for (double& share : shares) share /= sum;
  return shares;
}

Base base_of(const Scenario& scenario, const Counts& counts, double scale,
             const PopulationSettings& settings) {
  Base base;
  base.sizes = sizes_of(scenario.dimensions);
  base.weight = scale;
  std::vector<OccupationId> all;
  for (std::size_t k = 0; k < base.sizes.occupations; ++k) all.emplace_back(k);
  base.staffing.assign(base.sizes.sectors, all);
  base.staffing_share.assign(base.sizes.sectors, occupation_shares(scenario));
  base.posts.assign(base.sizes.sectors, 0.0);
  base.wage.assign(base.sizes.sectors * base.sizes.occupations, settings("wage_mean"));
  for (std::size_t c = 0; c < base.wage.size() && !scenario.network.empty(); ++c) {
    base.wage[c] *= scenario.network.wage[c % base.sizes.occupations];
  }
  base.skill_level = skill_levels(scenario.dimensions);
  base.origin_share.assign(base.sizes.origins, 0.0);
  for (std::size_t o = 1; o < base.sizes.origins; ++o) {
    base.origin_share[o] = 1.0 / static_cast<double>(base.sizes.origins - 1);
  }
  base.rural.assign(base.sizes.regions, false);
  base.training_places.assign(base.sizes.fields, 0.0);
  for (std::int64_t j = 0; j < counts.firms; ++j) {
    const std::int64_t size =
        counts.posts * (j + 1) / counts.firms - counts.posts * j / counts.firms;
    base.posts[static_cast<std::size_t>(j) % base.sizes.sectors] += static_cast<double>(size);
  }
  return base;
}

}  // namespace

OccupationStart textbook_start(const Scenario& scenario) {
  static_cast<void>(counts_of(scenario, 1.0));  // throws for a world that cannot be
  const PopulationSpec::Textbook& spec = *scenario.population.textbook;
  const auto persons = static_cast<double>(spec.persons);
  const double posts = static_cast<double>(spec.firms) * spec.staff;
  const double searching =
      spec.unemployed < 0.0 ? std::max(0.0, persons - posts) : spec.unemployed * persons;
  OccupationStart start;
  for (const double share : occupation_shares(scenario)) {
    start.employed.push_back(share * (persons - searching));
    start.searching.push_back(share * searching);
    start.vacancies.push_back(share * (posts - (persons - searching)));
  }
  return start;
}

World textbook_world(const Scenario& scenario, const SynthesisOptions& options) {
  const PopulationSettings settings(scenario);
  const Counts counts = counts_of(scenario, options.scale);
  const Clock clock = scenario.clock();
  const Draws draws(options.seed, kSynthesisRealization);
  World world(base_of(scenario, counts, options.scale, settings), clock);
  const Base& base = world.base();
  const Sizes& sizes = base.sizes;

  world.firms.reserve(static_cast<std::size_t>(counts.firms));
  world.cells.reserve(static_cast<std::size_t>(counts.firms) * sizes.occupations);
  const std::vector<double> shares = cumulative_shares(base.staffing_share[0]);
  std::vector<std::uint32_t> full(sizes.occupations);
  for (std::int64_t j = 0; j < counts.firms; ++j) {
    const auto number = static_cast<std::size_t>(j);
    const FirmId id = world.add_firm(SectorId{number % sizes.sectors},
                                     RegionId{number / sizes.sectors % sizes.regions});
    Firm& firm = world.firms[id.at()];
    firm.rounding = static_cast<float>(draws.uniform(kRounding, id.value()));
    firm.posts = static_cast<std::uint32_t>(counts.posts * (j + 1) / counts.firms -
                                            counts.posts * j / counts.firms);
    const double sector_posts = base.posts[firm.sector.at()];
    firm.share = sector_posts > 0.0 ? static_cast<float>(firm.posts / sector_posts) : 0.0f;
    full_staff(shares, firm.rounding, firm.posts, full);
    for (std::size_t k = 0; k < full.size(); ++k) {
      world.cells[firm.first_cell + k].full = full[k];
      world.cells[firm.first_cell + k].target = full[k];
    }
  }

  // Round robin: the n-th round fills the n-th post of every firm that has one.
  const Month before = clock.month(0) - 1;
  const double skill_spread = settings.has("skill_spread") ? settings("skill_spread") : 0.0;
  world.persons.reserve(static_cast<int>(Range::Start), static_cast<std::size_t>(counts.persons));
  const auto add = [&](RegionId region, OccupationId occupation, SectorId sector) {
    const std::uint32_t number = world.persons.size(static_cast<int>(Range::Start));
    const Draws::Block words = draws.block(kAge, number);
    Person person;
    person.birth_month = static_cast<std::int16_t>(
        std::max(0, before.index() - 12 * kYoungest -
                        static_cast<int>(open_uniform(words[0]) * 12 * (kOldest - kYoungest + 1))));
    person.set_sex((words[1] & 1u) != 0 ? Sex::Male : Sex::Female);
    person.education = EducationId{std::size_t{words[2]} * sizes.education >> 32};
    person.skill =
        to_fixed(skill_spread == 0.0 ? 1.0
                                     : std::exp(skill_spread * draws.normal(kSkillDraw, number) -
                                                0.5 * skill_spread * skill_spread),
                 kSkillUnit);
    person.relative_wage = to_fixed(1.0, kWageUnit);
    person.since = -1;
    person.status = Status::Searching;
    person.region = region;
    person.occupation = occupation;
    person.sector = sector;
    return world.add_person(static_cast<int>(Range::Start), person);
  };
  const std::int64_t employed = counts.persons - counts.searching;
  std::int64_t placed = 0;
  std::vector<std::pair<PersonId, CellId>> jobs;
  jobs.reserve(static_cast<std::size_t>(employed));
  for (std::uint32_t round = 0; placed < employed; ++round) {
    for (std::size_t j = 0; j < world.firms.size() && placed < employed; ++j) {
      const Firm& firm = world.firms[j];
      if (round >= firm.posts) continue;
      const std::size_t slot = post_occupation(shares, firm.rounding, round);
      const CellId cell{firm.first_cell + slot};
      jobs.emplace_back(add(firm.region, world.cells[cell.at()].occupation, firm.sector), cell);
      ++placed;
    }
  }
  // In the order in which large staffs are made fastest; it changes nothing else.
  constexpr std::size_t kLargeStaff = 128;  // below that the sorting costs more than it saves
  const bool large = jobs.size() > kLargeStaff * world.cells.size();
  if (large)
    std::sort(jobs.begin(), jobs.end(), [](const auto& a, const auto& b) {
      return World::staff_order(a.first, -1) > World::staff_order(b.first, -1);
    });
  for (const auto& [id, cell] : jobs) world.place_in_job(id, cell);
  // Those who search come from the occupations in proportion to their posts, as evenly as whole
  // persons allow: the walk by which posts get their occupations.
  for (std::int64_t n = 0; n < counts.searching; ++n) {
    const auto number = static_cast<std::size_t>(n);
    const std::size_t slot =
        scenario.network.empty()
            ? number / sizes.regions % sizes.occupations
            : post_occupation(shares, 0.0, static_cast<std::uint32_t>(number / sizes.regions));
    add(RegionId{number % sizes.regions}, OccupationId{slot}, SectorId{number % sizes.sectors});
  }
  return world;
}

}  // namespace steppe
