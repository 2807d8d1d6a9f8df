#include <spdlog/fmt/fmt.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "sim/population/settings.hpp"
#include "sim/population/synthesise.hpp"

namespace steppe {
namespace {

/// What is supposed where a table is not given.
struct Gap {
  std::string_view table;
  std::string_view fill;
};
constexpr std::array kGaps = {
    Gap{"region", "Residents are spread evenly over the regions."},
    Gap{"employed_age_sex", "Nobody past 64 works; other ages and the sexes work alike."},
    Gap{"unemployed_duration", "Spells of search have the lengths of a constant chance to leave."},
    Gap{"unemployment_region", "Unemployment is the same in all regions."},
    Gap{"sector_region", "Posts of every sector are spread over the regions like residents."},
    Gap{"occupation_sector", "Every sector employs all occupations alike."},
    Gap{"education_occupation", "Every occupation has all levels of education alike."},
    Gap{"wage_sector", "All sectors pay the same."},
    Gap{"wage_occupation", "All occupations are paid the same."},
    Gap{"wage_spread", "All workers of a sector and occupation are paid the same."},
};

/// Of how many rows the table itself says that they are assumptions.
std::size_t assumed_rows(const DataTable& table) {
  const int quality = table.column("quality");
  std::size_t assumed = 0;
  for (const DataRow& row : table.rows) {
    assumed += quality >= 0 && static_cast<std::size_t>(quality) < row.cells.size() &&
               row.cells[static_cast<std::size_t>(quality)] == "assumption";
  }
  return assumed;
}

}  // namespace

std::vector<std::string> synthesis_assumptions(const Scenario& scenario) {
  if (scenario.population.textbook) {
    return {
        "The start population is a textbook one: equal firms, persons who differ by chance alone."};
  }
  const PopulationSettings settings(scenario);
  std::vector<std::string> out = {
      {"Age, sex, region, activity, sector, occupation and education of residents go together only "
       "as far as the tables force it: the fit of maximum entropy."},
      fmt::format("Firm sizes follow Zipf's law with exponent {} within each sector and region.",
                  settings("firm_size_exponent")),
      fmt::format("Open vacancies are {:g} % of posts.", 100.0 * settings("vacancy_share")),
      fmt::format("Time in the present job has a mean of {:g} months.", settings("tenure_mean")),
      fmt::format("Nobody past {:g} years searches or is discouraged.", settings("seeker_age_max")),
      "Those without work have a usual sector and occupation drawn from the jobs of their region.",
  };
  const PopulationSpec& spec = scenario.population;
  for (const Gap& gap : kGaps) {
    if (spec.table(gap.table) == nullptr) out.emplace_back(gap.fill);
  }
  if (spec.table("foreign_total") != nullptr) {
    out.push_back(
        "Origin, sector and occupation of foreign workers are independent, wherever the sector "
        "employs the occupation.");
    out.push_back(
        fmt::format("Foreign workers stand in firms of at least {:g} posts, {:g} % of them men; "
                    "the ends of their "
                    "permits are spread over {:g} months.",
                    settings("foreign_firm_min"), 100.0 * settings("foreign_male_share"),
                    settings("permit_term")));
  }
  if (spec.table("abroad") != nullptr) {
    out.push_back("Nationals abroad are 20 to 45 years old and come from everywhere alike.");
  }
  for (const DataTable& table : spec.tables) {
    if (const std::size_t assumed = assumed_rows(table); assumed > 0) {
      out.push_back(fmt::format("Table {}: {} of {} rows are assumptions.", table.name, assumed,
                                table.rows.size()));
    }
  }
  return out;
}

}  // namespace steppe
