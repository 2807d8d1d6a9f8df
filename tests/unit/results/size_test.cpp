#include <algorithm>
#include <chrono>

#include "sim/results/files.hpp"
#include "sim/results/writer.hpp"
#include "support/catch.hpp"
#include "unit/results/synthetic.hpp"

namespace steppe {
namespace {

std::vector<Member> members(const std::string& stem, int count) {
  std::vector<Member> list;
  for (int i = 0; i < count; ++i) list.push_back(test::member(stem + "_" + std::to_string(i)));
  return list;
}

/// Sizes and lengths of keys as in the scenario of a country.
Scenario country(const std::filesystem::path& folder) {
  Scenario scenario = test::small_scenario(folder);
  scenario.key = "history";
  scenario.dimensions.sectors = members("real_estate", 21);
  scenario.dimensions.occupations = members("technicians", 9);
  scenario.dimensions.regions = members("khuvsgul", 22);
  scenario.dimensions.origins = members("vietnam", 10);
  return scenario;
}

/// A noisy recording of 192 months: 71 national series, `by_dimension` (at least) by one dimension,
/// and cross tables of national and foreign employment.
Recording country_recording(const Scenario& scenario, int realization, std::size_t by_dimension) {
  Recording recording;
  for (int month = 0; month < 192; ++month) recording.months.push_back(Month(2009, 1) + month);
  std::uint64_t state = 88172645463325252u + static_cast<std::uint64_t>(realization);
  const auto add = [&](Variable variable, double level) {
    Table table{std::move(variable), {}, {}};
    for (const Dim dim : table.variable.dims) {
      table.shape.push_back(scenario.dimensions.of(dim).size());
    }
    for (std::size_t i = 0; i < recording.months.size() * table.cells(); ++i) {
      state ^= state << 13;
      state ^= state >> 7;
      state ^= state << 17;
      const double value = level * (1.0 + 0.1 * static_cast<double>(state >> 11) * 0x1.0p-53);
      table.data.push_back(table.variable.digits == 0 ? std::nearbyint(value) : value);
    }
    const std::size_t cells = table.cells();
    recording.tables.push_back(std::move(table));
    return cells;
  };
  for (int i = 0; i < 71; ++i) {
    const bool rate = i % 3 == 0;
    add(test::variable("national_measure_" + std::to_string(i), rate ? "1" : "person/month",
                       VariableKind::Stock, {}, rate ? 6 : 0),
        rate ? 0.06 : 120000.0);
  }
  constexpr Dim kDims[] = {Dim::Sector, Dim::Region, Dim::Occupation, Dim::Origin};
  std::size_t cells = 0;
  for (int i = 0; cells < by_dimension; ++i) {
    const bool rate = i / 4 % 3 == 2;
    cells += add(test::variable("foreign_workers_" + std::to_string(i / 4), rate ? "1" : "person",
                                VariableKind::Stock, {kDims[i % 4]}, rate ? 6 : 0),
                 rate ? 0.06 : 9000.0);
  }
  add(test::variable("employed", "person", VariableKind::Stock, {Dim::Sector, Dim::Occupation}, 0,
                     false),
      5000.0);
  add(test::variable("foreign", "person", VariableKind::Stock, {Dim::Sector, Dim::Occupation}, 0,
                     false),
      200.0);
  add(test::variable("foreign", "person", VariableKind::Stock,
                     {Dim::Sector, Dim::Skill, Dim::Origin}, 0, false),
      60.0);
  return recording;
}

// 446 is what the recorder gives by sector, occupation, region and origin for Mongolia; a row of
// tidy.csv takes about 84 bytes, so 520 series are as many as fit, the 71 of the country included.
TEST_CASE("results/writer: 20 replicates of 16 years stay under 200 MB", "[unit][slow]") {
  const test::TempFolder folder;
  const Scenario scenario = country(folder.path());
  const auto start = std::chrono::steady_clock::now();
  double adding = 0.0;
  RunWriter writer(scenario, test::small_info(20), folder / "runs");
  for (int r = 0; r < 20; ++r) {
    const Recording recording = country_recording(scenario, r, 446);
    const auto before = std::chrono::steady_clock::now();
    writer.add(r, recording);
    adding += std::chrono::duration<double>(std::chrono::steady_clock::now() - before).count();
  }
  const auto before = std::chrono::steady_clock::now();
  const RunFolder run = writer.finish();
  const auto end = std::chrono::steady_clock::now();
  std::uint64_t total = 0;
  std::string sizes;
  for (const FileRecord& file : run.manifest().files) {
    total += file.bytes;
    if (file.bytes > 1000000) sizes += " " + file.path + " " + std::to_string(file.bytes);
  }
  WARN("folder " << total << " bytes:" << sizes << "; adding " << adding << " s, finishing "
                 << std::chrono::duration<double>(end - before).count() << " s, all "
                 << std::chrono::duration<double>(end - start).count() << " s");
  CHECK(total < 200000000u);
}

}  // namespace
}  // namespace steppe
