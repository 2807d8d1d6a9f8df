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

fs::path scenarios() { return fs::path(STEPPE_SOURCE_DIR) / "scenarios"; }

}  // namespace

TEST_CASE("app/options: what cannot be meant ends with code 2 and a sentence", "[unit]") {
  const Folder folder;
  folder.write("tiny.yaml", kTiny);
  const auto refused = [&](const std::vector<std::string>& words, const std::string& message) {
    const Outcome o = run_program(folder.path, words);
    std::string line;
    for (const std::string& word : words) line += word + " ";
    INFO(line);
    CHECK(o.code == 2);
    CHECK(o.out.empty());
    CHECK_THAT(o.err, ContainsSubstring(message));
  };
  refused({"rn"}, "there is no command 'rn'; did you mean 'run'?");
  refused({"validat", "x"}, "did you mean 'validate'?");
  refused({"run"}, "FILE is missing");
  refused({"run", "a", "b"}, "'b' is one word too many");
  refused({"run", "tiny.yaml", "--rep", "5"},
          "unknown option '--rep'; did you mean '--replications'?");
  refused({"run", "tiny.yaml", "--seeds", "5"}, "did you mean '--seed'?");
  refused({"run", "tiny.yaml", "--seed", "-1"}, "--seed is '-1', expected a whole number from 0");
  refused({"run", "tiny.yaml", "-n", "0"}, "--replications is '0'");
  refused({"run", "tiny.yaml", "-n", "5x"}, "--replications is '5x'");
  refused({"run", "tiny.yaml", "-n", "99999999999999999999"}, "expected a whole number");
  refused({"run", "tiny.yaml", "-n"}, "needs a value");
  refused({"run", "tiny.yaml", "--force=yes"}, "--force");
  refused({"run", "tiny.yaml", "--seed", "1", "--seed", "2"}, "--seed is given twice");
  refused({"run", "tiny.yaml", "--lang", "em"}, "expected one of en, mn");
  refused({"run", "tiny.yaml", "--set", "time.end"}, "expected PATH=VALUE");
  refused({"validate"}, "FILE is missing");
  refused({"validate", "tiny.yaml", "--format", "jsn"}, "did you mean 'json'?");
  refused({"schema", "x"}, "'x' is one word too many");
  refused({"models", "lst"}, "did you mean 'list'?");
  refused({"models", "describe"}, "NAME to describe is missing");
  refused({"models", "describe", "urm"}, "did you mean 'urn'?");
  refused({"completions", "tcsh"}, "not one of bash, zsh, fish");
  refused({"explain", "tiny.yaml", "efficency.x"}, "has no value");
}

TEST_CASE("app/options: help and version go to stdout", "[unit]") {
  const Folder folder;
  for (const std::vector<std::string>& words : {std::vector<std::string>{"--help"},
                                                {"-h"},
                                                {"help"},
                                                {"run", "-h"},
                                                {"run", "--help"},
                                                {"help", "validate"},
                                                {"--version"},
                                                {"doctor", "-h"}}) {
    const Outcome o = run_program(folder.path, words);
    INFO(words.front());
    CHECK(o.code == 0);
    CHECK(o.err.empty());
    CHECK(o.out.size() > 10);
  }
  const Outcome none = run_program(folder.path, {});
  CHECK(none.code == 2);
  CHECK_THAT(none.err, ContainsSubstring("usage: steppe COMMAND"));
}

