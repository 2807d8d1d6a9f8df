#include "sim/population/country.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/core/error.hpp"
#include "sim/population/base.hpp"
#include "sim/population/table_view.hpp"

namespace steppe {
namespace {

constexpr int kHazardAges = 111;

double sum(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

void scale_to(std::vector<double>& values, double total) {
  const double before = sum(values);
  if (before <= 0.0) return;
  for (double& value : values) value *= total / before;
}

/// A table of one value a member; empty without the table.
std::vector<double> by_member(const Scenario& scenario, std::string_view name,
                              std::string_view column, Dim dim, std::size_t size,
                              Quantity quantity) {
  const auto table = TableView::open(scenario, name);
  if (!table) return {};
  std::vector<double> out(size);
  for (std::size_t row = 0; row < table->rows(); ++row) {
    out[table->member(row, column, dim)] += table->value(row, quantity);
  }
  return out;
}

/// Shares by member, made to sum to 1; empty without a table.
std::vector<double> shares_by_member(const Scenario& scenario, std::string_view name,
                                     std::string_view column, Dim dim, std::size_t size) {
  std::vector<double> out = by_member(scenario, name, column, dim, size, Quantity::Share);
  scale_to(out, 1.0);
  return out;
}

/// Shares of `columns` within each of `rows`; a row the table lacks is filled from `fallback`.
Eigen::ArrayXXd shares_by_pair(const Scenario& scenario, std::string_view name,
                               std::string_view row_name, Dim row_dim, std::size_t rows,
                               std::string_view column_name, Dim column_dim, std::size_t columns,
                               const std::vector<double>& fallback) {
  Eigen::ArrayXXd out =
      Eigen::ArrayXXd::Zero(static_cast<Eigen::Index>(rows), static_cast<Eigen::Index>(columns));
  if (const auto table = TableView::open(scenario, name)) {
    for (std::size_t row = 0; row < table->rows(); ++row) {
      out(static_cast<Eigen::Index>(table->member(row, row_name, row_dim)),
          static_cast<Eigen::Index>(table->member(row, column_name, column_dim))) +=
          table->value(row, Quantity::Share);
    }
  }
  for (Eigen::Index r = 0; r < out.rows(); ++r) {
    if (out.row(r).sum() <= 0.0) {
      for (Eigen::Index c = 0; c < out.cols(); ++c)
        out(r, c) = fallback[static_cast<std::size_t>(c)];
    }
    out.row(r) /= out.row(r).sum();
  }
  return out;
}

std::vector<AgeBand> age_bands(const TableView& table, Quantity quantity, double scale) {
  std::vector<AgeBand> bands;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    AgeBand band;
    band.lo = table.whole(row, "age_lo", 0);
    band.hi = table.whole(row, "age_hi", kAgeMax);
    if (band.lo < 0 || band.hi < band.lo || band.lo > kAgeMax) {
      table.fail(row, fmt::format("ages {} to {} are no band of ages", band.lo, band.hi));
    }
    band.hi = std::min(band.hi, kAgeMax);
    band.sex = table.sex(row);
    band.records = table.value(row, quantity) / scale;
    for (const AgeBand& other : bands) {
      if (other.sex == band.sex && other.lo <= band.hi && band.lo <= other.hi) {
        table.fail(row, fmt::format("ages {} to {} overlap an earlier row's {} to {}", band.lo,
                                    band.hi, other.lo, other.hi));
      }
    }
    bands.push_back(band);
  }
  return bands;
}

double total(const std::vector<AgeBand>& bands) {
  double records = 0.0;
  for (const AgeBand& band : bands) records += band.records;
  return records;
}

double coverage_of(const Scenario& scenario, const PopulationSettings& settings) {
  if (settings.has("coverage")) return settings("coverage");
  const auto series = scenario.observation.find("coverage");
  if (series == scenario.observation.end()) return 1.0;
  const double coverage = series->second.at({scenario.time.start.year, 7, 1});
  if (!(coverage > 0.0)) {
    throw ConfigError(fmt::format("{}: observation.coverage is {} in {}, expected a number above 0",
                                  scenario.file, coverage, scenario.time.start.year));
  }
  return coverage;
}

/// Labour status of the country, survey heads turned into records.
void read_status(const Scenario& scenario, Country& country, double survey) {
  const TableView table = TableView::require(scenario, "labour_status");
  double strict = -1.0, national = -1.0;
  country.employed = -1.0;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string& status = table.text(row, "status");
    const double records = table.value(row, Quantity::Heads) * survey;
    if (status == "employed") {
      country.employed = records;
    } else if (status == "unemployed_ilo") {
      strict = records;
    } else if (status == "unemployed_nso") {
      national = records;
    } else if (status != "labour_force") {
      table.fail(row, fmt::format("`{}` is not a status; there are labour_force, employed, "
                                  "unemployed_ilo, unemployed_nso",
                                  status));
    }
  }
  if (country.employed < 0.0) table.fail("a row for status `employed` is missing");
  if (strict < 0.0) table.fail("a row for status `unemployed_ilo` is missing");
  country.searching = strict;
  country.discouraged = std::max(0.0, national - strict);
}

void read_duration(const Scenario& scenario, Country& country) {
  // Without a table: the bands of a constant chance to leave of 8 % a month.
  country.duration = {0.394, 0.239, 0.367};
  const auto table = TableView::open(scenario, "unemployed_duration");
  if (!table) return;
  std::array<double, 3> heads{};
  for (std::size_t row = 0; row < table->rows(); ++row) {
    const std::string& band = table->text(row, "band");
    const std::size_t at = band == "lt6m" ? 0 : band == "6_12m" ? 1 : band == "ge12m" ? 2 : 3;
    if (at == 3) {
      table->fail(row, fmt::format("`{}` is not a band; there are lt6m, 6_12m, ge12m", band));
    }
    heads[at] += table->value(row, Quantity::Heads);
  }
  const double all = heads[0] + heads[1] + heads[2];
  if (all <= 0.0) table->fail("nobody stands in any band of duration");
  for (std::size_t b = 0; b < 3; ++b) country.duration[b] = heads[b] / all;
}

/// Published rates as jobless persons per person at work.
double odds(const TableView& table, std::size_t row) {
  const double rate = table.value(row, Quantity::Share);
  if (rate >= 1.0) table.fail(row, "a rate of unemployment must be below 1");
  return rate / (1.0 - rate);
}

void read_unemployment(const Scenario& scenario, Country& country) {
  country.unemployment_odds.assign(country.sizes.regions, 1.0);
  if (const auto table = TableView::open(scenario, "unemployment_region")) {
    std::vector<bool> given(country.sizes.regions);
    double mean = 0.0;
    for (std::size_t row = 0; row < table->rows(); ++row) {
      const std::size_t region = table->member(row, "region", Dim::Region);
      country.unemployment_odds[region] = odds(*table, row);
      given[region] = true;
      mean += odds(*table, row) / static_cast<double>(table->rows());
    }
    for (std::size_t r = 0; r < given.size(); ++r) {
      if (!given[r]) country.unemployment_odds[r] = mean;
    }
  }
}

void read_sectors(const Scenario& scenario, Country& country) {
  const Sizes& sizes = country.sizes;
  const TableView table = TableView::require(scenario, "employed_sector");
  country.sector.assign(sizes.sectors, 0.0);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    country.sector[table.member(row, "sector", Dim::Sector)] += table.value(row, Quantity::Heads);
  }
  const double published = sum(country.sector);
  if (published <= 0.0) table.fail("no sector employs anybody");
  // The sectors say how the published total is composed; where they fall short of it (a group that
  // was not classified), each takes its part of the rest.
  const double factor = country.employed / published;
  for (double& records : country.sector) records *= factor;

