#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "sim/analysis/benchmark_folder.hpp"
#include "sim/api/registry.hpp"
#include "sim/core/variant_page.hpp"
#include "sim/scenario/reader.hpp"
#include "support/catch.hpp"
#include "unit/app/folder.hpp"
#include "unit/app/program.hpp"

using namespace steppe;
using namespace steppe::test;
using Json = nlohmann::json;
namespace fs = std::filesystem;

namespace {

/// A market of which every variant has a map.
constexpr const char* kStill = R"(schema: steppe/1
name: {en: Still}
time: {start: 2020-01-01, end: 2022-12-31}
model: {drivers: none, demand: fixed, separations: none, vacancies: fixed, matching: none,
        foreign_hiring: none, wages: fixed, training: none, demography: fixed, migration: none}
population:
  textbook: {persons: 2000, firms: 100, staff: 19, unemployed: 5 %}
)";

/// Three years and a record of two series.
constexpr const char* kRecorded = R"(schema: steppe/1
name: {en: Recorded}
time: {start: 2020-01-01, end: 2022-12-31}
model: {drivers: none, demand: fixed, foreign_hiring: none, wages: fixed, training: none,
        demography: fixed, migration: none}
population:
  textbook: {persons: 2000, firms: 100, staff: 19, unemployed: 5 %}
record: record.csv
)";
constexpr const char* kRecord =
    "variable,region,sector,group,unit,period,value,source,quality,definition\n"
    "unemployment_rate,all,all,all,1,2020,0.06,Invented,assumption,\n"
    "unemployment_rate,all,all,all,1,2021,0.07,Invented,assumption,\n"
    "unemployment_rate,all,all,all,1,2022,0.05,Invented,assumption,\n"
    "vacancies,all,all,all,post,2020-12,40,Invented,assumption,\n"
    "vacancies,all,all,all,post,2021-12,30,Invented,assumption,\n";

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// The text as one line, however it was broken.
std::string words_of(const std::string& text) {
  std::string words;
  std::istringstream in(text);
  for (std::string word; in >> word;) words += (words.empty() ? "" : " ") + word;
  return words;
}

/// No line is wider than a terminal of 80 columns.
void check_width(const std::string& text) {
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    INFO(line);
    CHECK(std::count_if(line.begin(), line.end(), [](char c) { return (c & 0xC0) != 0x80; }) <= 80);
  }
}

fs::path only_folder(const fs::path& parent) {
  fs::path found;
  for (const auto& entry : fs::directory_iterator(parent)) found = entry.path();
  return found;
}

}  // namespace

TEST_CASE("app/run: the mean field is one run, with its own hash and column", "[unit]") {
  const Folder folder;
  folder.write("still.yaml", kStill);
  const Outcome o =
      run_program(folder.path, {"run", "still.yaml", "--engine", "mean_field", "--json", "-q"});
  INFO(o.err);
  REQUIRE(o.code == 0);
  const Json run = Json::parse(o.out);
  CHECK(run["replications"] == 1);
  CHECK(run["engine"] == "mean_field");
  const fs::path there = folder.path / run["folder"].get<std::string>();
  CHECK_THAT(text_of(there / "tidy.csv"), ContainsSubstring("\nmean_field,still,"));
  const Json manifest = Json::parse(text_of(there / "manifest.json"));
  CHECK(manifest["run"]["model"] == "mean_field");
  CHECK_THAT(text_of(there / "report.html"), ContainsSubstring("--engine mean_field"));
  const std::string page = text_of(there / "report.html");
  CHECK_THAT(page, ContainsSubstring("without chance and intervals"));
  CHECK_THAT(page, !ContainsSubstring("replication"));
  CHECK_THAT(manifest["run"]["command"].dump(), !ContainsSubstring("--seed"));
  const Outcome text = run_program(folder.path, {"run", "still.yaml", "--engine", "mean_field"});
  CHECK(text.code == 0);
  CHECK_THAT(text.out, ContainsSubstring("a deterministic solution"));
  CHECK_THAT(text.out + text.err, !ContainsSubstring("replication"));
  CHECK_THAT(text.out, !ContainsSubstring("90 %"));
  const Json agents =
      Json::parse(run_program(folder.path, {"run", "still.yaml", "-n", "1", "--json", "-q"}).out);
  CHECK(agents["hash"] != run["hash"]);
  CHECK(agents["engine"] == "agents");
  // Still as agents are, so that levels are equal to the last digit.
  CHECK(agents["headline"][2]["variable"] == "employed");
  CHECK(agents["headline"][2]["mean"] == run["headline"][2]["mean"]);

  const Outcome again =
      run_program(folder.path, {"run", "still.yaml", "--engine", "mean_field", "--json", "-q"});
  CHECK(Json::parse(again.out)["kept"] == true);
}

