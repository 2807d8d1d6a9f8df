#include "sim/analysis/benchmark.hpp"

#include <cmath>
#include <tuple>

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

TEST_CASE("analysis/benchmark: what counts lies in the span and has an earlier figure", "[unit]") {
  const Scenario scenario = scenario_with(
      {recorded("rate", "2009", 9.0),  // before the run
       recorded("rate", "2012", 0.3), recorded("rate", "2010", 0.1),
       recorded("rate", "2010-12", 0.2),  // in the first year, which was not over
       recorded("rate", "2013-02", 0.4), recorded("rate", "2014", 0.9),  // after the run
       recorded("posts", "2011-03", 5.0, "trade"), recorded("posts", "2013-03", 7.0, "trade"),
       recorded("posts", "2013", 1.0, "mining"), recorded("unknown", "2012", 1.0)});
  const std::vector<BenchmarkSeries> series =
      benchmark_series(scenario, recording(1.0), default_span(scenario));
  // Mining has but one figure.
  REQUIRE(series.size() == 2);
  CHECK(series[0].variable == "rate");
  REQUIRE(series[0].points.size() == 4);
  REQUIRE(series[0].scored.size() == 2);
  const auto& [first, second] = std::tie(series[0].scored[0], series[0].scored[1]);
  CHECK(series[0].at(first).period == "2012");
  CHECK(series[0].points[first.first].period == "2010");
  CHECK(series[0].points[first.previous].period == "2010-12");
  CHECK(series[0].at(second).period == "2013-02");
  CHECK(series[0].points[second.first].period == "2010");
  CHECK(series[0].points[second.previous].period == "2012");
  CHECK(series[1].keys == std::vector<DimKey>{{Dim::Sector, "trade"}});
  // A figure counts that lies in the span with all its months.
  const ScoredSpan early{Month(2010, 12), Month(2012, 12)};
  const auto spanned = benchmark_series(scenario, recording(1.0), early);
  REQUIRE(spanned.size() == 1);
  REQUIRE(spanned[0].scored.size() == 1);
  CHECK(spanned[0].at(spanned[0].scored[0]).period == "2012");
  CHECK(benchmark_series(scenario, recording(1.0), {Month(2012, 2), Month(2012, 12)}).empty());
}

TEST_CASE("analysis/benchmark: naive forecasts begin anew with another basis", "[unit]") {
  std::vector<RecordSeries> record;
  for (const auto& [period, value] : {std::pair{"2010", 1.0},
                                      {"2011", 2.0},
                                      {"2012", 30.0},
                                      {"2013-01", 32.0},
                                      {"2013-02", 36.0}}) {
    record.push_back(recorded("rate", period, value));
    if (value > 10.0) record.back().basis = "new survey";
  }
  const Scenario scenario = scenario_with(record);
  Benchmark benchmark;
  benchmark.series = benchmark_series(scenario, recording(1.0), default_span(scenario));
  REQUIRE(benchmark.series.size() == 1);
  REQUIRE(benchmark.series[0].scored.size() == 3);
  score(benchmark, {});
  // 2 from 1; 32 and 36 from 30, or the second from 32.
  CHECK_THAT(benchmark.naive[0].series[0].mae, WithinRel((1.0 + 2.0 + 6.0) / 3.0, 1e-12));
  CHECK_THAT(benchmark.naive[1].series[0].mae, WithinRel((1.0 + 2.0 + 4.0) / 3.0, 1e-12));
  CHECK(benchmark.naive[0].against_naive == 1.0);
  CHECK_THAT(benchmark.naive[1].against_naive, WithinRel(7.0 / 9.0, 1e-12));
}

TEST_CASE("analysis/benchmark: a year is the mean of its months, a month itself", "[unit]") {
  std::vector<RecordSeries> record = {
      recorded("posts", "2010", 1.0, "trade"), recorded("posts", "2011", 100.0, "trade"),
      recorded("posts", "2012-03", 250.0, "trade"), recorded("posts", "2012-Q1", 260.0, "trade"),
      recorded("posts", "2012", 350.0, "trade")};
  record.back().at_end = true;
  const Scenario scenario = scenario_with(record);
  const auto series = benchmark_series(scenario, recording(1.0), default_span(scenario));
  REQUIRE(series.size() == 1);
  CompositionForecasts said(series);
  said.add(scenario, recording(1.0));
  said.add(scenario, recording(3.0));
  // At level 1, posts in trade: 10 × 17.5 in the year 2011, 10 × 25 over the quarter, 10 × 26 in
  // March 2012, 10 × 35 at the end of the year.
  REQUIRE(said.forecasts().size() == 1);
  const std::vector<Forecast>& forecasts = said.forecasts()[0];
  REQUIRE(forecasts.size() == 4);
  const double levels[] = {175.0, 250.0, 260.0, 350.0};
  const double observed[] = {100.0, 260.0, 250.0, 350.0};
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(forecasts[i].observed == observed[i]);
    CHECK(forecasts[i].members == std::vector<double>{levels[i], 3.0 * levels[i]});
  }
  CHECK(said.means()[0][26] == 20.0 * 26.0);
}

