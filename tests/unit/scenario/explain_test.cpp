#include "sim/scenario/explain.hpp"

#include "unit/scenario/files.hpp"

using namespace steppe;
using namespace steppe::test;

namespace {

Scenario layered(const Folder& folder) {
  folder.write("base.yaml", std::string(kSmall) + R"(parameters:
  efficiency: {value: 0.5, source: {title: Survey, kind: official}}
policy:
  - {lever: permits.fee, unit: MNT/month, value: 100, source: {kind: assumption}}
)");
  ReadOptions options;
  options.overrides = {{"parameters.efficiency", "0.7"}};
  return read_valid(folder.write("top.yaml", R"(schema: steppe/1
extends: base.yaml
parameters:
  efficiency: 60 %
policy:
  - {lever: permits.fee, unit: MNT/month, timeline: {2022-01-01: 50}}
)"),
                    options);
}

}  // namespace

TEST_CASE("scenario/explain: a value tells who set it before", "[unit]") {
  const Folder folder;
  const Scenario s = layered(folder);
  const auto all = explain(s, small_catalogue());
  const auto found = explanations_at(all, "efficiency");
  REQUIRE(found.size() == 1);
  CHECK(found[0].path == "parameters.efficiency");
  CHECK(found[0].value == "0.7");
  CHECK(found[0].place.file == "--set");
  REQUIRE(found[0].chain.size() == 3);
  CHECK(found[0].chain[0].text == "0.5");
  CHECK(found[0].chain[1].text == "60 %");
  CHECK(found[0].chain[1].place.line == 4);
  CHECK(found[0].lacks_source());
  CHECK(found[0].needs_source);
}

TEST_CASE("scenario/explain: a choice is told, and written out, by its word", "[unit]") {
  const Folder folder;
  const std::string choice = "parameters:\n  proposing: firms\n  oldest: 720 months\n";
  const Scenario s = read_valid(folder.write("a.yaml", kSmall + choice));
  CHECK(s.parameters.at("proposing").values[0] == 1.0);
  CHECK(s.parameters.at("oldest").values[0] == 60.0);
  const auto found = explanations_at(explain(s, small_catalogue()), "proposing");
  REQUIRE(found.size() == 1);
  CHECK(found[0].value == "firms");
  CHECK_THAT(s.resolved_yaml, ContainsSubstring("proposing: {value: firms, unit: \"1\""));
  const Scenario again = read_valid(folder.write("again.yaml", s.resolved_yaml));
  CHECK(again.parameters.at("proposing").values[0] == 1.0);
  const Scenario bare = read_valid(folder.write("bare.yaml", kSmall));
  CHECK(explanations_at(explain(bare, small_catalogue()), "proposing").front().value == "seekers");
}

TEST_CASE("scenario/explain: a timeline is told with all its points", "[unit]") {
  const Folder folder;
  const Scenario s = layered(folder);
  const auto found = explanations_at(explain(s, small_catalogue()), "policy.permits.fee");
  REQUIRE(found.size() == 1);
  CHECK(found[0].value == "0; from 2020-01-01 100; from 2022-01-01 50 [MNT/month]");
}

TEST_CASE("scenario/explain: a long timeline is cut between its dates", "[unit]") {
  const Folder folder;
  const auto file = folder.write(
      "a.yaml",
      std::string(kSmall) +
          "policy:\n  - {lever: permits.fee, unit: MNT/month, timeline: {2020-01-01: 100000, "
          "2020-02-01: 100001, 2020-03-01: 100002, 2020-04-01: 100003}}\n");
  ReadOptions options;
  options.overrides = {{"policy.permits.fee", "5"}};
  const auto found =
      explanations_at(explain(read_valid(file, options), small_catalogue()), "policy.permits.fee");
  REQUIRE(found.size() == 1);
  REQUIRE(found[0].chain.size() >= 2);
  CHECK(found[0].chain[0].text == "2020-01-01: 100000, 2020-02-01: 100001, 2020-03-01: 100002, …");
}

TEST_CASE("scenario/explain: what the start population is made by has sources too", "[unit]") {
  const Folder folder;
  Scenario s = read_valid(folder.write("a.yaml", R"(schema: steppe/1
extends: base.yaml
population:
  settings:
    vacancy_share: {value: 2 %, source: {title: Survey, kind: official}}
    fly_in_min_posts.mining: 100 person
)"),
                          [&] {
                            folder.write("base.yaml", std::string(kSmall));
                            return ReadOptions{};
                          }());
  s.population.textbook.reset();  // which has numbers of its own
  const auto all = explain(s, small_catalogue());
  const auto only = [&](const char* path) {
    const auto found = explanations_at(all, path);
    REQUIRE(found.size() == 1);
    return found.front();
  };
  const Explanation given = only("population.settings.vacancy_share");
  CHECK(given.value == "0.02");
  CHECK(given.sources.front().title == "Survey");
  CHECK(given.place.line == 5);
  CHECK_FALSE(given.lacks_source());
  CHECK(only("population.settings.fly_in_min_posts.mining").lacks_source());
  CHECK(only("population.settings.coverage").value == "1");
}

TEST_CASE("scenario/explain: a path names a group, a default, or nothing", "[unit]") {
  const Folder folder;
  const Scenario s = layered(folder);
  const auto all = explain(s, small_catalogue());
  CHECK(explanations_at(all, "time").size() == 4);
  CHECK(explanations_at(all, "permits").size() == 6);
  CHECK(explanations_at(all, "separation_rate.mining").size() == 1);
  const auto term = explanations_at(all, "permits.term");
  REQUIRE(term.size() == 1);
  CHECK(term[0].value == "12 months");
  CHECK(term[0].place.file.empty());
  CHECK(explanations_at(all, "model.matching").at(0).value == "urn");
  CHECK(explanations_at(all, "nothing").empty());
}

TEST_CASE("scenario/resolved: every value in force names its place", "[unit]") {
  const Folder folder;
  const Scenario s = layered(folder);
  CHECK_THAT(s.resolved_yaml, ContainsSubstring("efficiency: {value: 0.7, unit: \"1\"}  # --set"));
  CHECK_THAT(s.resolved_yaml, ContainsSubstring("      2020-01-01: 100  # base.yaml:12\n"));
  CHECK_THAT(s.resolved_yaml, ContainsSubstring("      2022-01-01: 50  # top.yaml:6\n"));
  CHECK_THAT(s.resolved_yaml, ContainsSubstring("retirement_rate: {value: 0.003, unit: \"1/month\""
                                                ", source: {kind: \"assumption\"}}  # default"));
  CHECK_THAT(s.resolved_yaml, ContainsSubstring("separation_rate.construction: {value: 0.01"));
  CHECK(s.resolved_yaml.find(folder.path().string()) == std::string::npos);
}

TEST_CASE("scenario/resolved: it does not depend on where the program was started", "[unit]") {
  const Folder folder;
  const Scenario absolute = layered(folder);
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  ReadOptions options;
  options.overrides = {{"parameters.efficiency", "0.7"}};
  const auto relative = read_scenario("top.yaml", small_catalogue(), options);
  std::filesystem::current_path(before);
  REQUIRE(relative);
  CHECK(relative->resolved_yaml == absolute.resolved_yaml);
}