TEST_CASE("app/run: what the mean field cannot do is refused with a sentence", "[unit]") {
  const Folder folder;
  folder.write("still.yaml", kStill);
  const auto run = [&](std::vector<std::string> more) {
    std::vector<std::string> words = {"run", "still.yaml", "--engine", "mean_field"};
    words.insert(words.end(), more.begin(), more.end());
    return run_program(folder.path, words);
  };
  const std::vector<std::vector<std::string>> idle = {
      {"--replications", "1"}, {"--seed", "1"}, {"--threads", "1"}, {"--scale", "1"}, {"--check"}};
  for (const std::vector<std::string>& words : idle) {
    const Outcome o = run(words);
    CHECK(o.code == 2);
    CHECK_THAT(o.err, ContainsSubstring(words[0] + " has no effect on the mean field"));
  }
  CHECK(run({"-n", "20"}).code == 2);
  CHECK_THAT(run_program(folder.path, {"run", "still.yaml", "--engine", "mean"}).err,
             ContainsSubstring("--engine is 'mean'"));

  // Any variant without a map will do.
  const auto& variants = builtin_models().catalogue().variants();
  const auto mapless = std::find_if(variants.begin(), variants.end(), [](const VariantDecl& v) {
    return !v.has_mean_field && v.needs.empty();
  });
  REQUIRE(mapless != variants.end());
  const std::string slot{to_string(mapless->slot)};
  const Outcome without = run({"--set", "model." + slot + "=" + mapless->name});
  CHECK(without.code == 3);
  CHECK_THAT(without.err, ContainsSubstring("model." + slot + " is '" + mapless->name + "'"));
  CHECK(!folder.has("runs"));
}

TEST_CASE("app/models list: one slot or all, no wider than a terminal", "[unit]") {
  const Folder folder;
  const Outcome all = run_program(folder.path, {"models", "list"});
  REQUIRE(all.code == 0);
  check_width(all.out);
  for (const VariantDecl& variant : builtin_models().catalogue().variants()) {
    CHECK_THAT(words_of(all.out), ContainsSubstring(variant.summary));
  }

  const Outcome one = run_program(folder.path, {"models", "list", "wages"});
  CHECK(one.code == 0);
  CHECK(one.out.rfind("wages\n", 0) == 0);
  CHECK_THAT(one.out, ContainsSubstring("nested_ces"));
  CHECK_THAT(one.out, !ContainsSubstring("matching"));
  for (const Json& variant :
       Json::parse(run_program(folder.path, {"models", "list", "wages", "--json"}).out)) {
    CHECK(variant["slot"] == "wages");
  }

  const Outcome wrong = run_program(folder.path, {"models", "list", "wage"});
  CHECK(wrong.code == 2);
  CHECK_THAT(wrong.err, ContainsSubstring("there is no slot 'wage'; there are drivers, "));
  CHECK_THAT(wrong.err, ContainsSubstring("did you mean 'wages'?"));
  CHECK(run_program(folder.path, {"models", "list", "wages", "urn"}).code == 2);
}

TEST_CASE("app/models: every slot is listed and every variant described, no wider than a terminal",
          "[unit]") {
  const Folder folder;
  const Json all = Json::parse(run_program(folder.path, {"models", "list", "--json"}).out);
  std::set<std::string> slots;
  for (const Json& variant : all) {
    slots.insert(variant["slot"].get<std::string>());
    const std::string name =
        variant["slot"].get<std::string>() + "/" + variant["name"].get<std::string>();
    const Outcome o = run_program(folder.path, {"models", "describe", name});
    INFO(name);
    CHECK(o.code == 0);
    CHECK_THAT(words_of(o.out), ContainsSubstring(variant["summary"].get<std::string>()));
    check_width(o.out);
    CHECK(variant["mean_field"].is_boolean());
    for (const char* section : {"equations", "assumptions", "known limits", "references"}) {
      CHECK_THAT(o.out, ContainsSubstring("\n" + std::string(section) + "\n"));
    }
    for (const char* key : {"purpose", "equations", "choices", "assumptions", "limits", "odd",
                            "tests", "references"}) {
      const std::string text = variant[key].get<std::string>();
      CHECK_FALSE(text.empty());
      CHECK_THAT(words_of(o.out), ContainsSubstring(words_of(without_links(text))));
    }
  }
  CHECK(slots.size() == 10);
  CHECK_THAT(run_program(folder.path, {"models", "list"}).out, ContainsSubstring("urn"));
}