  country.sector_region =
      shares_by_pair(scenario, "sector_region", "sector", Dim::Sector, sizes.sectors, "region",
                     Dim::Region, sizes.regions, country.region);
  const std::vector<double> even(sizes.occupations, 1.0);
  country.sector_occupation =
      shares_by_pair(scenario, "occupation_sector", "sector", Dim::Sector, sizes.sectors,
                     "occupation", Dim::Occupation, sizes.occupations, even);

  const auto self = TableView::open(scenario, "self_employed");
  if (!self || self->rows() == 0) return;
  if (self->rows() > 1) self->fail(1, "the self-employed outside firms stand in one sector only");
  const std::size_t s = self->member(0, "sector", Dim::Sector);
  country.self_employed_sector = s;
  // A share of the sector, or heads on the footing of the sector's own, published figure.
  country.self_employed = self->has_unit(0, Quantity::Share)
                              ? self->value(0, Quantity::Share) * country.sector[s]
                              : self->value(0, Quantity::Heads) * factor;
  Eigen::Index occupation = 0;
  country.sector_occupation.row(static_cast<Eigen::Index>(s)).maxCoeff(&occupation);
  country.self_employed_occupation = static_cast<std::size_t>(occupation);
  const double room =
      country.sector[s] * country.sector_occupation(static_cast<Eigen::Index>(s), occupation);
  if (country.self_employed > room) {
    self->fail(0,
               fmt::format("{:.0f} self-employed exceed the {:.0f} workers that the sector has in "
                           "its main occupation",
                           country.self_employed / factor, room / factor));
  }
}

void read_foreign(const Scenario& scenario, Country& country) {
  const Sizes& sizes = country.sizes;
  country.foreign_origin.assign(sizes.origins, 0.0);
  if (const auto table = TableView::open(scenario, "foreign_total")) {
    if (table->rows() != 1) table->fail("expected one row, the number of foreign workers");
    country.foreign = table->value(0, Quantity::Heads) / country.scale;
    if (country.foreign > 0.0 && sizes.origins < 2) {
      table->fail(0, "there are foreign workers, but the country lists no origins");
    }
  }
  country.foreign_sector =
      shares_by_member(scenario, "foreign_sector", "sector", Dim::Sector, sizes.sectors);
  country.foreign_occupation = shares_by_member(scenario, "foreign_occupation", "occupation",
                                                Dim::Occupation, sizes.occupations);
  if (sizes.origins > 1) {
    std::vector<double> shares =
        shares_by_member(scenario, "foreign_origin", "origin", Dim::Origin, sizes.origins - 1);
    if (sum(shares) <= 0.0) {
      shares.assign(sizes.origins - 1, 1.0 / static_cast<double>(sizes.origins - 1));
    }
    std::copy(shares.begin(), shares.end(), country.foreign_origin.begin() + 1);
  }
}

