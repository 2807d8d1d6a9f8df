#include "models/matching/matching_function.hpp"

#include <cmath>

#include "sim/core/draws.hpp"
#include "support/catch.hpp"

using namespace steppe;
using matching::MatchingFunction;

namespace {

constexpr Purpose kCase{"test/matching_function"};

}  // namespace

TEST_CASE("matching/matching_function: the published rates and steady states",
          "[model][matching]") {
  const MatchingFunction cobb{MatchingFunction::Form::CobbDouglas, 0.5, 0.5};
  const double s = 0.02;
  struct Row {
    double theta, finding, unemployment;
  };
  for (const Row& row :
       {Row{0.3, .273861, .0680593}, Row{0.5, .353553, .0535399}, Row{1.0, .5, .0384615}}) {
    const double f = cobb.finding(row.theta);
    CHECK_THAT(f, WithinRel(row.finding, 2e-6));
    CHECK_THAT(s / (s + f), WithinRel(row.unemployment, 2e-6));
  }
  // The Beveridge curve: vacancies per labour force at which unemployment stands still.
  const auto beveridge = [&](double u) {
    return std::pow(s * (1.0 - u) / (0.5 * std::sqrt(u)), 2.0);
  };
  for (const auto& [u, v] : {std::pair{.03, .0501813}, std::pair{.05, .02888},
                             std::pair{.08, .016928}, std::pair{.12, .0103253}}) {
    CHECK_THAT(beveridge(u), WithinAbs(v, 5e-8));
    CHECK_THAT(u * cobb.finding(beveridge(u) / u), WithinRel(s * (1.0 - u), 1e-12));
  }
  const auto matches = [](double l, double seekers, double vacancies) {
    const MatchingFunction ces{MatchingFunction::Form::Ces, 1.0, l};
    return seekers * ces.finding(vacancies / seekers);
  };
  CHECK_THAT(matches(1.27, 100, 50), WithinRel(38.049274, 1e-7));
  CHECK_THAT(matches(1.27, 100, 100), WithinRel(57.938668, 1e-7));
  CHECK_THAT(matches(.407, 1000, 300), WithinRel(92.729336, 1e-7));
}

TEST_CASE("matching/matching_function: rates agree with each other and with their elasticity",
          "[model][matching]") {
  const Draws draws(4, 0);
  for (std::uint32_t n = 0; n < 40; ++n) {
    const auto form =
        n % 2 == 0 ? MatchingFunction::Form::CobbDouglas : MatchingFunction::Form::Ces;
    const double theta = std::exp(4.0 * draws.uniform(kCase, n, 0) - 2.0);
    const double elasticity = n % 2 == 0 ? 0.1 + 0.8 * draws.uniform(kCase, n, 1)
                                         : 0.3 + 2.0 * draws.uniform(kCase, n, 1);
    const MatchingFunction m{form, 0.2 + draws.uniform(kCase, n, 2), elasticity};
    CHECK_THAT(m.finding(theta), WithinRel(theta * m.filling(theta), 1e-12));
    const double h = 1e-5;
    const double slope =
        (std::log(m.filling(theta * std::exp(h))) - std::log(m.filling(theta * std::exp(-h)))) /
        (2.0 * h);
    // The elasticity of matches to seekers.
    const double exact = form == MatchingFunction::Form::CobbDouglas
                             ? elasticity
                             : 1.0 / (1.0 + std::pow(theta, -elasticity));
    CHECK_THAT(-slope, WithinAbs(exact, 1e-8));
    if (form == MatchingFunction::Form::Ces) {
      CHECK(m.finding(theta) <= m.efficiency * std::min(1.0, theta));
    }
  }
}
