#include "models/choice.hpp"

#include <cmath>
#include <limits>
#include <random>
#include <span>
#include <vector>

#include "support/catch.hpp"

namespace steppe {
namespace {

constexpr double kClosed = -std::numeric_limits<double>::infinity();

/// d ln P_i / d V_j of a logit; times the coefficient of ln w it is the elasticity to the wage.
/// @param shares of all options
double logit_elasticity(std::span<const double> shares, std::size_t i, std::size_t j) {
  return (i == j ? 1.0 : 0.0) - shares[j];
}

/// d ln P_i / d V_j of a nested logit.
double nested_logit_elasticity(std::span<const double> shares, const Nests& nests, std::size_t i,
                               std::size_t j) {
  const std::size_t nest = nests.of[i];
  if (nests.of[j] != nest) return -shares[j];
  double of_nest = 0.0;
  for (std::size_t m = 0; m < shares.size(); ++m) {
    if (nests.of[m] == nest) of_nest += shares[m];
  }
  const double steeper = 1.0 / nests.dissimilarity[nest];
  return (i == j ? steeper : 0.0) - (steeper - 1.0) * shares[j] / of_nest - shares[j];
}

/// Options in nests, at random.
struct Menu {
  explicit Menu(std::mt19937_64& generator) {
    std::uniform_real_distribution<double> utility(-3.0, 3.0), lambda(0.2, 1.0);
    std::uniform_int_distribution<std::size_t> options(2, 9), nest(0, 2);
    utilities.resize(options(generator));
    for (double& v : utilities) {
      v = utility(generator);
      nests.of.push_back(nest(generator));
    }
    for (int n = 0; n < 3; ++n) nests.dissimilarity.push_back(lambda(generator));
  }
  [[nodiscard]] std::vector<double> shares() const { return nested_logit_shares(utilities, nests); }
  [[nodiscard]] Menu raised(std::size_t j, double by) const {
    Menu out = *this;
    out.utilities[j] += by;
    return out;
  }
  std::vector<double> utilities;
  Nests nests;
};

}  // namespace

TEST_CASE("choice: a logit's shares, elasticities and log-sum by hand", "[model]") {
  const std::vector<double> v = {0.0, std::log(2.0) - 1.0, std::log(3.0) - 2.0};
  const auto p = logit_shares(v);
  CHECK_THAT(p[0], WithinRel(0.466904691, 1e-8));
  CHECK_THAT(p[1], WithinRel(0.343529273, 1e-8));
  CHECK_THAT(p[2], WithinRel(0.189566036, 1e-8));
  const double total = 1.0 + 2.0 * std::exp(-1.0) + 3.0 * std::exp(-2.0);
  CHECK_THAT(p[1], WithinRel(2.0 * std::exp(-1.0) / total, 1e-12));
  CHECK_THAT(log_sum(v), WithinRel(std::log(total), 1e-12));
  CHECK_THAT(logit_elasticity(p, 1, 1), WithinRel(0.656470727, 1e-8));
  CHECK_THAT(logit_elasticity(p, 0, 1), WithinRel(-p[1], 1e-12));
  CHECK_THAT(logit_elasticity(p, 2, 1), WithinRel(-p[1], 1e-12));
  // A tenth more pay in option 1.
  const auto more = logit_shares(std::vector{0.0, std::log(2.2) - 1.0, std::log(3.0) - 2.0});
  CHECK_THAT(more[0], WithinRel(0.451397853, 1e-8));
  CHECK_THAT(more[1], WithinRel(0.365331978, 1e-8));
  CHECK_THAT(more[2], WithinRel(0.183270169, 1e-8));
  CHECK_THAT(more[1] / more[0], WithinRel(1.1 * p[1] / p[0], 1e-12));
  CHECK_THAT(more[2] / more[0], WithinRel(p[2] / p[0], 1e-12));
}

TEST_CASE("choice: elasticities are the slopes of the shares", "[model]") {
  std::mt19937_64 generator(11);
  constexpr double kStep = 1e-5;
  for (int n = 0; n < 50; ++n) {
    const Menu menu(generator);
    const auto shares = menu.shares();
    const auto plain = logit_shares(menu.utilities);
    for (std::size_t j = 0; j < shares.size(); ++j) {
      const auto up = menu.raised(j, kStep).shares();
      const auto down = menu.raised(j, -kStep).shares();
      const auto plain_up = logit_shares(menu.raised(j, kStep).utilities);
      const auto plain_down = logit_shares(menu.raised(j, -kStep).utilities);
      for (std::size_t i = 0; i < shares.size(); ++i) {
        // The error of central differences is of the order of the step squared.
        CHECK_THAT(nested_logit_elasticity(shares, menu.nests, i, j),
                   WithinAbs(std::log(up[i] / down[i]) / (2.0 * kStep), 1e-7));
        CHECK_THAT(logit_elasticity(plain, i, j),
                   WithinAbs(std::log(plain_up[i] / plain_down[i]) / (2.0 * kStep), 1e-7));
      }
    }
  }
}

TEST_CASE("choice: dissimilarity 1 is the logit, and shares add up whatever it is", "[model]") {
  std::mt19937_64 generator(12);
  for (int n = 0; n < 200; ++n) {
    Menu menu(generator);
    double sum = 0.0;
    for (const double p : menu.shares()) sum += p;
    CHECK_THAT(sum, WithinRel(1.0, 1e-12));
    menu.nests.dissimilarity.assign(3, 1.0);
    const auto nested = menu.shares();
    const auto plain = logit_shares(menu.utilities);
    for (std::size_t j = 0; j < plain.size(); ++j) {
      CHECK_THAT(nested[j], WithinRel(plain[j], 1e-12));
      for (std::size_t i = 0; i < plain.size(); ++i) {
        CHECK_THAT(nested_logit_elasticity(nested, menu.nests, i, j),
                   WithinAbs(logit_elasticity(plain, i, j), 1e-12));
      }
    }
  }
}

TEST_CASE("choice: a third option leaves odds alone unless it is of the same nest as one",
          "[model]") {
  std::mt19937_64 generator(13);
  std::uniform_real_distribution<double> utility(-2.0, 2.0), lambda(0.1, 0.9);
  for (int n = 0; n < 100; ++n) {
    // The red bus (1) and the blue (2) are alike; the train (0) is not.
    const std::vector<double> v = {utility(generator), utility(generator), utility(generator)};
    std::vector<double> without = v;
    without[2] = kClosed;
    const auto plain = logit_shares(v);
    const auto plain_without = logit_shares(without);
    CHECK_THAT(plain[1] / plain[0], WithinRel(plain_without[1] / plain_without[0], 1e-12));
    const Nests nests{{0, 1, 1}, {1.0, lambda(generator)}};
    const auto nested = nested_logit_shares(v, nests);
    const auto nested_without = nested_logit_shares(without, nests);
    CHECK(nested[1] / nested[0] < nested_without[1] / nested_without[0] * (1.0 - 1e-9));
    // Within the nest odds are exp(ΔV/λ), and the nest's own are its inclusive value's.
    const double l = nests.dissimilarity[1];
    CHECK_THAT(nested[1] / nested[2], WithinRel(std::exp((v[1] - v[2]) / l), 1e-9));
    CHECK_THAT(nested_log_sum(v, nests), WithinAbs(v[0] - std::log(nested[0]), 1e-9));
    CHECK_THAT(
        (nested[1] + nested[2]) / nested[0],
        WithinRel(std::pow(std::exp(v[1] / l) + std::exp(v[2] / l), l) / std::exp(v[0]), 1e-9));
  }
}

TEST_CASE("choice: perfectly alike options count as one", "[model]") {
  const Nests nests{{0, 1, 1}, {1.0, 1e-6}};
  const auto shares = nested_logit_shares(std::vector{0.3, 0.3, 0.3}, nests);
  CHECK_THAT(shares[0], WithinAbs(0.5, 1e-6));
  CHECK_THAT(shares[1], WithinAbs(0.25, 1e-6));
}

TEST_CASE("choice: closed options take nothing", "[model]") {
  const Nests nests{{0, 1, 1, 2}, {1.0, 0.5, 0.5}};
  const auto shares = nested_logit_shares(std::vector{1000.0, kClosed, 1000.0, kClosed}, nests);
  CHECK_THAT(shares[0], WithinRel(0.5, 1e-12));
  CHECK(shares[1] == 0.0);
  CHECK(shares[3] == 0.0);
  CHECK(log_sum(std::vector{kClosed, kClosed}) == kClosed);
}

}  // namespace steppe
