#include <algorithm>

#include "sim/report/report.hpp"
#include "support/catch.hpp"

using namespace steppe;

namespace {

Summary summary_of(std::vector<std::pair<std::string, std::vector<DimKey>>> series) {
  Summary out;
  for (int month = 1; month <= 12; ++month) {
    out.months.push_back(month < 10 ? "2010-0" + std::to_string(month)
                                    : "2010-" + std::to_string(month));
  }
  for (auto& [variable, keys] : series) {
    SummarySeries one;
    one.variable = variable;
    one.unit = variable == "unemployment_rate" ? "1" : "person";
    one.keys = keys;
    for (auto* column : {&one.mean, &one.se_mc, &one.p05, &one.p25, &one.p50, &one.p75, &one.p95}) {
      column->assign(12, 1.0);
    }
    one.n.assign(12, 5);
    out.series.push_back(std::move(one));
  }
  return out;
}

Member member(std::string key) {
  Member out;
  out.key = std::move(key);
  return out;
}

Scenario scenario() {
  Scenario out;
  out.file = "somewhere/quota.yaml";
  out.key = "quota";
  out.time.start = {2010, 1, 1};
  out.time.end = {2012, 12, 31};
  out.dimensions.sectors = {member("mining"), member("trade")};
  out.dimensions.regions = {member("west")};
  out.dimensions.origins = {member("korea"), member("china")};
  out.dimensions.destinations = {member("korea")};
  return out;
}

Manifest manifest() {
  Manifest out;
  out.hash = "0123456789abcdef";
  out.scenario_key = "quota";
  out.scenario_input = "inputs/quota.yaml";
  out.run.replications = 5;
  out.run.seed = 7;
  return out;
}

RecordSeries record(std::string variable, std::string sector, std::string region, std::string group,
                    std::string unit, std::string period) {
  RecordSeries out;
  out.variable = std::move(variable);
  out.sector = std::move(sector);
  out.region = std::move(region);
  out.group = std::move(group);
  out.unit = std::move(unit);
  out.period = std::move(period);
  out.value = 3.0;
  return out;
}

const LeverDecl kCap{"permits.sector_cap", "person", kNoLimit, 0.0, kNoLimit,
                     Dim::Sector,          "",       "cap"};

LeverPoint point(Date from, double value, std::string file, double ramp = 0.0) {
  LeverPoint out;
  out.from = from;
  out.value = value;
  out.place = {std::move(file), 14, 3};
  out.ramp_months = ramp;
  return out;
}

}  // namespace

TEST_CASE("report/input: a recorded figure needs a simulated series of its cell and unit",
          "[unit][report]") {
  Scenario s = scenario();
  s.record = {record("employed", "mining", "all", "all", "person", "2010"),
              record("employed", "all", "west", "all", "person", "2010-Q2"),
              record("unemployment_rate", "all", "all", "all", "1", "2010-11"),
              record("unemployment_rate", "all", "all", "all", "percent", "2010"),
              record("employed", "trade", "all", "all", "person", "2010"),
              record("wage_mean", "all", "all", "all", "MNT/month", "2010"),
              record("employed", "mining", "all", "all", "person", "sometime"),
              record("employed", "mining", "all", "all", "person", "2010-13")};
  const ReportInput input = make_report_input(s, manifest(),
                                              summary_of({{"employed", {{Dim::Sector, "mining"}}},
                                                          {"employed", {{Dim::Region, "west"}}},
                                                          {"unemployment_rate", {}}}));
  REQUIRE(input.recorded.size() == 3);
  CHECK(input.recorded[0].keys == std::vector<DimKey>{{Dim::Sector, "mining"}});
  CHECK(input.recorded[0].months == 12);
  CHECK(input.recorded[0].first == Month(2010, 1));
  CHECK(input.recorded[1].months == 3);
  CHECK(input.recorded[1].first == Month(2010, 4));
  CHECK(input.recorded[2].months == 1);
  CHECK(input.recorded[2].first == Month(2010, 11));
}

