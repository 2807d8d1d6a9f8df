#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "support/catch.hpp"
#include "unit/app/folder.hpp"
#include "unit/app/program.hpp"

using namespace steppe::test;
using Json = nlohmann::json;
namespace fs = std::filesystem;

namespace {

/// The tiny market, and the same losing jobs more often.
void write_pair(const Folder& folder) {
  folder.write("base.yaml", kTiny);
  folder.write("loose.yaml",
               "schema: steppe/1\nextends: base.yaml\n"
               "parameters: {separation_rate: {value: 0.03, unit: 1/month}}\n");
}

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::size_t widest_line(const std::string& text) {
  std::size_t widest = 0;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const auto columns =
        std::count_if(line.begin(), line.end(), [](char c) { return (c & 0xC0) != 0x80; });
    widest = std::max(widest, static_cast<std::size_t>(columns));
  }
  return widest;
}

}  // namespace

TEST_CASE("app/compare: a comparison leaves a whole folder, a second keeps it", "[unit]") {
  const Folder folder;
  write_pair(folder);
  const std::vector<std::string> words{"compare", "base.yaml", "loose.yaml", "-n",
                                       "4",       "-o",        "out",        "--json"};
  const Outcome first = run_program(folder.path, words);
  INFO(first.err);
  REQUIRE(first.code == 0);
  const Json made = Json::parse(first.out);
  CHECK(made["kept"] == false);
  const fs::path place = folder.path / made["folder"].get<std::string>();
  CHECK(place.filename().string().rfind("compare-base-loose-", 0) == 0);
  for (const char* file :
       {"manifest.json", "log.jsonl", "differences.csv", "people.csv", "verdicts.json",
        "inputs/base.yaml", "inputs/loose.yaml", "scenarios/base/scenario.resolved.yaml",
        "scenarios/loose/scenario.resolved.yaml", "scenarios/loose/checks.json"}) {
    INFO(file);
    CHECK(fs::exists(place / file));
  }
  const Json& unemployment = made["alternatives"][0]["metrics"][0];
  CHECK(unemployment["variable"] == "unemployment_rate");
  CHECK(unemployment["verdict"] == "likely_higher");
  CHECK(unemployment["n"] == 4);
  CHECK_THAT(
      unemployment["difference"].get<double>(),
      WithinAbs(unemployment["alternative"].get<double>() - unemployment["base"].get<double>(),
                1e-12));

  const Outcome second = run_program(folder.path, words);
  CHECK(second.code == 0);
  const Json kept = Json::parse(second.out);
  CHECK(kept["kept"] == true);
  CHECK(kept["alternatives"] == made["alternatives"]);
}

TEST_CASE("app/compare: on any number of threads the files have the same bytes", "[unit]") {
  const Folder folder;
  write_pair(folder);
  std::vector<fs::path> places;
  for (const char* threads : {"1", "2"}) {
    const Outcome o =
        run_program(folder.path, {"compare", "base.yaml", "loose.yaml", "-n", "3", "-j", threads,
                                  "-o", std::string("out") + threads, "--json", "-q"});
    REQUIRE(o.code == 0);
    CHECK(o.err.empty());
    places.push_back(folder.path / Json::parse(o.out)["folder"].get<std::string>());
  }
  CHECK(places[0].filename() == places[1].filename());
  for (const char* file :
       {"differences.csv", "people.csv", "verdicts.json", "scenarios/base/checks.json"}) {
    INFO(file);
    CHECK(text_of(places[0] / file) == text_of(places[1] / file));
    CHECK(text_of(places[0] / file).size() > 100);
  }
}

TEST_CASE("app/compare: a scenario does not differ from itself", "[unit]") {
  const Folder folder;
  folder.write("tiny.yaml", kTiny);
  const Outcome o = run_program(folder.path, {"compare", "tiny.yaml", "tiny.yaml", "-n", "2",
                                              "--json", "--metric", "unemployment_rate,employed"});
  INFO(o.err);
  REQUIRE(o.code == 0);
  const Json made = Json::parse(o.out);
  CHECK(made["base"] == "tiny");
  CHECK(made["alternatives"][0]["scenario"] == "tiny-2");
  for (const Json& metric : made["alternatives"][0]["metrics"]) {
    CHECK(metric["verdict"] == "no_detectable_change");
    CHECK(metric["difference"] == 0.0);
  }
  std::istringstream rows(
      text_of(folder.path / made["folder"].get<std::string>() / "differences.csv"));
  std::string row;
  std::getline(rows, row);
  std::size_t count = 0;
  while (std::getline(rows, row)) {
    // The difference, its error and its interval stand before n and the unpaired error.
    const bool zero = row.find(",0,0,0,0,2,") != std::string::npos;
    const bool missing = row.find(",,,,,,,0,") != std::string::npos;
    if (!zero && !missing) FAIL(row);
    ++count;
  }
  CHECK(count > 500);
}