void read_wages(const Scenario& scenario, const PopulationSettings& settings, Country& country) {
  const Sizes& sizes = country.sizes;
  country.wage_sector =
      by_member(scenario, "wage_sector", "sector", Dim::Sector, sizes.sectors, Quantity::Money);
  double mean = 0.0;
  int given = 0;
  for (const double wage : country.wage_sector) {
    mean += wage;
    given += wage > 0.0;
  }
  mean = given > 0 ? mean / given : settings("wage_mean");
  country.wage_sector.resize(sizes.sectors);
  for (double& wage : country.wage_sector) {
    if (wage <= 0.0) wage = mean;
  }
  country.wage_occupation = by_member(scenario, "wage_occupation", "occupation", Dim::Occupation,
                                      sizes.occupations, Quantity::Share);
  country.wage_occupation.resize(sizes.occupations);
  for (double& relative : country.wage_occupation) {
    if (relative <= 0.0) relative = 1.0;
  }
  if (const auto table = TableView::open(scenario, "wage_spread")) {
    if (table->rows() != 1) table->fail("expected one row, the spread of wages");
    country.wage_spread = table->value(0, Quantity::Share);
  }
}

/// Yearly hazards of a table of age bands as monthly ones by age; `has_sex` false: women only.
std::vector<double> hazards(const TableView& table, bool has_sex) {
  const std::size_t per_age = has_sex ? 2 : 1;
  std::vector<double> out(static_cast<std::size_t>(kHazardAges) * per_age);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const int lo = table.whole(row, "age_lo", 0);
    const int hi = std::min(table.whole(row, "age_hi", kHazardAges - 1), kHazardAges - 1);
    if (lo < 0 || hi < lo)
      table.fail(row, fmt::format("ages {} to {} are no band of ages", lo, hi));
    const std::size_t sex = has_sex ? table.sex(row) : 0;
    for (int age = lo; age <= hi; ++age) {
      out[static_cast<std::size_t>(age) * per_age + sex] =
          table.value(row, Quantity::YearlyRate) / 12.0;
    }
  }
  return out;
}

}  // namespace

Country read_country(const Scenario& scenario, const PopulationSettings& settings, double scale) {
  Country country;
  country.sizes = sizes_of(scenario.dimensions);
  country.scale = scale;
  country.coverage = coverage_of(scenario, settings);
  const Sizes& sizes = country.sizes;
  // The survey counts `coverage` heads for each resident, whatever it counts.
  const double survey = 1.0 / (country.coverage * scale);

  const TableView residents = TableView::require(scenario, "age_sex");
  country.residents = age_bands(residents, Quantity::Heads, scale);
  const double persons = total(country.residents);
  if (persons < 1.0) residents.fail(fmt::format("nobody is left at scale {}", scale));
  country.region =
      by_member(scenario, "region", "region", Dim::Region, sizes.regions, Quantity::Heads);
  if (sum(country.region) <= 0.0) country.region.assign(sizes.regions, 1.0);
  scale_to(country.region, persons);

  read_status(scenario, country, survey);
  read_duration(scenario, country);
  if (const auto table = TableView::open(scenario, "employed_age_sex")) {
    country.employed_bands = age_bands(*table, Quantity::Heads, 1.0);
    const double published = total(country.employed_bands);
    if (published <= 0.0) table->fail("nobody is employed at any age");
    for (AgeBand& band : country.employed_bands) {
      if (band.hi < kWorkingAge) table->fail("somebody is employed below working age");
      band.lo = std::max(band.lo, kWorkingAge);
      band.records *= country.employed / published;
    }
  }
  read_unemployment(scenario, country);
  read_sectors(scenario, country);
  country.occupation_education = shares_by_pair(
      scenario, "education_occupation", "occupation", Dim::Occupation, sizes.occupations,
      "education", Dim::Education, sizes.education, std::vector<double>(sizes.education, 1.0));
  read_foreign(scenario, country);
  country.abroad = by_member(scenario, "abroad", "destination", Dim::Destination,
                             sizes.destinations, Quantity::Heads);
  country.abroad.resize(sizes.destinations);
  for (double& heads : country.abroad) heads /= scale;
  read_wages(scenario, settings, country);
  if (const auto table = TableView::open(scenario, "fertility")) {
    country.fertility = hazards(*table, false);
  }
  if (const auto table = TableView::open(scenario, "mortality")) {
    country.mortality = hazards(*table, true);
  }
  country.training_places = by_member(scenario, "training_places", "field", Dim::Field,
                                      sizes.fields, Quantity::HeadsPerYear);
  country.training_places.resize(sizes.fields);
  for (double& places : country.training_places) places /= scale;
  return country;
}

}  // namespace steppe
