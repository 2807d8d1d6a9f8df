#include <cmath>
#include <vector>

#include "sim/analysis/comparison.hpp"
#include "support/catch.hpp"
#include "support/ensemble.hpp"
#include "support/textbook.hpp"

using namespace steppe;

namespace {

constexpr int kSeeds = 400;
constexpr int kReplications = 5;
constexpr double kConfidence = 0.9;

Scenario market(double separation_rate) {
  test::Textbook book;
  book.persons = 1000;
  book.firms = 50;
  book.months = 18;
  book.unemployed = 0.05;
  book.model = {{Slot::Separations, "age_tenure"},
                {Slot::Vacancies, "desired_staff"},
                {Slot::Matching, "urn"}};
  book.parameters = {{"separation_rate", separation_rate}};
  return test::make_scenario(book, builtin_models());
}

/// Estimates of the difference in unemployment at the end, one a seed.
std::vector<Estimate> estimates() {
  const Scenario base = market(0.010);
  const Scenario alternative = market(0.012);
  std::vector<Estimate> out;
  for (int seed = 1; seed <= kSeeds; ++seed) {
    EnsembleOptions options;
    options.replications = kReplications;
    options.threads = 1;
    options.seed = static_cast<std::uint64_t>(seed);
    Comparison comparison(2, kReplications);
    int r = 0;
    for (const Recording& recording : test::run_all(base, options))
      comparison.add(0, r++, recording);
    r = 0;
    for (const Recording& recording : test::run_all(alternative, options)) {
      comparison.add(1, r++, recording);
    }
    const auto variable = static_cast<std::size_t>(comparison.find("unemployment_rate", {}));
    const std::size_t last = comparison.months().size() - 1;
    out.push_back(comparison.pairs(1, variable, 0, {last, last + 1}).estimate(kConfidence));
  }
  return out;
}

}  // namespace

// The truth is taken to be the mean over all seeds, whose error is a twentieth of that of one. The
// seeds are fixed; were they drawn anew, a right interval would fail either check of coverage once
// in a thousand times (3.29 standard deviations of a binomial share).
TEST_CASE("analysis/coverage: the interval holds the truth as often as it says", "[unit]") {
  const std::vector<Estimate> all = estimates();
  double truth = 0.0;
  double paired_width = 0.0;
  double unpaired_width = 0.0;
  for (const Estimate& e : all) {
    truth += e.difference / kSeeds;
    paired_width += e.interval.high - e.interval.low;
    unpaired_width += e.unpaired.high - e.unpaired.low;
  }
  double held = 0.0;
  for (const Estimate& e : all) held += e.interval.low <= truth && truth <= e.interval.high;
  const double share = held / kSeeds;
  const double bound = 3.29 * std::sqrt(kConfidence * (1.0 - kConfidence) / kSeeds);
  CHECK(truth > 0.0);
  CHECK(share > kConfidence - bound);
  CHECK(share < kConfidence + bound);
  // What the common random numbers are for.
  CHECK(paired_width < unpaired_width);
}