TEST_CASE("report/input: survey heads are put on the simulation's count, registers are not",
          "[unit][report]") {
  Scenario s = scenario();
  DriverSeries coverage;
  coverage.between = DriverSeries::Between::Step;
  coverage.points = {{{2009, 1, 1}, 0.5}, {{2010, 1, 1}, 0.8}, {{2011, 1, 1}, 1.25}};
  s.observation = {{"coverage", coverage}};
  const auto with_value = [](RecordSeries series, double value) {
    series.value = value;
    return series;
  };
  s.record = {with_value(record("employed", "all", "all", "all", "person", "2010"), 100.0),
              with_value(record("employed", "mining", "all", "all", "person", "2010"), 30.0),
              with_value(record("employed", "trade", "all", "all", "person", "2010"), 50.0),
              with_value(record("employed", "trade", "all", "all", "person", "2011"), 50.0),
              with_value(record("population", "all", "all", "all", "person", "2010"), 40.0),
              with_value(record("unemployment_rate", "all", "all", "all", "1", "2010"), 0.04)};
  const ReportInput input = make_report_input(s, manifest(),
                                              summary_of({{"employed", {}},
                                                          {"employed", {{Dim::Sector, "mining"}}},
                                                          {"employed", {{Dim::Sector, "trade"}}},
                                                          {"population", {}},
                                                          {"unemployment_rate", {}}}));
  REQUIRE(input.recorded.size() == 6);
  CHECK_THAT(input.recorded[0].value, WithinRel(125.0, 1e-12));
  CHECK(input.recorded[0].published == 100.0);
  // The start year's sectors add to 80 where the total is 100.
  CHECK_THAT(input.recorded[1].value, WithinRel(30.0 / 0.8 * 1.25, 1e-12));
  CHECK_THAT(input.recorded[2].value, WithinRel(50.0 / 0.8 * 1.25, 1e-12));
  CHECK_THAT(input.recorded[3].value, WithinRel(40.0, 1e-12));
  CHECK(input.recorded[4].value == 40.0);
  CHECK(input.recorded[5].value == 0.04);
}

TEST_CASE("report/input: a group is taken for the dimension that was simulated", "[unit][report]") {
  Scenario s = scenario();
  s.record = {record("foreign_workers", "all", "all", "korea", "person", "2010"),
              record("nationals_abroad", "all", "all", "korea", "person", "2010"),
              record("employed", "all", "all", "male", "person", "2010"),
              record("employed", "mining", "all", "male", "person", "2010")};
  const ReportInput input =
      make_report_input(s, manifest(),
                        summary_of({{"foreign_workers", {{Dim::Origin, "korea"}}},
                                    {"nationals_abroad", {{Dim::Destination, "korea"}}},
                                    {"employed", {{Dim::Sex, "male"}}}}));
  REQUIRE(input.recorded.size() == 3);
  CHECK(input.recorded[0].keys[0].first == Dim::Origin);
  CHECK(input.recorded[1].keys[0].first == Dim::Destination);
  CHECK(input.recorded[2].keys[0].first == Dim::Sex);
}

TEST_CASE("report/input: policy is what changes after the first day, with its file",
          "[unit][report]") {
  Scenario s = scenario();
  LeverTimeline lever;
  lever.decl = &kCap;
  lever.key = 0;
  lever.before = kNoLimit;
  lever.place = {"somewhere/quota.yaml", 14, 3};
  lever.points = {point({2009, 1, 1}, 100.0, "somewhere/base.yaml"),
                  point({2010, 1, 1}, 200.0, "somewhere/base.yaml"),
                  point({2010, 5, 1}, 200.0, "somewhere/base.yaml"),
                  point({2011, 1, 1}, 300.0, "somewhere/base.yaml"),
                  point({2011, 7, 1}, 150.0, "somewhere/quota.yaml", 12.0),
                  point({2013, 1, 1}, 400.0, "somewhere/quota.yaml")};
  lever.points[3].source.title = "Law";
  lever.points[4].source.title = "Resolution";
  s.policy = {lever};
  const ReportInput input = make_report_input(s, manifest(), summary_of({{"employed", {}}}));
  REQUIRE(input.policy.size() == 2);
  const PolicyEvent& inherited = input.policy[0];
  CHECK(inherited.before == 200.0);
  CHECK(inherited.after == 300.0);
  CHECK_FALSE(inherited.own);
  CHECK(inherited.source.title == "Law");
  CHECK(inherited.place == "base.yaml:14");
  const PolicyEvent& own = input.policy[1];
  CHECK(own.key == DimKey{Dim::Sector, "mining"});
  CHECK(own.before == 300.0);
  CHECK(own.after == 150.0);
  CHECK(own.ramp_months == 12.0);
  CHECK(own.own);
  CHECK(own.source.title == "Resolution");
}

