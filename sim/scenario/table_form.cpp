#include "sim/scenario/table_form.hpp"

#include <algorithm>

#include "sim/scenario/scenario.hpp"

namespace steppe::detail {
namespace {

Column key_of(const char* name, Dim dim) { return {.name = name, .cell = Cell::Key, .dim = dim}; }

/// Every table of the start population ends alike.
TableForm table(std::string name, std::string summary, std::vector<Column> keys) {
  keys.push_back({.name = "value", .cell = Cell::Number});
  keys.push_back({.name = "unit", .cell = Cell::Unit});
  keys.push_back({.name = "source", .cell = Cell::Text});
  keys.push_back({.name = "quality", .cell = Cell::Choice, .choices = source_kinds()});
  keys.push_back({.name = "note", .cell = Cell::Text, .required = false});
  return {std::move(name), std::move(summary), std::move(keys)};
}

TableForm shares(TableForm form, std::vector<std::string> within = {}) {
  form.shares = true;
  form.shares_within = std::move(within);
  return form;
}

}  // namespace

const Column* TableForm::find(std::string_view column) const {
  const auto found = std::find_if(columns.begin(), columns.end(),
                                  [&](const Column& c) { return c.name == column; });
  return found == columns.end() ? nullptr : &*found;
}

const std::vector<TableForm>& population_tables() {
  const Column age_lo{.name = "age_lo", .cell = Cell::Age};
  const Column age_hi{.name = "age_hi", .cell = Cell::Age};
  const Column sex = key_of("sex", Dim::Sex);
  const Column sector = key_of("sector", Dim::Sector);
  const Column occupation = key_of("occupation", Dim::Occupation);
  const Column region = key_of("region", Dim::Region);
  const Column origin = key_of("origin", Dim::Origin);
  static const std::vector<TableForm> tables = {
      table("age_sex", "residents by age and sex", {age_lo, age_hi, sex}),
      table("region", "residents by region", {region}),
      table("employed_age_sex", "employed by age and sex", {age_lo, age_hi, sex}),
      table("labour_status", "labour force, employed and unemployed by both definitions",
            {{.name = "status",
              .cell = Cell::Choice,
              .choices = {"employed", "unemployed_ilo", "unemployed_nso", "labour_force"}}}),
      table("unemployed_duration", "shares of the unemployed by duration",
            {{.name = "band", .cell = Cell::Choice, .choices = {"lt6m", "6_12m", "ge12m"}}}),
      table("employed_sector", "employed by sector", {sector}),
      shares(table("sector_region", "where each sector's posts stand", {sector, region}),
             {"sector"}),
      shares(table("occupation_sector", "each sector's posts by occupation", {sector, occupation}),
             {"sector"}),
      table("self_employed", "those who work outside firms, by sector", {sector}),
      table("unemployment_region", "unemployment rate by region", {region}),
      shares(table("education_occupation", "each occupation's staff by education",
                   {occupation, key_of("education", Dim::Education)}),
             {"occupation"}),
      table("wage_sector", "mean wage by sector", {sector}),
      table("wage_occupation", "mean wage by occupation, relative to the mean", {occupation}),
      table("wage_spread", "standard deviation of the logarithm of wages", {}),
      table("foreign_total", "foreign workers in the country", {}),
      shares(table("foreign_sector", "foreign workers by sector", {sector})),
      shares(table("foreign_origin", "foreign workers by citizenship", {origin})),
      shares(table("foreign_occupation", "foreign workers by occupation", {occupation})),
      table("abroad", "nationals abroad by country", {key_of("destination", Dim::Destination)}),
      table("fertility", "births a woman and year by age", {age_lo, age_hi}),
      table("mortality", "deaths a person and year by age and sex", {age_lo, age_hi, sex}),
      table("training_places", "places a year by field", {key_of("field", Dim::Field)}),
  };
  return tables;
}

const TableForm& series_table() {
  static const TableForm form = {
      "series",
      "exogenous series by date",
      {
          {.name = "series", .cell = Cell::Text},
          {.name = "unit", .cell = Cell::Unit},
          {.name = "period", .cell = Cell::Period},
          {.name = "value", .cell = Cell::Number},
          {.name = "source", .cell = Cell::Text},
          {.name = "quality", .cell = Cell::Choice, .choices = source_kinds()},
          {.name = "note", .cell = Cell::Text, .required = false},
      }};
  return form;
}

const TableForm& network_nodes_table() {
  static const TableForm form = {
      "network_nodes",
      "occupations of the mobility network",
      {
          {.name = "occupation", .cell = Cell::Text},
          {.name = "label", .cell = Cell::Text, .required = false},
          {.name = "label_mn", .cell = Cell::Text, .required = false},
          {.name = "employment", .cell = Cell::Number},
          {.name = "automation_probability", .cell = Cell::Number, .required = false},
          {.name = "relative_wage", .cell = Cell::Number, .required = false},
      }};
  return form;
}

const TableForm& network_edges_table() {
  static const TableForm form = {
      "network_edges",
      "who leaves an occupation for which: weights that sum to one by `from`",
      {
          {.name = "from", .cell = Cell::Text},
          {.name = "to", .cell = Cell::Text},
          {.name = "weight", .cell = Cell::Number},
      }};
  return form;
}

const TableForm& record_table() {
  static const TableForm form = {
      "record",
      "recorded figures to set beside the simulated ones",
      {
          {.name = "variable", .cell = Cell::Text},
          {.name = "region", .cell = Cell::Keys, .dim = Dim::Region},
          {.name = "sector", .cell = Cell::Keys, .dim = Dim::Sector},
          {.name = "group", .cell = Cell::Text},
          {.name = "unit", .cell = Cell::Unit},
          {.name = "period", .cell = Cell::Period},
          {.name = "value", .cell = Cell::Number},
          {.name = "source", .cell = Cell::Text},
          {.name = "quality", .cell = Cell::Choice, .choices = source_kinds()},
          {.name = "definition", .cell = Cell::Text},
          {.name = "at", .cell = Cell::Choice, .required = false, .choices = {"mean", "end"}},
          {.name = "basis", .cell = Cell::Text, .required = false},
          {.name = "note", .cell = Cell::Text, .required = false},
      }};
  return form;
}

}  // namespace steppe::detail
