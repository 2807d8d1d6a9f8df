#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "models/choice.hpp"
#include "support/catch.hpp"
#include "support/small_world.hpp"

namespace steppe {

void register_migration_networks(Registry&);

namespace {

using test::SmallWorld;

/// Shares of the options, from their running sums.
std::vector<double> logit(std::vector<double> utilities) {
  REQUIRE(logit_sums(utilities));
  std::vector<double> out;
  double before = 0.0;
  for (const double sum : utilities) {
    out.push_back((sum - before) / utilities.back());
    before = sum;
  }
  return out;
}

/// Of a share, as a tolerance: by chance a comparison fails once in 16,000, here and wherever a
/// count is compared within four of its standard deviations.
double four_errors(double p, double n) { return 4.0 * std::sqrt(p * (1.0 - p) / n); }

/// One destination, all channels off that a test does not turn on, constants given and not
/// anchored.
void one_destination(SmallWorld& small) {
  SmallWorld::set_members(small.scenario.dimensions.destinations, {"abroad"});
  small.build();
  small.use(&register_migration_networks);
  small.set("destinations_anchored", 0.0);
  small.set("move_attention", 0.0);
  small.set("emigration_attention", 0.0);
  small.set("return_rate", 0.0);
  small.set("emigration_income", 0.0);
  small.set("diaspora_elasticity", 0.0);
}

PersonId add_abroad(SmallWorld& small, int age = 30) {
  Person person = SmallWorld::national(Status::Abroad, age);
  person.destination = DestinationId{std::size_t{0}};
  return small.world.add_person(0, person);
}

}  // namespace

TEST_CASE("migration/networks: logit shares and elasticities", "[model]") {
  const auto shares = logit({0.0, std::log(2.0) - 1.0, std::log(3.0) - 2.0});
  CHECK_THAT(shares[0], WithinRel(0.466904691, 1e-8));
  CHECK_THAT(shares[1], WithinRel(0.343529273, 1e-8));
  CHECK_THAT(shares[2], WithinRel(0.189566036, 1e-8));
  // Option 1 pays a tenth more: its odds move by 1.1, those of the others stay.
  const auto more = logit({0.0, std::log(2.2) - 1.0, std::log(3.0) - 2.0});
  CHECK_THAT(more[0], WithinRel(0.451397853, 1e-8));
  CHECK_THAT(more[1], WithinRel(0.365331978, 1e-8));
  CHECK_THAT(more[2], WithinRel(0.183270169, 1e-8));
  CHECK_THAT(more[1] / more[0] / (shares[1] / shares[0]), WithinRel(1.1, 1e-9));
  CHECK_THAT(more[2] / more[0], WithinRel(shares[2] / shares[0], 1e-9));
  // d ln P / d ln w = 1 − P for the own wage and −P for another's.
  const double h = 1e-6;
  const auto nudged = logit({0.0, std::log(2.0) - 1.0 + h, std::log(3.0) - 2.0});
  CHECK_THAT(std::log(nudged[1] / shares[1]) / h, WithinRel(1.0 - shares[1], 1e-5));
  CHECK_THAT(std::log(nudged[1] / shares[1]) / h, WithinRel(0.656470727, 1e-5));
  CHECK_THAT(std::log(nudged[0] / shares[0]) / h, WithinRel(-shares[1], 1e-5));
  // Closed options take nothing, and utilities of any size do not overflow.
  const double closed = -std::numeric_limits<double>::infinity();
  const auto rest = logit({1000.0, closed, 1000.0 + std::log(3.0)});
  CHECK_THAT(rest[0], WithinRel(0.25, 1e-12));
  CHECK(rest[1] == 0.0);
  std::vector<double> none = {closed, closed};
  CHECK_FALSE(logit_sums(none));
}

TEST_CASE("migration/networks: the inverse transform keeps the order of options", "[model]") {
  const std::vector<double> sums = {0.2, 0.2, 0.7, 1.0};
  CHECK(choose_by_sums(sums, 0.0) == 0);
  CHECK(choose_by_sums(sums, 0.1999) == 0);
  CHECK(choose_by_sums(sums, 0.2) == 2);  // the second is closed
  CHECK(choose_by_sums(sums, 0.6999) == 2);
  CHECK(choose_by_sums(sums, 0.7) == 3);
  CHECK(choose_by_sums(sums, 1.0 - 1e-16) == 3);
}

TEST_CASE("migration/networks: moves within the country follow the logit", "[model]") {
  // From the first region, with equal wages and nobody at work anywhere but by the shares below.
  const double friction = GENERATE(0.0, 1.0);
  SmallWorld small(2);
  auto& dimensions = small.scenario.dimensions;
  SmallWorld::set_members(dimensions.regions, {"a", "b", "c"});
  for (std::size_t r = 0; r < 3; ++r) {
    dimensions.regions[r].row = 1.0;
    dimensions.regions[r].column = r == 2 ? 4.0 : static_cast<double>(r) + 1.0;
  }
  small.build();
  small.use(&register_migration_networks);
  small.set("move_attention", 0.5);
  small.set("emigration_attention", 0.0);
  small.set("move_cost", 0.3);
  small.set("move_distance", 0.8);
  small.set("region_amenity.c", 0.7);
  if (friction > 0.0) small.lever("migration.registration_friction", friction, "c");
  constexpr int kSeekers = 60000;
  for (int n = 0; n < kSeekers; ++n) small.add(Status::Searching, 30);
  for (int n = 0; n < 20000; ++n) {
    Person herder = SmallWorld::national(Status::Herding, 30);
    herder.region = RegionId{std::size_t{n % 2 == 0 ? 1u : 2u}};
    small.world.add_person(0, herder);
  }
  small.start(3);
  small.run(1);
  small.world.verify();
  const double total = 80003.0;
  const double none = 1.0 / (kSeekers + 1.0);  // chance of work at home, in log odds
  const double to_b = 2.0 * -std::log(none) + std::log(10001.0 / total) - 0.8 * std::log(2.0) - 0.3;
  const double to_c = 2.0 * -std::log(none) + std::log(10001.0 / total) - 0.8 * std::log(4.0) -
                      0.3 + 0.7 - friction;
  const auto shares = logit({0.0, to_b, to_c});
  const double considering = -std::expm1(-0.5);
  std::int64_t all_moved = 0;
  for (std::size_t r = 1; r < 3; ++r) {
    all_moved += small.world.ledger.nationals(Status::Searching, RegionId{r});
    const auto moved =
        static_cast<double>(small.world.ledger.nationals(Status::Searching, RegionId{r}));
    const double p = considering * shares[r];
    CHECK_THAT(moved / kSeekers, WithinAbs(p, four_errors(p, kSeekers)));
  }
  CHECK(small.world.ledger.total(Flow::InternalMove) == all_moved);
}

TEST_CASE("migration/networks: emigration is attention × age × education × logit", "[model]") {
  SmallWorld small(1);
  SmallWorld::set_members(small.scenario.dimensions.education, {"some", "tertiary"});
  one_destination(small);
  small.set("emigration_attention", 0.02);
  small.set("destination_constant", -0.5);
  constexpr int kEach = 40000;
  const std::vector<int> ages = {17, 30, 40, 70};
  const std::vector<double> factor = {0.5, 1.0, 0.5, 0.0};
  for (std::size_t e = 0; e < 2; ++e) {
    for (const int age : ages) {
      for (int n = 0; n < kEach; ++n) {
        Person person = SmallWorld::national(Status::Inactive, age);
        person.education = EducationId{e};
        small.world.add_person(0, person);
      }
    }
  }
  small.start(5);
  small.run(1);
  small.world.verify();
  const double chosen = std::exp(-0.5) / (1.0 + std::exp(-0.5));
  for (std::size_t e = 0; e < 2; ++e) {
    for (std::size_t a = 0; a < ages.size(); ++a) {
      double left = 0.0;
      for (int n = 0; n < kEach; ++n) {
        const auto number = static_cast<std::uint32_t>((e * ages.size() + a) * kEach) +
                            static_cast<std::uint32_t>(n);
        left += small.world.persons[make_person_id(0, number)].status == Status::Abroad;
      }
      const double rate = 0.02 * factor[a] * (e == 1 ? 1.5 : 1.0);
      const double p = -std::expm1(-rate) * chosen;
      INFO("education " << e << ", age " << ages[a]);
      CHECK_THAT(left / kEach, WithinAbs(p, four_errors(p, kEach)));
    }
  }
}

TEST_CASE("migration/networks: the diaspora settles where A (1 + M)^g meets its returns",
          "[model]") {
  // The textbook's unlimited pool: A = 10 and h = 0.1 give 10000.9999 for g = 1/2.
  double m = 1.0;
  for (int n = 0; n < 200; ++n) m = 10.0 * std::sqrt(1.0 + m) / 0.1;
  CHECK_THAT(m, WithinRel(10000.9999, 1e-8));

  // Here the pool is finite and the choice a logit: N − M consider it at a, and go with the odds
  // exp(c) (1 + M)^g.
  constexpr int kPersons = 40000;
  constexpr double kConstant = -6.0, kElasticity = 0.5, kAttention = 0.3, kReturn = 0.1;
  SmallWorld small(170);
  one_destination(small);
  small.set("emigration_attention", kAttention);
  small.set("diaspora_elasticity", kElasticity);
  small.set("destination_constant", kConstant);
  small.set("return_rate", kReturn);
  // Aged 20 at the start they stay in the group that is readiest to leave.
  for (int n = 0; n < kPersons; ++n) small.add(Status::Searching, 20);
  small.start(8);
  double mean = 0.0;
  for (int t = 0; t < 170; ++t) {
    small.run(1);
    if (t >= 70) {
      mean += static_cast<double>(small.world.ledger.abroad(DestinationId{std::size_t{0}})) / 100.0;
    }
  }
  small.world.verify();
  const auto net_flow = [&](double abroad) {
    const double odds = std::exp(kConstant) * std::pow(1.0 + abroad, kElasticity);
    return (kPersons - abroad) * -std::expm1(-kAttention) * odds / (1.0 + odds) -
           abroad * -std::expm1(-kReturn);
  };
  double low = 1.0, high = kPersons;
  for (int n = 0; n < 100; ++n) {
    const double middle = 0.5 * (low + high);
    (net_flow(middle) > 0.0 ? low : high) = middle;
  }
  REQUIRE(low > 1000.0);
  // Spread of a stock of independent stays, widened by the network's 1/(1 − g); a hundred months
  // hold some ten independent ones.
  const double error = std::sqrt(low) / (1.0 - kElasticity) / std::sqrt(10.0);
  CHECK_THAT(mean, WithinAbs(low, 4.0 * error));
}

TEST_CASE("migration/networks: the share gone after five years is 1 − (1 − h)^5", "[model]") {
  // A fifth a five years: 4.364750 % a year, 0.371215 % a month.
  const double yearly = 0.04364750;
  CHECK_THAT(1.0 - std::pow(1.0 - yearly, 5.0), WithinAbs(0.2, 1e-6));
  CHECK_THAT(1.0 - std::pow(1.0 - 0.00371215, 12.0), WithinAbs(yearly, 1e-7));
  SmallWorld small(60);
  one_destination(small);
  small.set("return_rate", -std::log1p(-0.00371215));
  small.set("return_skill_gain", 0.25);
  constexpr int kAbroad = 20000;
  for (int n = 0; n < kAbroad; ++n) add_abroad(small);
  small.start(7);
  small.run(60);
  small.world.verify();
  const auto left = kAbroad - small.world.ledger.abroad(DestinationId{std::size_t{0}});
  CHECK_THAT(static_cast<double>(left) / kAbroad, WithinAbs(0.2, four_errors(0.2, kAbroad)));
  CHECK(small.world.ledger.nationals(Status::Searching) == left);
  for (const Seeker& seeker : small.world.searching()) {
    const Person& person = small.world.persons[seeker.id];
    REQUIRE(person.has_returned());
    REQUIRE_THAT(person.skill * kSkillUnit, WithinAbs(1.25, kSkillUnit));
  }
}

TEST_CASE("migration/networks: an incentive raises return and is paid to each", "[model]") {
  SmallWorld small(1);
  one_destination(small);
  small.set("return_rate", 0.02);
  small.set("return_response", 0.5);
  // Without anybody at work the mean wage counts as one: two years' wages double the hazard.
  small.lever("migration.return_incentive", 24.0);
  constexpr int kAbroad = 40000;
  for (int n = 0; n < kAbroad; ++n) add_abroad(small);
  small.start(7);
  small.run(1);
  const auto home = small.world.ledger.nationals(Status::Searching);
  const double p = -std::expm1(-0.04);
  CHECK_THAT(static_cast<double>(home) / kAbroad, WithinAbs(p, four_errors(p, kAbroad)));
  CHECK(small.world.ledger.paid(Payment::ReturnIncentive) == 24 * home);
}

TEST_CASE("migration/networks: a quota's places are never exceeded, and contracts end", "[model]") {
  constexpr double kQuota = 30.0;  // a year
  constexpr int kTenure = 14;
  SmallWorld small(120);
  one_destination(small);
  small.set("emigration_attention", 0.01);
  small.set("destination_constant", 1.0);
  small.lever("migration.tenure", kTenure);
  small.set("contract_reentry", 0.0);
  small.set("contract_overstay", 0.0);
  small.lever("migration.quota", kQuota);
  for (int n = 0; n < 20000; ++n) small.add(Status::Searching, 20);
  small.start(4);
  std::int64_t admitted = 0;
  std::vector<double> stock;
  for (int t = 0; t < 120; ++t) {
    small.world.ledger.clear_flows();
    small.step();
    admitted += small.world.ledger.total(Flow::Emigration);
    CHECK(static_cast<double>(admitted) <= kQuota / 12.0 * (t + 1) + 1e-9);
    stock.push_back(static_cast<double>(small.world.ledger.abroad(DestinationId{std::size_t{0}})));
  }
  small.world.verify();
  // Far more apply than there are places, so that all are taken.
  CHECK(admitted == 300);
  // Little: 2.5 a month for 14 months.
  double mean = 0.0;
  for (std::size_t t = 20; t < 116; ++t) mean += stock[t] / 96.0;
  CHECK_THAT(mean, WithinAbs(kQuota / 12.0 * kTenure, 0.51));
}

TEST_CASE("migration/networks: places left over at a year's end are none of the next year's",
          "[model]") {
  // Twelve times a twelfth of a quota is often a trace less than it, and must not pass for a part
  // of a place that is still to come.
  for (const double quota : {6.0, 7.0, 11.0, 14.0, 22.0}) {
    SmallWorld small(24);
    one_destination(small);
    small.set("emigration_attention", 1.0);
    small.set("destination_constant", 10.0);
    small.lever("migration.tenure", 60.0);
    small.lever("migration.quota", quota);
    small.start(4);
    small.run(12);  // nobody is there to apply
    for (int n = 0; n < 2000; ++n) small.add(Status::Searching, 20);
    std::int64_t admitted = 0;
    for (int t = 12; t < 24; ++t) {
      small.world.ledger.clear_flows();
      small.step();
      admitted += small.world.ledger.total(Flow::Emigration);
    }
    CHECK(admitted == static_cast<std::int64_t>(quota));
  }
}

TEST_CASE("migration/networks: a contract is followed by one re-entry or by overstaying",
          "[model]") {
  SmallWorld small(60);
  one_destination(small);
  small.set("emigration_attention", 50.0);
  small.set("destination_constant", 50.0);
  small.lever("migration.tenure", 10.0);
  small.set("contract_reentry", 0.4);
  small.set("contract_overstay", 0.25);
  small.set("quota_pass_rate", 1.0);
  constexpr int kPersons = 10000;
  small.lever("migration.quota", 12.0 * kPersons);
  small.lever("migration.quota", 0.0, {}, Date{2000, 2, 1});
  for (int n = 0; n < kPersons; ++n) small.add(Status::Searching, 20);
  small.start(4);
  small.run(1);
  const auto abroad = [&] {
    return static_cast<double>(small.world.ledger.abroad(DestinationId{std::size_t{0}}));
  };
  REQUIRE(abroad() == kPersons);
  small.run(9);
  CHECK(abroad() == kPersons);
  small.run(1);
  const double staying = 0.4 + 0.6 * 0.25;
  CHECK_THAT(abroad() / kPersons, WithinAbs(staying, four_errors(staying, kPersons)));
  small.run(10);
  const double after = 0.6 * 0.25 + 0.4 * 0.25;
  CHECK_THAT(abroad() / kPersons, WithinAbs(after, four_errors(after, kPersons)));
  small.run(39);
  CHECK_THAT(abroad() / kPersons, WithinAbs(after, four_errors(after, kPersons)));
  small.world.verify();
}

// 2 comparisons at 4 standard deviations, 4 and 8 %: false alarm 1.3e-4.
TEST_CASE("migration/networks: anchored constants hold the start's diaspora", "[model]") {
  SmallWorld small(60);
  SmallWorld::set_members(small.scenario.dimensions.destinations, {"near", "far"});
  small.build();
  small.use(&register_migration_networks);
  small.set("diaspora_growth", 0.0);
  small.set("emigration_attention", 0.02);
  small.set("emigration_education", 1.0);
  small.set("return_rate", 0.01);
  small.set("move_attention", 0.0);
  for (int n = 0; n < 600000; ++n) small.add(Status::Searching, 20);
  const double start[2] = {60000.0, 15000.0};
  for (std::size_t d = 0; d < 2; ++d) {
    for (int n = 0; n < start[d]; ++n) {
      Person person = SmallWorld::national(Status::Abroad, 20);
      person.destination = DestinationId{d};
      small.world.add_person(0, person);
    }
  }
  small.start(2);
  small.run(60);
  small.world.verify();
  for (std::size_t d = 0; d < 2; ++d) {
    // Sixty months of a birth–death process about its mean, widened by the network.
    const auto stock = static_cast<double>(small.world.ledger.abroad(DestinationId{d}));
    CHECK_THAT(stock, WithinAbs(start[d], 4.0 * std::sqrt(start[d]) / (1.0 - 0.6)));
  }
}

TEST_CASE("migration/networks: remittances are a share of wages abroad in home money", "[model]") {
  SmallWorld small(2);
  one_destination(small);
  small.set("destination_wage", 1500.0);
  small.set("remittance_share", 0.1);
  small.driver("exchange_rate", {{Date{2000, 1, 1}, 2000.0}});
  for (int n = 0; n < 7; ++n) add_abroad(small);
  small.start(1);
  small.run(1);
  CHECK(small.world.ledger.paid(Payment::RemittanceIn) == 7 * 150 * 2000);
  CHECK(small.world.ledger.balance(Account::Nationals) == 7 * 150 * 2000);
}

TEST_CASE("migration/networks: places under a quota by score go to the most skilled", "[model]") {
  SmallWorld small(3);
  one_destination(small);
  small.set("emigration_attention", 50.0);
  small.set("destination_constant", 50.0);
  small.set("quota_pass_rate", 1.0);
  small.lever("migration.quota", 120.0);
  small.lever("migration.selection", 1.0);
  for (int n = 0; n < 1000; ++n) {
    Person person = SmallWorld::national(Status::Searching, 20);
    person.skill = to_fixed(0.5 + n / 1000.0, kSkillUnit);
    small.world.add_person(0, person);
  }
  small.start(4);
  small.run(1);
  for (std::uint32_t n = 0; n < 1000; ++n) {
    const bool gone = small.world.persons[make_person_id(0, n)].status == Status::Abroad;
    CHECK(gone == (n >= 990));
  }
}

TEST_CASE("migration/networks: without re-entry everybody's contract is the last", "[model]") {
  const bool none = GENERATE(false, true);
  SmallWorld small(24);
  one_destination(small);
  small.set("emigration_attention", 50.0);
  small.set("destination_constant", 50.0);
  small.set("quota_pass_rate", 1.0);
  small.set("contract_reentry", 1.0);
  small.set("contract_overstay", 0.0);
  small.lever("migration.tenure", 10.0);
  small.lever("migration.reentry", none ? 1.0 : 0.0);
  small.lever("migration.quota", 1200.0);
  small.lever("migration.quota", 0.0, {}, Date{2000, 2, 1});
  for (int n = 0; n < 100; ++n) small.add(Status::Searching, 20);
  small.start(4);
  small.run(10);
  CHECK(small.world.ledger.nationals(Status::Abroad) == 100);
  small.run(5);
  CHECK(small.world.ledger.nationals(Status::Abroad) == (none ? 0 : 100));
  small.run(9);
  CHECK(small.world.ledger.nationals(Status::Abroad) == 0);
}

TEST_CASE("migration/networks: a cap on agencies' fees spares money and draws more", "[model]") {
  constexpr int kPersons = 40000;
  const double cap = GENERATE(std::numeric_limits<double>::infinity(), 5.0);
  SmallWorld small(2);
  one_destination(small);
  small.set("emigration_attention", 0.5);
  small.set("departure_fee", 10.0);
  small.set("departure_response", 0.2);
  small.lever("migration.fee_cap", cap);
  for (int n = 0; n < kPersons; ++n) small.add(Status::Searching, 20);
  small.start(4);
  small.run(1);
  const auto left = static_cast<double>(small.world.ledger.total(Flow::Emigration));
  // Where nobody works the mean wage is 1; five of them spared are one in log-odds.
  const double fee = std::min(10.0, cap);
  const double odds = std::exp(0.2 * (10.0 - fee));
  const double p = -std::expm1(-0.5) * odds / (1.0 + odds);
  CHECK_THAT(left / kPersons, WithinAbs(p, four_errors(p, kPersons)));
  CHECK(small.world.ledger.paid(Payment::DepartureFee) == std::llround(fee) * std::llround(left));
}

}  // namespace steppe
