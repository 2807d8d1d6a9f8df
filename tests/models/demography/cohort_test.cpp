#include <cmath>
#include <numeric>
#include <vector>

#include "support/catch.hpp"
#include "support/small_world.hpp"

namespace steppe {

void register_demography_cohort(Registry&);

namespace {

using test::SmallWorld;

constexpr int kAges = 111;

/// Gompertz mortality per month, the same for both sexes; births flat from 20 to 39.
Base tables(double births_per_month, bool deaths) {
  Base base;
  base.fertility.assign(kAges, 0.0);
  for (std::size_t age = 20; age < 40; ++age) base.fertility[age] = births_per_month;
  if (deaths) {
    for (int age = 0; age < kAges; ++age) {
      const double monthly = 5e-5 * std::exp(0.07 * age);
      base.mortality.insert(base.mortality.end(), 2, monthly);
    }
  }
  return base;
}

/// Nobody changes between work, search and inactivity.
void freeze_participation(SmallWorld& small) {
  for (const char* rate :
       {"discouragement_rate", "encouragement_rate", "searching_exit_rate", "discouraged_exit_rate",
        "entry_rate_max", "herding_entry_rate", "herding_exit_rate"}) {
    small.set(rate, 0.0);
  }
}

/// Of a share, as a tolerance: by chance a comparison fails once in 16,000, here and wherever a
/// count is compared within four of its standard deviations.
double four_errors(double p, double n) { return 4.0 * std::sqrt(p * (1.0 - p) / n); }

}  // namespace

TEST_CASE("demography/cohort: survival follows exp of minus the summed mortality", "[model]") {
  const StepLength length = GENERATE(StepLength::Month, StepLength::Week);
  const int steps = length == StepLength::Month ? 120 : 522;
  SmallWorld small(steps, length);
  small.base = tables(0.0, true);
  small.build();
  small.use(&register_demography_cohort);
  freeze_participation(small);
  constexpr int kEach = 20000;
  const std::vector<int> ages = {0, 30, 60, 70, 85};
  for (const int age : ages) {
    for (int n = 0; n < kEach; ++n) small.add(Status::Inactive, age);
  }
  small.start(3);
  small.run(steps);
  small.world.verify();
  const Clock& clock = small.world.clock();
  for (std::size_t a = 0; a < ages.size(); ++a) {
    double sum = 0.0;
    for (int t = 0; t < steps; ++t) {
      const int age = ages[a] + (clock.month(t).index() - Month(2000, 1).index()) / 12;
      sum += small.base.mortality[static_cast<std::size_t>(std::min(age, kAges - 1)) * 2] *
             clock.months_per_step();
    }
    const double expected = std::exp(-sum);
    int alive = 0;
    for (int n = 0; n < kEach; ++n) {
      const auto number = static_cast<std::uint32_t>(a * kEach + static_cast<std::size_t>(n));
      alive += small.world.persons[make_person_id(0, number)].status != Status::Gone;
    }
    INFO("age " << ages[a]);
    CHECK_THAT(static_cast<double>(alive) / kEach,
               WithinAbs(expected, four_errors(expected, kEach)));
  }
}

TEST_CASE("demography/cohort: births are the rate times the women's exposure", "[model]") {
  constexpr int kSteps = 60;
  constexpr double kRate = 0.01;
  SmallWorld small(kSteps);
  small.base = tables(kRate, false);
  small.build();
  small.use(&register_demography_cohort);
  freeze_participation(small);
  constexpr int kWomen = 10000;
  for (int n = 0; n < kWomen; ++n) {
    small.add(Status::Inactive, 25);
    small.add(Status::Inactive, 25, Sex::Male);
    small.add(Status::Inactive, 38);
    Person abroad = SmallWorld::national(Status::Inactive, 50);
    small.world.add_person(0, abroad);
  }
  small.start(5);
  small.run(kSteps);
  small.world.verify();
  // The first group is exposed for all 60 months, the second until its fortieth birthday.
  const double p = -std::expm1(-kRate);
  const double trials = kWomen * (60.0 + 24.0);
  const auto births = static_cast<double>(small.world.ledger.nationals(Status::Child));
  CHECK_THAT(births, WithinAbs(trials * p, 4.0 * std::sqrt(trials * p * (1.0 - p))));
  double boys = 0.0;
  for (std::uint32_t n = 0; n < small.world.persons.size(1); ++n) {
    const Person& child = small.world.persons[make_person_id(1, n)];
    boys += child.sex() == Sex::Male;
    CHECK(child.birth_month >= Month(2000, 1).index());
  }
  const double share = 1.05 / 2.05;
  CHECK_THAT(boys / births, WithinAbs(share, four_errors(share, births)));
}

TEST_CASE("demography/cohort: searching and discouraged balance at the local chances", "[model]") {
  const double ratio = GENERATE(1.0, 0.4, 3.0);
  SmallWorld small(240);
  small.build();
  small.use(&register_demography_cohort);
  freeze_participation(small);
  small.set("discouragement_rate", 0.08);
  small.set("encouragement_rate", 0.05);
  small.set("discouragement_elasticity", 0.5);
  constexpr int kPersons = 20000;
  for (int n = 0; n < kPersons; ++n) small.add(Status::Searching, 30);
  small.start(9);
  small.signals.finding_ratio = {ratio};
  small.run(100);
  // Months 100 to 240 together; one person's spells last about a dozen months.
  double mean = 0.0;
  for (int t = 0; t < 140; ++t) {
    small.run(1);
    mean += static_cast<double>(small.world.ledger.nationals(Status::Discouraged)) / 140.0;
  }
  small.world.verify();
  const double out = -std::expm1(-0.08 * std::pow(ratio, -0.5));
  const double back = -std::expm1(-0.05 * std::pow(ratio, 0.5));
  const double expected = out / (out + back);
  CHECK(small.world.ledger.nationals(Status::Searching) +
            small.world.ledger.nationals(Status::Discouraged) ==
        kPersons);
  CHECK_THAT(mean / kPersons, WithinAbs(expected, four_errors(expected, kPersons)));
}

TEST_CASE("demography/cohort: entry keeps participation by age at reference chances", "[model]") {
  SmallWorld small(180);
  small.build();
  small.use(&register_demography_cohort);
  freeze_participation(small);
  // Exits at one rate whatever the state, so that only the number who take part matters.
  small.set("searching_exit_rate", 0.01);
  small.set("discouraged_exit_rate", 0.01);
  small.set("entry_rate_max", 0.2);
  const auto profile = [](double age) {
    if (age < 40.0) return 0.3 + 0.5 * (age - 15.0) / 25.0;
    return std::max(0.8 - 0.5 * (age - 40.0) / 30.0, 0.3);
  };
  constexpr int kEach = 60;  // by month of age
  for (int months = 0; months < 80 * 12; ++months) {
    for (int n = 0; n < kEach; ++n) {
      Person person = SmallWorld::national(Status::Child, 0);
      person.birth_month = static_cast<std::int16_t>(Month(2000, 1).index() - months);
      if (months >= 15 * 12) {
        const bool active = n < kEach * profile(months / 12.0);
        person.status = !active      ? Status::Inactive
                        : n % 2 == 0 ? Status::Searching
                                     : Status::Discouraged;
      }
      const PersonId id = small.world.add_person(0, person);
      if (months < 15 * 12) {
        small.world.calendar.add(15 * 12 - months, Due::WorkingAge, {id.value(), 0, 0});
      }
    }
  }
  small.start(11);
  small.run(180);
  small.world.verify();
  const auto at = [&](Status status, int from, int to) {
    return static_cast<double>(
        small.world.ledger.nationals(status, Sex::Female, from, to, small.world.month));
  };
  for (int from = 15; from < 75; from += 5) {
    const int to = from + 5;
    const double active = at(Status::Searching, from, to) + at(Status::Discouraged, from, to);
    const double all = active + at(Status::Inactive, from, to);
    double expected = 0.0;
    for (int m = 0; m < 60; ++m) expected += profile(from + m / 12.0) / 60.0;
    INFO("ages " << from << " to " << to);
    // Straight lines between the bands' middles miss the corner of the profile by a point or so.
    CHECK_THAT(active / all, WithinAbs(expected, 0.02 + four_errors(expected, all)));
  }
}

TEST_CASE("demography/cohort: entry answers the local chance of a job", "[model]") {
  // Two worlds differ in nothing but the ratio: hazards differ by ratio to the κ_p.
  double entered[2] = {};
  for (int world = 0; world < 2; ++world) {
    SmallWorld small(6);
    small.build();
    small.use(&register_demography_cohort);
    freeze_participation(small);
    small.set("searching_exit_rate", 0.01);
    small.set("entry_rate_max", 0.03);
    small.set("participation_elasticity", 0.5);
    for (int n = 0; n < 40000; ++n) {
      small.add(n % 4 == 0 ? Status::Searching : Status::Inactive, 20 + n % 40);
    }
    small.start(2);
    small.signals.finding_ratio = {world == 0 ? 1.0 : 4.0};
    const auto before = small.world.ledger.nationals(Status::Inactive);
    small.step();
    // Those who left search in this step are back among the inactive; ask for entries alone.
    double leavers = 0.0;
    for (std::uint32_t n = 0; n < 40000; ++n) {
      const Person& person = small.world.persons[make_person_id(0, n)];
      leavers += person.status == Status::Inactive && person.since == 0 && n % 4 == 0;
    }
    entered[world] =
        static_cast<double>(before - small.world.ledger.nationals(Status::Inactive)) + leavers;
  }
  const double hazard = 0.01 * 0.25 / 0.75;
  CHECK_THAT(entered[0] / 30000.0, WithinAbs(-std::expm1(-hazard), four_errors(hazard, 30000.0)));
  CHECK_THAT(entered[1] / 30000.0,
             WithinAbs(-std::expm1(-2.0 * hazard), four_errors(2.0 * hazard, 30000.0)));
}

TEST_CASE("demography/cohort: school is left at the age its level takes", "[model]") {
  SmallWorld small(120);
  SmallWorld::set_members(small.scenario.dimensions.education, {"lower_secondary", "tertiary"});
  SmallWorld::set_members(small.scenario.dimensions.occupations, {"labourer", "engineer"});
  small.base.skill_level = {0, 2};
  small.build();
  small.use(&register_demography_cohort);
  freeze_participation(small);
  small.set("first_job_mismatch", 0.0);
  constexpr int kChildren = 4000;
  for (int n = 0; n < kChildren; ++n) {
    const PersonId id = small.add(Status::Child, 14);
    small.world.calendar.add(12, Due::WorkingAge, {id.value(), 0, 0});
  }
  // The start population says what will be attained, and that everybody out of school takes part.
  for (int n = 0; n < 4000; ++n) {
    Person person = SmallWorld::national(Status::Discouraged, 15 + n % 60);
    person.education = EducationId{std::size_t{n % 4 == 0 ? 1u : 0u}};
    small.world.add_person(0, person);
  }
  small.start(4);
  small.run(12);
  CHECK(small.world.ledger.nationals(Status::Child) == kChildren);
  small.run(1);
  CHECK(small.world.ledger.nationals(Status::Child) == 0);
  const auto students = static_cast<double>(small.world.ledger.nationals(Status::Inactive));
  // Of the ten ages from 25 to 34, two carry the higher education.
  CHECK_THAT(students / kChildren, WithinAbs(0.2, four_errors(0.2, kChildren)));
  small.run(12 * 7 - 1);
  CHECK(static_cast<double>(small.world.ledger.nationals(Status::Inactive)) == students);
  small.run(1);
  CHECK(small.world.ledger.nationals(Status::Inactive) == 0);
  small.world.verify();
  for (std::uint32_t n = 0; n < kChildren; ++n) {
    const Person& person = small.world.persons[make_person_id(0, n)];
    // With no mismatch allowed, occupations follow education.
    CHECK(person.occupation.value() == person.education.value());
  }
}

TEST_CASE("demography/cohort: the young of the start are at school as later cohorts are",
          "[model]") {
  SmallWorld small(60);
  SmallWorld::set_members(small.scenario.dimensions.education, {"lower_secondary", "tertiary"});
  small.build();
  small.use(&register_demography_cohort);
  freeze_participation(small);
  constexpr int kEach = 4000;
  for (int n = 0; n < kEach; ++n) {
    small.add(n % 2 == 0 ? Status::Inactive : Status::Searching, 18);
    Person adult = SmallWorld::national(Status::Searching, 20 + n % 20);
    adult.education = EducationId{std::size_t{n % 10 < 3 ? 1u : 0u}};
    small.world.add_person(0, adult);
  }
  small.start(8);
  // 30 % of all attain the higher level and stay until 22: six in ten of the inactive.
  const auto students = static_cast<double>(
      small.world.ledger.nationals(Status::Inactive, EducationId{std::size_t{1}}));
  CHECK_THAT(students / (0.5 * kEach), WithinAbs(0.6, four_errors(0.6, 0.5 * kEach)));
  small.run(48);
  CHECK(small.world.ledger.nationals(Status::Inactive) == kEach / 2);
  small.run(1);
  CHECK(small.world.ledger.nationals(Status::Inactive) < kEach / 2);
  small.world.verify();
}

TEST_CASE("demography/cohort: a dzud winter multiplies the herders who leave", "[model]") {
  const bool dzud = GENERATE(false, true);
  SmallWorld small(3);
  small.build();
  small.use(&register_demography_cohort);
  freeze_participation(small);
  small.set("herding_exit_rate", 0.005);
  if (dzud) small.driver("dzud", {{Date{2000, 1, 1}, 1.0}});
  constexpr int kHerders = 100000;
  for (int n = 0; n < kHerders; ++n) small.add(Status::Herding, 30);
  small.start(6);
  small.run(1);
  const double p = -std::expm1(-0.005 * (dzud ? 4.0 : 1.0));
  const auto left = static_cast<double>(small.world.ledger.nationals(Status::Searching));
  CHECK_THAT(left / kHerders, WithinAbs(p, four_errors(p, kHerders)));
  CHECK(small.world.ledger.total(Flow::HerdingExit) == static_cast<std::int64_t>(left));
}

// 800 events within 4 standard deviations, 14 %: false alarm 6e-5.
TEST_CASE("demography/cohort: rural entrants take over the herds of those who die", "[model]") {
  const double most = GENERATE(0.0, 0.9);
  constexpr int kHerders = 400000;
  SmallWorld small(1);
  small.base.mortality.assign(2 * kAges, 0.002);
  small.base.rural = {true};
  small.build();
  small.use(&register_demography_cohort);
  freeze_participation(small);
  small.set("searching_exit_rate", 0.02);
  small.set("entry_rate_max", 0.2);
  small.set("herding_succession_max", most);
  for (int n = 0; n < kHerders; ++n) {
    small.add(Status::Herding, 30);
    small.add(Status::Searching, 30);
    small.add(Status::Inactive, 30);
  }
  small.start(3);
  small.run(1);
  // In the first month entries make up for deaths; without succession nobody begins to herd.
  const auto begun = static_cast<double>(small.world.ledger.total(Flow::HerdingEntry));
  const double expected = most > 0.0 ? 0.002 * kHerders : 0.0;
  CHECK_THAT(begun, WithinAbs(expected, 4.0 * std::sqrt(expected)));
  small.world.verify();
}

}  // namespace steppe