TEST_CASE("app/compare: the answer for readers fits a terminal", "[unit]") {
  const Folder folder;
  write_pair(folder);
  const Outcome o = run_program(folder.path, {"compare", "base.yaml", "loose.yaml", "-n", "4",
                                              "--by", "age,sex", "--at", "2020-06", "-q"});
  INFO(o.out);
  REQUIRE(o.code == 0);
  CHECK(o.err.empty());
  CHECK_THAT(o.out, ContainsSubstring("loose compared with base, 2020-06"));
  CHECK_THAT(o.out, ContainsSubstring("Unemployment, searching: likely higher, by "));
  CHECK_THAT(o.out, ContainsSubstring("unemployment, searching by sex"));
  CHECK_THAT(o.out, ContainsSubstring("nationals of the start population, compared"));
  CHECK_THAT(o.out, ContainsSubstring("times as wide"));
  const Outcome span = run_program(folder.path, {"compare", "base.yaml", "loose.yaml", "-n", "2",
                                                 "--at", "2020-03..2020-06", "-q"});
  CHECK_THAT(span.out, ContainsSubstring("loose compared with base, mean of 2020-03 to 2020-06"));
  // But for the line of the folder, whose name may be long.
  std::string text = o.out.substr(0, o.out.find("results:"));
  CHECK(widest_line(text) <= 80);
}

TEST_CASE("app/compare: indicators of a scenario's own", "[unit]") {
  const Folder folder;
  write_pair(folder);
  const auto with_indicator = [&](const char* from, const char* to) {
    std::ifstream in(folder.path / from);
    std::ofstream out(folder.path / to);
    out << in.rdbuf() << "indicators:\n  per_post: {formula: employed / vacancies, unit: \"1\"}\n";
  };
  with_indicator("base.yaml", "base2.yaml");
  with_indicator("loose.yaml", "loose2.yaml");
  // That of one alone is no reason to stop, and cannot be asked for.
  const Outcome one = run_program(
      folder.path, {"compare", "base.yaml", "loose2.yaml", "-n", "2", "--at", "2020-06", "-q"});
  CHECK(one.code == 0);
  const Outcome not_in_both = run_program(folder.path, {"compare", "base2.yaml", "loose.yaml", "-n",
                                                        "2", "--metric", "per_post", "-q"});
  CHECK(not_in_both.code == 2);
  const Outcome both =
      run_program(folder.path, {"compare", "base2.yaml", "loose2.yaml", "-n", "2", "--metric",
                                "per_post", "--fail-if", "per_post < 0", "--at", "2020-06", "-q"});
  INFO(both.out << both.err);
  CHECK(both.code == 5);
  CHECK_THAT(both.out, ContainsSubstring("Employed / vacancies: likely lower"));
}

TEST_CASE("app/compare: where nothing can differ it says so", "[unit]") {
  const Folder folder;
  write_pair(folder);
  const Outcome same = run_program(
      folder.path, {"compare", "base.yaml", "base.yaml", "-n", "2", "--at", "2020-06", "-q"});
  CHECK_THAT(same.out, ContainsSubstring("Nothing can differ: it assumes the same as base."));
  const Outcome number = run_program(folder.path, {"compare", "base.yaml", "loose.yaml", "-n", "2",
                                                   "--fail-if", "employed", "-q"});
  CHECK(number.code == 2);
  CHECK_THAT(number.err, ContainsSubstring("this is a number and no condition"));
}

TEST_CASE("app/compare: --fail-if ends with 5 when it holds, also for a kept comparison",
          "[unit]") {
  const Folder folder;
  write_pair(folder);
  const auto compare = [&](const std::string& formula) {
    return run_program(
        folder.path, {"compare", "base.yaml", "loose.yaml", "-n", "3", "--fail-if", formula, "-q"});
  };
  const Outcome failed = compare("unemployment_rate > 0.005 && employed < 0");
  CHECK(failed.code == 5);
  CHECK_THAT(failed.err, ContainsSubstring("holds for 'loose'"));
  CHECK_THAT(failed.out, ContainsSubstring("likely higher"));
  CHECK(compare("unemployment_rate > 0.005 && employed < 0").code == 5);
  CHECK(compare("unemployment_rate > 0.9").code == 0);
  CHECK(compare("unemployment_rate(female) > 0.0001").code == 5);
  const Outcome missing = compare("time_to_fill / foreign_workers > 0");
  CHECK(missing.code == 0);
  CHECK_THAT(missing.err, ContainsSubstring("cannot be decided for 'loose'"));
}

TEST_CASE("app/compare: mistakes in --fail-if are told with their place", "[unit]") {
  const Folder folder;
  write_pair(folder);
  const auto refused = [&](const std::string& formula, const std::string& message) {
    const Outcome o =
        run_program(folder.path, {"compare", "base.yaml", "loose.yaml", "--fail-if", formula});
    INFO(o.err);
    CHECK(o.code == 2);
    CHECK(o.out.empty());
    CHECK_THAT(o.err, ContainsSubstring(message));
    CHECK_FALSE(folder.has("runs"));
  };
  refused("unemploymnt_rate > 0.01", "--fail-if:1:1: error: nothing called 'unemploymnt_rate'");
  refused("unemploymnt_rate > 0.01", "did you mean 'unemployment_rate'?");
  refused("employed > 0 && ", "--fail-if:1:16: error: the formula ends");
  refused("1 < employed(femal)", "--fail-if:1:5: error: 'employed' has no key 'femal'");
  refused("1 < employed(femal)", "did you mean 'female'?");
}

