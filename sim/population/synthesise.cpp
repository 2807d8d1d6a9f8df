#include "sim/population/synthesise.hpp"

#include <spdlog/fmt/fmt.h>

#include <cmath>
#include <numeric>

#include "sim/core/error.hpp"
#include "sim/population/country.hpp"
#include "sim/population/employment.hpp"
#include "sim/population/firms.hpp"
#include "sim/population/jobs.hpp"
#include "sim/population/persons.hpp"
#include "sim/population/residents.hpp"
#include "sim/population/textbook.hpp"

namespace steppe {
namespace {

/// Opens the posts that nobody holds. They stand open since the step before the first, so that the
/// first search sees them.
void open_vacant_posts(World& world) {
  world.step = -1;
  for (std::size_t c = 0; c < world.cells.size(); ++c) {
    world.want(CellId{c}, world.cells[c].target);
    for (std::uint32_t n = world.cells[c].staff(); n < world.cells[c].target; ++n) {
      world.open_vacancy(CellId{c});
    }
  }
  world.step = 0;
  // What it took to build the country is no flow of the first step.
  world.ledger.clear_flows();
  world.events = 0;
}

/// The world of the country's tables.
World country_world(const Scenario& scenario, const SynthesisOptions& options) {
  const PopulationSettings settings(scenario);
  const Draws draws(options.seed, kSynthesisRealization);
  const Country country = read_country(scenario, settings, options.scale);
  const Employment plan = plan_employment(scenario, country, settings, draws);
  const std::vector<std::vector<std::int64_t>> persons = count_residents(country, draws);
  std::vector<std::int64_t> adults(persons.size());
  std::int64_t everybody = plan.foreigners.sum();
  for (std::size_t r = 0; r < persons.size(); ++r) {
    for (std::size_t c = 0; c < persons[r].size(); ++c) {
      everybody += persons[r][c];
      if (c % kAges >= static_cast<std::size_t>(kWorkingAge)) adults[r] += persons[r][c];
    }
  }
  for (const double abroad : country.abroad) everybody += static_cast<std::int64_t>(abroad + 1.0);

  Base base = make_base(scenario, country, plan);
  if (plan.self_employed > 0) {
    const double least = settings("rural_share");
    for (std::size_t r = 0; r < adults.size(); ++r) {
      const double here =
          static_cast<double>(plan.self_employed) *
          country.sector_region(static_cast<Eigen::Index>(country.self_employed_sector),
                                static_cast<Eigen::Index>(r));
      base.rural[r] = here > 0.0 && here >= least * static_cast<double>(adults[r]);
    }
  }
  World world(std::move(base), scenario.clock());
  const Staff staff = add_firms(scenario, country, plan, settings, draws, world);
  const Jobs jobs = place_jobs(country, plan, settings, staff, adults, draws, world);
  const Residents residents =
      assign_activities(scenario, country, settings, persons, jobs.total, draws);
  world.persons.reserve(static_cast<int>(Range::Start), static_cast<std::size_t>(everybody));
  add_persons(country, plan, settings, staff, jobs, residents, draws, world);
  return world;
}

}  // namespace

World synthesise(const Scenario& scenario, const SynthesisOptions& options) {
  if (!(options.scale >= 1.0)) {
    throw ConfigError(
        fmt::format("the scale is {} persons a record; it must be at least 1", options.scale));
  }
  World world = scenario.population.textbook ? textbook_world(scenario, options)
                                             : country_world(scenario, options);
  open_vacant_posts(world);
  return world;
}

}  // namespace steppe