TEST_CASE("app/models twin: agents and mean field side by side", "[unit]") {
  const Folder folder;
  folder.write("still.yaml", kStill);
  const Outcome text = run_program(folder.path, {"models", "twin", "still.yaml", "-n", "2", "-q"});
  CHECK(text.code == 0);
  CHECK_THAT(text.out, ContainsSubstring("unemployment_rate %"));
  for (std::size_t at = 0; at < text.out.size();) {
    const std::size_t end = text.out.find('\n', at);
    CHECK(std::count_if(text.out.begin() + static_cast<long>(at),
                        text.out.begin() + static_cast<long>(end),
                        [](char c) { return (c & 0xC0) != 0x80; }) <= 80);
    at = end + 1;
  }
  const Json json = Json::parse(
      run_program(folder.path, {"models", "twin", "still.yaml", "-n", "2", "--json"}).out);
  for (const Json& row : json["rows"]) {
    INFO(row["variable"]);
    if (row["variable"] != "employed" && row["variable"] != "unemployed") continue;
    CHECK(row["difference"] == 0.0);
    CHECK(row["rmse"] == 0.0);
    CHECK(row["n"] == 2);
  }
}

TEST_CASE("app/models: each verb takes its own options alone", "[unit]") {
  const Folder folder;
  const auto refused = [&](const std::vector<std::string>& words, const std::string& message) {
    const Outcome o = run_program(folder.path, words);
    CHECK(o.code == 2);
    CHECK_THAT(o.err, ContainsSubstring(message));
  };
  refused({"models", "list", "--seed", "3"}, "models list has no option --seed");
  refused({"models", "twin", "x.yaml", "--composition", "y"}, "models twin has no option");
  refused({"models", "benchmark"}, "the FILE is missing");
  folder.write("recorded.yaml", kRecorded);
  folder.write("record.csv", kRecord);
  refused({"models", "benchmark", "recorded.yaml", "--matching", "urns"}, "did you mean 'urn'?");
  refused({"models", "benchmark", "recorded.yaml", "--composition", "machting=urn"},
          "did you mean 'matching'?");
  refused({"models", "benchmark", "recorded.yaml", "--composition", "urn"}, "slot=variant");
  refused({"models", "benchmark", "recorded.yaml", "--composition", "wages=fixed,wages=nash"},
          "names wages twice");
}

TEST_CASE("app/models benchmark: compositions are scored as their own runs would be", "[unit]") {
  const Folder folder;
  folder.write("recorded.yaml", kRecorded);
  folder.write("record.csv", kRecord);
  const std::vector<std::string> words = {"models",           "benchmark", "recorded.yaml",
                                          "--matching",       "urn,none",  "--composition",
                                          "separations=none", "-n",        "3",
                                          "--json",           "-q"};
  const Outcome o = run_program(folder.path, words);
  INFO(o.err);
  REQUIRE(o.code == 0);
  const Json result = Json::parse(o.out);
  REQUIRE(result["compositions"].size() == 3);
  CHECK(result["compositions"][0]["name"] == "scenario");
  CHECK(result["compositions"][1]["name"] == "matching=none");
  CHECK(result["compositions"][2]["name"] == "separations=none");
  const Json& naive = result["naive"]["first"]["all"];
  CHECK(naive["points"] == 3);
  // 1/2 of |0.06 - 0.07| + |0.06 - 0.05| over 0.06 in two years, and 10 over 30 in one month.
  CHECK_THAT(naive["crps"].get<double>(), WithinAbs((2.0 * 0.01 / 0.06 + 10.0 / 30.0) / 3.0, 1e-9));

  // From a start population of its own, a run of the same composition gives the same figures.
  const Json run = Json::parse(run_program(folder.path, {"run", "recorded.yaml", "-n", "3", "--set",
                                                         "model.separations=none", "--json", "-q"})
                                   .out);
  double sum = 0.0;
  std::istringstream lines(text_of(folder.path / run["folder"].get<std::string>() / "summary.csv"));
  std::string line;
  std::getline(lines, line);
  std::vector<std::string> columns;
  const auto split = [](const std::string& row) {
    std::vector<std::string> out;
    std::istringstream in(row);
    for (std::string field; std::getline(in, field, ',');) out.push_back(field);
    return out;
  };
  columns = split(line);
  const auto mean =
      static_cast<std::size_t>(std::find(columns.begin(), columns.end(), "mean") - columns.begin());
  while (std::getline(lines, line)) {
    const std::vector<std::string> row = split(line);
    const bool is_national = std::all_of(row.begin() + 4, row.begin() + static_cast<long>(mean),
                                         [](const std::string& key) { return key == "all"; });
    if (is_national && row[0] == "unemployment_rate" && row[1].starts_with("2022")) {
      sum += std::stod(row[mean]) / 12.0;
    }
  }
  // The one series has two points that count, of 2021 and 2022; the second is known from the run.
  const std::size_t place = result["series"][0]["variable"] == "unemployment_rate" ? 0 : 1;
  CHECK(result["series"][place]["variable"] == "unemployment_rate");
  const Json& rate = result["compositions"][2]["scores"]["series"][place];
  const double error_2022 = sum - 0.05;
  const double error_2021 = 2.0 * rate["bias"].get<double>() - error_2022;
  // summary.csv has ten digits or so.
  CHECK_THAT(rate["rmse"].get<double>(),
             WithinRel(std::sqrt(0.5 * (error_2021 * error_2021 + error_2022 * error_2022)), 1e-5));

  const fs::path there = folder.path / result["folder"].get<std::string>();
  for (const char* file : {"manifest.json", "benchmark.json", "scores.csv", "report.html",
                           "log.jsonl", "scenario.resolved.yaml", "inputs/recorded.yaml"}) {
    INFO(file);
    CHECK(fs::is_regular_file(there / file));
  }
  CHECK_THAT(text_of(there / "report.html"), ContainsSubstring("matching=none"));
  const Json kept = Json::parse(run_program(folder.path, words).out);
  CHECK(kept["kept"] == true);
  CHECK(kept["compositions"] == result["compositions"]);
}