TEST_CASE("analysis/benchmark: a variable weighs its periods, in it every figure counts once",
          "[unit]") {
  // One rate of two figures; posts of two sectors, of one figure and of two.
  const Scenario scenario = scenario_with(
      {recorded("rate", "2010", 1.0), recorded("rate", "2011", 2.0), recorded("rate", "2012", 2.0),
       recorded("posts", "2010", 50.0, "mining"), recorded("posts", "2011", 100.0, "mining"),
       recorded("posts", "2010", 300.0, "trade"), recorded("posts", "2011", 400.0, "trade"),
       recorded("posts", "2012", 600.0, "trade")});
  Benchmark benchmark;
  benchmark.series = benchmark_series(scenario, recording(1.0), default_span(scenario));
  benchmark.compositions.resize(1);
  benchmark.compositions[0].state = Composition::State::Scored;
  CompositionForecasts said(benchmark.series);
  said.add(scenario, recording(2.0));
  score(benchmark, {said.forecasts()});
  const ScoreSheet& sheet = benchmark.compositions[0].scores;
  // Rate: always right. Posts: 35 and 350, 590 at level 2.
  const double mining = std::abs(35.0 - 100.0) / 100.0;
  const double trade = (std::abs(350.0 - 400.0) + std::abs(590.0 - 600.0)) / 500.0;
  CHECK_THAT(sheet.all.crps, WithinRel(0.5 * (0.0 + (mining + trade) / 3.0), 1e-12));
  CHECK(sheet.all.points == 5);
  // Naive: errors of 1 and 1 of 2; 50 of 100; 100 and 300 of 500. The rate met exactly counts as
  // a millionth.
  const double naive_posts = (0.5 + 0.8) / 3.0;
  CHECK_THAT(benchmark.naive[0].all.crps, WithinRel(0.5 * (0.5 + naive_posts), 1e-12));
  CHECK_THAT(sheet.against_naive,
             WithinRel(std::sqrt(1e-6 * ((mining + trade) / 3.0) / naive_posts), 1e-12));
  CHECK(sheet.by_variable[0] == 1e-6);

  // With one figure of posts in trade for both years, posts are of one period.
  benchmark.series[1].scored.clear();
  benchmark.series[2].scored.erase(benchmark.series[2].scored.begin());
  const std::vector<BenchmarkVariable> variables = variables_of(benchmark.series);
  REQUIRE(variables.size() == 2);
  CHECK(variables[0].periods == 2);
  CHECK(variables[1].periods == 1);
  CompositionForecasts fewer(benchmark.series);
  fewer.add(scenario, recording(2.0));
  score(benchmark, {fewer.forecasts()});
  const ScoreSheet& weighted = benchmark.compositions[0].scores;
  CHECK_THAT(weighted.all.crps, WithinRel((10.0 / 600.0) / 3.0, 1e-12));
  CHECK_THAT(weighted.against_naive, WithinRel(std::cbrt(1e-12 * (10.0 / 300.0)), 1e-12));
}

TEST_CASE("analysis/benchmark: its standard error is the jackknife's", "[unit]") {
  const Scenario scenario =
      scenario_with({recorded("rate", "2010", 1.0), recorded("rate", "2011", 2.0)});
  Benchmark benchmark;
  benchmark.series = benchmark_series(scenario, recording(1.0), default_span(scenario));
  benchmark.compositions.resize(1);
  CompositionForecasts said(benchmark.series);
  const std::vector<double> levels = {2.5, 3.0, 4.0};
  for (const double level : levels) said.add(scenario, recording(level));
  score(benchmark, {said.forecasts()});
  // Of two, the fair score is their mean distance from 2 less half of that from each other.
  const double pairs[] = {(1.0 + 2.0) / 2.0 - 0.5, (0.5 + 2.0) / 2.0 - 0.75,
                          (0.5 + 1.0) / 2.0 - 0.25};
  double mean = 0.0, squares = 0.0;
  for (const double one : pairs) mean += std::log(one) / 3.0;
  for (const double one : pairs) squares += (std::log(one) - mean) * (std::log(one) - mean);
  const ScoreSheet& sheet = benchmark.compositions[0].scores;
  CHECK_THAT(sheet.error, WithinRel(sheet.against_naive * std::sqrt(squares * 2.0 / 3.0), 1e-12));
  CHECK(std::isnan(benchmark.naive[0].error));
}

