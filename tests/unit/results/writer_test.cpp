#include "sim/results/writer.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <functional>
#include <nlohmann/json.hpp>

#include "sim/core/error.hpp"
#include "sim/results/files.hpp"
#include "support/catch.hpp"
#include "unit/results/synthetic.hpp"

namespace steppe {
namespace {

namespace fs = std::filesystem;

RunFolder write_run(const Scenario& scenario, const RunInfo& info, const fs::path& out,
                    bool force = false) {
  RunWriter writer(scenario, info, out, force);
  for (int r = 0; r < info.replications; ++r) writer.add(r, test::small_recording(r));
  return writer.finish();
}

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

TEST_CASE("results/writer: a run folder has the files of its format", "[unit]") {
  const test::TempFolder folder;
  const Scenario scenario = test::small_scenario(folder.path());
  const RunInfo info = test::small_info();
  const RunPlace place = find_run(scenario, info, folder / "runs");
  CHECK_FALSE(place.whole);
  const RunFolder run = write_run(scenario, info, folder / "runs");
  CHECK(run.path() == place.folder);
  CHECK(run.path() == folder / "runs" / ("quota-" + place.hash.substr(0, 8)));
  CHECK(run.name() == run.path().filename().string());
  CHECK(names_in(folder / "runs") == std::vector<std::string>{run.name()});

  std::vector<std::string> names;
  for (const auto& file : files_below(run.path())) names.push_back(file.generic_string());
  CHECK(names == std::vector<std::string>{"checks.json", "inputs/base.yaml",
                                          "inputs/case/quota.yaml", "inputs/data/drivers.csv",
                                          "log.jsonl", "manifest.json", "results.nc",
                                          "scenario.resolved.yaml", "summary.csv", "tidy.csv"});
  CHECK(test::slurp(run.path() / "inputs/case/quota.yaml") ==
        test::slurp(folder / "case" / "quota.yaml"));
  CHECK(run.text("scenario.resolved.yaml") == scenario.resolved_yaml);
  CHECK(run.scenario_file() == run.path() / "inputs/case/quota.yaml");
  CHECK(find_run(scenario, info, folder / "runs").whole);
}

TEST_CASE("results/writer: tidy.csv has a row for every value", "[unit]") {
  const test::TempFolder folder;
  const RunFolder run =
      write_run(test::small_scenario(folder.path()), test::small_info(), folder / "runs");
  const auto rows = [](const std::string& r, const std::string& total1, const std::string& total2,
                       const std::string& total3, const std::string& mining1,
                       const std::string& mining2, const std::string& mining3,
                       const std::string& hires, const std::string& rate) {
    const std::string at = "steppe,quota,all,";
    const auto row = [&](const std::string& what, const std::string& month,
                         const std::string& sector, const std::string& value) {
      return at + what + ",2009-0" + month + ",0," + r + "," + sector + ",all,all,all," + value +
             "\n";
    };
    const std::string employed = "employed,person", flow = "hires,person/month",
                      share = "unemployment_rate,1";
    return row(employed, "1", "all", total1) + row(employed, "2", "all", total2) +
           row(employed, "3", "all", total3) + row(employed, "1", "mining", mining1) +
           row(employed, "2", "mining", mining2) + row(employed, "3", "mining", mining3) +
           row(employed, "1", "construction", "40") + row(employed, "2", "construction", "40") +
           row(employed, "3", "construction", "40") + row(flow, "1", "all", "7") +
           row(flow, "2", "all", hires) + row(flow, "3", "all", "9") +
           row(share, "1", "all", "0.05") + row(share, "2", "all", rate) +
           row(share, "3", "all", "");
  };
  CHECK(run.text("tidy.csv") ==
        "model,scenario,region,variable,unit,date,draw,realization,sector,occupation,skill,origin,"
        "value\n" +
            rows("0", "100", "101", "102", "60", "61", "62", "8", "0.0625") +
            rows("1", "101", "102", "103", "61", "62", "63", "9", "0.0725"));
}

TEST_CASE("results/writer: a dimension asked for in outputs.by gets its column", "[unit]") {
  const test::TempFolder folder;
  Scenario scenario = test::small_scenario(folder.path());
  scenario.outputs.by = {"sector", "sex"};
  const RunFolder run = write_run(scenario, test::small_info(1), folder / "runs");
  const std::string tidy = run.text("tidy.csv");
  CHECK_THAT(tidy, StartsWith("model,scenario,region,variable,unit,date,draw,realization,sector,"
                              "occupation,skill,origin,sex,value\n"));
  CHECK_THAT(tidy, ContainsSubstring("steppe,quota,all,unemployment_rate,1,2009-03,0,0,all,all,all,"
                                     "all,male,0.08\n"));
  CHECK_THAT(tidy, ContainsSubstring(",0,0,mining,all,all,all,all,60\n"));
}

TEST_CASE("results/writer: a name with a comma is quoted", "[unit]") {
  const test::TempFolder folder;
  Scenario scenario = test::small_scenario(folder.path());
  scenario.key = "fee, halved";
  const RunFolder run = write_run(scenario, test::small_info(1), folder / "runs");
  CHECK_THAT(run.text("tidy.csv"), ContainsSubstring("\nsteppe,\"fee, halved\",all,employed,"));
  CHECK(run.summary().find("employed")->mean.size() == 3);
}

TEST_CASE("results/writer: the manifest names what the run was and every file", "[unit]") {
  const test::TempFolder folder;
  const Scenario scenario = test::small_scenario(folder.path());
  RunInfo info = test::small_info();
  info.seed = 7;
  info.overrides = {{"parameters.separation_rate", "0.01"}, {"time.end", "2009-03-31"}};
  write_run(scenario, info, folder / "runs");
  const RunPlace place = find_run(scenario, info, folder / "runs");
  const RunFolder run = RunFolder::open(place.folder);
  const Manifest& manifest = run.manifest();
  CHECK(manifest.hash == place.hash);
  CHECK(manifest.run.seed == 7);
  CHECK(manifest.run.replications == 2);
  CHECK(manifest.run.overrides == info.overrides);
  CHECK(manifest.run.command == info.command);
  CHECK(manifest.model[0] == "none");
  CHECK(manifest.scenario_name.in("mn") == "Квот");
  CHECK(manifest.persons == 1001);
  CHECK(manifest.events == 100);
  CHECK(manifest.checks == 6);
  REQUIRE(manifest.phases.size() == 2);
  CHECK(manifest.phases[0].phase == "matching");
  CHECK(manifest.phases[0].seconds == 0.5);
  CHECK(manifest.phases[0].events == 20);
  CHECK(manifest.first_month == "2009-01");
  CHECK(manifest.last_month == "2009-03");
  REQUIRE(manifest.variables.size() == 6);
  CHECK(manifest.variables[4].dims == std::vector<Dim>{Dim::Sector, Dim::Occupation});
  CHECK_FALSE(manifest.variables[4].in_tidy);
  CHECK(manifest.variables[3].digits == 6);
  CHECK(manifest.variables[2].kind == VariableKind::Flow);
  CHECK(manifest.warnings.empty());
  REQUIRE(manifest.levers.size() == 2);
  CHECK_FALSE(manifest.levers[0].read);
  CHECK(manifest.levers[1].most_steps == 1);
  CHECK_FALSE(manifest.source_hash.empty());
  CHECK_FALSE(manifest.compiler.empty());
  CHECK_FALSE(manifest.host.name.empty());
  CHECK_FALSE(manifest.host.instruction_set.empty());
  CHECK(manifest.started.size() == 24);
  CHECK(manifest.started <= manifest.finished);
  CHECK(manifest.files.size() == 9);
  CHECK(verify(run).empty());
}

TEST_CASE("results/writer: verify names each file that is not what was written", "[unit]") {
  const test::TempFolder folder;
  const RunFolder run =
      write_run(test::small_scenario(folder.path()), test::small_info(), folder / "runs");
  std::string tidy = run.text("tidy.csv");
  tidy[tidy.size() - 2] = '8';
  test::spit(run.path() / "tidy.csv", tidy);
  fs::remove(run.path() / "inputs/base.yaml");
  test::spit(run.path() / "notes.txt", "mine");
  CHECK(verify(run) == std::vector<std::string>{"'notes.txt' is not in the manifest",
                                                "'tidy.csv' differs from what the run wrote",
                                                "'inputs/base.yaml' is missing"});
}

TEST_CASE("results/writer: two writes give the same bytes but for manifest and log", "[unit]") {
  const test::TempFolder folder;
  const Scenario scenario = test::small_scenario(folder.path());
  RunInfo info = test::small_info(3);
  const RunFolder first = write_run(scenario, info, folder / "one");
  info.threads = 2;
  info.command.push_back("-j2");
  // Another run between them must leave no trace either.
  Scenario other = scenario;
  other.resolved_yaml = "something else\n";
  write_run(other, info, folder / "other");
  const RunFolder second = write_run(scenario, info, folder / "two");
  CHECK(first.name() == second.name());
  int compared = 0;
  for (const auto& file : files_below(first.path())) {
    if (file == "manifest.json" || file == "log.jsonl") continue;
    INFO(file);
    CHECK(test::slurp(first.path() / file) == test::slurp(second.path() / file));
    ++compared;
  }
  CHECK(compared == 8);
}

TEST_CASE("results/writer: other files hold no clock, host or absolute path", "[unit]") {
  const test::TempFolder folder;
  const RunFolder run =
      write_run(test::small_scenario(folder.path()), test::small_info(), folder / "runs");
  for (const auto& file : files_below(run.path())) {
    if (file == "manifest.json" || file == "log.jsonl") continue;
    INFO(file);
    const std::string bytes = test::slurp(run.path() / file);
    CHECK(bytes.find(folder.path().string()) == std::string::npos);
    CHECK(bytes.find(run.manifest().started.substr(0, 10)) == std::string::npos);
  }
}

TEST_CASE("results/writer: the hash follows all that the bytes depend on", "[unit]") {
  const test::TempFolder folder;
  const Scenario scenario = test::small_scenario(folder.path());
  const RunInfo info = test::small_info();
  const fs::path out = folder / "runs";
  const std::string hash = find_run(scenario, info, out).hash;
  CHECK(hash.size() == 64);
  CHECK(find_run(scenario, info, out).hash == hash);

  const auto with = [&](const std::function<void(Scenario&, RunInfo&)>& change) {
    Scenario changed = scenario;
    RunInfo run = info;
    change(changed, run);
    return find_run(changed, run, out).hash;
  };
  CHECK(with([](Scenario&, RunInfo& run) { run.seed = 2; }) != hash);
  CHECK(with([](Scenario&, RunInfo& run) { run.replications = 3; }) != hash);
  CHECK(with([](Scenario&, RunInfo& run) { run.draws = 5; }) != hash);
  CHECK(with([](Scenario&, RunInfo& run) { run.scale = 10; }) != hash);
  CHECK(with([](Scenario&, RunInfo& run) { run.language = "mn"; }) != hash);
  CHECK(with([](Scenario& changed, RunInfo&) { changed.resolved_yaml += "# more\n"; }) != hash);
  CHECK(with([](Scenario& changed, RunInfo&) { changed.inputs.pop_back(); }) != hash);

  CHECK(with([](Scenario&, RunInfo& run) { run.threads = 8; }) == hash);
  CHECK(with([](Scenario&, RunInfo& run) { run.command = {"other"}; }) == hash);
  CHECK(find_run(scenario, info, folder / "elsewhere").hash == hash);

  test::spit(folder / "data/drivers.csv", "date,value\n2009,2\n");
  CHECK(find_run(scenario, info, out).hash != hash);
}

TEST_CASE("results/writer: the hash does not follow the place of the files", "[unit]") {
  const test::TempFolder one, two;
  const RunInfo info = test::small_info();
  CHECK(find_run(test::small_scenario(one.path()), info, "runs").hash ==
        find_run(test::small_scenario(two / "deeper"), info, "runs").hash);
}

TEST_CASE("results/writer: a writer that does not finish leaves nothing", "[unit]") {
  const test::TempFolder folder;
  const Scenario scenario = test::small_scenario(folder.path());
  {
    RunWriter writer(scenario, test::small_info(), folder / "deep/runs");
    writer.add(0, test::small_recording(0));
    CHECK(names_in(folder / "deep/runs").size() == 1);
  }
  CHECK_FALSE(fs::exists(folder / "deep"));

  fs::create_directories(folder / "mine");
  {
    RunWriter writer(scenario, test::small_info(), folder / "mine");
    writer.add(0, test::small_recording(0));
    CHECK_THROWS_WITH(writer.finish([](const RunFolder&) { throw IoError("no report"); }),
                      "no report");
  }
  CHECK(names_in(folder / "mine").empty());
}

TEST_CASE("results/writer: what a killed process left is cleared, what is in use is not",
          "[unit]") {
  const test::TempFolder folder;
  const Scenario scenario = test::small_scenario(folder.path());
  const RunInfo info = test::small_info(1);
  const pid_t child = ::fork();
  if (child == 0) {
    RunWriter writer(scenario, info, folder / "runs");
    writer.add(0, test::small_recording(0));
    ::raise(SIGKILL);
  }
  REQUIRE(child > 0);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFSIGNALED(status));
  CHECK(names_in(folder / "runs").size() == 1);

