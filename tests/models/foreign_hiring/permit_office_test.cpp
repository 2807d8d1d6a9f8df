#include <cmath>
#include <cstdint>
#include <random>
#include <utility>
#include <vector>

#include "many_posts.hpp"
#include "models/foreign_hiring/office.hpp"
#include "queues.hpp"

namespace steppe {

void register_foreign_hiring_permit_office(Registry&);

namespace {

using test::BatchMeans;
using test::erlang_b;
using test::erlang_c;
using test::LostShare;
using test::ManyPosts;
using test::SmallWorld;

/// One firm, and employers who apply at once for what has stood its test.
struct AtOffice : ManyPosts {
  explicit AtOffice(int steps) : ManyPosts(steps, &register_foreign_hiring_permit_office) {
    small.set("foreign_recruitment", 1e9);
    small.set("foreign_openness", 1.0);
    small.set("foreign_substitution", 0.0);
    small.lever("permits.small_firm", 0.0);
  }
  [[nodiscard]] double waiting() const {
    double out = 0.0;
    for (const Vacancy& v : small.world.vacancies()) out += v.open && v.promised ? 1.0 : 0.0;
    return out;
  }
  /// Employers give up who were refused.
  void withdraw_refused() {
    for (std::size_t v = 0; v < small.world.vacancies().size(); ++v) {
      const Vacancy& vacancy = small.world.vacancies()[v];
      if (vacancy.open && !vacancy.promised && vacancy.opened < small.index - 1) {
        small.world.withdraw(VacancyId{v});
      }
    }
  }
};

}  // namespace

TEST_CASE("foreign_hiring/permit_office: Erlang's formulas", "[model]") {
  CHECK_THAT(erlang_c(4, 3.5), WithinRel(0.73786109, 1e-7));
  CHECK_THAT(erlang_c(4, 3.5) / (4.0 - 3.5), WithinRel(1.47572219, 1e-8));
  CHECK_THAT(erlang_b(120, 108.0), WithinRel(0.02163145, 1e-6));
  CHECK_THAT(erlang_c(120, 108.0), WithinRel(0.18106434, 1e-7));
  // Nine applications a month and stays of twelve months at 120 permits.
  const double wait = erlang_c(120, 108.0) / (120.0 / 12.0 - 9.0);
  CHECK_THAT(wait, WithinRel(0.18106434, 1e-7));
  CHECK_THAT(9.0 * wait, WithinRel(1.62957907, 1e-7));
  // The recursion against the sums of the definition.
  std::mt19937_64 generator(1);
  std::uniform_int_distribution<int> some(1, 40);
  std::uniform_real_distribution<double> part(0.1, 0.95);
  for (int n = 0; n < 50; ++n) {
    const int c = some(generator);
    const double load = part(generator) * c;
    double sum = 0.0, last = 1.0;
    for (int k = 0; k < c; ++k) {
      sum += last;
      last *= load / (k + 1);
    }
    CHECK_THAT(erlang_b(c, load), WithinRel(last / (sum + last), 1e-9));
    const double waits = last / (1.0 - load / c);
    CHECK_THAT(erlang_c(c, load), WithinRel(waits / (sum + waits), 1e-9));
  }
}

TEST_CASE("foreign_hiring/permit_office: desks serve as Erlang's waiting system", "[model]") {
  const auto [desks, load] = GENERATE(std::pair{4, 3.5}, std::pair{1, 0.6}, std::pair{10, 8.0});
  permits::Office office(desks);
  std::mt19937_64 generator(static_cast<std::uint64_t>(desks));
  std::exponential_distribution<double> gap(load), work(1.0);
  constexpr int kBatch = 20000;
  BatchMeans waits(kBatch), waited(kBatch);
  double now = 0.0;
  for (int n = 0; n < 42 * kBatch; ++n) {
    now += gap(generator);
    const double needs = work(generator);
    const double wait = office.decided(now, needs) - needs - now;
    if (n < 2 * kBatch) continue;
    waits.add(wait);
    waited.add(wait > 1e-9 ? 1.0 : 0.0);
  }
  const double c = erlang_c(desks, load);
  CHECK_THAT(waited.mean(), WithinAbs(c, 4.0 * waited.error()));
  CHECK_THAT(waits.mean(), WithinAbs(c / (desks - load), 4.0 * waits.error()));
  CHECK(waits.error() < 0.05 * waits.mean());
}

TEST_CASE("foreign_hiring/permit_office: Little's law and Erlang's wait at the office", "[model]") {
  constexpr int kRuns = 20;
  constexpr int kSteps = 24500;
  constexpr int kWarmUp = 500;
  constexpr double kRate = 3.5;
  BatchMeans waiting(1000);
  for (std::uint64_t seed = 1; seed <= kRuns; ++seed) {
    AtOffice world(kSteps);
    world.small.set("office_desks", 4.0);
    world.small.set("office_rate", 1.0);
    world.small.set("stay_law", 1.0);
    world.small.set("stay_mean", 2.0);
    world.small.start(seed);
    std::mt19937_64 generator(seed + 9);
    std::poisson_distribution<int> arrivals(kRate);
    for (int t = 0; t < kSteps; ++t) {
      world.step([&] { world.open(arrivals(generator)); });
      if (t >= kWarmUp) waiting.add(world.waiting());
    }
    world.small.world.verify();
  }
  // Mean number = arrivals × mean time of waiting and deciding.
  const double number = kRate * (erlang_c(4, kRate) / (4.0 - kRate) + 1.0);
  CHECK_THAT(waiting.mean(), WithinAbs(number, 4.0 * waiting.error()));
  CHECK(waiting.error() < 0.015 * number);
}

TEST_CASE("foreign_hiring/permit_office: a cap loses Erlang's share whatever the law of the stay",
          "[model]") {
  // An office that takes no time: applications beyond the cap are lost. A hundred steps to a stay
  // stand for continuous time, less half a step: who comes in the middle of a step on average
  // leaves at the beginning of one.
  constexpr int kRuns = 32;
  constexpr int kStay = 100;
  constexpr int kSteps = 65000;
  constexpr int kWarmUp = 5000;
  constexpr int kCap = 10;
  constexpr double kLoad = 8.0;
  constexpr double kRate = kLoad / (kStay - 0.5);
  const double law = GENERATE(0.0, 1.0, 2.0);
  LostShare lost(5000);
  BatchMeans permits(5000);
  for (std::uint64_t seed = 1; seed <= kRuns; ++seed) {
    AtOffice world(kSteps);
    world.small.set("office_rate", 1e6);
    world.small.set("stay_mean", kStay);
    world.small.set("stay_law", law);
    world.small.set("stay_spread", 1.0);
    world.small.lever("permits.total_cap", kCap);
    world.small.start(seed + 100 * static_cast<std::uint64_t>(law));
    std::mt19937_64 generator(seed + 1000 * static_cast<std::uint64_t>(law));
    std::poisson_distribution<int> arrivals(kRate);
    const Ledger& ledger = world.small.world.ledger;
    for (int t = 0; t < kSteps; ++t) {
      world.step([&] {
        world.withdraw_refused();
        world.open(arrivals(generator));
      });
      REQUIRE(ledger.permits() <= kCap);
      if (t < kWarmUp) continue;
      lost.add(static_cast<double>(ledger.total(Flow::PermitRefused)),
               static_cast<double>(ledger.total(Flow::PermitIssued)));
      permits.add(static_cast<double>(ledger.permits()));
    }
    world.small.world.verify();
  }
  const double b = erlang_b(kCap, kLoad);
  INFO("law " << law);
  CHECK_THAT(lost.mean(), WithinAbs(b, 4.0 * lost.error()));
  CHECK(lost.error() < 0.015 * b);
  // Little's law again, in whole steps.
  const double in_force = kRate * (1.0 - b) * kStay;
  CHECK_THAT(permits.mean(), WithinAbs(in_force, 4.0 * permits.error()));
  CHECK(permits.error() < 0.01 * in_force);
}

TEST_CASE("foreign_hiring/permit_office: stays have their mean and law", "[model]") {
  const double law = GENERATE(0.0, 1.0, 2.0);
  constexpr int kCome = 4000;
  constexpr double kMean = 20.0;
  constexpr double kSpread = 0.6;
  AtOffice world(40);
  world.small.set("office_rate", 1e6);
  world.small.set("stay_mean", kMean);
  world.small.set("stay_law", law);
  world.small.set("stay_spread", kSpread);
  world.small.start(3);
  world.step([&] { world.open(kCome); });
  world.step();
  REQUIRE(world.stock(0, 0, 1) == kCome);
  constexpr int kMonths = 15;
  for (int t = 0; t < kMonths; ++t) world.step();
  // Lengths are rounded by chance between neighbouring months: of the law's share over the month.
  const auto gone_by = [&](double months) {
    if (law == 0.0) return -std::expm1(-months / kMean);
    if (law == 1.0) return months >= kMean ? 1.0 : 0.0;
    const double z = (std::log(months / kMean) + 0.5 * kSpread * kSpread) / kSpread;
    return 0.5 * std::erfc(-z / std::sqrt(2.0));
  };
  double gone = 0.0;
  for (int n = 0; n < 100; ++n) gone += gone_by(kMonths + (n + 0.5) / 100.0) / 100.0;
  CHECK_THAT(kCome - world.stock(0, 0, 1), WithinAbs(kCome * gone, test::four_errors(kCome, gone)));
}

TEST_CASE("foreign_hiring/permit_office: a levy moves applications by its elasticity", "[model]") {
  // Δ ln(F/N) = −σ Δ ln[w_F (1 + τ)/w_N]: one month's applications of many like employers.
  std::mt19937_64 generator(6);
  std::uniform_real_distribution<double> elasticity(0.5, 3.0), tax(0.1, 0.8), ratio(0.6, 1.5);
  for (int n = 0; n < 4; ++n) {
    const double sigma = elasticity(generator);
    const double levy = tax(generator);
    const double dearer = ratio(generator);
    constexpr int kPosts = 20000;
    constexpr double kHazard = 0.2;
    AtOffice world(3);
    world.small.set("foreign_recruitment", kHazard);
    world.small.set("foreign_substitution", sigma);
    world.small.set("office_rate", 1e-3);
    world.small.set("office_desks", 1.0);
    world.small.lever("permits.fee", levy * 1000.0 * dearer);
    world.small.start(static_cast<std::uint64_t>(n));
    world.small.signals.foreign_wage_ratio[0] = dearer;
    world.step([&] { world.open(kPosts); });
    world.step();
    const double p = -std::expm1(-kHazard * std::pow(dearer * (1.0 + levy), -sigma));
    CHECK_THAT(world.waiting(), WithinAbs(kPosts * p, test::four_errors(kPosts, p)));
  }
}

TEST_CASE("foreign_hiring/permit_office: exp(-x D) of the posts outlast a labour-market test",
          "[model]") {
  std::mt19937_64 generator(7);
  std::uniform_real_distribution<double> hazard(0.05, 0.5);
  std::uniform_int_distribution<int> months(1, 8);
  for (int n = 0; n < 4; ++n) {
    const double x = hazard(generator);
    const int test = months(generator);
    constexpr int kPosts = 5000;
    AtOffice world(12);
    world.small.set("office_rate", 1e6);
    world.small.set("stay_law", 1.0);
    world.small.lever("permits.labour_market_test", test * 365.25 / 12.0);
    world.small.start(static_cast<std::uint64_t>(n));
    world.step([&] { world.open(kPosts); });
    std::bernoulli_distribution filled(-std::expm1(-x));
    for (int t = 1; t < 12; ++t) {
      // Nationals search before employers look abroad.
      world.step([&] {
        for (std::size_t v = 0; v < world.small.world.vacancies().size(); ++v) {
          if (world.small.world.vacancies()[v].open && filled(generator)) {
            world.small.world.withdraw(VacancyId{v});
          }
        }
      });
    }
    const double p = std::exp(-x * test);
    CHECK_THAT(world.stock(0, 0, 1), WithinAbs(kPosts * p, test::four_errors(kPosts, p)));
  }
}

}  // namespace steppe
