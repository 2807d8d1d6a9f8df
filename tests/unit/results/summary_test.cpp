#include "sim/results/summary.hpp"

#include <cmath>
#include <random>

#include "sim/core/error.hpp"
#include "sim/results/dimension_keys.hpp"
#include "sim/results/summary_builder.hpp"
#include "support/catch.hpp"
#include "unit/results/synthetic.hpp"

namespace steppe {
namespace {

TEST_CASE("results/summary: statistics of a known sample", "[unit]") {
  // numpy: quantile([1, 2, 4, 8, 16], q, method="weibull"), std(ddof=1)/sqrt(5)
  std::vector<double> values{16, 1, 8, 2, 4};
  const CellSummary summary = summarise(values);
  CHECK_THAT(summary.mean, WithinRel(6.2, 1e-15));
  CHECK_THAT(summary.se_mc, WithinRel(2.727636339397171, 1e-14));
  CHECK(summary.p05 == 1.0);
  CHECK_THAT(summary.p25, WithinRel(1.5, 1e-14));
  CHECK(summary.p50 == 4.0);
  CHECK_THAT(summary.p75, WithinRel(12.0, 1e-14));
  CHECK(summary.p95 == 16.0);
  CHECK(summary.n == 5);
}

// A further run lies inside with probability 0.9 at n = 20: 4 standard errors of 20000 trials.
TEST_CASE("results/summary: nine in ten further runs lie between p05 and p95", "[unit]") {
  std::mt19937_64 random(5);
  std::exponential_distribution<double> run(1.0);
  constexpr int kTrials = 20000;
  int inside = 0;
  for (int trial = 0; trial < kTrials; ++trial) {
    std::vector<double> values(20);
    for (double& value : values) value = run(random);
    const CellSummary summary = summarise(values);
    const double further = run(random);
    inside += further >= summary.p05 && further <= summary.p95;
  }
  CHECK_THAT(inside / static_cast<double>(kTrials),
             WithinAbs(0.9, 4.0 * std::sqrt(0.9 * 0.1 / kTrials)));
}

TEST_CASE("results/summary: missing values are left out and counted so", "[unit]") {
  std::vector<double> values{std::nan(""), 3.0, std::nan("")};
  const CellSummary one = summarise(values);
  CHECK(one.n == 1);
  CHECK(one.mean == 3.0);
  CHECK(one.p05 == 3.0);
  CHECK(one.p95 == 3.0);
  CHECK(std::isnan(one.se_mc));
  std::vector<double> nothing{std::nan("")};
  const CellSummary none = summarise(nothing);
  CHECK(none.n == 0);
  CHECK(std::isnan(none.mean));
  CHECK(std::isnan(none.p50));
}

TEST_CASE("results/summary: the table holds every month, cell and dimension in use", "[unit]") {
  const test::TempFolder folder;
  const Scenario scenario = test::small_scenario(folder.path());
  SummaryBuilder builder;
  for (int r = 0; r < 2; ++r) builder.add(test::small_recording(r));
  builder.write(folder / "summary.csv", "summary.csv", scenario);
  CHECK(test::slurp(folder / "summary.csv") ==
        "variable,date,unit,scenario,region,sector,occupation,skill,origin,sex,"
        "mean,se_mc,p05,p25,p50,p75,p95,n\n"
        "employed,2009-01,person,quota,all,all,all,all,all,all,"
        "100.5,0.5,100,100,100.5,101,101,2\n"
        "employed,2009-02,person,quota,all,all,all,all,all,all,"
        "101.5,0.5,101,101,101.5,102,102,2\n"
        "employed,2009-03,person,quota,all,all,all,all,all,all,"
        "102.5,0.5,102,102,102.5,103,103,2\n"
        "employed,2009-01,person,quota,all,mining,all,all,all,all,"
        "60.5,0.5,60,60,60.5,61,61,2\n"
        "employed,2009-02,person,quota,all,mining,all,all,all,all,"
        "61.5,0.5,61,61,61.5,62,62,2\n"
        "employed,2009-03,person,quota,all,mining,all,all,all,all,"
        "62.5,0.5,62,62,62.5,63,63,2\n"
        "employed,2009-01,person,quota,all,construction,all,all,all,all,40,0,40,40,40,40,40,2\n"
        "employed,2009-02,person,quota,all,construction,all,all,all,all,40,0,40,40,40,40,40,2\n"
        "employed,2009-03,person,quota,all,construction,all,all,all,all,40,0,40,40,40,40,40,2\n"
        "hires,2009-01,person/month,quota,all,all,all,all,all,all,7,0,7,7,7,7,7,2\n"
        "hires,2009-02,person/month,quota,all,all,all,all,all,all,"
        "8.5,0.5,8,8,8.5,9,9,2\n"
        "hires,2009-03,person/month,quota,all,all,all,all,all,all,9,0,9,9,9,9,9,2\n"
        "unemployment_rate,2009-01,1,quota,all,all,all,all,all,all,"
        "0.05,0,0.05,0.05,0.05,0.05,0.05,2\n"
        "unemployment_rate,2009-02,1,quota,all,all,all,all,all,all,"
        "0.0675,0.005,0.0625,0.0625,0.0675,0.0725,0.0725,2\n"
        "unemployment_rate,2009-03,1,quota,all,all,all,all,all,all,,,,,,,,0\n"
        "unemployment_rate,2009-01,1,quota,all,all,all,all,all,female,"
        "0.05,0,0.05,0.05,0.05,0.05,0.05,2\n"
        "unemployment_rate,2009-02,1,quota,all,all,all,all,all,female,"
        "0.05,0,0.05,0.05,0.05,0.05,0.05,2\n"
        "unemployment_rate,2009-03,1,quota,all,all,all,all,all,female,"
        "0.06,0,0.06,0.06,0.06,0.06,0.06,2\n"
        "unemployment_rate,2009-01,1,quota,all,all,all,all,all,male,"
        "0.07,0,0.07,0.07,0.07,0.07,0.07,2\n"
        "unemployment_rate,2009-02,1,quota,all,all,all,all,all,male,"
        "0.07,0,0.07,0.07,0.07,0.07,0.07,2\n"
        "unemployment_rate,2009-03,1,quota,all,all,all,all,all,male,"
        "0.08,0,0.08,0.08,0.08,0.08,0.08,2\n");

  const Summary summary = read_summary(folder / "summary.csv");
  CHECK(summary.months == std::vector<std::string>{"2009-01", "2009-02", "2009-03"});
  CHECK(summary.series.size() == 7);
  const SummarySeries* national = summary.find("employed");
  REQUIRE(national != nullptr);
  CHECK(national->unit == "person");
  CHECK(national->mean == std::vector<double>{100.5, 101.5, 102.5});
  CHECK(national->p95 == std::vector<double>{101.0, 102.0, 103.0});
  CHECK(national->n == std::vector<int>{2, 2, 2});
  const SummarySeries* mining = summary.find("employed", {{Dim::Sector, "mining"}});
  REQUIRE(mining != nullptr);
  CHECK(mining->mean == std::vector<double>{60.5, 61.5, 62.5});
  const SummarySeries* rate = summary.find("unemployment_rate");
  REQUIRE(rate != nullptr);
  CHECK(rate->se_mc[1] == 0.005);
  CHECK(std::isnan(rate->mean[2]));
  CHECK(rate->n[2] == 0);
  CHECK(summary.find("unemployment_rate", {{Dim::Sex, "male"}}) != nullptr);
  CHECK(summary.find("employed", {{Dim::Sector, "fishing"}}) == nullptr);
}

TEST_CASE("results/dimension_keys: cells are labelled in the order of the data", "[unit]") {
  const test::TempFolder folder;
  const Dimensions dimensions = test::small_scenario(folder.path()).dimensions;
  // Two axes against the order of `Dim`: the first named varies slowest.
  const auto labels = cell_labels(
      dimensions,
      test::variable("foreign", "person", VariableKind::Stock, {Dim::Origin, Dim::Sector}));
  REQUIRE(labels.size() == 4);
  const auto of = [&](std::size_t cell, Dim dim) {
    return labels[cell][static_cast<std::size_t>(dim)];
  };
  CHECK(of(0, Dim::Origin) == "china");
  CHECK(of(0, Dim::Sector) == "mining");
  CHECK(of(1, Dim::Origin) == "china");
  CHECK(of(1, Dim::Sector) == "construction");
  CHECK(of(2, Dim::Origin) == "other");
  CHECK(of(2, Dim::Sector) == "mining");
  CHECK(of(3, Dim::Region) == "all");
  for (const Dim dim : kAllDims) CHECK(dimension_named(to_string(dim)) == dim);
  CHECK(dimension_named("planet") == Dim::None);
}

TEST_CASE("results/summary: a table that is none is refused in a sentence", "[unit]") {
  const test::TempFolder folder;
  test::spit(folder / "summary.csv", "year,value\n1,2\n");
  CHECK_THROWS_WITH(read_summary(folder / "summary.csv"),
                    "'" + (folder / "summary.csv").string() +
                        "' has no column 'variable'; it is no summary table of steppe");
  test::spit(folder / "summary.csv",
             "variable,date,unit,mean,se_mc,p05,p25,p50,p75,p95,n\nemployed,2009-01\n");
  CHECK_THROWS_AS(read_summary(folder / "summary.csv"), IoError);
}

}  // namespace
}  // namespace steppe