TEST_CASE("app/models benchmark: its page is made again in another language, its scores are not",
          "[unit]") {
  const Folder folder;
  folder.write("recorded.yaml", kRecorded);
  folder.write("record.csv", kRecord);
  const auto benchmark = [&](std::vector<std::string> more) {
    std::vector<std::string> words = {
        "models", "benchmark", "recorded.yaml", "--composition",      "scenario", "-n", "2",
        "--json", "-q",        "--set",         "time.end=2022-11-30"};
    words.insert(words.end(), more.begin(), more.end());
    return Json::parse(run_program(folder.path, words).out);
  };
  const Json first = benchmark({});
  const Json again = benchmark({"--lang", "mn"});
  CHECK(again["kept"] == true);
  CHECK(again["folder"] == first["folder"]);
  const std::string kept = first["folder"];
  const std::string page = text_of(folder.path / kept / "report.html");
  CHECK_THAT(page, ContainsSubstring("steppe models benchmark " +
                                     fs::path(kept).filename().string() + "/inputs/recorded.yaml"));
  CHECK_THAT(page, ContainsSubstring("--set time.end=2022-11-30"));
  REQUIRE(run_program(folder.path, {"report", kept, "-o", "again.html"}).code == 0);
  CHECK(text_of(folder.path / "again.html") == page);
  REQUIRE(run_program(folder.path, {"report", kept, "--lang", "mn", "-o", "mn.html"}).code == 0);
  CHECK_THAT(text_of(folder.path / "mn.html"), ContainsSubstring("lang=\"mn\""));
}

TEST_CASE("app/models benchmark: one that failed in part is not kept as whole", "[unit]") {
  const Folder folder;
  folder.write("recorded.yaml", kRecorded);
  folder.write("record.csv", kRecord);
  const auto scenario =
      read_scenario(folder.path / "recorded.yaml", builtin_models().catalogue(), {});
  REQUIRE(scenario);
  BenchmarkParts parts;
  parts.scenario = &*scenario;
  parts.parts = {{"scenario", &*scenario}};
  parts.span = default_span(*scenario);
  const auto whole_after = [&](Composition::State state, const char* reason) {
    Benchmark benchmark;
    benchmark.scenario = "recorded";
    benchmark.span = parts.span;
    Composition& one = benchmark.compositions.emplace_back();
    one.name = "scenario";
    one.model.fill("none");
    one.state = state;
    one.reason = reason;
    score(benchmark, {{}});
    BenchmarkWriter writer(parts, folder.path / "out", true);
    static_cast<void>(writer.finish(benchmark, [](const BenchmarkFolder&) { return "page"; }));
    return find_benchmark(parts, folder.path / "out").whole;
  };
  CHECK(whole_after(Composition::State::Scored, ""));
  CHECK(whole_after(Composition::State::Skipped, "it does not fit"));
  CHECK_FALSE(whole_after(Composition::State::Scored, "2 of 20 replications failed: why"));
  CHECK_FALSE(whole_after(Composition::State::Failed, "20 of 20 replications failed: why"));
}

