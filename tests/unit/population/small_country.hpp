#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace steppe::test {

/// A table of the start population by hand; rows are numbered as lines of a file with a header.
inline DataTable table(std::string name, std::vector<std::string> columns,
                       std::vector<std::vector<std::string>> rows) {
  DataTable out;
  out.name = name;
  out.path = name + ".csv";
  out.columns = std::move(columns);
  int line = 1;
  for (std::vector<std::string>& cells : rows) out.rows.push_back({std::move(cells), ++line});
  return out;
}

inline std::vector<Member> members(std::initializer_list<const char*> keys) {
  std::vector<Member> out;
  for (const char* key : keys) {
    Member member;
    member.key = key;
    out.push_back(std::move(member));
  }
  return out;
}

/// Ten thousand people in two regions: one farms outside firms, the other works in a factory.
inline Scenario small_country() {
  Scenario scenario;
  scenario.file = "small.yaml";
  scenario.time.start = {2020, 1, 1};
  scenario.time.end = {2024, 12, 31};
  Dimensions& dims = scenario.dimensions;
  dims.sectors = members({"farming", "industry"});
  dims.occupations = members({"farmers", "workers", "engineers"});
  dims.occupations[2].group = "high";
  dims.regions = members({"town", "land"});
  dims.origins = members({"near", "far"});
  dims.destinations = members({"abroad"});
  dims.education = members({"basic", "middle", "high"});
  scenario.population.tables = {
      table("age_sex", {"age_lo", "age_hi", "sex", "value", "unit"},
            {{"0", "14", "female", "1500", "person"},
             {"0", "14", "male", "1500", "person"},
             {"15", "64", "female", "3000", "person"},
             {"15", "64", "male", "3000", "person"},
             {"65", "", "female", "600", "person"},
             {"65", "", "male", "400", "person"}}),
      table("region", {"region", "value", "unit"},
            {{"town", "6000", "person"}, {"land", "4000", "person"}}),
      table("labour_status", {"status", "value", "unit"},
            {{"employed", "4000", "person"},
             {"unemployed_ilo", "200", "person"},
             {"unemployed_nso", "350", "person"}}),
      table("employed_sector", {"sector", "value", "unit"},
            {{"farming", "1000", "person"}, {"industry", "3", "thousand_persons"}}),
      table("sector_region", {"sector", "region", "value", "unit"},
            {{"farming", "land", "100", "%"},
             {"industry", "town", "90", "%"},
             {"industry", "land", "10", "%"}}),
      table("occupation_sector", {"sector", "occupation", "value", "unit"},
            {{"farming", "farmers", "0.9", "1"},
             {"farming", "workers", "0.1", "1"},
             {"industry", "workers", "0.8", "1"},
             {"industry", "engineers", "0.2", "1"}}),
      table("self_employed", {"sector", "value", "unit"}, {{"farming", "800", "person"}}),
      table("foreign_total", {"value", "unit"}, {{"100", "person"}}),
      table("foreign_sector", {"sector", "value", "unit"}, {{"industry", "1", "1"}}),
  };
  return scenario;
}

/// The table of that name, to be changed.
inline DataTable& find(Scenario& scenario, const std::string& name) {
  for (DataTable& each : scenario.population.tables) {
    if (each.name == name) return each;
  }
  scenario.population.tables.push_back({});
  return scenario.population.tables.back();
}

}  // namespace steppe::test
