#include "models/wages/offers.hpp"

#include <cmath>

#include "sim/core/draws.hpp"
#include "support/catch.hpp"
#include "support/offers.hpp"

using namespace steppe;
using namespace steppe::wages;
using test::earning_share;
using test::moves_per_separation;

namespace {

constexpr Purpose kCase{"test/offers"};

double between(const Draws& draws, std::uint32_t n, std::uint32_t what, double low, double high) {
  return low + (high - low) * draws.uniform(kCase, n, what);
}

/// Midpoint sum, enough for comparisons at 1e-6.
template <class F>
double integral(F&& f, double low, double high) {
  constexpr int kParts = 200000;
  double sum = 0.0;
  for (int i = 0; i < kParts; ++i) sum += f(low + (high - low) * (i + 0.5) / kParts);
  return sum * (high - low) / kParts;
}

/// Share of offers that do not exceed a wage between the lowest and the highest.
double cumulated(const PostedOffers& offers, double wage) {
  return (1.0 + offers.kappa) / offers.kappa *
         (1.0 - std::sqrt((offers.productivity - wage) / offers.surplus()));
}

double mean_offer(const PostedOffers& offers) {
  const double a = 1.0 / (1.0 + offers.kappa);
  return offers.productivity - offers.surplus() * (1.0 + a + a * a) / 3.0;
}

double mean_earned(const PostedOffers& offers) {
  return offers.productivity - offers.surplus() / (1.0 + offers.kappa);
}

/// Mean wage over the lowest that workers without offers on the job accept: (x + 1)/(x + ρ).
/// @param x   rate at which they find acceptable work over r + s
/// @param rho what not working is worth over the mean wage
/// @see Hornstein, Krusell and Violante (2011), American Economic Review 101(7), 2873–2898
double mean_min_ratio(double x, double rho) { return (x + 1.0) / (x + rho); }

}  // namespace

TEST_CASE("wages/offers: the posting equilibrium has its closed forms", "[model][wages]") {
  struct Case {
    double lambda, delta, b, p, u, top, median_offer, median_earned, mean_offer, mean_earned, ee;
  };
  for (const Case& c :
       {Case{.1, .02, .4, 1., .16666667, .98333333, .79583333, .95102041, .76111111, .9, .02300223},
        Case{.3, .03, .5, 1., .09090909, .99586777, .85123967, .98611111, .81680441, .95454545,
             .04913054}}) {
    const double kappa = c.lambda / c.delta;
    const PostedOffers offers{c.p, c.b, kappa};
    CHECK_THAT(c.delta / (c.delta + c.lambda), WithinRel(c.u, 1e-7));
    CHECK_THAT(offers.quantile(1.0), WithinRel(c.top, 1e-7));
    CHECK_THAT(offers.quantile(0.5), WithinRel(c.median_offer, 1e-7));
    CHECK_THAT(mean_offer(offers), WithinRel(c.mean_offer, 1e-7));
    CHECK_THAT(mean_earned(offers), WithinRel(c.mean_earned, 1e-7));
    CHECK_THAT(c.delta * moves_per_separation(kappa), WithinRel(c.ee, 1e-6));
    // The median earned is where G is one half: F = G (1 + κ)/(1 + κ G).
    const double f = 0.5 * (1.0 + kappa) / (1.0 + 0.5 * kappa);
    CHECK_THAT(offers.quantile(f), WithinRel(c.median_earned, 1e-7));
    CHECK_THAT(earning_share(f, kappa), WithinRel(0.5, 1e-12));
  }
  CHECK_THAT(earning_share(0.5, 5.0), WithinRel(1.0 / 7.0, 1e-12));
}

TEST_CASE(
    "wages/offers: all posted wages bring the same profit, and means are those of the quantile",
    "[model][wages]") {
  const Draws draws(5, 0);
  for (std::uint32_t n = 0; n < 20; ++n) {
    const PostedOffers offers{between(draws, n, 0, 0.5, 3.0), between(draws, n, 1, 0.0, 0.5),
                              between(draws, n, 2, 0.2, 30.0)};
    const auto profit = [&](double x) {
      return (offers.productivity - offers.quantile(x)) /
             std::pow(1.0 + offers.kappa * (1.0 - x), 2.0);
    };
    for (const double x : {0.1, 0.37, 0.9, 1.0}) {
      CHECK_THAT(profit(x), WithinRel(profit(0.0), 1e-9));
      CHECK_THAT(cumulated(offers, offers.quantile(x)), WithinAbs(x, 1e-9));
    }
    CHECK_THAT(offers.quantile(0.0), WithinRel(offers.reservation, 1e-9));
    const auto quantile = [&](double x) { return offers.quantile(x); };
    CHECK_THAT(mean_offer(offers), WithinRel(integral(quantile, 0.0, 1.0), 1e-8));
    // Of the employed a share G earn no more than the offer at F(G).
    const auto earned = [&](double g) {
      return offers.quantile(g * (1.0 + offers.kappa) / (1.0 + offers.kappa * g));
    };
    CHECK_THAT(mean_earned(offers), WithinRel(integral(earned, 0.0, 1.0), 1e-6));
  }
}