TEST_CASE("app/validate: exit codes tell scenario from data faults", "[unit]") {
  const Folder folder;
  folder.write("good.yaml", kTiny);
  folder.write("bad.yaml", std::string(kTiny) + "nmae: x\n");
  folder.write("data.yaml", std::string(kTiny) + "record: gone.csv\n");
  folder.write("warned.yaml",
               std::string(kTiny) + "policy: [{lever: permits.fee, value: 5 MNT/month}]\n");

  const Outcome good = run_program(folder.path, {"validate", "good.yaml"});
  CHECK(good.code == 0);
  CHECK(good.out == "good.yaml: valid\n");
  CHECK(good.err.empty());

  const Outcome bad = run_program(folder.path, {"validate", "good.yaml", "bad.yaml", "data.yaml"});
  CHECK(bad.code == 3);
  CHECK_THAT(bad.err, ContainsSubstring("bad.yaml:8:1: error: unknown key 'nmae'"));
  CHECK_THAT(bad.err, ContainsSubstring("data.yaml:8:9: error: gone.csv: there is no such file"));

  CHECK(run_program(folder.path, {"validate", "data.yaml"}).code == 4);
  CHECK(run_program(folder.path, {"validate", "gone.yaml"}).code == 3);
  const Outcome warned = run_program(folder.path, {"validate", "warned.yaml"});
  CHECK(warned.code == 0);
  CHECK_THAT(warned.err, ContainsSubstring("no effect"));
  CHECK(run_program(folder.path, {"validate", "warned.yaml", "--strict"}).code == 3);
  CHECK(run_program(folder.path, {"validate", "good.yaml", "--set", "time.end=2019-12-31"}).code ==
        3);
}