TEST_CASE("analysis/benchmark: all are scored by the same figures", "[unit]") {
  const Scenario scenario =
      scenario_with({recorded("rate", "2010", 1.0), recorded("rate", "2011", 2.0),
                     recorded("rate", "2012", 3.0)});
  Benchmark benchmark;
  benchmark.series = benchmark_series(scenario, recording(1.0), default_span(scenario));
  benchmark.compositions.resize(3);
  std::vector<std::vector<std::vector<Forecast>>> forecasts(3);
  for (const std::size_t c : {0u, 1u}) {
    benchmark.compositions[c].state = Composition::State::Scored;
    CompositionForecasts said(benchmark.series);
    Recording one = recording(2.5);
    if (c == 1) one.tables[0].data[15] = NAN;  // a month of 2011
    said.add(scenario, one);
    forecasts[c] = said.forecasts();
  }
  score(benchmark, forecasts);
  CHECK(benchmark.figures() == 1);
  CHECK(benchmark.compositions[0].scores.all.points == 1);
  CHECK(benchmark.compositions[1].scores.all.points == 1);
  CHECK(benchmark.compositions[0].scores.series[0].mae == 0.5);
  CHECK(benchmark.compositions[2].scores.series.empty());
}

TEST_CASE("analysis/benchmark: series that rest on few records are left out", "[unit]") {
  RecordSeries first = recorded("posts", "2011", 250.0, "trade");
  RecordSeries second = recorded("posts", "2012", 340.0, "trade");
  const Scenario scenario =
      scenario_with({recorded("posts", "2010", 200.0, "trade"), first, second,
                     recorded("rate", "2010", 0.1), recorded("rate", "2012", 0.1)});
  // 295 posts on average are fewer than 30 records of ten persons.
  for (const auto& [scale, small] : {std::pair{9, 0}, {10, 1}}) {
    auto series = benchmark_series(scenario, recording(1.0), default_span(scenario));
    CHECK(leave_out_small(series, scale) == small);
    CHECK(series.size() == static_cast<std::size_t>(2 - small));
  }
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
  benchmark.records = 123;
  benchmark.too_small = 4;
  benchmark.span = {Month(2011, 1), Month(2013, 6)};
  benchmark.series = benchmark_series(scenario, recording(1.0), benchmark.span);
  benchmark.months = recording(1.0).months;
  std::vector<std::vector<std::vector<Forecast>>> forecasts;
  for (const double level : {3.0, 2.25, Scores::kMissing}) {
    Composition& one = benchmark.compositions.emplace_back();
    forecasts.emplace_back();
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
    CompositionForecasts said(benchmark.series);
    said.add(scenario, recording(level));
    said.add(scenario, recording(level));
    one.means = said.means();
    forecasts.back() = said.forecasts();
  }
  score(benchmark, forecasts);
  const std::string json = to_json(benchmark);
  const Benchmark again = parse_benchmark(json);
  CHECK(to_json(again) == json);
  REQUIRE(again.ranked().size() == 2);
  CHECK(again.ranked()[0]->name == "wages=w2");
  CHECK(again.compositions[0].scores.all == benchmark.compositions[0].scores.all);
  // The run at 2.25 has a quarter of the first figure's error, that at 3 all of it; the latest
  // figure misses but once, by 1.
  const std::vector<ScoredRow> rows = again.rows();
  REQUIRE(rows.size() == 4);
  CHECK(rows[0].composition == again.ranked()[0]);
  CHECK((rows[1].composition == nullptr && rows[1].naive == Naive::Previous));
  CHECK((rows[2].composition == nullptr && rows[2].naive == Naive::First));
  CHECK(rows[3].composition == again.ranked()[1]);
  CHECK(rows[3].scores->against_naive == 1.0);
  CHECK(again.compositions[2].reason == "it \"does not\" fit");
  CHECK_THROWS_WITH(parse_benchmark("{}"), ContainsSubstring("cannot be read"));

  const std::string table = scores_table(benchmark);
  CHECK_THAT(table, ContainsSubstring("wages=w1,all,1,2,1,"));
  CHECK_THAT(table, ContainsSubstring("wages=w2,rate,1,2,2,0.25,0.25,0.25,0.25,"));
  CHECK_THAT(table, ContainsSubstring("naive,rate,1,2,2,1,1,-1,1,0.5,0.5,-0.5,0.5,,1,\n"));
  CHECK_THAT(table, ContainsSubstring("naive_previous,rate,1,2,2,"));
  CHECK(table.find("w3") == std::string::npos);
}
