#pragma once

// A small made-up run for the tests of sim/results: no engine, no scenario reader.

#include <unistd.h>

#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "sim/observe/recording.hpp"
#include "sim/results/run_info.hpp"
#include "sim/scenario/scenario.hpp"

namespace steppe::test {

/// A new folder for one test, removed at its end.
class TempFolder {
 public:
  TempFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "steppe-results-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::filesystem::path operator/(const std::string& name) const {
    return path_ / name;
  }

 private:
  std::filesystem::path path_;
};

inline std::string slurp(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

inline void spit(const std::filesystem::path& file, const std::string& text) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
}

inline Member member(const std::string& key) {
  Member one;
  one.key = key;
  return one;
}

/// Two sectors, two occupations and two origins; the scenario and a table stand in `folder`.
inline Scenario small_scenario(const std::filesystem::path& folder) {
  spit(folder / "case" / "quota.yaml", "schema: steppe/1\nextends: ../base.yaml\n");
  spit(folder / "base.yaml", "schema: steppe/1\n");
  spit(folder / "data" / "drivers.csv", "date,value\n2009,1\n");
  Scenario scenario;
  scenario.file = (folder / "case" / "quota.yaml").string();
  scenario.key = "quota";
  scenario.name.texts = {{"en", "A quota"}, {"mn", "Квот"}};
  scenario.dimensions.sectors = {member("mining"), member("construction")};
  scenario.dimensions.occupations = {member("craft_trades"), member("elementary")};
  scenario.dimensions.origins = {member("china"), member("other")};
  scenario.model.fill("none");
  scenario.inputs = {folder / "case" / "quota.yaml", folder / "base.yaml",
                     folder / "data" / "drivers.csv"};
  scenario.resolved_yaml = "time: {start: 2009-01-01}  # base.yaml:3\n";
  return scenario;
}

inline RunInfo small_info(int replications = 2) {
  RunInfo info;
  info.replications = replications;
  info.threads = 1;
  info.command = {"steppe", "run", "case/quota.yaml"};
  return info;
}

inline Variable variable(const std::string& name, const std::string& unit, VariableKind kind,
                         std::vector<Dim> dims = {}, int digits = 0, bool in_tidy = true) {
  Variable one;
  one.name = name;
  one.unit = unit;
  one.long_name = "The " + name;
  one.kind = kind;
  one.dims = std::move(dims);
  one.in_tidy = in_tidy;
  one.digits = digits;
  return one;
}

/// Three months of a stock, the same by sector, a flow, a rate with a gap, a cross table outside
/// tidy.csv, and a rate by sex. Realization r adds r to the counts.
inline Recording small_recording(int realization) {
  const double r = realization;
  const double missing = std::numeric_limits<double>::quiet_NaN();
  Recording recording;
  recording.months = {Month(2009, 1), Month(2009, 2), Month(2009, 3)};
  recording.tables = {
      {variable("employed", "person", VariableKind::Stock), {}, {100 + r, 101 + r, 102 + r}},
      {variable("employed", "person", VariableKind::Stock, {Dim::Sector}),
       {2},
       {60 + r, 40, 61 + r, 40, 62 + r, 40}},
      {variable("hires", "person/month", VariableKind::Flow), {}, {7, 8 + r, 9}},
      {variable("unemployment_rate", "1", VariableKind::Rate, {}, 6),
       {},
       {0.05, 0.0625 + 0.01 * r, missing}},
      {variable("employed", "person", VariableKind::Stock, {Dim::Sector, Dim::Occupation}, 0,
                false),
       {2, 2},
       {10, 50 + r, 20, 20, 11, 50 + r, 20, 20, 12, 50 + r, 20, 20}},
      {variable("unemployment_rate", "1", VariableKind::Rate, {Dim::Sex}, 4),
       {2},
       {0.05, 0.07, 0.05, 0.07, 0.06, 0.08}}};
  recording.phase_times = {{"matching", 0.25, 10}, {"wages", 0.5, 0}};
  recording.levers = {
      {"permits.fee", {}, false, false, 0.0, 0.0, 0, {}, 0},
      {"permits.total_cap", {}, true, true, 1.0, 10.0 * realization, realization, {}, 0}};
  recording.persons = 1000 + static_cast<std::uint64_t>(realization);
  recording.events = 50;
  recording.checks = 3;
  recording.seconds = 0.75;
  return recording;
}

}  // namespace steppe::test
