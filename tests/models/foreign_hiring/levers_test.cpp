// Every lever against its rule on hand-made firms: a post of a national costs 1187.5 a month with a
// vacancy a month old, one of a foreigner 1045.8 before fees (see "abroad exactly where it costs
// less"), so that everybody applies whom nothing stops.

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "one_firm.hpp"

namespace steppe {
namespace {

using test::OneFirm;
using test::SmallWorld;

constexpr Date kNextYear{2001, 1, 1};

void two_occupations(SmallWorld& small) {
  SmallWorld::set_members(small.scenario.dimensions.occupations, {"managers", "builders"});
  small.base.skill_level = {2, 1};
}

void two_regions(SmallWorld& small) {
  SmallWorld::set_members(small.scenario.dimensions.regions, {"here", "there"});
}

void one_project(SmallWorld& small) {
  small.scenario.projects.emplace_back();
  small.scenario.dimensions.projects.emplace_back();
  small.scenario.dimensions.projects.back().key = "mine";
}

/// The firm's vacancy in the occupation at a place of its list.
VacancyId open(OneFirm& one, FirmId firm, std::size_t occupation) {
  const Firm& record = one.small.world.firms[firm.at()];
  const CellId cell{record.first_cell + static_cast<std::uint32_t>(occupation)};
  one.small.world.want(cell, 1000000);
  return one.small.world.open_vacancy(cell);
}

std::uint32_t foreigners(const OneFirm& one, FirmId firm) {
  return one.small.world.firms[firm.at()].foreigners;
}

/// Foreign staff of all firms in an occupation.
std::int64_t in_occupation(const OneFirm& one, std::size_t occupation) {
  std::int64_t sum = 0;
  const World& world = one.small.world;
  for (std::size_t o = 1; o < world.base().sizes.origins; ++o) {
    sum += world.ledger.staff(SectorId{std::size_t{0}}, OccupationId{occupation}, OriginId{o});
  }
  return sum;
}

/// Opens so many vacancies and lets them be filled from abroad.
void fill(OneFirm& one, FirmId firm, int vacancies) {
  for (int n = 0; n < vacancies; ++n) one.open(firm);
  one.step();
  one.step();
}

}  // namespace

TEST_CASE("foreign_hiring/levers: a firm's share goes by its size and is rounded as told",
          "[model]") {
  struct Case {
    int nationals, down, nearest, up;
  };
  // 5 % below 21 nationals, 10 % from 21, 20 % from 51.
  const std::vector<Case> cases = {{19, 0, 1, 1}, {20, 1, 1, 1},    {21, 2, 2, 3},
                                   {50, 5, 5, 5}, {51, 10, 10, 11}, {53, 10, 11, 11}};
  const int rounding = GENERATE(0, 1, 2);
  OneFirm one(3);
  SmallWorld& small = one.small;
  small.lever("permits.small_firm", 0.0);
  small.lever("permits.firm_share", 0.05);
  small.lever("permits.firm_share", 0.1, "*.from_21");
  small.lever("permits.firm_share", 0.2, "all.from_51");
  small.lever("permits.firm_share_base", 1.0);
  small.lever("permits.firm_share_rounding", rounding);
  std::vector<FirmId> firms;
  for (const Case& c : cases) firms.push_back(one.add_firm(c.nationals));
  small.start(1);
  for (const FirmId firm : firms) {
    for (int n = 0; n < 20; ++n) one.open(firm);
  }
  one.step();
  one.step();
  for (std::size_t n = 0; n < cases.size(); ++n) {
    const Case& c = cases[n];
    INFO(c.nationals << " nationals, rounding " << rounding);
    CHECK(static_cast<int>(foreigners(one, firms[n])) == (rounding == 0   ? c.down
                                                          : rounding == 1 ? c.nearest
                                                                          : c.up));
  }
}

TEST_CASE("foreign_hiring/levers: some heads of an occupation stand outside the share", "[model]") {
  OneFirm one(3, StepLength::Month, {"near"}, two_occupations);
  one.small.lever("permits.firm_share", 0.01);
  one.small.lever("permits.firm_share_base", 1.0);
  one.small.lever("permits.exempt_heads", 3.0, "managers");
  one.small.start(1);
  for (int n = 0; n < 8; ++n) {
    open(one, one.firm, 0);
    open(one, one.firm, 1);
  }
  one.step();
  one.step();
  CHECK(one.small.world.ledger.permits() == 5);  // two of the share, three managers
  CHECK(in_occupation(one, 0) >= 3);
}

TEST_CASE("foreign_hiring/levers: a project's grant stands outside caps until it expires",
          "[model]") {
  OneFirm one(40, StepLength::Month, {"near"}, one_project);
  SmallWorld& small = one.small;
  const FirmId mine = one.add_firm(100);
  small.world.firms[mine.at()].project = 0;
  small.lever("permits.sector_cap", 2.0);
  small.lever("permits.firm_share", 0.0);
  small.lever("permits.small_firm", 0.0);
  small.lever("permits.project_grant", 5.0, "mine");
  small.lever("permits.project_grant", 0.0, "mine", kNextYear);
  small.start(1);
  for (int n = 0; n < 9; ++n) {
    one.open(mine);
    one.open(one.firm);
  }
  for (int t = 0; t < 12; ++t) one.step();
  CHECK(foreigners(one, mine) == 5);
  CHECK(foreigners(one, one.firm) == 0);  // its share is nothing
  for (int t = 12; t < 40; ++t) one.step();
  CHECK(foreigners(one, mine) == 0);
}

TEST_CASE("foreign_hiring/levers: a grant leaves the cap to others", "[model]") {
  OneFirm one(3, StepLength::Month, {"near"}, one_project);
  const FirmId mine = one.add_firm(100);
  one.small.world.firms[mine.at()].project = 0;
  const std::string cap = GENERATE("permits.sector_cap", "permits.total_cap");
  one.small.lever(cap, 2.0);
  one.small.lever("permits.project_grant", 5.0, "mine");
  one.small.start(1);
  for (int n = 0; n < 9; ++n) one.open(mine);
  one.step();
  one.step();
  // Five by the grant, and nothing keeps the project from the cap's two.
  CHECK(foreigners(one, mine) == 7);
}

TEST_CASE("foreign_hiring/levers: a project keeps its floor of nationals", "[model]") {
  OneFirm one(3, StepLength::Month, {"near"}, one_project);
  one.small.world.firms[one.firm.at()].project = 0;
  one.small.lever("permits.national_floor", 0.9, "mine");
  one.small.start(1);
  fill(one, one.firm, 50);
  CHECK(foreigners(one, one.firm) == 22);  // 22 of 222 are 9.9 %, 23 of 223 would be 10.3 %
}

TEST_CASE("foreign_hiring/levers: firms above a size get no new permits", "[model]") {
  OneFirm one(30);
  one.small.lever("permits.firm_size_limit", 203.0);
  one.small.start(1);
  fill(one, one.firm, 10);
  CHECK(foreigners(one, one.firm) == 3);
  for (int t = 2; t < 30; ++t) one.step();
  CHECK(foreigners(one, one.firm) == 3);  // what they hold is renewed
}

TEST_CASE("foreign_hiring/levers: who has the fewest nationals of its peers gets no permits",
          "[model]") {
  OneFirm one(14);
  SmallWorld& small = one.small;
  const FirmId few = one.add_firm(10);
  small.lever("permits.peer_window", 1.0);
  small.lever("permits.peer_rank", 0.5, {}, Date{2000, 6, 1});
  small.start(1);
  for (int n = 0; n < 5; ++n) {
    one.open(one.firm);
    one.open(few);
  }
  one.step();
  one.step();
  CHECK(foreigners(one, few) == 5);
  for (int t = 2; t < 6; ++t) one.step();
  one.open(one.firm);
  one.open(few);
  one.step();
  one.step();
  CHECK(foreigners(one, one.firm) == 6);
  CHECK(foreigners(one, few) == 5);
  for (int t = 8; t < 14; ++t) one.step();
  CHECK(foreigners(one, few) == 0);  // nor renewals
}

TEST_CASE("foreign_hiring/levers: intake, occupations and points choose among newcomers",
          "[model]") {
  SECTION("a closed region") {
    OneFirm one(3, StepLength::Month, {"near"}, two_regions);
    const FirmId there = one.add_firm(100, 0, 1);
    one.small.lever("permits.intake", 1.0, "*.there");
    one.small.start(1);
    for (int n = 0; n < 4; ++n) {
      one.open(one.firm);
      one.open(there);
    }
    one.step();
    one.step();
    CHECK(foreigners(one, one.firm) == 4);
    CHECK(foreigners(one, there) == 0);
  }
  SECTION("a closed occupation") {
    OneFirm one(20, StepLength::Month, {"near"}, two_occupations);
    one.small.lever("permits.occupation", 1.0, "builders", Date{2000, 3, 1});
    one.small.start(1);
    open(one, one.firm, 1);
    one.step();
    one.step();
    open(one, one.firm, 0);
    open(one, one.firm, 1);
    for (int t = 2; t < 20; ++t) one.step();
    CHECK(in_occupation(one, 0) == 1);
    CHECK(in_occupation(one, 1) == 1);  // who came before goes on
  }
  SECTION("points for age, skill and region") {
    constexpr int kApplicants = 3000;
    OneFirm one(3);
    one.small.lever("permits.points_pass", 60.0);
    one.small.lever("permits.points_age", 30.0, "from_18");
    one.small.lever("permits.points_age", 10.0, "from_40");
    one.small.lever("permits.points_skill", 20.0, "medium");
    one.small.lever("permits.points_region", 10.0, "all");
    one.small.start(1);
    fill(one, one.firm, kApplicants);
    const World& world = one.small.world;
    int oldest = 0;
    for (std::uint32_t n = 0; n < world.persons.size(static_cast<int>(Range::Arrivals)); ++n) {
      const PersonId id = make_person_id(static_cast<int>(Range::Arrivals), n);
      oldest = std::max(oldest, world.persons[id].age_years(world.month));
    }
    CHECK(oldest == 39);
    // Ages are even over 22 to 54 years. 4 standard errors: false alarm 6e-5.
    const double pass = 18.0 / 33.0;
    CHECK_THAT(static_cast<double>(world.ledger.permits()) / kApplicants,
               WithinAbs(pass, 4.0 * std::sqrt(pass * (1.0 - pass) / kApplicants)));
  }
}

TEST_CASE("foreign_hiring/levers: a wage floor is paid, or keeps the post at home", "[model]") {
  const double floor = GENERATE(1100.0, 1200.0);
  OneFirm one(3);
  one.small.lever("permits.wage_floor", floor);
  one.small.start(1);
  fill(one, one.firm, 1);
  // Local 1187.5; abroad at the floor and a twenty-fourth of it, and 100 / 24 of paper.
  CHECK(foreigners(one, one.firm) == (floor < 1150.0 ? 1 : 0));
  if (foreigners(one, one.firm) == 0) return;
  const PersonId id = make_person_id(static_cast<int>(Range::Arrivals), 0);
  CHECK_THAT(one.small.world.persons[id].relative_wage * kWageUnit, WithinAbs(1.1, kWageUnit));
}

TEST_CASE("foreign_hiring/levers: fees, reliefs and levies are what employers pay", "[model]") {
  OneFirm one(4, StepLength::Month, {"near", "far"}, [](SmallWorld& small) {
    two_occupations(small);
    one_project(small);
  });
  SmallWorld& small = one.small;
  World& world = small.world;
  const FirmId mine = one.add_firm(50);
  world.firms[mine.at()].project = 0;
  small.lever("permits.fee", 40.0);
  small.lever("permits.fee_relief", 0.25, "all");
  small.lever("permits.fee_exempt", 1.0, "managers");
  small.lever("permits.project_fee_relief", 0.5, "mine");
  small.lever("permits.levy", 7.0, "high.near");
  small.lever("permits.levy", 5.0, "medium");
  small.lever("permits.origin_ban", 1.0, "far");
  small.start(1);
  for (int n = 0; n < 3; ++n) open(one, one.firm, 0);
  for (int n = 0; n < 4; ++n) open(one, one.firm, 1);
  for (int n = 0; n < 6; ++n) open(one, mine, 1);
  one.step();
  one.step();
  REQUIRE(world.ledger.permits() == 13);
  // Managers: the levy alone. Builders: three quarters of the fee and the levy; of the mine, half
  // of that fee.
  CHECK(world.ledger.paid(Payment::WorkplaceFee) == 3 * 7 + 4 * (30 + 5) + 6 * (15 + 5));
}

TEST_CASE("foreign_hiring/levers: the fee by share is for all, or each class pays its own",
          "[model]") {
  const bool excess = GENERATE(false, true);
  OneFirm one(3);
  SmallWorld& small = one.small;
  const FirmId firm = one.add_firm(12);
  small.lever("permits.share_fee", 2.0);
  small.lever("permits.share_fee", 5.0, "all.above_10");
  small.lever("permits.share_fee", 9.0, "all.above_20");
  small.lever("permits.share_fee_for", excess ? 1.0 : 0.0);
  small.start(1);
  const int foreign = GENERATE(1, 3, 4);
  fill(one, firm, foreign);
  REQUIRE(foreigners(one, firm) == static_cast<std::uint32_t>(foreign));
  const double staff = 12.0 + foreign;
  // 7.7 %, 20 % (not above it) and 25 % of the staff.
  const double rate = foreign == 1 ? 2.0 : foreign == 3 ? 5.0 : 9.0;
  const double low = std::min<double>(foreign, 0.1 * staff);
  const double middle = std::clamp(foreign - 0.1 * staff, 0.0, 0.1 * staff);
  const double high = std::max(0.0, foreign - 0.2 * staff);
  const double expected = excess ? 2.0 * low + 5.0 * middle + 9.0 * high : rate * foreign;
  CHECK(small.world.ledger.paid(Payment::WorkplaceFee) == std::llround(expected));
}

TEST_CASE("foreign_hiring/levers: employers weigh what one more foreigner adds to all fees",
          "[model]") {
  // The fourth foreigner would bring the firm's share above 20 % and with it 60 for all four.
  OneFirm one(4);
  const FirmId firm = one.add_firm(12);
  one.small.lever("permits.share_fee", 60.0, "all.above_20");
  one.small.start(1);
  fill(one, firm, 6);
  CHECK(foreigners(one, firm) == 3);  // 240 more a month, where 142 are gained
}

TEST_CASE("foreign_hiring/levers: the levy for training and part of the fees reach the fund",
          "[model]") {
  OneFirm one(3);
  SmallWorld& small = one.small;
  const FirmId little = one.add_firm(5);
  small.lever("permits.fee", 20.0);
  small.lever("permits.fund_share", 0.5);
  small.lever("permits.training_levy", 3.0);
  small.lever("permits.training_levy", 8.0, "from_100");
  small.start(1);
  for (int n = 0; n < 2; ++n) one.open(one.firm);
  one.open(little);
  one.step();
  one.step();
  REQUIRE(small.world.ledger.permits() == 3);
  CHECK(small.world.ledger.paid(Payment::WorkplaceFee) == 3 * 20 + 2 * 8 + 3);
  CHECK_THAT(small.signals.training_fund, WithinRel(0.5 * 60.0 + 19.0, 1e-12));
}

TEST_CASE("foreign_hiring/levers: the labour-market test and the total limit go by occupation",
          "[model]") {
  OneFirm one(40, StepLength::Month, {"near"}, two_occupations);
  SmallWorld& small = one.small;
  small.lever("permits.labour_market_test", 90.0);
  small.lever("permits.labour_market_test", 0.0, "managers");
  small.lever("permits.total_limit", 18.0);
  small.lever("permits.total_limit", kNoLimit, "managers");
  small.start(1);
  open(one, one.firm, 0);
  open(one, one.firm, 1);
  std::vector<std::int64_t> managers;
  std::vector<std::int64_t> builders;
  for (int t = 0; t < 40; ++t) {
    one.step();
    managers.push_back(in_occupation(one, 0));
    builders.push_back(in_occupation(one, 1));
  }
  CHECK(managers[1] == 1);
  CHECK(builders[2] == 0);
  CHECK(builders[3] == 1);
  CHECK(managers[39] == 1);
  CHECK(builders[3 + 17] == 1);
  CHECK(builders[3 + 18] == 0);  // the post, posted anew, waits for its test
}

TEST_CASE("foreign_hiring/levers: permits that are not renewed end with their term", "[model]") {
  OneFirm one(12);
  one.small.lever("permits.term", 6.0);
  one.small.lever("permits.renewal", 1.0);
  one.small.start(1);
  fill(one, one.firm, 4);
  for (int t = 2; t < 7; ++t) one.step();
  CHECK(one.small.world.ledger.permits() == 4);
  one.small.world.ledger.clear_flows();
  one.step();
  CHECK(one.small.world.ledger.total(Flow::Departure) == 4);
}

TEST_CASE("foreign_hiring/levers: who may leave takes another employer's post and better pay",
          "[model]") {
  const int mobility = GENERATE(0, 1, 2);
  OneFirm one(12);
  SmallWorld& small = one.small;
  small.set("foreign_mobility", 1e6);  // looks around at once
  small.lever("permits.mobility", mobility);
  small.lever("permits.notice", 3.0);
  small.lever("permits.total_cap", 1.0);
  const FirmId other = one.add_firm(50);
  small.start(1);
  fill(one, one.firm, 1);
  REQUIRE(foreigners(one, one.firm) == 1);
  const PersonId id = make_person_id(static_cast<int>(Range::Arrivals), 0);
  const std::uint16_t paid = small.world.persons[id].relative_wage;
  // Nobody more may come from abroad; the post of the other firm is for movers.
  one.open(other);
  int moved = -1;
  for (int t = 2; t < 9; ++t) {
    one.step();
    if (foreigners(one, other) == 1 && moved < 0) moved = t;
  }
  if (mobility == 0) {
    CHECK(moved == -1);
    return;
  }
  INFO("moved in step " << moved);
  CHECK(moved > 0);
  CHECK(small.world.persons[id].employer == other);
  CHECK_THAT(small.world.persons[id].relative_wage / static_cast<double>(paid),
             WithinRel(1.1, 1e-3));
  small.world.verify();
}

TEST_CASE("foreign_hiring/levers: a cap's permits by queue, in equal parts or to who bids most",
          "[model]") {
  const int allocation = GENERATE(0, 1, 2);
  INFO("allocation " << allocation);
  OneFirm one(5, StepLength::Month, {"near"}, two_occupations);
  SmallWorld& small = one.small;
  const FirmId large = one.add_firm(50);
  const FirmId late = one.add_firm(50);
  small.lever("permits.sector_cap", 10.0);
  small.lever("permits.allocation", allocation);
  if (allocation == 0) {
    small.lever("permits.border_closed", 1.0);
    small.lever("permits.border_closed", 0.0, {}, Date{2000, 4, 1});
  }
  small.start(1);
  for (int n = 0; n < 15; ++n) open(one, large, 1);
  if (allocation == 0) {
    // Who has waited longest when the border opens: the large firm's posts, by a month.
    one.step();
    one.step();
    for (int n = 0; n < 5; ++n) open(one, late, 1);
    one.step();
    one.step();
    CHECK(foreigners(one, large) == 10);
    return;
  }
  // Managers cost a national's long training, so that a permit for one is worth more.
  for (int n = 0; n < 5; ++n) open(one, late, allocation == 1 ? 1 : 0);
  one.step();
  one.step();
  CHECK(foreigners(one, large) + foreigners(one, late) == 10);
  if (allocation == 1) {
    CHECK((foreigners(one, late) == 2 || foreigners(one, late) == 3));
    return;
  }
  CHECK(foreigners(one, late) == 5);
  // The best of the bids that lost is a builder's: 1187.5 − 1045.8 a month, for a term of twelve.
  const double bid = 1187.5 - (1000.0 + 1100.0 / 24.0);
  CHECK(small.world.ledger.paid(Payment::PermitAuction) == std::llround(10 * bid * 12));
}

TEST_CASE("foreign_hiring/levers: employers hire without a permit exactly where it costs less",
          "[model]") {
  // Saved: the fee and 100 / 24 of paper; expected loss: 0.1 × (fine + 1000 for the next one).
  const double fee = GENERATE(40.0, 80.0, 120.0);
  const double threshold = (fee + 100.0 / 24.0) / 0.1 - 1000.0;
  const double side = GENERATE(-1.0, 1.0);
  const double fine = threshold + side;
  if (fine < 0.0) return;  // with this fee nobody goes without
  OneFirm one(3);
  one.small.set("irregular_willingness", 1.0);
  one.small.lever("permits.fee", fee);
  one.small.lever("enforcement.inspection_rate", 0.1);
  one.small.lever("enforcement.fine", fine);
  one.small.start(1);
  fill(one, one.firm, 20);
  CHECK(one.small.world.ledger.irregular() == (side < 0.0 ? 20 : 0));
  CHECK(one.small.world.ledger.permits() == (side < 0.0 ? 0 : 20));
}

TEST_CASE("foreign_hiring/levers: being found costs the employer his permits for a while",
          "[model]") {
  OneFirm one(40);
  SmallWorld& small = one.small;
  small.set("irregular_willingness", 1.0);
  small.lever("permits.total_cap", 0.0);
  small.lever("permits.total_cap", 100.0, {}, Date{2000, 4, 1});
  small.lever("enforcement.inspection_rate", 0.0);
  small.lever("enforcement.inspection_rate", 30.0, {}, Date{2000, 4, 1});
  small.lever("enforcement.fine", 0.0);
  small.lever("enforcement.fine", 1e6, {}, Date{2000, 4, 1});
  small.lever("enforcement.expulsion", 0.0);
  small.lever("enforcement.debarment", 12.0);
  small.start(1);
  fill(one, one.firm, 3);
  REQUIRE(small.world.ledger.irregular() == 3);
  one.step();
  one.step();  // in April all three are found, and nobody is sent home
  CHECK(small.world.ledger.irregular() == 3);
  for (int n = 0; n < 4; ++n) one.open(one.firm);
  one.step();
  one.step();
  CHECK(small.world.ledger.permits() == 0);
  CHECK(small.world.ledger.total(Flow::PermitRefused) > 0);
}

TEST_CASE("foreign_hiring/levers: who was sent home may not come back while the ban lasts",
          "[model]") {
  constexpr int kExpelled = 500;
  constexpr int kApplicants = 4000;
  OneFirm one(8);
  SmallWorld& small = one.small;
  small.set("returning_share", 0.5);
  small.lever("permits.total_cap", 0.0);
  small.lever("permits.total_cap", kNoLimit, {}, Date{2000, 5, 1});
  small.lever("enforcement.inspection_rate", 0.0);
  small.lever("enforcement.inspection_rate", 30.0, {}, Date{2000, 4, 1});
  small.lever("enforcement.entry_ban", 36.0);
  small.set("irregular_willingness", 1.0);
  small.start(1);
  fill(one, one.firm, kExpelled);
  REQUIRE(small.world.ledger.irregular() == kExpelled);
  one.step();
  one.step();
  REQUIRE(small.world.ledger.irregular() == 0);
  for (std::size_t v = 0; v < small.world.vacancies().size(); ++v) {
    if (small.world.vacancies()[v].open) small.world.withdraw(VacancyId{v});
  }
  for (int n = 0; n < kApplicants; ++n) one.open(one.firm);
  one.step();
  one.step();
  // Of the first who apply a half has been here, all of them sent home; with every permit that is
  // issued those who were not weigh more: dP/dn = 1 − ½ B / (B + P).
  // Two rounds: who was refused applies for the post again.
  double permits = 0.0;
  for (const int round : {0, 1}) {
    const int asking = round == 0 ? kApplicants : kApplicants - static_cast<int>(permits);
    for (int n = 0; n < asking; ++n) permits += 1.0 - 0.5 * kExpelled / (kExpelled + permits);
  }
  // One in a hundred is refused in the end; 4 standard errors of that: false alarm 6e-5.
  CHECK_THAT(static_cast<double>(small.world.ledger.permits()),
             WithinAbs(permits, 4.0 * std::sqrt(kApplicants * 0.01)));
}

}  // namespace steppe