  RunWriter first(scenario, info, folder / "runs");
  CHECK(names_in(folder / "runs").size() == 1);
  RunWriter second(scenario, info, folder / "runs");
  CHECK(names_in(folder / "runs").size() == 2);
}

TEST_CASE("results/writer: a whole folder is kept, and made anew by force", "[unit]") {
  const test::TempFolder folder;
  const Scenario scenario = test::small_scenario(folder.path());
  const RunInfo info = test::small_info();
  const RunFolder first = write_run(scenario, info, folder / "runs");
  const std::string manifest = first.text("manifest.json");
  CHECK(write_run(scenario, info, folder / "runs").path() == first.path());
  CHECK(first.text("manifest.json") == manifest);

  write_run(scenario, info, folder / "runs", true);
  CHECK(first.text("manifest.json") != manifest);
  CHECK(names_in(folder / "runs").size() == 1);
  CHECK(verify(RunFolder::open(first.path())).empty());
}

TEST_CASE("results/writer: a damaged folder is not taken for whole", "[unit]") {
  const test::TempFolder folder;
  const Scenario scenario = test::small_scenario(folder.path());
  const RunInfo info = test::small_info();
  const RunFolder run = write_run(scenario, info, folder / "runs");
  fs::remove(run.path() / "tidy.csv");
  CHECK_FALSE(find_run(scenario, info, folder / "runs").whole);
  CHECK_THROWS_WITH(RunWriter(scenario, info, folder / "runs"),
                    "'" + run.path().string() +
                        "' holds this run, but files of it are missing or changed; make it anew "
                        "with --force");
  write_run(scenario, info, folder / "runs", true);
  CHECK(verify(RunFolder::open(run.path())).empty());
}

TEST_CASE("results/writer: what is not a run folder is never replaced", "[unit]") {
  const test::TempFolder folder;
  const Scenario scenario = test::small_scenario(folder.path());
  const RunInfo info = test::small_info();
  const fs::path place = find_run(scenario, info, folder / "runs").folder;
  const std::string sentence = "'" + place.string() +
                               "' stands where this run belongs and is no run folder of it; move "
                               "it away or choose another folder with -o";
  test::spit(place / "thesis.txt", "years of work");
  CHECK_THROWS_WITH(RunWriter(scenario, info, folder / "runs"), sentence);
  CHECK_THROWS_WITH(RunWriter(scenario, info, folder / "runs", true), sentence);
  CHECK(test::slurp(place / "thesis.txt") == "years of work");
  test::spit(place / "manifest.json", "{\"format\": \"other/1\"}");
  CHECK_THROWS_WITH(RunWriter(scenario, info, folder / "runs", true), sentence);
  fs::remove_all(place);
  test::spit(place, "a file");
  CHECK_THROWS_WITH(RunWriter(scenario, info, folder / "runs", true), sentence);
  fs::remove(place);
  RunWriter late(scenario, info, folder / "runs", true);
  late.add(0, test::small_recording(0));
  test::spit(place, "put here during the run");
  CHECK_THROWS_WITH(late.finish(), sentence);
  fs::remove(place);
  fs::create_directories(place);  // empty: nothing to lose
  CHECK(verify(write_run(scenario, info, folder / "runs")).empty());
}

TEST_CASE("results/writer: an output folder that is a file is named", "[unit]") {
  const test::TempFolder folder;
  test::spit(folder / "runs", "a file");
  CHECK_THROWS_WITH(
      RunWriter(test::small_scenario(folder.path()), test::small_info(), folder / "runs" / "sub"),
      "cannot write '" + (folder / "runs").string() +
          "': Not a directory; choose another folder with -o");
}

TEST_CASE("results/writer: a realization that failed is missing and said so", "[unit]") {
  const test::TempFolder folder;
  RunWriter writer(test::small_scenario(folder.path()), test::small_info(3), folder / "runs");
  writer.add(0, test::small_recording(0));
  writer.fail(1, "accounts did not balance");
  writer.add(2, test::small_recording(2));
  const RunFolder run = writer.finish();
  CHECK(run.manifest().failed == std::vector<int>{1});
  CHECK(run.manifest().warnings.front().sentence() ==
        "realization 1 did not finish and is missing: accounts did not balance");
  CHECK(run.manifest().warnings.front().message.code == "run.missing");
  // Runs of before have the sentence alone.
  auto before = nlohmann::json::parse(to_json(run.manifest()));
  before["warnings"] = {"a sentence"};
  CHECK(parse_manifest(before.dump()).warnings ==
        std::vector<Warning>{Warning(Message("a sentence"))});
  CHECK(run.summary().find("employed")->n == std::vector<int>{2, 2, 2});
  const auto checks = nlohmann::json::parse(run.text("checks.json"));
  CHECK(checks["checks"][0]["held"] == false);
  CHECK(checks["checks"][0]["failed"] == std::vector<int>{1});
  CHECK(checks["realizations"].size() == 2);
}

TEST_CASE("results/writer: a run with failures gives way to a new attempt", "[unit]") {
  const test::TempFolder folder;
  const Scenario scenario = test::small_scenario(folder.path());
  const RunInfo info = test::small_info(2);
  RunWriter writer(scenario, info, folder / "runs");
  writer.add(0, test::small_recording(0));
  writer.fail(1, "out of memory");
  const RunFolder partial = writer.finish();
  CHECK_FALSE(find_run(scenario, info, folder / "runs").whole);
  const RunFolder whole = write_run(scenario, info, folder / "runs");
  CHECK(whole.path() == partial.path());
  CHECK(RunFolder::open(whole.path()).manifest().failed.empty());
  CHECK(verify(RunFolder::open(whole.path())).empty());
}

TEST_CASE("results/writer: impossible values are reported in checks.json", "[unit]") {
  const test::TempFolder folder;
  RunWriter writer(test::small_scenario(folder.path()), test::small_info(1), folder / "runs");
  Recording recording = test::small_recording(0);
  recording.tables[0].data[1] = -1.0;
  recording.tables[3].data[0] = std::numeric_limits<double>::infinity();
  writer.add(0, recording);
  const auto checks = nlohmann::json::parse(writer.finish().text("checks.json"));
  CHECK(checks["checks"][1]["held"] == false);
  CHECK(checks["checks"][1]["count"] == 2);
  CHECK(checks["checks"][1]["examples"][0]["variable"] == "employed");
  CHECK(checks["checks"][1]["examples"][0]["month"] == "2009-02");
  CHECK(checks["checks"][1]["examples"][1]["value"] == "inf");
  CHECK(checks["missing"] == 1);
}

TEST_CASE("results/writer: what levers did is told with its range over realizations", "[unit]") {
  const test::TempFolder folder;
  RunWriter writer(test::small_scenario(folder.path()), test::small_info(3), folder / "runs");
  for (const int r : {0, 1, 2}) {
    Recording recording = test::small_recording(r);
    recording.levers[1].highest_use = 0.5 + 0.25 * r;
    recording.levers.push_back(
        {"permits.excess_fee", "", true, false, 0.0, 0.0, 0, "vacancies > 9", 4 + r});
    if (r == 2)
      recording.levers.push_back({"permits.sector_cap", "mining", true, true, 0.28, 0.0, 0, {}, 0});
    writer.add(r, recording);
  }
  const RunFolder run = writer.finish();
  const std::vector<LeverEffect> expected = {
      {"permits.fee", "", false, 3, false, 0, 0.0, 0.0, 0, 0, 0.0, {}, 0, 0},
      {"permits.total_cap", "", true, 3, true, 2, 0.5, 1.0, 0, 2, 10.0, {}, 0, 0},
      {"permits.excess_fee", "", true, 3, false, 0, 0.0, 0.0, 0, 0, 0.0, "vacancies > 9", 4, 6},
      {"permits.sector_cap", "mining", true, 1, true, 0, 0.28, 0.28, 0, 0, 0.0, {}, 0, 0}};
  CHECK(run.manifest().levers == expected);
  CHECK(RunFolder::open(run.path()).manifest().levers == expected);

  // The manifest of a run that was made before levers were recorded still reads.
  auto before = nlohmann::json::parse(to_json(run.manifest()));
  before.erase("levers");
  CHECK(parse_manifest(before.dump()).levers.empty());
}

TEST_CASE("results/writer: realizations that do not fit are a mistake of the caller", "[unit]") {
  const test::TempFolder folder;
  const Scenario scenario = test::small_scenario(folder.path());
  RunWriter writer(scenario, test::small_info(3), folder / "runs");
  CHECK_THROWS_AS(writer.finish(), ModelError);
  Recording short_one = test::small_recording(0);
  short_one.tables[1].data.pop_back();
  CHECK_THROWS_AS(writer.add(0, short_one), ModelError);

  RunWriter other(scenario, test::small_info(3), folder / "runs");
  other.add(1, test::small_recording(1));
  CHECK_THROWS_AS(other.add(1, test::small_recording(1)), ModelError);
  CHECK_THROWS_AS(other.add(0, test::small_recording(0)), ModelError);
  CHECK_THROWS_AS(other.add(3, test::small_recording(3)), ModelError);
  Recording fewer = test::small_recording(2);
  fewer.tables.pop_back();
  CHECK_THROWS_AS(other.add(2, fewer), ModelError);

  RunWriter twice(scenario, test::small_info(3), folder / "runs");
  Recording doubled = test::small_recording(0);
  doubled.tables.push_back(doubled.tables.front());
  CHECK_THROWS_WITH(twice.add(0, doubled),
                    "the variable 'employed' is recorded twice; record it once");
}

TEST_CASE("results/writer: added files are sealed with the rest", "[unit]") {
  const test::TempFolder folder;
  RunWriter writer(test::small_scenario(folder.path()), test::small_info(1), folder / "runs");
  writer.add(0, test::small_recording(0));
  std::string seen;
  const RunFolder run = writer.finish([&](const RunFolder& unsealed) {
    seen = unsealed.name();
    CHECK(unsealed.summary().find("employed")->mean.front() == 100.0);
    CHECK(unsealed.manifest().variables.size() == 6);
    CHECK(fs::exists(unsealed.scenario_file()));
    test::spit(unsealed.path() / "report.html", "<!doctype html>");
  });
  CHECK(seen == run.name());
  CHECK(run.text("report.html") == "<!doctype html>");
  const auto& files = run.manifest().files;
  CHECK(std::any_of(files.begin(), files.end(),
                    [](const FileRecord& file) { return file.path == "report.html"; }));
  CHECK(verify(run).empty());
}

TEST_CASE("results/writer: log.jsonl holds one JSON object a line", "[unit]") {
  const test::TempFolder folder;
  RunWriter writer(test::small_scenario(folder.path()), test::small_info(1), folder / "runs");
  writer.log("info", "a \"quoted\"\nmessage");
  writer.add(0, test::small_recording(0));
  std::istringstream log(writer.finish().text("log.jsonl"));
  std::string line;
  std::vector<std::string> messages;
  while (std::getline(log, line)) {
    const auto entry = nlohmann::json::parse(line);
    CHECK(entry["time"].get<std::string>().size() == 24);
    CHECK_FALSE(entry["level"].get<std::string>().empty());
    messages.push_back(entry["message"]);
  }
  REQUIRE(messages.size() == 4);
  CHECK(messages[1] == "a \"quoted\"\nmessage");
  CHECK(messages[2] == "realization 0 done: 1000 persons, 50 events, 0.750 s");
}

TEST_CASE("results/run_folder: a folder that is none is refused in a sentence", "[unit]") {
  const test::TempFolder folder;
  CHECK_THROWS_WITH(RunFolder::open(folder.path()),
                    "'" + folder.path().string() +
                        "' is no run folder: it holds no manifest.json; name a folder that 'steppe "
                        "run' wrote");
  for (const char* text : {"", "{", "[]", "{\"format\": 3}", "{\"format\": \"steppe-run/1\"}",
                           "{\"format\": \"steppe-run/9\"}"}) {
    test::spit(folder / "manifest.json", text);
    INFO(text);
    CHECK_THROWS_AS(RunFolder::open(folder.path()), IoError);
  }
}

}  // namespace
}  // namespace steppe