TEST_CASE("report/input: a condition is told of the values it brings, and of no others",
          "[unit][report]") {
  Scenario s = scenario();
  LeverTimeline lever;
  lever.decl = &kCap;
  lever.key = 0;
  lever.when = "unemployment_rate > 0.08";
  const LeverPoint below = point({2010, 1, 1}, 200.0, "somewhere/base.yaml");
  lever.points = {below, point({2010, 6, 1}, 50.0, "somewhere/quota.yaml")};
  lever.otherwise = {below, point({2011, 1, 1}, 300.0, "somewhere/base.yaml")};
  s.policy = {lever};
  const ReportInput input = make_report_input(s, manifest(), summary_of({{"employed", {}}}));
  REQUIRE(input.policy.size() == 2);
  CHECK(input.policy[0].after == 50.0);
  CHECK(input.policy[0].before == 200.0);
  CHECK(input.policy[0].when == lever.when);
  CHECK(input.policy[1].after == 300.0);
  CHECK(input.policy[1].before == 200.0);
  CHECK(input.policy[1].when.empty());
}

TEST_CASE("report/input: no folder of the machine is carried along", "[unit][report]") {
  Scenario s = scenario();
  Diagnostic warning;
  warning.place = {"/home/somebody/quota.yaml", 23, 3};
  warning.message = {"entry.starts_late",
                     "{name} starts {date}, after the run's end {end}: no effect",
                     {{"name", "permits.fee"}, {"date", "2011-02-01"}, {"end", "2010-12-31"}}};
  s.warnings = {warning};
  Manifest m = manifest();
  m.scenario_file = "/home/somebody/quota.yaml";
  // As written today, and by runs of before.
  const std::string sentence =
      "permits.fee starts 2011-02-01, after the run's end 2010-12-31: "
      "no effect";
  m.warnings = {Warning(warning), Warning(Message("/home/somebody/quota.yaml:23: " + sentence)),
                Warning(Message("lever permits.total_cap never binds"))};
  const ReportInput input = make_report_input(s, m, summary_of({{"employed", {}}}));
  REQUIRE(input.warnings.size() == 3);
  CHECK(input.warnings[0].sentence() == "quota.yaml:23: " + sentence);
  CHECK(input.warnings[1] == input.warnings[0]);
  CHECK(input.warnings[2].sentence() == "lever permits.total_cap never binds");
  CHECK(report_page(input).find("somebody") == std::string::npos);
  const std::string mongolian = report_page(input, {"mn", false});
  CHECK(mongolian.find("quota.yaml:23: <code>permits.fee</code> 2011.02.01 өдөр эхэлдэг") !=
        std::string::npos);
  // What has no words in the page's language stands in English, and says so.
  CHECK(mongolian.find("<span lang=\"en\">lever permits.total_cap never binds</span>") !=
        std::string::npos);
}

TEST_CASE("report/input: what levers did and changes of counting are found", "[unit][report]") {
  Scenario s = scenario();
  LeverTimeline lever;
  lever.decl = &kCap;
  s.policy = {lever};
  DriverSeries weight;
  weight.points = {{{2009, 1, 1}, 1.0}, {{2010, 6, 1}, 1.0}, {{2010, 9, 1}, 0.1}};
  s.observation = {{"national_rate_weight", weight}};
  Manifest m = manifest();
  m.levers = {{"permits.sector_cap", "mining", true, 2, true, 0, 0.02, 0.03, 0, 0, 0.0, {}, 0, 0}};
  const ReportInput input = make_report_input(s, m, summary_of({{"employed", {}}}));
  REQUIRE(input.levers.size() == 1);
  CHECK(input.levers[0].key == DimKey{Dim::Sector, "mining"});
  CHECK(input.levers[0].summary == kCap.summary);
  CHECK_FALSE(input.levers[0].own);
  CHECK(lever_sentences(input, false) ==
        std::vector<std::string>{
            "permits.sector_cap.mining: never binds: at most 2 to 3 % of it is used"});
  CHECK(lever_sentences(input, true).empty());
  REQUIRE(input.breaks.size() == 1);
  CHECK(input.breaks[0].variable == "unemployment_rate_national");
  CHECK(input.breaks[0].from == Date{2010, 9, 1});
}

