#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "models/foreign_hiring/rules.hpp"
#include "one_firm.hpp"
#include "queues.hpp"
#include "support/catch.hpp"

namespace steppe {
namespace {

using test::BatchMeans;
using test::erlang_b;
using test::LostShare;
using test::OneFirm;
using test::SmallWorld;

// Comparisons within 4 standard errors fail by chance once in 16,000 each.

}  // namespace

TEST_CASE("foreign_hiring/permit_queue: Erlang's formula", "[model]") {
  CHECK_THAT(erlang_b(10, 8.0), WithinRel(0.12166106, 1e-7));
  CHECK_THAT(erlang_b(100, 90.0), WithinRel(0.02695738, 1e-7));
  CHECK_THAT(erlang_b(100, 120.0), WithinRel(0.19626999, 1e-7));
  CHECK_THAT(erlang_b(1000, 1000.0), WithinRel(0.02481192, 1e-6));
  CHECK_THAT(erlang_b(120, 108.0), WithinRel(0.02163145, 1e-6));
}

TEST_CASE("foreign_hiring/permit_queue: a cap loses Erlang's share, whatever the stay's law",
          "[model]") {
  // Applications come as a Poisson stream; those the cap refuses are lost. Steps of a day and stays
  // of a hundred of them stand for continuous time.
  constexpr int kStay = 100;
  constexpr int kSteps = 31000;
  const bool exponential = GENERATE(false, true);
  const auto [cap, load, runs] = GENERATE(std::tuple{10, 8.0, 60}, std::tuple{100, 120.0, 10});
  // Who comes in the middle of a step on average leaves at the beginning of one; a hazard's stay
  // of whole steps is half a step longer than 1 ÷ hazard by itself.
  const double rate = load / (exponential ? kStay : kStay - 0.5);
  LostShare lost(1000);
  for (int seed = 1; seed <= runs; ++seed) {
    OneFirm one(kSteps, StepLength::Day);
    SmallWorld& small = one.small;
    const double dt = small.world.clock().months_per_step();
    small.lever("permits.sector_cap", cap);
    if (exponential) {
      small.lever("permits.term", 1200.0);
      small.set("foreign_return_rate", 1.0 / (kStay * dt));
    } else {
      small.lever("permits.term", kStay * dt);
      small.lever("permits.total_limit", kStay * dt);
    }
    small.start(static_cast<std::uint64_t>(seed));
    std::mt19937_64 generator(static_cast<std::uint64_t>(seed) + 77);
    std::poisson_distribution<int> arrivals(rate);
    const Ledger& ledger = small.world.ledger;
    for (int t = 0; t < kSteps; ++t) {
      small.world.ledger.clear_flows();
      small.step([&](Step&) {
        for (int n = arrivals(generator); n > 0; --n) one.open(one.firm);
      });
      CHECK(ledger.permits() <= cap);
      for (std::size_t v = 0; v < small.world.vacancies().size(); ++v) {
        const Vacancy& vacancy = small.world.vacancies()[v];
        if (vacancy.open && vacancy.opened < t) small.world.withdraw(VacancyId{v});
      }
      if (t < 10 * kStay) continue;
      lost.add(static_cast<double>(ledger.total(Flow::PermitRefused)),
               static_cast<double>(ledger.total(Flow::PermitIssued)));
    }
    small.world.verify();
  }
  const double b = erlang_b(cap, load);
  // What steps are still off by, from their Markov chain: 0.00003 at ten places, 0.0007 at a
  // hundred.
  CHECK_THAT(lost.mean(), WithinAbs(b, 4.0 * lost.error() + 0.0007));
  CHECK(lost.error() < 0.015 * b);
}

TEST_CASE("foreign_hiring/permit_queue: Little's law for the queue and for permits", "[model]") {
  constexpr int kSteps = 20050;
  constexpr int kDelay = 3;
  constexpr int kTerm = 10;
  constexpr double kRate = 4.0;
  OneFirm one(kSteps);
  SmallWorld& small = one.small;
  small.set("permit_delay", kDelay);
  small.lever("permits.term", kTerm);
  small.lever("permits.total_limit", kTerm);
  small.start(3);
  std::mt19937_64 generator(5);
  std::poisson_distribution<int> arrivals(kRate);
  BatchMeans waiting(100), permits(100);
  for (int t = 0; t < kSteps; ++t) {
    small.world.ledger.clear_flows();
    small.step([&](Step&) {
      for (int n = arrivals(generator); n > 0; --n) one.open(one.firm);
    });
    double promised = 0.0;
    for (const Vacancy& v : small.world.vacancies()) promised += v.open && v.promised;
    if (t < 50) continue;
    waiting.add(promised);
    permits.add(static_cast<double>(small.world.ledger.permits()));
  }
  small.world.verify();
  // A sum of D independent Poisson months has variance D × rate; its neighbours overlap, so that
  // the mean of n months has the variance rate × D² / n.
  const double error = std::sqrt(kRate / (kSteps - 50));
  CHECK_THAT(waiting.mean(), WithinAbs(kRate * kDelay, 4.0 * kDelay * error));
  CHECK_THAT(permits.mean(), WithinAbs(kRate * kTerm, 4.0 * kTerm * error));
  CHECK(error < 0.005 * kRate);
  CHECK_THAT(waiting.error(), WithinRel(kDelay * error, 0.25));
  CHECK_THAT(permits.error(), WithinRel(kTerm * error, 0.25));
}

TEST_CASE("foreign_hiring/permit_queue: firm shares round down, small firms may have one",
          "[model]") {
  using permits::firm_ceiling;
  const double none = std::numeric_limits<double>::infinity();
  CHECK(firm_ceiling(0.05, false, 100, 0, 20) == 5);
  CHECK(firm_ceiling(0.05, false, 100, 19, 20) == 5);
  CHECK(firm_ceiling(0.05, false, 100, 20, 20) == 6);
  CHECK(firm_ceiling(0.05, true, 100, 20, 20) == 5);
  CHECK(firm_ceiling(0.05, true, 119, 0, 20) == 5);
  CHECK(firm_ceiling(0.05, true, 19, 0, 20) == 1);
  CHECK(firm_ceiling(0.05, true, 20, 0, 20) == 1);
  CHECK(firm_ceiling(0.04, true, 20, 0, 20) == 0);
  CHECK(firm_ceiling(0.6, true, 10, 0, 20) == 6);
  CHECK(firm_ceiling(0.0, true, 500, 0, 20) == 0);
  CHECK(firm_ceiling(0.29, true, 100, 0, 20) == 29);  // 0.29 × 100 = 28.999… in binary
  CHECK(firm_ceiling(none, true, 1, 0, 20) > 1000000);
  CHECK(permits::fits(9, 1.0, 10.0));
  CHECK_FALSE(permits::fits(10, 1.0, 10.0));
  CHECK(permits::fits(3, 2.5, 10.0));
  CHECK_FALSE(permits::fits(4, 2.5, 10.0));
  CHECK(permits::fits(1000000, 1.0, none));
}

TEST_CASE("foreign_hiring/permit_queue: each firm stays within its share", "[model]") {
  const double base = GENERATE(0.0, 1.0);
  OneFirm one(12);
  const FirmId small_firm = one.add_firm(10);
  const FirmId middle = one.add_firm(20);
  SmallWorld& small = one.small;
  small.lever("permits.firm_share", 0.1);
  small.lever("permits.firm_share_base", base);
  small.start(1);
  for (const FirmId firm : {one.firm, small_firm, middle}) {
    for (int n = 0; n < 50; ++n) one.open(firm);
  }
  for (int t = 0; t < 12; ++t) one.step();
  small.world.verify();
  // On all staff the share allows F ≤ 0.1 (N + F), so that the last hire still has 0.1 × staff.
  CHECK(small.world.firms[one.firm.at()].foreigners == (base == 0.0 ? 22 : 20));
  CHECK(small.world.firms[small_firm.at()].foreigners == 1);
  CHECK(small.world.firms[middle.at()].foreigners == 2);
}

TEST_CASE("foreign_hiring/permit_queue: labour-market tests in steps", "[model]") {
  const double month = 1.0;
  const double day = 12.0 / 365.25;
  CHECK(permits::test_steps(0.0, month) == 1);
  CHECK(permits::test_steps(14.0, month) == 1);
  CHECK(permits::test_steps(31.0, month) == 2);
  CHECK(permits::test_steps(14.0, day) == 14);
  CHECK(permits::test_steps(14.0, 7.0 * day) == 2);
  CHECK(permits::test_steps(15.0, 7.0 * day) == 3);

  OneFirm one(12);
  one.small.lever("permits.labour_market_test", 75.0);
  one.small.start(1);
  one.open(one.firm);
  for (int t = 0; t < 3; ++t) one.step();
  CHECK(one.small.world.ledger.permits() == 0);
  one.step();
  CHECK(one.small.world.ledger.permits() == 1);
}

TEST_CASE("foreign_hiring/permit_queue: abroad exactly where it costs less", "[model]") {
  const permits::Costs costs{1.5, 1.0, 0.1, 24.0};
  CHECK_THAT(costs.local(1000.0, 2.0, 3.0), WithinRel(1250.0, 1e-12));
  CHECK_THAT(costs.foreign(1000.0, 1200.0, 100.0), WithinRel(1300.0 + 50.0 + 100.0 / 24.0, 1e-12));
  CHECK_THAT(costs.renewed(1000.0, 1200.0, 100.0), WithinRel(1300.0 + 100.0 / 24.0, 1e-12));
  CHECK_THAT(costs.irregular(1200.0, 34.0), WithinRel(1200.0 + 50.0 + 34.0, 1e-12));
  CHECK(permits::prefers_foreign(99.9, 100.0, 0.0) == 1.0);
  CHECK(permits::prefers_foreign(100.0, 100.0, 0.0) == 0.0);
  CHECK_THAT(permits::prefers_foreign(100.0, 100.0, 0.2), WithinRel(0.5, 1e-12));
  // Odds of local over foreign grow with the cost ratio to the power 1/s.
  CHECK_THAT(permits::prefers_foreign(200.0, 100.0, 0.5), WithinRel(1.0 / 5.0, 1e-12));

  // A vacancy of one month: local 1000 (1 + (1.5 + 3) / 24) = 1187.5, foreign without the fee
  // 1000 + 1100 / 24 = 1045.8; the fee decides at 141.7.
  const double fee = GENERATE(141.0, 142.0);
  OneFirm one(3);
  one.small.lever("permits.fee", fee);
  one.small.start(1);
  one.open(one.firm);
  one.step();
  one.step();
  CHECK(one.small.world.ledger.permits() == (fee < 141.5 ? 1 : 0));
  CHECK(one.small.world.ledger.total(Flow::PermitRefused) == 0);
  // Fees are whole MNT for every valid permit; recruitment goes abroad, paperwork to the state.
  CHECK(one.small.world.ledger.paid(Payment::WorkplaceFee) == (fee < 141.5 ? 141 : 0));
  CHECK(one.small.world.ledger.paid(Payment::RecruitmentCost) == (fee < 141.5 ? 1100 : 0));
}

TEST_CASE("foreign_hiring/permit_queue: dearer foreign money keeps employers at home", "[model]") {
  const double rise = GENERATE(1.0, 2.0);
  OneFirm one(24);
  one.small.driver("exchange_rate",
                   {{Date{2000, 1, 15}, 1000.0}, {Date{2001, 1, 15}, 1000.0 * rise}});
  one.small.start(1);
  for (int t = 0; t < 14; ++t) one.step();
  one.open(one.firm);
  one.step();
  one.step();
  CHECK(one.small.world.ledger.permits() == (rise == 1.0 ? 1 : 0));
}

TEST_CASE("foreign_hiring/permit_queue: the oldest vacancy has the first claim", "[model]") {
  OneFirm one(12);
  SmallWorld& small = one.small;
  small.lever("permits.total_cap", 0.0);
  small.lever("permits.total_cap", 1.0, {}, Date{2000, 6, 1});
  small.start(1);
  const VacancyId older = one.open(one.firm);
  one.step();
  std::vector<VacancyId> younger;
  for (int n = 0; n < 20; ++n) younger.push_back(one.open(one.firm));
  for (int t = 0; t < 6; ++t) one.step();
  CHECK(small.world.ledger.permits() == 1);
  CHECK_FALSE(small.world.vacancy(older).open);
  for (const VacancyId id : younger) CHECK(small.world.vacancy(id).open);
}

TEST_CASE("foreign_hiring/permit_queue: a cut cap ends renewals, not permits", "[model]") {
  OneFirm one(40);
  SmallWorld& small = one.small;
  small.lever("permits.sector_cap", 30.0, "all");
  small.lever("permits.sector_cap", 10.0, "all", Date{2001, 1, 1});
  small.start(2);
  for (int n = 0; n < 50; ++n) one.open(one.firm);
  std::vector<std::int64_t> permits;
  for (int t = 0; t < 40; ++t) {
    one.step();
    permits.push_back(small.world.ledger.permits());
  }
  CHECK(permits[1] == 30);
  CHECK(permits[12] == 30);  // the cap is cut in this month, the permits of month 1 run on
  CHECK(permits[13] == 10);  // of thirty that end, those beyond the cap are not renewed
  CHECK(permits[39] == 10);
  small.world.verify();
}

TEST_CASE("foreign_hiring/permit_queue: every rule that refuses a permit ends its renewals too",
          "[model]") {
  const std::string lever =
      GENERATE("permits.origin_ban", "permits.resident_share_cap", "permits.origin_share_cap",
               "permits.total_cap", "permits.sector_cap", "permits.firm_share");
  OneFirm one(20);
  SmallWorld& small = one.small;
  // A twentieth of the staff of 200 and more, or of as many residents, or a number near it.
  const bool share = lever.find("share") != std::string::npos;
  small.lever(lever,
              lever == "permits.origin_ban" ? 1.0
              : share                       ? 0.05
                                            : 10.0,
              {}, Date{2000, 6, 1});
  small.start(2);
  for (int n = 0; n < 30; ++n) one.open(one.firm);
  for (int t = 0; t < 12; ++t) one.step();
  CHECK(small.world.ledger.permits() == 30);
  for (int t = 12; t < 20; ++t) one.step();
  const std::int64_t left = small.world.ledger.permits();
  CHECK(left <= 12);
  CHECK((left > 0) == (lever != "permits.origin_ban"));
}

TEST_CASE("foreign_hiring/permit_queue: a stay ends at the total limit", "[model]") {
  OneFirm one(60);
  one.small.lever("permits.total_limit", 30.0);
  one.small.start(2);
  one.open(one.firm);
  int stay = 0;
  for (int t = 0; t < 60; ++t) {
    one.step();
    stay += one.small.world.ledger.permits() > 0;
  }
  CHECK(stay == 30);
}

TEST_CASE("foreign_hiring/permit_queue: bans, borders and residents' ceilings refuse", "[model]") {
  const std::string lever =
      GENERATE("permits.origin_ban", "permits.border_closed", "permits.resident_share_cap",
               "permits.origin_share_cap", "permits.total_cap", "permits.sector_cap");
  OneFirm one(6);
  // 200 residents: one per cent is two foreigners, permits.* caps say so as well.
  const bool closed = lever == "permits.origin_ban" || lever == "permits.border_closed";
  one.small.lever(lever, closed ? 1.0 : lever.find("share") == std::string::npos ? 2.0 : 0.01);
  one.small.start(1);
  for (int n = 0; n < 10; ++n) one.open(one.firm);
  for (int t = 0; t < 6; ++t) one.step();
  CHECK(one.small.world.ledger.permits() == (closed ? 0 : 2));
  // Nobody chooses a banned origin, and nobody applies at a closed border: no refusal there.
  CHECK((one.small.world.ledger.total(Flow::PermitRefused) > 0) == !closed);
}

TEST_CASE("foreign_hiring/permit_queue: origins are chosen by networks, without those banned",
          "[model]") {
  OneFirm one(30, StepLength::Month, {"near", "far", "banned"});
  SmallWorld& small = one.small;
  small.set("origin_anchored", 0.0);
  small.set("origin_network", 0.0);
  small.set("origin_wage", 100.0);
  small.set("origin_distance.near", 1.0);
  small.set("origin_distance.far", 4.0);
  small.set("origin_distance.banned", 0.01);
  small.set("origin_distance_elasticity", 0.5);
  small.lever("permits.origin_ban", 1.0, "banned");
  small.start(4);
  constexpr int kHires = 5000;
  for (int n = 0; n < kHires; ++n) one.open(one.firm);
  one.step();
  one.step();
  const Ledger& ledger = small.world.ledger;
  REQUIRE(ledger.permits() == kHires);
  CHECK(ledger.permits(OriginId{std::size_t{3}}) == 0);
  // Odds of 4^0.5 to 1 for the nearer.
  const double share = static_cast<double>(ledger.permits(OriginId{std::size_t{1}})) / kHires;
  CHECK_THAT(share, WithinAbs(2.0 / 3.0, 4.0 * std::sqrt(2.0 / 9.0 / kHires)));
}

TEST_CASE("foreign_hiring/permit_queue: a closed vacancy voids the application", "[model]") {
  OneFirm one(12);
  SmallWorld& small = one.small;
  small.set("permit_delay", 3.0);
  small.lever("permits.total_cap", 1.0);
  small.start(1);
  const VacancyId first = one.open(one.firm);
  one.step();
  one.step();
  REQUIRE(small.world.vacancy(first).promised);
  small.world.withdraw(first);
  // The record is used again at once; the old application must not fill the new vacancy.
  const VacancyId second = one.open(one.firm);
  REQUIRE(second == first);
  one.step();
  CHECK(small.world.ledger.total(Flow::PermitRefused) == 1);  // one head is still under way
  one.step();
  CHECK(small.world.ledger.permits() == 0);
  one.step();
  CHECK(small.world.ledger.permits() == 0);
  for (int t = 0; t < 4; ++t) one.step();
  CHECK(small.world.ledger.permits() == 1);
  small.world.verify();
}

TEST_CASE("foreign_hiring/permit_queue: irregular hiring under a closed cap, and inspections",
          "[model]") {
  constexpr int kHires = 4000;
  OneFirm one(14);
  SmallWorld& small = one.small;
  small.set("irregular_willingness", 0.5);
  small.lever("permits.total_cap", 0.0);
  small.lever("permits.fee", 100.0);
  small.lever("enforcement.inspection_rate", 0.0);
  small.lever("enforcement.inspection_rate", 0.05, {}, Date{2000, 4, 1});
  small.lever("enforcement.fine", 300.0);
  small.start(6);
  for (int n = 0; n < kHires; ++n) one.open(one.firm);
  one.step();
  one.step();
  const Ledger& ledger = small.world.ledger;
  const auto hired = static_cast<double>(ledger.irregular());
  CHECK_THAT(hired / kHires, WithinAbs(0.5, 4.0 * std::sqrt(0.25 / kHires)));
  CHECK(ledger.permits() == 0);
  CHECK(ledger.paid(Payment::WorkplaceFee) == 0);  // none is due without a permit
  const std::int64_t received = ledger.balance(Account::Government);
  // Close the rest, so that from now on people only leave.
  for (std::size_t v = 0; v < small.world.vacancies().size(); ++v) {
    if (small.world.vacancies()[v].open) small.world.withdraw(VacancyId{v});
  }
  std::int64_t expelled = 0, fines = 0;
  for (int t = 2; t < 14; ++t) {
    one.step();
    expelled += ledger.total(Flow::Expelled);
    fines += ledger.paid(Payment::Fine);
  }
  CHECK(fines == 300 * expelled);
  CHECK(ledger.balance(Account::Government) - received == fines);
  const double stay = std::exp(-0.05 * 11.0);  // April to February
  CHECK_THAT(static_cast<double>(ledger.irregular()) / hired,
             WithinAbs(stay, 4.0 * std::sqrt(stay * (1.0 - stay) / hired)));
  small.world.verify();
}

TEST_CASE("foreign_hiring/permit_queue: heavy fines make irregular work too dear", "[model]") {
  OneFirm one(4);
  one.small.set("irregular_willingness", 1.0);
  one.small.lever("permits.total_cap", 0.0);
  one.small.lever("enforcement.inspection_rate", 0.1);
  one.small.lever("enforcement.fine", 5000.0);
  one.small.start(6);
  one.open(one.firm);
  one.step();
  one.step();
  CHECK(one.small.world.ledger.foreigners() == 0);
}

TEST_CASE("foreign_hiring/permit_queue: a post no longer wanted is not renewed", "[model]") {
  OneFirm one(20);
  SmallWorld& small = one.small;
  small.start(6);
  for (int n = 0; n < 5; ++n) one.open(one.firm);
  one.step();
  one.step();
  REQUIRE(small.world.ledger.permits() == 5);
  small.world.want(one.cell_of(one.firm), 202);
  for (int t = 0; t < 14; ++t) one.step();
  // Each that leaves makes room: with 202 posts wanted two of the five are kept.
  CHECK(small.world.ledger.permits() == 2);
  small.world.verify();
}

}  // namespace steppe
