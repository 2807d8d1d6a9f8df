#include "unit/scenario/files.hpp"

using namespace steppe;
using namespace steppe::test;

namespace {

std::vector<std::string> names(const Scenario& scenario) {
  std::vector<std::string> out;
  for (const OwnIndicator& own : scenario.indicators) out.push_back(own.name);
  return out;
}

}  // namespace

TEST_CASE("scenario/indicators: each stands after those that its formula reads", "[unit]") {
  const Folder folder;
  const auto file = folder.write("one.yaml", std::string(kSmall) + R"(indicators:
  third: {formula: second / first(mining), unit: "1"}
  second: {formula: first(mining) + 1, unit: post, smooth: 1 year, lag: 2 quarters}
  first: {formula: vacancies, unit: post, by: sector, label: {en: First, mn: Эхний}}
)");
  const Scenario scenario = read_valid(file);
  REQUIRE(names(scenario) == std::vector<std::string>{"first", "second", "third"});
  CHECK(scenario.indicators[0].by == Dim::Sector);
  CHECK(scenario.indicators[0].label.in("mn") == "Эхний");
  CHECK(scenario.indicators[1].smooth_months == 12);
  CHECK(scenario.indicators[1].lag_months == 6);
  CHECK(scenario.indicators[1].place.line == 11);
  CHECK(scenario.indicators[2].smooth_months == 1);
}

TEST_CASE("scenario/indicators: a later file changes an indicator's keys one by one", "[unit]") {
  const Folder folder;
  folder.write("base.yaml",
               std::string(kSmall) +
                   "indicators:\n"
                   "  per_post: {formula: employed / vacancies, unit: person/post}\n"
                   "reality_checks: [{expect: per_post > 1}, {expect: employed > 0}]\n");
  const auto file = folder.write("over.yaml",
                                 "schema: steppe/1\nextends: base.yaml\n"
                                 "indicators: {per_post: {smooth: 3 months}}\n"
                                 "reality_checks: [{expect: per_post > 2}]\n");
  const Scenario scenario = read_valid(file);
  REQUIRE(scenario.indicators.size() == 1);
  CHECK(scenario.indicators[0].formula == "employed / vacancies");
  CHECK(scenario.indicators[0].smooth_months == 3);
  REQUIRE(scenario.reality_checks.size() == 1);
  CHECK(scenario.reality_checks[0].expect == "per_post > 2");
}

TEST_CASE("scenario/reality_checks: what is given is written as --set takes it", "[unit]") {
  const Folder folder;
  const auto file = folder.write("one.yaml", std::string(kSmall) + R"(reality_checks:
  - given:
      policy.permits.fee: {2021-01-01: 5 MNT/month, 2022-01-01: 0}
      parameters.separation_rate.mining: 0.01 1/month
    expect: vacancies(mining) > 0
    from: 2021-03
    until: 2022
    share: 90 %
)");
  const Scenario scenario = read_valid(file);
  REQUIRE(scenario.reality_checks.size() == 1);
  const RealityCheck& check = scenario.reality_checks.front();
  using Pairs = std::vector<std::pair<std::string, std::string>>;
  CHECK(check.given == Pairs{{"policy.permits.fee", "{2021-01-01: 5 MNT/month, 2022-01-01: 0}"},
                             {"parameters.separation_rate.mining", "0.01 1/month"}});
  CHECK(check.from == Date{2021, 3, 1});
  CHECK(check.until == Date{2022, 12, 31});
  CHECK(check.share == 0.9);
  CHECK(check.place.line == 13);

  ReadOptions options;
  options.overrides = check.given;
  const Scenario changed = read_valid(file, options);
  CHECK(changed.parameters.at("separation_rate").values.at(0) == 0.01);
}

TEST_CASE("scenario/resolved: indicators and reality checks belong to what a run is", "[unit]") {
  const Folder folder;
  const std::string text = std::string(kSmall) +
                           "indicators: {per_post: {formula: employed / vacancies, unit: '1'}}\n"
                           "reality_checks: [{expect: per_post > 1}]\n";
  const Scenario with = read_valid(folder.write("with.yaml", text));
  CHECK_THAT(with.resolved_yaml, ContainsSubstring("formula: \"employed / vacancies\""));
  CHECK_THAT(with.resolved_yaml, ContainsSubstring("- expect: \"per_post > 1\""));
  const Scenario without = read_valid(folder.write("without.yaml", kSmall));
  CHECK(without.resolved_yaml.find("reality_checks") == std::string::npos);
}