TEST_CASE("app/validate: JSON and SARIF name the same places", "[unit]") {
  const Folder folder;
  folder.write("bad.yaml", std::string(kTiny) + "nmae: x\n");
  const Outcome json = run_program(folder.path, {"validate", "bad.yaml", "--format", "json"});
  CHECK(json.code == 3);
  CHECK(json.err.empty());
  const Json found = Json::parse(json.out);
  CHECK(found[0]["valid"] == false);
  CHECK(found[0]["diagnostics"][0]["line"] == 8);
  CHECK(found[0]["diagnostics"][0]["suggestion"] == "did you mean 'name'?");
  const Outcome sarif = run_program(folder.path, {"validate", "bad.yaml", "--format", "sarif"});
  const Json report = Json::parse(sarif.out);
  CHECK(report["version"] == "2.1.0");
  const Json& place = report["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
  CHECK(place["artifactLocation"]["uri"] == "bad.yaml");
  CHECK(place["region"]["startLine"] == 8);
}

TEST_CASE("app/validate: every scenario that comes with the program is valid", "[unit]") {
  const Folder folder;
  std::vector<std::string> words{"validate", "--strict"};
  for (const auto& entry : fs::recursive_directory_iterator(scenarios())) {
    if (entry.path().extension() == ".yaml") words.push_back(entry.path().string());
  }
  REQUIRE(words.size() >= 8);
  const Outcome o = run_program(folder.path, words);
  INFO(o.err);
  CHECK(o.code == 0);
}

TEST_CASE("app/new: a new scenario validates as it is", "[unit]") {
  const Folder folder;
  const Outcome alone = run_program(folder.path, {"new", "mine"});
  CHECK(alone.code == 0);
  CHECK(alone.out == "mine.yaml\n");
  CHECK(run_program(folder.path, {"validate", "--strict", "mine.yaml"}).code == 0);
  const Outcome based = run_program(folder.path, {"new", "no", "--from", "mongolia/baseline"});
  CHECK(based.code == 0);
  const Outcome checked = run_program(folder.path, {"validate", "--strict", "no.yaml"});
  INFO(checked.err);
  CHECK(checked.code == 0);
  const Outcome own = run_program(folder.path, {"new", "second", "--from", "mine"});
  CHECK(own.code == 0);
  CHECK(run_program(folder.path, {"validate", "second.yaml"}).code == 0);

  const Outcome again = run_program(folder.path, {"new", "mine"});
  CHECK(again.code == 2);
  CHECK_THAT(again.err, ContainsSubstring("is there already and stays"));
  CHECK(run_program(folder.path, {"new", "x", "--from", "gone"}).code == 2);
  CHECK(run_program(folder.path, {"new", "a b"}).code == 2);
  CHECK(run_program(folder.path, {"new", "gone/x"}).code == 1);
}

TEST_CASE("app/schema: it is JSON", "[unit]") {
  const Folder folder;
  const Outcome o = run_program(folder.path, {"schema"});
  CHECK(o.code == 0);
  CHECK(Json::parse(o.out)["properties"].contains("policy"));
}

TEST_CASE("app/completions: each shell's script names every command", "[unit]") {
  const Folder folder;
  for (const char* shell : {"bash", "zsh", "fish"}) {
    const Outcome o = run_program(folder.path, {"completions", shell});
    CHECK(o.code == 0);
    for (const char* word : {"run", "validate", "explain", "replications", "sarif", "describe"}) {
      INFO(shell << " " << word);
      CHECK_THAT(o.out, ContainsSubstring(word));
    }
  }
}

TEST_CASE("app/doctor: the memory of a run is worked out", "[unit]") {
  const Folder folder;
  folder.write("tiny.yaml", kTiny);
  const Outcome o = run_program(folder.path, {"doctor", "tiny.yaml", "-j", "2"});
  CHECK(o.code == 0);
  CHECK_THAT(o.out, ContainsSubstring("2000 records"));
  CHECK_THAT(o.out, ContainsSubstring("on 2 threads"));
  CHECK_THAT(o.out, ContainsSubstring("MB for two scenarios of 20 replications"));
  CHECK(run_program(folder.path, {"doctor", "gone.yaml"}).code == 3);
}

TEST_CASE("app/run: a run leaves a whole folder, a second keeps it", "[unit]") {
  const Folder folder;
  folder.write("tiny.yaml", kTiny);
  const std::vector<std::string> words{"run", "tiny.yaml", "-n", "2", "-o", "out", "--json"};
  const Outcome first = run_program(folder.path, words);
  INFO(first.err);
  REQUIRE(first.code == 0);
  CHECK_THAT(first.err, ContainsSubstring("seed 1"));
  const Json made = Json::parse(first.out);
  CHECK(made["kept"] == false);
  const fs::path run = folder.path / made["folder"].get<std::string>();
  for (const char* file : {"manifest.json", "results.nc", "tidy.csv", "summary.csv", "checks.json",
                           "log.jsonl", "report.html", "scenario.resolved.yaml"}) {
    INFO(file);
    CHECK(fs::exists(run / file));
  }
  const Outcome second = run_program(folder.path, words);
  CHECK(second.code == 0);
  CHECK(Json::parse(second.out)["kept"] == true);
  CHECK(Json::parse(second.out)["headline"] == made["headline"]);

  const Outcome other = run_program(
      folder.path, {"run", "tiny.yaml", "-n", "2", "-o", "out", "--seed", "2", "--json"});
  CHECK(Json::parse(other.out)["folder"] != made["folder"]);

  const std::string name = made["folder"].get<std::string>();
  const Outcome explained = run_program(folder.path, {"explain", name, "time.end"});
  INFO(explained.err);
  CHECK(explained.code == 0);
  CHECK_THAT(explained.out, ContainsSubstring("2020-12-31"));

  const Outcome page = run_program(folder.path, {"report", name, "-o", "page.html"});
  INFO(page.err);
  CHECK(page.code == 0);
  CHECK(folder.has("page.html"));
  CHECK(fs::file_size(folder.path / "page.html") == fs::file_size(run / "report.html"));
  CHECK(run_program(folder.path, {"report", name, "-o", name}).code == 2);
}

TEST_CASE("app/run: what cannot be run or written ends with its code", "[unit]") {
  const Folder folder;
  folder.write("tiny.yaml", kTiny);
  folder.write("layer.yaml", "schema: steppe/1\noverlay: true\n");
  folder.write("file", "x");
  CHECK(run_program(folder.path, {"run", "layer.yaml"}).code == 3);
  CHECK(run_program(folder.path, {"run", "gone.yaml"}).code == 3);
  const Outcome o = run_program(folder.path, {"run", "tiny.yaml", "-n", "1", "-o", "file"});
  CHECK(o.code == 1);
  CHECK_THAT(o.err, ContainsSubstring("steppe: "));
  CHECK(run_program(folder.path, {"report", "gone"}).code == 1);
  CHECK_FALSE(folder.has("runs"));
}

TEST_CASE("app/bench: a row's whole name means it alone, a beginning all that start so", "[unit]") {
  const Folder folder;
  const auto listed = [&](const std::string& text) {
    const Outcome o = run_program(folder.path, {"bench", "--list", "--only", text});
    CHECK(o.code == 0);
    return std::count(o.out.begin(), o.out.end(), '\n');
  };
  CHECK(listed("w1/1e6") == 1);
  CHECK(listed("w1/1e6/") == 2);
  CHECK(listed("w1/") > 3);
}
