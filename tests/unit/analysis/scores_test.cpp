#include "sim/analysis/scores.hpp"

#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <numbers>
#include <vector>

#include "support/catch.hpp"

using namespace steppe;

namespace {

/// CRPS of a normal distribution, Gneiting and Raftery (2007), eq. (5) of section 4.2.
double normal_crps(double mean, double sd, double observed) {
  const boost::math::normal standard;
  const double z = (observed - mean) / sd;
  return sd * (z * (2.0 * boost::math::cdf(standard, z) - 1.0) +
               2.0 * boost::math::pdf(standard, z) - std::numbers::inv_sqrtpi);
}

/// Equally spaced quantiles: a sample whose only error is that it is finite.
std::vector<double> normal_sample(int count, double mean, double sd) {
  const boost::math::normal normal(mean, sd);
  std::vector<double> out;
  for (int i = 0; i < count; ++i) out.push_back(boost::math::quantile(normal, (i + 0.5) / count));
  return out;
}

}  // namespace

TEST_CASE("analysis/scores: CRPS of one and of two members in closed form", "[unit]") {
  // One member: the distance.
  for (const double y : {-3.0, 2.0, 5.5}) {
    CHECK(plain_crps(std::vector{2.0}, y) == std::abs(2.0 - y));
    CHECK(fair_crps(std::vector{2.0}, y) == std::abs(2.0 - y));
  }
  // Two members a < b: with m their middle and d = b - a, the mean distance is d/2 between them and
  // |y - m| outside; of that goes d/4, or d/2 where pairs of a member with itself are left out.
  const double a = -1.0, b = 5.0, middle = 2.0, d = 6.0;
  for (const double y : {-7.0, -1.0, 0.3, 2.0, 5.0, 9.0}) {
    INFO(y);
    const double distance = std::max(std::abs(y - middle), 0.5 * d);
    CHECK_THAT(plain_crps(std::vector{b, a}, y), WithinAbs(distance - 0.25 * d, 1e-12));
    CHECK_THAT(fair_crps(std::vector{b, a}, y), WithinAbs(distance - 0.5 * d, 1e-12));
  }
}

TEST_CASE("analysis/scores: CRPS by pairs equals the sum over all of them", "[unit]") {
  const std::vector<double> x{3.0, -1.5, 8.25, 8.25, 0.0, 2.0};
  const double y = 1.75;
  double distance = 0.0, pairs = 0.0;
  for (const double i : x) {
    distance += std::abs(i - y) / 6.0;
    for (const double j : x) pairs += std::abs(i - j);
  }
  CHECK_THAT(plain_crps(x, y), WithinAbs(distance - pairs / 72.0, 1e-12));
  CHECK_THAT(fair_crps(x, y), WithinAbs(distance - pairs / 60.0, 1e-12));
}

TEST_CASE("analysis/scores: CRPS of a large normal sample is that of the normal", "[unit]") {
  for (const auto& [mean, sd] : {std::pair{0.0, 1.0}, std::pair{40.0, 2.5}}) {
    const std::vector<double> sample = normal_sample(20000, mean, sd);
    for (const double z : {-2.0, -0.4, 0.0, 1.3, 4.0}) {
      INFO(mean << " " << z);
      const double y = mean + z * sd;
      CHECK_THAT(plain_crps(sample, y), WithinRel(normal_crps(mean, sd, y), 1e-3));
      CHECK_THAT(fair_crps(sample, y), WithinRel(normal_crps(mean, sd, y), 1e-3));
    }
  }
}

TEST_CASE("analysis/scores: errors, bias and coverage of known cases", "[unit]") {
  // 19 members 1 ... 19: the 90 % interval is from the first to the last.
  std::vector<double> members;
  for (int i = 1; i <= 19; ++i) members.push_back(i);
  const Scores s =
      score({{1.0, members}, {19.0, members}, {0.99, members}, {19.01, members}, {10.0, members}});
  CHECK(s.points == 5);
  CHECK_THAT(s.coverage, WithinAbs(3.0 / 5.0, 1e-12));
  CHECK_THAT(s.bias, WithinAbs((9.0 - 9.0 + 9.01 - 9.01 + 0.0) / 5.0, 1e-12));
  CHECK_THAT(s.mae, WithinAbs((9.0 + 9.0 + 9.01 + 9.01) / 5.0, 1e-12));
  CHECK_THAT(s.rmse, WithinAbs(std::sqrt(2.0 * (81.0 + 9.01 * 9.01) / 5.0), 1e-12));
  CHECK_THAT(s.observed, WithinAbs((1.0 + 19.0 + 0.99 + 19.01 + 10.0) / 5.0, 1e-12));
  const Scores share = relative(s);
  CHECK_THAT(share.mae, WithinAbs(s.mae / s.observed, 1e-12));
  CHECK(share.coverage == s.coverage);
}

TEST_CASE("analysis/scores: missing members are left out, and a point without any", "[unit]") {
  const double nan = Scores::kMissing;
  const Scores s = score({{2.0, {nan, 3.0}}, {5.0, {nan, nan}}});
  CHECK(s.points == 1);
  CHECK(s.mae == 1.0);
  CHECK(s.crps == 1.0);
  CHECK(std::isnan(s.coverage));  // one member has no interval
  CHECK(score({}).points == 0);
  CHECK(std::isnan(score({}).rmse));
}

TEST_CASE("analysis/scores: of several series every figure counts once, variables by weight",
          "[unit]") {
  const Scores many = score({{10.0, {11.0}}, {10.0, {11.0}}, {10.0, {11.0}}});  // 10 % high
  const Scores one = score({{200.0, {140.0}}});                                 // 30 % low
  const Scores all = pooled({many, one, Scores{}});
  CHECK(all.points == 4);
  CHECK_THAT(all.mae, WithinAbs(0.15, 1e-12));
  CHECK_THAT(all.bias, WithinAbs(0.0, 1e-12));
  CHECK_THAT(all.crps, WithinAbs(0.15, 1e-12));
  CHECK(relative(all).mae == all.mae);
  CHECK(pooled({}).points == 0);
  const Scores variables = mean_of({relative(many), relative(one), Scores{}}, {1.0, 3.0, 5.0});
  CHECK(variables.points == 4);
  CHECK_THAT(variables.mae, WithinAbs(0.25 * 0.1 + 0.75 * 0.3, 1e-12));
  CHECK_THAT(variables.bias, WithinAbs(0.25 * 0.1 - 0.75 * 0.3, 1e-12));
  CHECK(mean_of({}, {}).points == 0);
}
