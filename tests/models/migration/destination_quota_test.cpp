#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "support/catch.hpp"
#include "support/small_world.hpp"

namespace steppe {

void register_migration_destination_quota(Registry&);

namespace {

using test::SmallWorld;

// Comparisons within 4 standard errors fail by chance once in 16,000 each.
double four_errors(double n, double p) { return 4.0 * std::sqrt(n * p * (1.0 - p)) + 0.5; }

double abroad(const SmallWorld& small, std::size_t destination = 0) {
  return static_cast<double>(small.world.ledger.abroad(DestinationId{destination}));
}

/// Two destinations; constants given, nobody stays on or comes twice unless a test says so.
void two_destinations(SmallWorld& small) {
  SmallWorld::set_members(small.scenario.dimensions.destinations, {"korea", "japan"});
  SmallWorld::set_members(small.scenario.dimensions.education, {"some", "tertiary"});
  small.build();
  small.use(&register_migration_destination_quota);
  small.set("destinations_anchored", 0.0);
  small.set("emigration_education", 1.0);
  small.set("return_rate", 0.0);
  small.set("contract_reentry", 0.0);
  small.set("contract_overstay", 0.0);
}

void everybody_applies(SmallWorld& small) {
  small.set("emigration_attention", 50.0);
  small.set("destination_constant", 50.0);
}

}  // namespace

TEST_CASE("migration/destination_quota: no year takes more than its places", "[model]") {
  std::mt19937_64 generator(1);
  std::uniform_int_distribution<int> places(5, 60), months(7, 30);
  for (int n = 0; n < 5; ++n) {
    const double quota[2] = {static_cast<double>(places(generator)), places(generator) + 0.5};
    const int tenure = months(generator);
    constexpr int kYears = 8;
    SmallWorld small(12 * kYears);
    two_destinations(small);
    small.set("emigration_attention", 0.02);
    small.lever("migration.quota", quota[0], "korea");
    small.lever("migration.quota", quota[1], "japan");
    small.lever("migration.tenure", tenure);
    for (int i = 0; i < 8000; ++i) small.add(Status::Searching, 20);
    small.start(static_cast<std::uint64_t>(n));
    const std::int64_t all = small.world.ledger.persons();
    double stock[2] = {0.0, 0.0}, ever[2] = {0.0, 0.0};
    std::vector<double> admitted;
    for (int year = 0; year < kYears; ++year) {
      double of_year = 0.0;
      for (int t = 0; t < 12; ++t) {
        small.world.ledger.clear_flows();
        small.step();
        admitted.push_back(static_cast<double>(small.world.ledger.total(Flow::Emigration)));
        of_year += admitted.back();
        // Who came went home when the contract was over, and nobody before.
        double here = 0.0;
        const std::size_t now = admitted.size();
        for (std::size_t back = 0; back < static_cast<std::size_t>(tenure) && back < now; ++back) {
          here += admitted[now - 1 - back];
        }
        CHECK(abroad(small, 0) + abroad(small, 1) == here);
      }
      // Far more apply than there are places; halves of a place add up over the years.
      for (std::size_t d = 0; d < 2; ++d) {
        ever[d] = std::floor(quota[d] * (year + 1) + 1e-9) - std::floor(quota[d] * year + 1e-9);
        stock[d] += ever[d];
      }
      CHECK(of_year == ever[0] + ever[1]);
    }
    CHECK(stock[0] + stock[1] == std::floor(kYears * (quota[0] + quota[1]) + 1e-9));
    CHECK(small.world.ledger.persons() == all);
    small.world.verify();
  }
}

TEST_CASE("migration/destination_quota: the lot knows no difference", "[model]") {
  SmallWorld small(1);
  two_destinations(small);
  everybody_applies(small);
  constexpr int kPlaces = 3000;
  small.lever("migration.quota", kPlaces, "korea");
  small.lever("migration.quota", 0.0, "japan");
  const std::vector<int> heads = {9000, 5000};
  for (std::size_t e = 0; e < 2; ++e) {
    for (int n = 0; n < heads[e]; ++n) {
      Person person = SmallWorld::national(Status::Searching, 25);
      person.education = EducationId{e};
      person.skill = to_fixed(e == 0 ? 0.7 : 1.4, kSkillUnit);
      small.world.add_person(0, person);
    }
  }
  small.start(3);
  small.run(1);
  REQUIRE(abroad(small) == kPlaces);
  double chosen = 0.0;
  for (std::uint32_t n = 0; n < small.world.persons.size(0); ++n) {
    const Person& person = small.world.persons[make_person_id(0, n)];
    if (person.status == Status::Abroad && person.education.at() == 1) chosen += 1.0;
  }
  const double share = 5000.0 / 14000.0;
  CHECK_THAT(chosen, WithinAbs(kPlaces * share, four_errors(kPlaces, share)));
}

TEST_CASE("migration/destination_quota: where places are many, all who apply go", "[model]") {
  std::mt19937_64 generator(4);
  std::uniform_real_distribution<double> attention(0.05, 0.5), constant(-2.0, 1.0);
  for (int n = 0; n < 4; ++n) {
    const double a = attention(generator);
    const double korea = constant(generator), japan = constant(generator);
    SmallWorld small(1);
    two_destinations(small);
    small.set("emigration_attention", a);
    small.set("destination_constant.korea", korea);
    small.set("destination_constant.japan", japan);
    // One destination has more places than people, the other's door is open.
    small.lever("migration.quota", 1e6, "korea");
    constexpr int kPersons = 20000;
    for (int i = 0; i < kPersons; ++i) small.add(Status::Searching, 25);
    small.start(static_cast<std::uint64_t>(n));
    small.run(1);
    const double all = 1.0 + std::exp(korea) + std::exp(japan);
    const double p[2] = {-std::expm1(-a) * std::exp(korea) / all,
                         -std::expm1(-a) * std::exp(japan) / all};
    for (std::size_t d = 0; d < 2; ++d) {
      CHECK_THAT(abroad(small, d), WithinAbs(kPersons * p[d], four_errors(kPersons, p[d])));
    }
  }
}

TEST_CASE("migration/destination_quota: a year begun has its part, a changed quota the difference",
          "[model]") {
  SmallWorld small(24);
  small.scenario.time.start = {2000, 4, 1};
  small.scenario.time.end = {2002, 3, 31};
  two_destinations(small);
  everybody_applies(small);
  small.lever("migration.quota", 120.0, "korea");
  small.lever("migration.quota", 200.0, "korea", Date{2000, 8, 1});
  small.lever("migration.quota", 60.0, "korea", Date{2001, 1, 1});
  small.lever("migration.quota", 40.0, "korea", Date{2001, 3, 1});
  small.lever("migration.quota", 0.0, "japan");
  for (int n = 0; n < 3000; ++n) small.add(Status::Searching, 20);
  small.start(2);
  small.run(1);
  CHECK(abroad(small) == 90.0);  // from April on nine twelfths
  small.run(4);
  CHECK(abroad(small) == 150.0);
  small.run(4);
  CHECK(abroad(small) == 150.0);
  small.run(1);
  CHECK(abroad(small) == 210.0);
  // A cut sends nobody home and gives no places in return when the year ends.
  small.run(11);
  CHECK(abroad(small) == 210.0);
  small.run(1);
  CHECK(abroad(small) == 250.0);
  small.world.verify();
}

TEST_CASE("migration/destination_quota: re-entry once, or staying on", "[model]") {
  std::mt19937_64 generator(5);
  std::uniform_real_distribution<double> part(0.1, 0.9);
  for (int n = 0; n < 3; ++n) {
    const double again = part(generator);
    const double over = part(generator);
    SmallWorld small(40);
    two_destinations(small);
    everybody_applies(small);
    small.set("contract_reentry", again);
    small.set("contract_overstay", over);
    small.lever("migration.tenure", 10.0);
    constexpr int kPersons = 8000;
    small.lever("migration.quota", kPersons, "korea");
    small.lever("migration.quota", 0.0, "korea", Date{2000, 2, 1});
    small.lever("migration.quota", 0.0, "japan");
    small.set("destination_constant.japan", -50.0);
    for (int i = 0; i < kPersons; ++i) small.add(Status::Searching, 20);
    small.start(static_cast<std::uint64_t>(n));
    small.run(10);
    REQUIRE(abroad(small) == kPersons);
    small.run(1);
    const double first = again + (1.0 - again) * over;
    CHECK_THAT(abroad(small), WithinAbs(kPersons * first, four_errors(kPersons, first)));
    small.run(29);
    CHECK_THAT(abroad(small), WithinAbs(kPersons * over, four_errors(kPersons, over)));
    small.world.verify();
  }
}

TEST_CASE("migration/destination_quota: anchored, applicants are those of the record", "[model]") {
  SmallWorld small(1);
  two_destinations(small);
  small.set("destinations_anchored", 1.0);
  small.set("emigration_attention", 0.05);
  small.set("quota_applicants", 4.5);
  small.set("diaspora_growth", 0.0);
  small.set("return_rate", 0.01);
  small.lever("migration.quota", 2400.0, "korea");
  constexpr int kPersons = 60000;
  constexpr int kJapan = 20000;
  for (int n = 0; n < kPersons; ++n) small.add(Status::Searching, 25);
  for (int n = 0; n < kJapan; ++n) {
    Person person = SmallWorld::national(Status::Abroad, 25);
    person.destination = DestinationId{std::size_t{1}};
    small.world.add_person(0, person);
  }
  small.start(6);
  small.run(1);
  // 900 a month ask for the 2400 places of the year, and 200 go where 200 return.
  const double part = -std::expm1(-0.05) / 0.05;
  const double p = 900.0 / kPersons * part;
  CHECK_THAT(abroad(small, 0), WithinAbs(kPersons * p, four_errors(kPersons, p)));
  const double net = kPersons * (200.0 / kPersons * part) + kJapan * std::exp(-0.01);
  CHECK_THAT(abroad(small, 1), WithinAbs(net, 4.0 * std::sqrt(400.0)));
}

}  // namespace steppe