TEST_CASE("app/compare: what cannot be asked ends with a sentence", "[unit]") {
  const Folder folder;
  write_pair(folder);
  const auto refused = [&](const std::vector<std::string>& more, const std::string& message,
                           int code = 2) {
    std::vector<std::string> words{"compare", "base.yaml", "loose.yaml"};
    words.insert(words.end(), more.begin(), more.end());
    const Outcome o = run_program(folder.path, words);
    INFO(o.err);
    CHECK(o.code == code);
    CHECK(o.out.empty());
    CHECK_THAT(o.err, ContainsSubstring(message));
    CHECK_FALSE(folder.has("runs"));
  };
  CHECK(run_program(folder.path, {"compare", "base.yaml"}).code == 2);
  refused({"--metric", "vacancy"}, "--metric is 'vacancy', which is not recorded");
  refused({"--metric", "vacancie"}, "did you mean 'vacancies'?");
  refused({"--by", "sectr"}, "--by is 'sectr'");
  refused({"--by", "sectr"}, "did you mean 'sector'?");
  refused({"--metric", "births", "--by", "sex"}, "'births' is recorded for the country alone");
  refused({"--metric", "output_share"},
          "'output_share' is recorded by sector; ask for it with --by");
  refused({"--at", "2031"}, "--at is '2031', but results are from 2020-01 to 2020-12");
  refused({"--at", "June"}, "expected a year or a month");
  refused({"--at", "2020-13"}, "expected a year or a month");
  refused({"--at", "2020-06..2020-05"}, "expected a year or a month");
  refused({"--at", "2020..next"}, "expected a year or a month");
  refused({"--ci", "100"}, "--ci is '100'");
  folder.write("wrong.yaml", "schema: steppe/1\nextends: base.yaml\nnmae: x\n");
  refused({"wrong.yaml"}, "wrong.yaml:3:1: error: unknown key 'nmae'", 3);
}

TEST_CASE("app/compare: scenarios of another span are refused by name", "[unit]") {
  const Folder folder;
  write_pair(folder);
  folder.write("longer.yaml", "schema: steppe/1\nextends: base.yaml\ntime: {end: 2021-12-31}\n");
  const Outcome o = run_program(folder.path, {"compare", "base.yaml", "longer.yaml"});
  CHECK(o.code == 3);
  CHECK_THAT(o.err, ContainsSubstring("'base.yaml' and 'longer.yaml' cannot be compared: time.end "
                                      "is 2020-12-31 in the first and 2021-12-31 in the second"));
  CHECK_FALSE(folder.has("runs"));
}

TEST_CASE("app/compare: of other data both tables are named before the run", "[unit]") {
  const Folder folder;
  const fs::path demo = fs::path(STEPPE_SOURCE_DIR) / "scenarios/examples";
  const std::string ages = text_of(demo / "demo/age_sex.csv");
  folder.write("same.csv", ages);
  std::string fewer = ages;
  fewer.replace(fewer.find("5600"), 4, "5500");
  folder.write("other.csv", fewer);
  const auto compared = [&](const std::string& top) {
    folder.write("top.yaml", "schema: steppe/1\nextends: " + (demo / "demo.yaml").string() + top);
    return run_program(folder.path, {"compare", (demo / "demo.yaml").string(), "top.yaml", "-n",
                                     "1", "--scale", "100", "--set", "time.end=2021-12-31"});
  };
  const Outcome other = compared("\npopulation: {tables: {age_sex: other.csv}}\n");
  INFO(other.err);
  CHECK(other.code == 0);
  CHECK_THAT(other.err, ContainsSubstring("warning: population.tables.age_sex is "));
  CHECK_THAT(other.err, ContainsSubstring("age_sex.csv in '"));
  CHECK_THAT(other.err, ContainsSubstring("other.csv in 'top.yaml'"));
  const Outcome same = compared("\npopulation: {tables: {age_sex: same.csv}}\n");
  CHECK(same.code == 0);
  CHECK(same.err.find("age_sex") == std::string::npos);
}

TEST_CASE("app/compare: Ctrl-C ends with 130 and nothing half-written", "[unit]") {
  const Folder folder;
  folder.write("long.yaml", R"(schema: steppe/1
time: {start: 1900-01-01, end: 2199-12-31}
model: {drivers: none, demand: fixed, foreign_hiring: none, wages: fixed, training: none,
        demography: fixed, migration: none}
population:
  textbook: {persons: 20000, firms: 1000, staff: 19, unemployed: 5 %}
)");
  const Outcome o = run_program(
      folder.path, {"compare", "long.yaml", "long.yaml", "-n", "1000", "-o", "out"}, 1.0);
  CHECK(o.code == 130);
  CHECK_THAT(o.err, ContainsSubstring("interrupted; nothing was written"));
  CHECK(o.out.empty());
  CHECK_FALSE(folder.has("out"));
}