TEST_CASE("report/input: the command repeats the run with its options", "[unit][report]") {
  Manifest m = manifest();
  m.run.scale = 100;
  m.run.overrides = {{"parameters.x", "0.5"}};
  m.run.command = {"steppe", "run", "/home/somebody/quota.yaml"};
  m.failed = {3};
  const ReportInput input = make_report_input(scenario(), m, summary_of({{"employed", {}}}));
  CHECK(input.command == std::vector<std::string>{
                             "steppe", "run", "quota-01234567/inputs/quota.yaml", "--replications",
                             "5", "--seed", "7", "--scale", "100", "--set", "parameters.x=0.5"});
  CHECK(input.finished == 4);
  CHECK(report_page(input).find("rest on 4 of 5") != std::string::npos);
}

TEST_CASE("report/input: every value has a line with its source, or says it has none",
          "[unit][report]") {
  Scenario s = scenario();
  const ParameterDecl rate{"separation_rate", "h", "1/month",    0.02,  0.0, 1.0,
                           Dim::Sector,       {},  "assumption", "rate"};
  const ParameterDecl range{"range",         "",     "1", 9.0, 0.0, 99.0, Dim::None, {},
                            "Author (2001)", "range"};
  ParameterValue by_sector;
  by_sector.decl = &rate;
  by_sector.values = {0.021, 0.02};
  by_sector.sources.resize(2);
  by_sector.sources[0].title = "Survey";
  by_sector.sources[0].kind = "official";
  ParameterValue single;
  single.decl = &range;
  single.values = {9.0};
  single.sources.resize(1);
  s.parameters = {{"separation_rate", by_sector}, {"range", single}};
  DriverSeries driver;
  driver.unit = "USD/tonne";
  driver.points = {{{2009, 7, 1}, 5000.0}, {{2010, 7, 1}, 7538.4}};
  s.drivers = {{"copper_price", driver}};
  DataTable table;
  table.name = "age_sex";
  table.columns = {"value", "unit", "source", "quality", "note"};
  table.rows = {{{"1", "person", "Census", "official", ""}, 2},
                {{"2", "person", "Census", "official", ""}, 3},
                {{"3", "person", "Model", "modelled", ""}, 4}};
  s.population.tables = {table};
  const ReportInput input = make_report_input(s, manifest(), summary_of({{"employed", {}}}));
  const auto find = [&](const std::string& name) {
    std::vector<const SourcedValue*> out;
    for (const SourcedValue& value : input.sources) {
      if (value.name == name) out.push_back(&value);
    }
    return out;
  };
  REQUIRE(find("separation_rate.mining").size() == 1);
  CHECK(find("separation_rate.mining")[0]->figures.front().second == 0.021);
  CHECK(find("separation_rate.mining")[0]->source.kind == "official");
  CHECK(find("separation_rate.trade")[0]->source.kind == "assumption");
  CHECK(find("range")[0]->source.title == "Author (2001)");
  const std::string page = report_page(input, {"en", false});
  CHECK(page.find("5,000 (1 Jul 2009) … 7,538.4 (1 Jul 2010), 2 points USD/tonne") !=
        std::string::npos);
  const std::string mongolian = report_page(input, {"mn", false});
  CHECK(mongolian.find("5\u202F000 (2009.07.01) … 7\u202F538.4 (2010.07.01), 2 цэг "
                       "ам.доллар/тонн") != std::string::npos);
  // What describes a parameter is English alone; its code name stands.
  CHECK(page.find("<small>rate</small>") != std::string::npos);
  CHECK(mongolian.find("<small>rate</small>") == std::string::npos);
  CHECK(mongolian.find("<code>range</code>") != std::string::npos);
  CHECK(mongolian.find("<span lang=\"en\">Author (2001)</span>") != std::string::npos);
  CHECK(find("copper_price")[0]->source.empty());
  REQUIRE(find("age_sex").size() == 2);
  CHECK(find("age_sex")[0]->figures.front().second == 2.0);
  CHECK(page.find("Numbers of this run without a source: 1.") != std::string::npos);
}