TEST_CASE("wages/offers: without search on the job the reservation wage is McCall's",
          "[model][wages]") {
  const auto uniform = [](double x) { return x; };
  const auto closed = [](double b, double k) {
    return 1.0 + 1.0 / k - std::sqrt(std::pow(1.0 + 1.0 / k, 2.0) - 1.0 - 2.0 * b / k);
  };
  CHECK_THAT(closed(.2, .2 / .04), WithinRel(.6, 1e-12));
  CHECK_THAT(closed(.2, .43 / .0341), WithinRel(.71437414, 1e-7));
  const Draws draws(6, 0);
  for (std::uint32_t n = 0; n < 50; ++n) {
    const double b = between(draws, n, 0, 0.0, 0.9), lambda = between(draws, n, 1, 0.01, 2.0);
    const double r = between(draws, n, 2, 0.001, 0.05), delta = between(draws, n, 3, 0.0, 0.1);
    CHECK_THAT(reservation_wage({b, lambda, 0.0, r, delta}, uniform),
               WithinAbs(closed(b, lambda / (r + delta)), 1e-8));
  }
}

TEST_CASE(
    "wages/offers: the reservation wage makes a worker indifferent, with offers on the job too",
    "[model][wages]") {
  const Draws draws(7, 0);
  for (std::uint32_t n = 0; n < 12; ++n) {
    const Prospects p{between(draws, n, 0, 0.0, 0.8), between(draws, n, 1, 0.05, 0.6),
                      between(draws, n, 2, 0.01, 0.6), between(draws, n, 3, 0.001, 0.02),
                      between(draws, n, 4, 0.005, 0.05)};
    const double low = between(draws, n, 5, 0.0, 0.5), high = low + 1.0;
    const double wage = reservation_wage(p, [&](double x) { return low + (high - low) * x; });
    const auto rent = [&](double w) {
      const double above = w < low ? 1.0 : (w > high ? 0.0 : (high - w) / (high - low));
      return above / (p.discount_rate + p.separation_rate + p.offers_employed * above);
    };
    const double gain =
        (p.offers_unemployed - p.offers_employed) * integral(rent, wage, std::max(high, wage));
    CHECK_THAT(wage - p.nonwork_value, WithinAbs(gain, 1e-6));
  }
  // In the posting equilibrium the lowest wage offered is the reservation wage under its offers.
  for (std::uint32_t n = 20; n < 30; ++n) {
    const double b = between(draws, n, 0, 0.1, 0.7), delta = between(draws, n, 1, 0.01, 0.05);
    const double at_work = between(draws, n, 2, 0.01, 0.2);
    const double without = between(draws, n, 3, 0.01, 0.5);
    const PostedOffers offers{1.0, posting_reservation(b, 1.0, without / delta, at_work / delta),
                              at_work / delta};
    CHECK_THAT(reservation_wage({b, without, at_work, 0.0, delta},
                                [&](double x) { return offers.quantile(x); }),
               WithinAbs(offers.quantile(0.0), 1e-8));
  }
  // Where search on the job is as good, any job worth more than none is taken.
  CHECK(reservation_wage({0.4, 0.1, 0.1, 0.0, 0.02}, [](double x) { return x; }) == 0.4);
}

TEST_CASE("wages/offers: the mean-min ratio is that of the wages accepted", "[model][wages]") {
  CHECK_THAT(mean_min_ratio(.43 / .0341, .4), WithinRel(1.04611847, 1e-7));
  const Draws draws(8, 0);
  for (std::uint32_t n = 0; n < 20; ++n) {
    const double b = between(draws, n, 0, 0.05, 0.7), lambda = between(draws, n, 1, 0.1, 1.0);
    const double r = 0.004, s = between(draws, n, 2, 0.01, 0.05);
    const double least = reservation_wage({b, lambda, 0.0, r, s}, [](double x) { return x; });
    const double mean = 0.5 * (least + 1.0);
    CHECK_THAT(mean / least,
               WithinRel(mean_min_ratio(lambda * (1.0 - least) / (r + s), b / mean), 1e-8));
  }
}

TEST_CASE("wages/offers: a monopsonist pays less than the product by the supply elasticity",
          "[model][wages]") {
  const Draws draws(9, 0);
  for (std::uint32_t n = 0; n < 20; ++n) {
    // With supply L = w^ε the wage maximises (p − w) w^ε.
    const double p = between(draws, n, 0, 0.5, 2.0), e = between(draws, n, 1, 0.2, 20.0);
    const double wage = monopsony_wage(p, e);
    CHECK_THAT(-std::pow(wage, e) + (p - wage) * e * std::pow(wage, e - 1.0),
               WithinAbs(0.0, 1e-9 * std::pow(wage, e)));
    CHECK(wage < p);
  }
  CHECK_THAT(monopsony_wage(1.0, 4.0), WithinRel(0.8, 1e-12));
}
