#include <cmath>
#include <vector>

#include "support/catch.hpp"
#include "support/small_world.hpp"

namespace steppe {

void register_training_places(Registry&);

namespace {

using test::SmallWorld;

/// Of a share, as a tolerance: by chance a comparison fails once in 16,000, here and wherever a
/// count is compared within four of its standard deviations.
double four_errors(double p, double n) { return 4.0 * std::sqrt(p * (1.0 - p) / n); }

/// Two fields that lead to two occupations of one sector, with places for a year.
void two_fields(SmallWorld& small, double places) {
  SmallWorld::set_members(small.scenario.dimensions.fields, {"first", "second"});
  SmallWorld::set_members(small.scenario.dimensions.occupations, {"craft", "operator"});
  small.scenario.dimensions.occupations[0].code = "7";
  small.scenario.dimensions.occupations[1].code = "8";
  small.base.training_places = {places, places};
  small.base.wage = {1000.0, 3000.0};
  small.build();
  small.use(&register_training_places);
  small.set("field_group.first", 7.0);
  small.set("field_group.second", 8.0);
  small.set("field_finding", 0.0);
  small.set("placement_rate", 0.0);
  small.set("skill_decay", 0.0);
}

}  // namespace

TEST_CASE("training/places: fields are sought by the logit of their wages", "[model]") {
  SmallWorld small(2);
  two_fields(small, 1e9);
  small.set("training_interest", 0.5);
  small.set("training_appeal", 0.4);
  constexpr int kSeekers = 40000;
  for (int n = 0; n < kSeekers; ++n) small.add(Status::Searching, 30);
  small.start(3);
  small.run(1);
  small.world.verify();
  // Utilities: nothing 0, the fields appeal + ln(w / mean), the mean being 2000.
  const double first = std::exp(0.4) * 0.5;
  const double second = std::exp(0.4) * 1.5;
  const double considering = -std::expm1(-0.5);
  double in_field[2] = {};
  for (std::uint32_t n = 0; n < kSeekers; ++n) {
    const Person& person = small.world.persons[make_person_id(0, n)];
    if (person.status == Status::Training) in_field[person.field.at()] += 1.0;
  }
  const double p[2] = {considering * first / (1.0 + first + second),
                       considering * second / (1.0 + first + second)};
  for (int f = 0; f < 2; ++f) {
    CHECK_THAT(in_field[f] / kSeekers, WithinAbs(p[f], four_errors(p[f], kSeekers)));
  }
}

TEST_CASE("training/places: places are never exceeded, and students follow Little's law",
          "[model]") {
  constexpr double kPlaces = 66.0;  // a year and field: 5.5 a month
  constexpr int kDuration = 9;
  SmallWorld small(240);
  two_fields(small, 1.0);
  small.set("training_interest", 0.5);
  small.set("course_duration", kDuration);
  small.set("completion_rate", 0.6);
  small.lever("training.places", kPlaces);
  small.lever("training.stipend", 10.0);
  for (int n = 0; n < 4000; ++n) small.add(Status::Searching, 18);
  small.start(5);
  std::int64_t starts = 0;
  double mean = 0.0;
  for (int t = 0; t < 240; ++t) {
    small.run(1);
    starts += small.world.ledger.total(Flow::TrainingStart);
    CHECK(static_cast<double>(starts) <= 2.0 * kPlaces / 12.0 * (t + 1) + 1e-9);
    const auto students = small.world.ledger.nationals(Status::Training);
    CHECK(small.world.ledger.paid(Payment::Stipend) == 10 * students);
    if (t >= 20) mean += static_cast<double>(students) / 220.0;
  }
  small.world.verify();
  CHECK(starts == 240 * 11);
  // Full courses of nine months; those dropped last one to nine months alike.
  const double stay = 0.6 * kDuration + 0.4 * (1.0 + kDuration) / 2.0;
  const double spread = std::sqrt(11.0 * 220.0 * 9.0) / 220.0;
  CHECK_THAT(mean, WithinAbs(11.0 * stay, 4.0 * spread));
}

TEST_CASE("training/places: graduates take up the field's trade", "[model]") {
  SmallWorld small(30);
  two_fields(small, 1e9);
  small.set("training_interest", 1000.0);
  small.set("training_appeal", 100.0);
  small.set("completion_rate", 1.0);
  small.set("course_duration", 12.0);
  small.set("graduate_skill", 1.25);
  for (int n = 0; n < 100; ++n) small.add(Status::Searching, 30);
  small.start(5);
  small.run(1);
  CHECK(small.world.ledger.nationals(Status::Training) == 100);
  small.run(11);
  CHECK(small.world.ledger.nationals(Status::Training) == 100);
  small.run(1);
  CHECK(small.world.ledger.total(Flow::TrainingEnd) == 100);
  for (std::uint32_t n = 0; n < 100; ++n) {
    const Person& person = small.world.persons[make_person_id(0, n)];
    CHECK(person.occupation.value() == person.field.value());
    CHECK_THAT(person.skill * kSkillUnit, WithinAbs(1.25, kSkillUnit));
  }
  small.world.verify();
}

TEST_CASE("training/places: fees of employers and permits open places", "[model]") {
  const bool by_permit = GENERATE(false, true);
  SmallWorld small(12);
  SmallWorld::set_members(small.scenario.dimensions.origins, {"near"});
  small.scenario.dimensions.sectors[0].code = "B";
  two_fields(small, 12.0);
  small.set("field_section.first", 2.0);
  small.set("field_section.second", 0.0);
  small.set("training_interest", 50.0);
  small.set("training_appeal", 20.0);
  small.set("place_cost", 2.0);
  if (by_permit) small.lever("training.apprentices", 0.3);
  for (int n = 0; n < 5000; ++n) small.add(Status::Searching, 20);
  const FirmId firm = small.world.add_firm(SectorId{std::size_t{0}}, RegionId{std::size_t{0}});
  Person worker = SmallWorld::national(Status::Searching, 30);
  worker.origin = OriginId{std::size_t{1}};
  worker.set_permit(Permit::Valid);
  for (int n = 0; n < 40; ++n) {
    small.world.place_in_job(small.world.add_person(static_cast<int>(Range::Arrivals), worker),
                             CellId{small.world.firms[firm.at()].first_cell});
  }
  small.start(3);
  // Wage cells of 1000 and 3000: a place costs 4000, so that this pays for three a month.
  if (!by_permit) small.signals.training_fund = 12000.0;
  std::int64_t starts = 0;
  for (int t = 0; t < 12; ++t) {
    small.run(1);
    starts += small.world.ledger.total(Flow::TrainingStart);
  }
  // Two fields of a place a month; the first leads to the permits' sector.
  CHECK(starts == 12 * 2 + (by_permit ? 12 : 36));
}

}  // namespace steppe
