#include "sim/analysis/benchmark.hpp"

#include <cmath>

#include "sim/analysis/benchmark_folder.hpp"
#include "support/catch.hpp"

using namespace steppe;

namespace {

constexpr int kMonths = 48;

RecordSeries recorded(const std::string& variable, const std::string& period, double value,
                      const std::string& sector = "all") {
  RecordSeries out;
  out.variable = variable;
  out.region = out.group = "all";
  out.sector = sector;
  out.unit = variable == "rate" ? "1" : "post";
  out.period = period;
  out.value = value;
  return out;
}

Scenario scenario_with(std::vector<RecordSeries> record) {
  Scenario scenario;
  scenario.key = "made";
  scenario.time.start = {2010, 1, 1};
  scenario.time.end = {2013, 12, 31};
  for (const char* key : {"mining", "trade"}) {
    Member member;
    member.key = key;
    scenario.dimensions.sectors.push_back(member);
  }
  scenario.record = std::move(record);
  return scenario;
}

Variable variable(const std::string& name, const std::string& unit, std::vector<Dim> dims) {
  Variable out;
  out.name = name;
  out.unit = unit;
  out.dims = std::move(dims);
  return out;
}

/// A rate that is `level` in all months, and posts that are the month's number times `level`, in
/// trade ten times as many as in mining.
Recording recording(double level) {
  Recording out;
  Table rate{variable("rate", "1", {}), {}, {}};
  Table posts{variable("posts", "post", {Dim::Sector}), {2}, {}};
  for (int m = 0; m < kMonths; ++m) {
    out.months.push_back(Month(2010, 1) + m);
    rate.data.push_back(level);
    posts.data.insert(posts.data.end(), {level * m, 10.0 * level * m});
  }
  out.tables = {rate, posts};
  return out;
}

}  // namespace

TEST_CASE("analysis/benchmark: what counts begins a year after the run, but for a series' first",
          "[unit]") {
  const Scenario scenario = scenario_with(
      {recorded("rate", "2009", 9.0),  // before the run
       recorded("rate", "2012", 0.3), recorded("rate", "2010", 0.1),
       recorded("rate", "2010-12", 0.2),  // in the first year
       recorded("rate", "2014", 0.9),     // after the run
       recorded("posts", "2011-03", 5.0, "trade"), recorded("posts", "2013-03", 7.0, "trade"),
       recorded("posts", "2013", 1.0, "mining"), recorded("unknown", "2012", 1.0)});
  const std::vector<BenchmarkSeries> series = benchmark_series(scenario, recording(1.0));
  // Mining has but the figure that the naive forecast holds.
  REQUIRE(series.size() == 2);
  CHECK(series[0].variable == "rate");
  REQUIRE(series[0].points.size() == 3);
  CHECK(series[0].naive == 0.1);
  REQUIRE(series[0].scored == std::vector<std::size_t>{2});
  CHECK(series[0].points[2].period == "2012");
  CHECK_THAT(series[0].naive_scores.crps, WithinAbs(0.2, 1e-12));
  CHECK(series[1].keys == std::vector<DimKey>{{Dim::Sector, "trade"}});
  CHECK(series[1].naive == 5.0);
  CHECK(series[1].naive_scores.mae == 2.0);
}

TEST_CASE("analysis/benchmark: a year is the mean of its months, a month itself", "[unit]") {
  const Scenario scenario = scenario_with(
      {recorded("posts", "2010", 1.0, "trade"), recorded("posts", "2011", 100.0, "trade"),
       recorded("posts", "2012-03", 250.0, "trade"), recorded("posts", "2012-Q1", 260.0, "trade")});
  const std::vector<BenchmarkSeries> series = benchmark_series(scenario, recording(1.0));
  REQUIRE(series.size() == 1);
  CompositionScorer scorer(series);
  scorer.add(scenario, recording(1.0));
  scorer.add(scenario, recording(3.0));
  Composition composition;
  scorer.finish(composition);
  // At level 1, posts in trade: 10 × 17.5 in the year 2011, 10 × 26 in March 2012, 10 × 25 over the
  // quarter; the mean of levels is 2.
  const double errors[] = {350.0 - 100.0, 520.0 - 250.0, 500.0 - 260.0};
  double sum = 0.0, squares = 0.0;
  for (const double error : errors) {
    sum += error;
    squares += error * error;
  }
  REQUIRE(composition.series.size() == 1);
  CHECK(composition.series[0].points == 3);
  CHECK_THAT(composition.series[0].bias, WithinRel(sum / 3.0, 1e-12));
  CHECK_THAT(composition.series[0].rmse, WithinRel(std::sqrt(squares / 3.0), 1e-12));
  CHECK_THAT(composition.all.mae, WithinRel(sum / (100.0 + 250.0 + 260.0), 1e-12));
  REQUIRE(composition.means.size() == 1);
  CHECK(composition.means[0][26] == 20.0 * 26.0);
}

TEST_CASE("analysis/benchmark: its file reads as written and the nearest come first", "[unit]") {
  const Scenario scenario =
      scenario_with({recorded("rate", "2010", 1.0), recorded("rate", "2011", 2.0),
                     recorded("rate", "2012", 2.0)});
  Benchmark benchmark;
  benchmark.scenario = "made";
  benchmark.replications = 2;
  benchmark.seed = 7;
  benchmark.scale = 10;
  benchmark.first_scored = Month(2011, 1);
  benchmark.series = benchmark_series(scenario, recording(1.0));
  benchmark.months = recording(1.0).months;
  for (const double level : {3.0, 2.25, Scores::kMissing}) {
    Composition& one = benchmark.compositions.emplace_back();
    one.name = "wages=w" + std::to_string(benchmark.compositions.size());
    one.model.fill("none");
    if (std::isnan(level)) {
      one.reason = "it \"does not\" fit";
      continue;
    }
    one.state = Composition::State::Scored;
    one.seconds = 1.5;
    one.bytes = 1234;
    one.finished = 2;
    CompositionScorer scorer(benchmark.series);
    scorer.add(scenario, recording(level));
    scorer.add(scenario, recording(level));
    scorer.finish(one);
  }
  benchmark.naive = overall({benchmark.series[0].naive_scores});
  const std::string json = to_json(benchmark);
  const Benchmark again = parse_benchmark(json);
  CHECK(to_json(again) == json);
  REQUIRE(again.ranked().size() == 2);
  CHECK(again.ranked()[0]->name == "wages=w2");
  CHECK(again.compositions[0].all == benchmark.compositions[0].all);
  CHECK(again.compositions[2].reason == "it \"does not\" fit");
  CHECK_THROWS_WITH(parse_benchmark("{}"), ContainsSubstring("cannot be read"));

  const std::string table = scores_table(benchmark);
  CHECK_THAT(table, ContainsSubstring("wages=w1,all,1,2,1,"));
  CHECK_THAT(table, ContainsSubstring("naive,rate,1,2,2,1,1,-1,1,0.5,0.5,-0.5,0.5,\n"));
  CHECK(table.find("w3") == std::string::npos);
}
