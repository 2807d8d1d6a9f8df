#include "sim/analysis/comparison.hpp"

#include <cmath>

#include "sim/analysis/outcome.hpp"
#include "sim/core/error.hpp"
#include "support/catch.hpp"
#include "unit/results/synthetic.hpp"

using namespace steppe;

namespace {

/// Base and one alternative of three realizations; the alternative has `more` at work in mining.
Comparison example(double more) {
  Comparison comparison(2, 3);
  for (int r = 0; r < 3; ++r) {
    Recording recording = test::small_recording(r);
    comparison.add(0, r, recording);
    for (std::size_t m = 0; m < 3; ++m) {
      recording.tables[0].data[m] += more * (r + 1);
      recording.tables[1].data[2 * m] += more * (r + 1);
    }
    comparison.add(1, r, recording);
  }
  return comparison;
}

std::size_t at(const Comparison& comparison, const char* name, const std::vector<Dim>& dims) {
  const int found = comparison.find(name, dims);
  REQUIRE(found >= 0);
  return static_cast<std::size_t>(found);
}

const Window kAll{Month(2009, 1), Month(2009, 3)};

}  // namespace

TEST_CASE("analysis/comparison: pairs are of one realization, one cell and one month", "[unit]") {
  const Comparison comparison = example(10.0);
  const Pairs pairs = comparison.pairs(1, at(comparison, "employed", {Dim::Sector}), 0, {1, 2});
  CHECK(pairs.base == std::vector<double>{61, 62, 63});
  CHECK(pairs.alternative == std::vector<double>{71, 82, 93});
  const Estimate other =
      comparison.pairs(1, at(comparison, "employed", {Dim::Sector}), 1, {1, 2}).estimate(0.9);
  CHECK(other.all_zero);
  CHECK(comparison.find("employed", {Dim::Sector, Dim::Occupation}) == -1);  // not summarised
}

TEST_CASE("analysis/comparison: a window is the mean of the months that both have", "[unit]") {
  Comparison comparison(2, 1);
  Recording recording = test::small_recording(0);
  comparison.add(0, 0, recording);
  recording.tables[3].data = {std::nan(""), 0.07, 0.09};
  comparison.add(1, 0, recording);
  // January is missing in the alternative and March in the base: February remains.
  const Estimate e =
      comparison.pairs(1, at(comparison, "unemployment_rate", {}), 0, comparison.span(kAll))
          .estimate(0.9);
  CHECK(e.n == 1);
  CHECK(e.base == 0.0625);
  CHECK(e.alternative == 0.07);
  const MonthSpan outside = comparison.span({Month(2010, 1), Month(2010, 12)});
  CHECK(outside.first == outside.end);
}

TEST_CASE("analysis/comparison: a realization that failed leaves its pair out", "[unit]") {
  Comparison comparison(2, 3);
  for (int r = 0; r < 3; ++r) {
    comparison.add(0, r, test::small_recording(r));
    if (r != 1) comparison.add(1, r, test::small_recording(r));
  }
  const Estimate e = comparison.pairs(1, 0, 0, {0, 1}).estimate(0.9);
  CHECK(e.n == 2);
  CHECK(e.base == 101.0);
  CHECK(e.all_zero);
}

TEST_CASE("analysis/comparison: what only one scenario records is left out", "[unit]") {
  Comparison comparison(2, 2);
  for (const int r : {0, 1}) comparison.add(0, r, test::small_recording(r));
  const std::size_t all = comparison.variables().size();
  for (const int r : {0, 1}) {
    Recording other = test::small_recording(r);
    other.tables.erase(other.tables.begin());
    comparison.add(1, r, other);
  }
  CHECK(comparison.variables().size() == all - 1);
  // The rest is compared with itself, though it lies elsewhere in the other's values.
  for (std::size_t v = 0; v < comparison.variables().size(); ++v) {
    CHECK(comparison.pairs(1, v, 0, {0, 1}).estimate(0.9).all_zero);
  }
}

TEST_CASE("analysis/comparison: other variables within a scenario are a mistake", "[unit]") {
  Comparison comparison(2, 2);
  comparison.add(0, 0, test::small_recording(0));
  Recording other = test::small_recording(1);
  other.tables.erase(other.tables.begin());
  CHECK_THROWS_AS(comparison.add(0, 1, other), ModelError);
}

TEST_CASE("analysis/outcome: a condition reads mean differences, with keys in brackets", "[unit]") {
  const test::TempFolder folder;
  const Scenario scenario = test::small_scenario(folder.path());
  const Comparison comparison = example(10.0);
  const auto value = [&](const char* name, std::vector<std::string> keys) {
    return difference_of(comparison, scenario.dimensions, 1, kAll, {name, std::move(keys), 0});
  };
  CHECK(value("employed", {}) == 20.0);
  CHECK(value("employed", {"mining"}) == 20.0);
  CHECK(value("employed", {"construction"}) == 0.0);
  CHECK(std::isnan(value("employed", {"farming"})));
  CHECK(std::isnan(value("unknown", {})));
}

TEST_CASE("analysis/outcome: what is written is what is read", "[unit]") {
  const test::TempFolder folder;
  const Scenario scenario = test::small_scenario(folder.path());
  const Comparison comparison = example(10.0);
  const People people(scenario.dimensions, Month(2009, 3), std::nullopt, 3, 1);
  ComparisonQuestion question;
  question.metrics = {{"employed", "at work"}};
  question.by = {Dim::Sector};
  question.window = kAll;
  auto formula = Expression::parse("employed(mining) > 15");
  REQUIRE(formula.has_value());
  question.fail_if = std::move(formula).value();

  Outcome outcome;
  outcome.base = "base";
  outcome.window = kAll;
  outcome.replications = 3;
  outcome.condition = question.fail_if->text();
  outcome.alternatives.push_back(
      judge_alternative(comparison, people, scenario.dimensions, 1, question));
  outcome.alternatives.front().scenario = "quota";
  outcome.alternatives.front().levers = {"permits.fee: never binds"};

  const AlternativeOutcome& one = outcome.alternatives.front();
  CHECK(one.condition_holds);
  REQUIRE(one.metrics.size() == 1);
  CHECK(one.metrics.front().estimate.difference == 20.0);
  CHECK(one.metrics.front().verdict == Verdict::LikelyHigher);
  REQUIRE(one.cells.size() == 2);
  CHECK(one.cells.back().key == "construction");
  CHECK(one.cells.back().verdict == Verdict::NoDetectableChange);
  CHECK(std::isnan(one.per_100_foreign.value));  // no foreign workers are recorded

  const std::string text = to_json(outcome);
  const Outcome read = parse_outcome(text);
  CHECK(to_json(read) == text);
  CHECK(read.alternatives.front().metrics.front().sentence == one.metrics.front().sentence);
  CHECK_THROWS_AS(parse_outcome("{}"), IoError);
  CHECK_THROWS_AS(parse_outcome("not JSON"), IoError);
}