TEST_CASE("app/models benchmark: figures are scored of the periods asked for", "[unit]") {
  const Folder folder;
  folder.write("recorded.yaml", kRecorded);
  folder.write("record.csv", kRecord);
  const auto points = [&](std::vector<std::string> more) {
    std::vector<std::string> words = {
        "models", "benchmark", "recorded.yaml", "--composition", "scenario", "-n", "2",
        "--json", "-q"};
    words.insert(words.end(), more.begin(), more.end());
    const Outcome o = run_program(folder.path, words);
    INFO(o.err);
    REQUIRE(o.code == 0);
    return Json::parse(o.out)["naive"]["first"]["all"]["points"].get<int>();
  };
  CHECK(points({}) == 3);
  CHECK(points({"--score-from", "2022"}) == 1);
  CHECK(points({"--score-to", "2021"}) == 2);
  const auto refused = [&](const char* option, const char* period, const char* why) {
    const Outcome o =
        run_program(folder.path, {"models", "benchmark", "recorded.yaml", "-q", option, period});
    CHECK(o.code == 2);
    CHECK_THAT(o.err, ContainsSubstring(why));
  };
  refused("--score-from", "soon", "expected a period");
  refused("--score-from", "2031", "the run is from 2020-01 to 2022-12");
  refused("--score-to", "2020", "2021-01 to 2020-12");
}

TEST_CASE("app/models benchmark: a value has an effect where any composition reads it", "[unit]") {
  const Folder folder;
  folder.write("recorded.yaml", kRecorded);
  folder.write("record.csv", kRecord);
  const auto said = [&](const char* variants) {
    return run_program(folder.path, {"models", "benchmark", "recorded.yaml", "--matching", variants,
                                     "-n", "2", "--set", "parameters.list_length=3"})
        .err;
  };
  CHECK_THAT(said("urn,none"), ContainsSubstring("no effect: list_length belongs to"));
  CHECK(said("urn,deferred_acceptance").find("no effect") == std::string::npos);
}

TEST_CASE("app/models benchmark: nothing is run where nothing fits", "[unit]") {
  const Folder folder;
  folder.write("recorded.yaml", kRecorded);
  folder.write("record.csv", kRecord);
  const Outcome o = run_program(folder.path, {"models", "benchmark", "recorded.yaml",
                                              "--composition", "vacancies=free_entry", "-q"});
  CHECK(o.code == 3);
  CHECK_THAT(o.out, ContainsSubstring("skipped vacancies=free_entry"));
  CHECK_THAT(o.err, ContainsSubstring("no composition fits"));
  CHECK(!folder.has("runs"));
}

TEST_CASE("app/models benchmark: what does not fit is told and left out", "[unit]") {
  // Any variant with a need, in a scenario whose other slots do not meet it.
  const auto& variants = builtin_models().catalogue().variants();
  const auto needy = std::find_if(variants.begin(), variants.end(), [](const VariantDecl& v) {
    return std::find(v.needs.begin(), v.needs.end(), "job_finding") != v.needs.end();
  });
  REQUIRE(needy != variants.end());
  const Folder folder;
  folder.write("recorded.yaml", kRecorded);
  folder.write("record.csv", kRecord);
  const std::string name = std::string(to_string(needy->slot)) + "=" + needy->name;
  const Outcome o =
      run_program(folder.path, {"models", "benchmark", "recorded.yaml", "--composition", "scenario",
                                "--composition", "matching=none," + name, "-n", "2", "-q"});
  CHECK(o.code == 0);
  CHECK_THAT(o.out, ContainsSubstring("skipped"));
  CHECK_THAT(o.out, ContainsSubstring("1 scenario"));
  CHECK_THAT(text_of(only_folder(folder.path / "runs") / "report.html"),
             ContainsSubstring("What did not run"));
}

TEST_CASE("app/models benchmark: a scenario without figures to score by is refused", "[unit]") {
  const Folder folder;
  folder.write("tiny.yaml", kTiny);
  const Outcome o = run_program(folder.path, {"models", "benchmark", "tiny.yaml", "-q"});
  CHECK(o.code == 3);
  CHECK_THAT(o.err, ContainsSubstring("no record to score by"));
  CHECK(!folder.has("runs"));
}
