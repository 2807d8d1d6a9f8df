#include <nlohmann/json.hpp>

#include "support/catch.hpp"
#include "unit/app/folder.hpp"
#include "unit/app/program.hpp"

using namespace steppe::test;
using Json = nlohmann::json;

// In the tiny country some 1900 of 2000 work, and jobs end every month.

TEST_CASE("app/run: a reality check that fails is named and ends with code 5", "[unit]") {
  const Folder folder;
  folder.write("held.yaml", std::string(kTiny) + "reality_checks: [{expect: employed > 0}]\n");
  CHECK(run_program(folder.path, {"run", "held.yaml", "-n", "2", "-q"}).code == 0);

  folder.write("broken.yaml",
               std::string(kTiny) +
                   "reality_checks:\n"
                   "  - {expect: employed > 3000, from: 2020-03-01}\n"
                   "  - {given: {parameters.separation_rate: 0.2}, expect: hires > 9999}\n");
  const std::string sentence =
      "reality check 'employed > 3000' fails in 2 of 2 replications (100 %), first in 2020-03";
  const std::vector<std::string> words{"run", "broken.yaml", "-n", "2", "-q"};
  const Outcome first = run_program(folder.path, words);
  CHECK(first.code == 5);
  CHECK_THAT(first.err, ContainsSubstring(sentence));
  CHECK(first.err.find("9999") == std::string::npos);
  // A run that is there already is judged by what it found.
  const Outcome kept = run_program(folder.path, words);
  CHECK(kept.code == 5);
  CHECK_THAT(kept.out, ContainsSubstring("there already"));
  CHECK_THAT(kept.err, ContainsSubstring(sentence));
}

TEST_CASE("app/run: an indicator of the scenario's own is among the results", "[unit]") {
  const Folder folder;
  folder.write("own.yaml", std::string(kTiny) +
                               "indicators:\n"
                               "  per_post: {formula: employed / vacancies, unit: person/post}\n"
                               "reality_checks: [{expect: per_post * vacancies > employed - 1}]\n");
  const Outcome run = run_program(folder.path, {"run", "own.yaml", "-n", "2", "-q", "-o", "out"});
  INFO(run.err);
  REQUIRE(run.code == 0);
  bool in_summary = false;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path / "out")) {
    if (entry.path().filename() != "summary.csv") continue;
    std::ifstream in(entry.path());
    for (std::string line; std::getline(in, line);) {
      in_summary = in_summary || line.rfind("per_post,2020-06,person/post,", 0) == 0;
    }
  }
  CHECK(in_summary);
}

TEST_CASE("app/validate: --reality runs the scenario under what is given", "[unit]") {
  const Folder folder;
  folder.write("one.yaml",
               std::string(kTiny) +
                   "reality_checks:\n"
                   "  - {given: {parameters.separation_rate: 0.2}, expect: separations > 50}\n"
                   "  - {given: {parameters.separation_rate: 0.2}, expect: separations < 50}\n"
                   "  - {expect: hires >= 0}\n");
  CHECK(run_program(folder.path, {"validate", "one.yaml"}).code == 0);
  const Outcome judged = run_program(folder.path, {"validate", "one.yaml", "--reality", "-n", "2"});
  CHECK(judged.code == 5);
  CHECK_THAT(
      judged.err,
      ContainsSubstring("one.yaml:10:56: reality check 'separations < 50', given "
                        "parameters.separation_rate = 0.2 fails in 2 of 2 replications (100 %), "
                        "first in 2020-01"));
  CHECK_THAT(judged.out,
             ContainsSubstring("'separations > 50', given parameters.separation_rate = 0.2 "
                               "holds in 2 of 2 replications"));
  CHECK_THAT(judged.out, ContainsSubstring("'hires >= 0' holds in 2 of 2"));
  const Outcome json = run_program(
      folder.path, {"validate", "one.yaml", "--reality", "-n", "2", "--format", "json", "-q"});
  CHECK(json.code == 5);
  CHECK(Json::parse(json.out)[0]["diagnostics"][0]["line"] == 10);
}

TEST_CASE("app/validate: a value that a reality check gives is checked where it stands", "[unit]") {
  const Folder folder;
  folder.write("one.yaml", std::string(kTiny) +
                               "reality_checks:\n"
                               "  - given: {parameters.separation_rate: -7}\n"
                               "    expect: hires > 0\n");
  const Outcome o = run_program(folder.path, {"validate", "one.yaml"});
  CHECK(o.code == 3);
  CHECK_THAT(o.err, ContainsSubstring("one.yaml:9:13: error: "));
  CHECK_THAT(o.err, ContainsSubstring("separation_rate"));
}

TEST_CASE("app/validate: Mongolia's reality checks hold, 1:100", "[unit]") {
  const Folder folder;
  const std::string file = std::string(STEPPE_SOURCE_DIR) + "/scenarios/mongolia/history.yaml";
  const std::vector<std::string> words{"validate", file, "--reality", "--scale", "100", "-n", "2"};
  const Outcome o = run_program(folder.path, words);
  INFO(o.err);
  CHECK(o.code == 0);
  CHECK_THAT(o.out, ContainsSubstring("given policy.permits.total_cap = {2010-01-01: 0} holds"));
}
