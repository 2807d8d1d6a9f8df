#include "sim/population/employment.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>

#include "sim/core/error.hpp"
#include "sim/population/ipf.hpp"

namespace steppe {
namespace {

constexpr Purpose kWorkers("population/workers");
constexpr Purpose kForeigners("population/foreigners");
constexpr Purpose kOrigins("population/origins");
constexpr Purpose kVacancies("population/vacancies");

Eigen::Index index(std::size_t i) { return static_cast<Eigen::Index>(i); }

/// Scales the columns' targets to whole numbers that keep the sum, fits the table to them and to
/// the whole row sums, and rounds.
WholeTable whole_table(Eigen::ArrayXXd cells, const std::vector<std::int64_t>& rows,
                       const Draws& draws, Purpose purpose) {
  std::vector<double> sums(static_cast<std::size_t>(cells.cols()));
  for (std::size_t c = 0; c < sums.size(); ++c) sums[c] = cells.col(index(c)).sum();
  std::int64_t total = 0;
  for (const std::int64_t row : rows) total += row;
  const std::vector<std::int64_t> columns = largest_remainder(sums, total);

  std::vector<Margin> margins(2);
  margins[0].name = "rows";
  margins[1].name = "columns";
  margins[0].target.assign(rows.begin(), rows.end());
  margins[1].target.assign(columns.begin(), columns.end());
  for (Eigen::Index c = 0; c < cells.cols(); ++c) {
    for (Eigen::Index r = 0; r < cells.rows(); ++r) {
      margins[0].group.push_back(static_cast<std::uint32_t>(r));
      margins[1].group.push_back(static_cast<std::uint32_t>(c));
    }
  }
  Eigen::ArrayXd flat = cells.reshaped();
  fit_proportionally(flat, margins);
  return controlled_rounding(flat.reshaped(cells.rows(), cells.cols()), draws, purpose);
}

/// Foreign workers by sector × occupation: the shares of both, wherever the sector has such posts.
/// Where a table is missing they are spread like the country's own workers.
Eigen::ArrayXXd foreign_table(const Scenario& scenario, const Country& country) {
  const bool both = !country.foreign_sector.empty() && !country.foreign_occupation.empty();
  Eigen::ArrayXXd cells = country.sector_occupation;
  for (std::size_t s = 0; s < country.sizes.sectors; ++s) cells.row(index(s)) *= country.sector[s];
  cells *= country.foreign / cells.sum();
  if (both) cells = (cells > 0.0).select(Eigen::ArrayXXd::Ones(cells.rows(), cells.cols()), 0.0);

  Margin sectors{"sectors", {}, country.foreign_sector};
  Margin occupations{"occupations", {}, country.foreign_occupation};
  for (double& target : sectors.target) target *= country.foreign;
  for (double& target : occupations.target) target *= country.foreign;
  for (Eigen::Index k = 0; k < cells.cols(); ++k) {
    for (Eigen::Index s = 0; s < cells.rows(); ++s) {
      sectors.group.push_back(static_cast<std::uint32_t>(s));
      occupations.group.push_back(static_cast<std::uint32_t>(k));
    }
  }
  std::vector<Margin> margins;
  if (!sectors.target.empty()) margins.push_back(std::move(sectors));
  if (!occupations.target.empty()) margins.push_back(std::move(occupations));
  Eigen::ArrayXd flat = cells.reshaped();
  const Fit fit = fit_proportionally(flat, margins);
  if (fit.worst > 1e-6) {
    const bool sector = margins[fit.margin].name == "sectors";
    const auto& members = sector ? scenario.dimensions.sectors : scenario.dimensions.occupations;
    throw DataError(fmt::format(
        "{}: the shares of foreign workers by sector and by occupation contradict the occupations "
        "that "
        "sectors employ: `{}` cannot have its share; see foreign_sector, foreign_occupation and "
        "occupation_sector",
        scenario.file, members[fit.group].key));
  }
  return flat.reshaped(cells.rows(), cells.cols());
}

void plan_foreigners(const Scenario& scenario, const Country& country, const Draws& draws,
                     Employment& plan) {
  const Sizes& sizes = country.sizes;
  plan.foreigners = WholeTable::Zero(index(sizes.sectors), index(sizes.occupations));
  plan.origins.assign(sizes.origins, plan.foreigners);
  const std::int64_t total = std::llround(country.foreign);
  if (total == 0) return;
  const Eigen::ArrayXXd cells = foreign_table(scenario, country);
  std::vector<double> sectors(sizes.sectors);
  for (std::size_t s = 0; s < sizes.sectors; ++s) sectors[s] = cells.row(index(s)).sum();
  plan.foreigners = whole_table(cells, largest_remainder(sectors, total), draws, kForeigners);

  // Origins by cell: the product of shares again, with the whole cells as the rows.
  Eigen::ArrayXXd by_origin(cells.size(), index(sizes.origins));
  std::vector<std::int64_t> rows(static_cast<std::size_t>(cells.size()));
  for (Eigen::Index cell = 0; cell < cells.size(); ++cell) {
    const std::int64_t here = plan.foreigners.reshaped()[cell];
    rows[static_cast<std::size_t>(cell)] = here;
    for (std::size_t o = 0; o < sizes.origins; ++o) {
      by_origin(cell, index(o)) = country.foreign_origin[o] * static_cast<double>(here);
    }
  }
  const WholeTable whole = whole_table(by_origin, rows, draws, kOrigins);
  for (std::size_t o = 1; o < sizes.origins; ++o) {
    plan.origins[o].reshaped() = whole.col(index(o));
  }
}

/// Posts of projects by sector × occupation do not matter here, only that they are held by
/// nationals.
void plan_projects(const Scenario& scenario, double scale, Employment& plan) {
  for (const Project& project : scenario.projects) {
    plan.projects.push_back(std::llround(project_heads(project, scenario.time.start) / scale));
  }
}

void plan_vacancies(const Scenario& scenario, const Country& country, double share,
                    const Draws& draws, Employment& plan) {
  const Sizes& sizes = country.sizes;
  plan.vacancies = WholeTable::Zero(index(sizes.sectors), index(sizes.occupations));
  std::vector<double> staff(sizes.sectors);
  double all = 0.0;
  for (std::size_t s = 0; s < sizes.sectors; ++s) {
    staff[s] = static_cast<double>(plan.nationals.row(index(s)).sum() +
                                   plan.foreigners.row(index(s)).sum());
  }
  for (std::size_t p = 0; p < plan.projects.size(); ++p) {
    double& here = staff[static_cast<std::size_t>(scenario.projects[p].sector)];
    here = std::max(0.0, here - static_cast<double>(plan.projects[p]));
  }
  for (const double here : staff) all += here;
  const std::int64_t total = std::llround(share / (1.0 - share) * all);
  if (total == 0) return;
  Eigen::ArrayXXd cells = (plan.nationals + plan.foreigners).cast<double>();
  const std::vector<std::int64_t> rows = largest_remainder(staff, total);
  for (std::size_t s = 0; s < sizes.sectors; ++s) {
    const double here = cells.row(index(s)).sum();
    if (here > 0.0) cells.row(index(s)) *= static_cast<double>(rows[s]) / here;
  }
  plan.vacancies = whole_table(cells, rows, draws, kVacancies);
}

}  // namespace

double project_heads(const Project& project, Date date) {
  if (project.heads.empty()) return 0.0;
  const auto next = std::upper_bound(project.heads.begin(), project.heads.end(), date,
                                     [](Date d, const auto& point) { return d < point.first; });
  if (next == project.heads.begin()) return next->second;
  const auto& before = *(next - 1);
  if (next == project.heads.end()) return before.second;
  const auto gone = static_cast<double>(days_since_epoch(date) - days_since_epoch(before.first));
  const auto span =
      static_cast<double>(days_since_epoch(next->first) - days_since_epoch(before.first));
  return before.second + (next->second - before.second) * gone / span;
}

Employment plan_employment(const Scenario& scenario, const Country& country,
                           const PopulationSettings& settings, const Draws& draws) {
  Employment plan;
  plan.employed = std::llround(country.employed);
  plan.sector = largest_remainder(country.sector, plan.employed);
  plan.self_employed = std::llround(country.self_employed);

  Eigen::ArrayXXd workers = country.sector_occupation;
  for (std::size_t s = 0; s < country.sizes.sectors; ++s)
    workers.row(index(s)) *= country.sector[s];
  plan.workers = whole_table(workers, plan.sector, draws, kWorkers);
  plan.nationals = plan.workers;
  std::int64_t& main_occupation =
      plan.nationals(index(country.self_employed_sector), index(country.self_employed_occupation));
  plan.self_employed = std::min(plan.self_employed, main_occupation);
  main_occupation -= plan.self_employed;

  plan_projects(scenario, country.scale, plan);
  plan_foreigners(scenario, country, draws, plan);
  plan_vacancies(scenario, country, settings("vacancy_share"), draws, plan);
  return plan;
}

}  // namespace steppe
