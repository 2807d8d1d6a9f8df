#include "sim/analysis/paired.hpp"

#include <cmath>

#include "support/catch.hpp"

using namespace steppe;

namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

}  // namespace

TEST_CASE("analysis/paired: quantiles of Student's t are those of its closed forms", "[unit]") {
  constexpr double kPi = 3.14159265358979323846;
  for (const double confidence : {0.5, 0.8, 0.9, 0.95, 0.99}) {
    INFO(confidence);
    // One degree of freedom is Cauchy's distribution; two have a closed form as well.
    CHECK_THAT(student_quantile(confidence, 1.0),
               WithinRel(std::tan(0.5 * kPi * confidence), 1e-10));
    CHECK_THAT(student_quantile(confidence, 2.0),
               WithinRel(confidence * std::sqrt(2.0 / (1.0 - confidence * confidence)), 1e-10));
  }
  // As printed in tables.
  CHECK_THAT(student_quantile(0.9, 19.0), WithinAbs(1.7291, 5e-5));
  CHECK_THAT(student_quantile(0.95, 9.0), WithinAbs(2.2622, 5e-5));
}

TEST_CASE("analysis/paired: difference, error and interval are those worked out by hand",
          "[unit]") {
  // Differences 1, 2, 0, 3: mean 1.5, variance 5/3.
  const Estimate e = paired({10, 12, 14, 16}, {11, 14, 14, 19}, 0.9);
  CHECK(e.n == 4);
  CHECK(e.base == 13.0);
  CHECK(e.alternative == 14.5);
  CHECK(e.difference == 1.5);
  CHECK_THAT(e.se, WithinRel(std::sqrt(5.0 / 3.0 / 4.0), 1e-12));
  CHECK_THAT(e.interval.low, WithinAbs(1.5 - 2.353363 * e.se, 1e-6));
  CHECK_THAT(e.interval.high, WithinAbs(1.5 + 2.353363 * e.se, 1e-6));
  CHECK_FALSE(e.interval.is_clear());
  CHECK_FALSE(e.all_zero);
  // Without pairs: variances 20/3 and 11, and Satterthwaite's degrees of freedom.
  CHECK_THAT(e.unpaired_se, WithinRel(std::sqrt((20.0 / 3.0 + 11.0) / 4.0), 1e-12));
  const double a = 20.0 / 12.0;
  const double b = 11.0 / 4.0;
  const double df = (a + b) * (a + b) / (a * a / 3.0 + b * b / 3.0);
  CHECK_THAT(e.unpaired.high, WithinRel(1.5 + student_quantile(0.9, df) * e.unpaired_se, 1e-12));
}

TEST_CASE("analysis/paired: a pair with a missing value is left out on both sides", "[unit]") {
  const Estimate e = paired({10, kMissing, 14, 1000}, {11, 500, 16, kMissing}, 0.9);
  CHECK(e.n == 2);
  CHECK(e.base == 12.0);
  CHECK(e.alternative == 13.5);
  CHECK(e.difference == 1.5);
  CHECK_THAT(e.se, WithinRel(0.5, 1e-12));

  const Estimate none = paired({kMissing}, {1.0}, 0.9);
  CHECK(none.n == 0);
  CHECK(std::isnan(none.difference));
  CHECK_FALSE(none.all_zero);
}

TEST_CASE("analysis/paired: one pair has a difference and no interval", "[unit]") {
  const Estimate e = paired({10}, {12}, 0.9);
  CHECK(e.difference == 2.0);
  CHECK(std::isnan(e.se));
  CHECK(std::isnan(e.interval.low));
  CHECK_FALSE(e.interval.is_clear());
  CHECK(paired({3}, {3}, 0.9).all_zero);
}

TEST_CASE("analysis/paired: equal pairs differ by exactly 0", "[unit]") {
  const Estimate e = paired({0.1, 0.7, 0.3}, {0.1, 0.7, 0.3}, 0.9);
  CHECK(e.all_zero);
  CHECK(e.difference == 0.0);
  CHECK(e.interval == Interval{0.0, 0.0});
  CHECK(e.unpaired_se > 0.0);
}

TEST_CASE("analysis/ratio: Fieller's limits are where the residual just differs from 0", "[unit]") {
  const std::vector<double> y = {-3.1, -4.2, -2.0, -6.4, -3.9, -1.2};
  const std::vector<double> x = {10.0, 12.5, 9.1, 14.0, 11.1, 8.0};
  for (const double confidence : {0.5, 0.9, 0.99}) {
    const Ratio ratio = ratio_of_means(y, x, confidence);
    CHECK(ratio.n == 6);
    CHECK_THAT(ratio.value, WithinRel(-20.8 / 64.7, 1e-12));
    REQUIRE(ratio.interval.low < ratio.value);
    REQUIRE(ratio.interval.high > ratio.value);
    for (const double limit : {ratio.interval.low, ratio.interval.high}) {
      std::vector<double> residual;
      for (std::size_t i = 0; i < y.size(); ++i) residual.push_back(y[i] - limit * x[i]);
      const Mean mean = mean_of(residual, confidence);
      CHECK_THAT(std::abs(mean.value),
                 WithinRel(student_quantile(confidence, 5.0) * mean.se, 1e-9));
    }
  }
}

TEST_CASE("analysis/ratio: without a divisor that is clear of 0 there is none", "[unit]") {
  const Ratio ratio = ratio_of_means({1, 2, 3}, {-1, 0, 1.5}, 0.9);
  CHECK(std::isnan(ratio.value));
  CHECK(std::isnan(ratio.interval.low));
  CHECK(std::isnan(ratio_of_means({1}, {1}, 0.9).value));
  // The same divisor, sure enough of itself.
  CHECK_FALSE(std::isnan(ratio_of_means({1, 2, 3}, {1, 1, 1.5}, 0.9).value));
}
