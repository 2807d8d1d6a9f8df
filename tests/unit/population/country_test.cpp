// The margins of Mongolia's start population against its tables. The rules of observation are
// written out here a second time, from their description, not taken from the code under test.

#include <array>
#include <cmath>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "sim/api/registry.hpp"
#include "sim/population/settings.hpp"
#include "sim/population/synthesise.hpp"
#include "sim/scenario/reader.hpp"
#include "support/catch.hpp"

using namespace steppe;

namespace {

const Scenario& mongolia() {
  static const Scenario scenario = [] {
    const auto read = read_scenario(STEPPE_SOURCE_DIR "/scenarios/mongolia/history.yaml",
                                    builtin_models().catalogue());
    if (!read) FAIL(to_text(read.error()));
    return *read;
  }();
  return scenario;
}

const World& country() {
  static const World world = synthesise(mongolia());
  return world;
}

/// Values of a table, by the key columns put together with commas.
using Cells = std::map<std::string, double>;
Cells cells(const char* name, std::initializer_list<const char*> keys) {
  const DataTable* table = mongolia().population.table(name);
  REQUIRE(table != nullptr);
  Cells out;
  for (const DataRow& row : table->rows) {
    std::string key;
    for (const char* column : keys) {
      key += (key.empty() ? "" : ",") + row.cells[static_cast<std::size_t>(table->column(column))];
    }
    const std::string& unit = row.cells[static_cast<std::size_t>(table->column("unit"))];
    out[key] += std::stod(row.cells[static_cast<std::size_t>(table->column("value"))]) *
                (unit == "%" ? 0.01 : 1.0);
  }
  return out;
}
double sum(const Cells& values) {
  double total = 0.0;
  for (const auto& [key, value] : values) total += value;
  return total;
}

constexpr double kCoverage = 0.94;  // of 2009

/// Whole persons: a margin is met when nothing nearer would be whole.
void check_heads(double counted, double expected, const std::string& what) {
  INFO(what << ": counted " << counted << ", expected " << expected);
  CHECK(std::abs(counted - expected) <= 1.0);
}

struct Group {
  int lo, hi;
  Sex sex;
};
Group group_of(const std::string& key) {
  const auto first = key.find(','), second = key.find(',', first + 1);
  const std::string hi = key.substr(first + 1, second - first - 1);
  return {std::stoi(key.substr(0, first)), hi.empty() ? 200 : std::stoi(hi),
          key.substr(second + 1) == "male" ? Sex::Male : Sex::Female};
}

template <class Visit>
void each_person(Visit visit) {
  const World& world = country();
  for (std::uint32_t n = 0; n < world.persons.size(0); ++n) {
    const PersonId id = make_person_id(0, n);
    visit(id, world.persons[id]);
  }
}

/// Numbers of persons by sex and single year of age.
using Ages = std::array<std::array<std::int64_t, 201>, 2>;
std::int64_t count(const Ages& ages, const std::string& band) {
  const Group group = group_of(band);
  std::int64_t sum = 0;
  for (int age = group.lo; age <= group.hi; ++age) {
    sum += ages[static_cast<std::size_t>(group.sex)][static_cast<std::size_t>(age)];
  }
  return sum;
}
void add(Ages& ages, const Person& person, Month now) {
  ++ages[static_cast<std::size_t>(person.sex())][static_cast<std::size_t>(person.age_years(now))];
}

Month before() { return country().clock().month(0) - 1; }
bool at_work(const Person& person) {
  return person.status == Status::Employed || person.status == Status::Herding;
}
const std::string& key(const std::vector<Member>& members, std::size_t at) {
  return members[at].key;
}

/// Published sectors, scaled to the published total and turned into residents.
Cells sectors() {
  Cells out = cells("employed_sector", {"sector"});
  const double factor = cells("labour_status", {"status"}).at("employed") / kCoverage / sum(out);
  for (auto& [sector, value] : out) value *= factor;
  return out;
}
double herders() {
  const double published = sum(cells("employed_sector", {"sector"}));
  const Cells self = cells("self_employed", {"sector"});
  return self.begin()->second * cells("labour_status", {"status"}).at("employed") / kCoverage /
         published;
}

}  // namespace

TEST_CASE("population/country: residents by age, sex and region are the tables'", "[unit]") {
  CHECK_NOTHROW(country().verify());
  const Cells bands = cells("age_sex", {"age_lo", "age_hi", "sex"});
  Ages ages{};
  std::vector<std::int64_t> regions(mongolia().dimensions.regions.size());
  std::int64_t children = 0, misplaced = 0;
  each_person([&](PersonId, const Person& person) {
    if (!person.is_national() || person.status == Status::Abroad) return;
    ++regions[person.region.at()];
    add(ages, person, before());
    children += person.status == Status::Child;
    misplaced += (person.status == Status::Child) != (person.age_years(before()) < 15);
  });
  CHECK(misplaced == 0);
  CHECK(children > 700000);
  for (const auto& [band, value] : bands) {
    check_heads(static_cast<double>(count(ages, band)), value, "age " + band);
  }
  for (const auto& [region, value] : cells("region", {"region"})) {
    const auto at = static_cast<std::size_t>(mongolia().dimensions.find(Dim::Region, region));
    check_heads(static_cast<double>(regions[at]), value, region);
  }
}

TEST_CASE("population/country: labour status holds under both definitions", "[unit]") {
  const Cells status = cells("labour_status", {"status"});
  const Ledger& ledger = country().ledger;
  check_heads(
      static_cast<double>(ledger.nationals(Status::Employed) + ledger.nationals(Status::Herding)),
      status.at("employed") / kCoverage, "employed");
  check_heads(static_cast<double>(ledger.nationals(Status::Searching)),
              status.at("unemployed_ilo") / kCoverage, "searching");
  check_heads(static_cast<double>(ledger.nationals(Status::Discouraged)),
              (status.at("unemployed_nso") - status.at("unemployed_ilo")) / kCoverage,
              "discouraged");
}

TEST_CASE("population/country: employment by age and sex is the table's", "[unit]") {
  const Cells bands = cells("employed_age_sex", {"age_lo", "age_hi", "sex"});
  const double factor = cells("labour_status", {"status"}).at("employed") / kCoverage / sum(bands);
  Ages ages{};
  each_person([&](PersonId, const Person& person) {
    if (person.is_national() && at_work(person)) add(ages, person, before());
  });
  for (const auto& [band, value] : bands) {
    check_heads(static_cast<double>(count(ages, band)), value * factor, band);
  }
}

TEST_CASE("population/country: sectors, occupations and herders are the tables'", "[unit]") {
  const Scenario& scenario = mongolia();
  const Sizes& sizes = country().base().sizes;
  std::vector<std::int64_t> pairs(sizes.sectors * sizes.occupations);
  std::vector<std::int64_t> educated(sizes.occupations * sizes.education);
  each_person([&](PersonId, const Person& person) {
    if (!person.is_national() || !at_work(person)) return;
    ++pairs[person.sector.at() * sizes.occupations + person.occupation.at()];
    ++educated[person.occupation.at() * sizes.education + person.education.at()];
  });
  Cells by_sector, by_pair, by_education, by_occupation;
  for (std::size_t k = 0; k < sizes.occupations; ++k) {
    const std::string& occupation = scenario.dimensions.occupations[k].key;
    for (std::size_t s = 0; s < sizes.sectors; ++s) {
      const auto here = static_cast<double>(pairs[s * sizes.occupations + k]);
      by_sector[scenario.dimensions.sectors[s].key] += here;
      by_pair[scenario.dimensions.sectors[s].key + "," + occupation] += here;
      by_occupation[occupation] += here;
    }
    for (std::size_t e = 0; e < sizes.education; ++e) {
      by_education[occupation + "," + scenario.dimensions.education[e].key] +=
          static_cast<double>(educated[k * sizes.education + e]);
    }
  }
  const Cells expected = sectors();
  for (const auto& [sector, value] : expected) check_heads(by_sector[sector], value, sector);
  // The sums by occupation are made whole as well, which can move a cell on to the next number.
  for (const auto& [pair, share] : cells("occupation_sector", {"sector", "occupation"})) {
    const double value = share * expected.at(pair.substr(0, pair.find(',')));
    INFO(pair << ": counted " << by_pair[pair] << ", expected " << value);
    CHECK(std::abs(by_pair[pair] - value) <= 1.5);
  }
  for (const auto& [pair, share] : cells("education_occupation", {"occupation", "education"})) {
    check_heads(by_education[pair], share * by_occupation[pair.substr(0, pair.find(','))], pair);
  }
  check_heads(static_cast<double>(country().ledger.nationals(Status::Herding)), herders(),
              "herders");
}

TEST_CASE("population/country: posts and herders stand in the regions of the table", "[unit]") {
  const Scenario& scenario = mongolia();
  Cells posts, projects, all;
  for (const Firm& firm : country().firms) {
    const std::string sector = key(scenario.dimensions.sectors, firm.sector.at());
    const std::string pair = sector + "," + key(scenario.dimensions.regions, firm.region.at());
    posts[pair] += firm.posts;
    all[sector] += firm.posts;
    if (firm.project >= 0) projects[pair] += firm.posts;
  }
  // A project stands in its region's share; where it is larger than that, the other regions have
  // less in proportion.
  const Cells shares = cells("sector_region", {"sector", "region"});
  Cells others, room;
  for (const auto& [pair, share] : shares) {
    const std::string sector = pair.substr(0, pair.find(','));
    others[pair] = std::max(0.0, share * all[sector] - projects[pair]);
    room[sector] += others[pair];
    all[sector + " in firms"] += posts[pair] - projects[pair];
  }
  for (const auto& [pair, share] : shares) {
    const std::string sector = pair.substr(0, pair.find(','));
    const double factor = all[sector + " in firms"] / room[sector];
    CHECK_THAT(factor, WithinAbs(1.0, 0.005));
    check_heads(posts[pair], projects[pair] + factor * others[pair], pair);
    if (sector != "agriculture") continue;
    const RegionId region{static_cast<std::size_t>(
        scenario.dimensions.find(Dim::Region, pair.substr(sector.size() + 1)))};
    check_heads(static_cast<double>(country().ledger.nationals(Status::Herding, region)),
                share * herders(), "herders " + pair);
  }
}

TEST_CASE("population/country: regions keep the proportions of their unemployment", "[unit]") {
  const Scenario& scenario = mongolia();
  const Ledger& ledger = country().ledger;
  const Cells rates = cells("unemployment_region", {"region"});
  const Cells status = cells("labour_status", {"status"});
  // Rates by region and the national count need not agree: the odds keep their ratios.
  Cells wanted, counted;
  for (const auto& [region, rate] : rates) {
    const RegionId r{static_cast<std::size_t>(scenario.dimensions.find(Dim::Region, region))};
    wanted[region] = rate / (1 - rate) *
                     static_cast<double>(ledger.nationals(Status::Employed, r) +
                                         ledger.nationals(Status::Herding, r));
    counted[region] = static_cast<double>(ledger.nationals(Status::Searching, r) +
                                          ledger.nationals(Status::Discouraged, r));
  }
  const double factor = status.at("unemployed_nso") / kCoverage / sum(wanted);
  CHECK_THAT(factor, WithinAbs(1.0, 0.15));  // and they do not contradict each other badly
  for (const auto& [region, value] : wanted) check_heads(counted[region], value * factor, region);
}

TEST_CASE("population/country: spells of search have the recorded lengths", "[unit]") {
  const Cells bands = cells("unemployed_duration", {"band"});
  const auto searching = static_cast<double>(country().ledger.nationals(Status::Searching));
  const std::map<std::string, std::array<int, 2>> months = {
      {"lt6m", {0, 6}}, {"6_12m", {6, 12}}, {"ge12m", {12, kSpellsBefore + 1}}};
  for (const auto& [band, value] : bands) {
    check_heads(static_cast<double>(
                    country().ledger.searching_for(-1, months.at(band)[0], months.at(band)[1])),
                searching * value / sum(bands), band);
  }
  each_person([&](PersonId id, const Person& person) {
    // Nobody searched before coming of age.
    if (person.status == Status::Searching &&
        -person.since > person.age_months(before()) - 180 + 1) {
      FAIL("person " << id.value() << " searched as a child");
    }
  });
}

TEST_CASE("population/country: foreign workers and nationals abroad are the tables'", "[unit]") {
  const Scenario& scenario = mongolia();
  Cells sector, origin, occupation, abroad;
  std::int64_t wrong = 0;
  each_person([&](PersonId, const Person& person) {
    if (person.status == Status::Abroad) {
      ++abroad[key(scenario.dimensions.destinations, person.destination.at())];
    }
    if (person.is_national()) return;
    ++sector[key(scenario.dimensions.sectors, person.sector.at())];
    ++occupation[key(scenario.dimensions.occupations, person.occupation.at())];
    ++origin[key(scenario.dimensions.origins, person.origin.at() - 1)];
    wrong += person.status != Status::Employed || person.permit() != Permit::Valid ||
             person.contract_end < 0 || person.contract_end >= 12 ||
             person.permit_first > person.contract_end - 12 || person.permit_first < -60;
  });
  CHECK(wrong == 0);
  const double total = sum(cells("foreign_total", {}));
  CHECK(country().ledger.foreigners() == std::llround(total));
  for (const auto& [name, share] : cells("foreign_sector", {"sector"})) {
    check_heads(sector[name], share * total, name);
  }
  for (const auto& [name, share] : cells("foreign_origin", {"origin"})) {
    check_heads(origin[name], share * total, name);
  }
  for (const auto& [name, share] : cells("foreign_occupation", {"occupation"})) {
    check_heads(occupation[name], share * total, name);
  }
  for (const auto& [name, value] : cells("abroad", {"destination"})) {
    check_heads(abroad[name], value, name);
  }
}

TEST_CASE("population/country: mean wages by sector are the table's", "[unit]") {
  const World& world = country();
  const Sizes& sizes = world.base().sizes;
  for (const auto& [sector, value] : cells("wage_sector", {"sector"})) {
    const SectorId s{static_cast<std::size_t>(mongolia().dimensions.find(Dim::Sector, sector))};
    double bill = 0, staff = 0;
    for (std::size_t r = 0; r < sizes.regions; ++r) {
      for (std::size_t k = 0; k < sizes.occupations; ++k) {
        bill +=
            static_cast<double>(world.ledger.wage_units(s, OccupationId{k}, RegionId{r}, false)) *
            kWageUnit * world.base().wage[s.at() * sizes.occupations + k];
      }
      staff += static_cast<double>(world.ledger.staff(RegionId{r}, s, false));
    }
    INFO(sector);
    CHECK_THAT(bill / staff, WithinRel(value, 0.005));
  }
  double mean = 0, square = 0, n = 0;
  each_person([&](PersonId, const Person& person) {
    if (!person.is_national() || person.status != Status::Employed) return;
    const double log = std::log(person.relative_wage * kWageUnit);
    mean += log;
    square += log * log;
    ++n;
  });
  CHECK_THAT(std::sqrt(square / n - mean * mean / n / n),
             WithinRel(sum(cells("wage_spread", {})), 0.005));
}

TEST_CASE("population/country: the base holds hazards, places and shares", "[unit]") {
  const Base& base = country().base();
  REQUIRE(base.mortality.size() == 222);
  REQUIRE(base.fertility.size() == 111);
  const auto table = cells("mortality", {"age_lo", "age_hi", "sex"});
  CHECK_THAT(base.mortality[0], WithinRel(table.at("0,0,female") / 12, 1e-12));
  CHECK_THAT(base.mortality[2 * 110 + 1], WithinRel(table.at("75,,male") / 12, 1e-12));
  CHECK(base.fertility[14] == 0);
  CHECK_THAT(base.fertility[27],
             WithinRel(cells("fertility", {"age_lo", "age_hi"}).at("25,29") / 12, 1e-12));
  double places = 0;
  for (const double each : base.training_places) places += each;
  CHECK_THAT(places, WithinRel(sum(cells("training_places", {"field"})), 1e-12));
  for (std::size_t s = 0; s < base.staffing.size(); ++s) {
    double shares = 0;
    for (const double share : base.staffing_share[s]) shares += share;
    CHECK_THAT(shares, WithinAbs(1.0, 1e-12));
    CHECK(base.staffing[s].size() == base.staffing_share[s].size());
  }
  // N_s(0): the survey's workers less herders, foreign workers, and vacancies; projects excluded.
  double posts = 0, project = 0;
  for (const double each : base.posts) posts += each;
  for (const Firm& firm : country().firms) project += firm.project >= 0 ? firm.posts : 0;
  const Ledger& ledger = country().ledger;
  CHECK(posts == static_cast<double>(ledger.nationals(Status::Employed) + ledger.foreigners() +
                                     country().open_vacancies()) -
                     project);
  CHECK_THAT(static_cast<double>(country().open_vacancies()) / posts, WithinRel(0.01, 0.005));
  CHECK(base.rural[static_cast<std::size_t>(
            mongolia().dimensions.find(Dim::Region, "ulaanbaatar"))] == false);
}

TEST_CASE("population/country: firm sizes have a heavy tail", "[unit]") {
  double above_5 = 0, above_100 = 0;
  for (const Firm& firm : country().firms) {
    above_5 += firm.posts >= 5;
    above_100 += firm.posts >= 100;
  }
  // Cells of sector × region cut the tail at their own totals, which steepens it a little.
  CHECK_THAT(std::log(above_5 / above_100) / std::log(20.0), WithinAbs(1.06, 0.12));
}

TEST_CASE("population/country: what is dated stands in the calendar", "[unit]") {
  World world = country();
  const int steps = world.clock().steps();
  std::int64_t birthdays = 0, ends = 0;
  for (int step = 0; step < steps; ++step) {
    for (const DatedEvent& event : world.calendar.take(step, Due::WorkingAge)) {
      const Person& person = world.persons[PersonId{event.entity}];
      ++birthdays;
      if (person.age_months(world.clock().month(step)) != 180 || person.stamp != event.stamp) {
        FAIL("a birthday in the wrong month");
      }
    }
    for (const DatedEvent& event : world.calendar.take(step, Due::PermitEnd)) {
      const Person& person = world.persons[PersonId{event.entity}];
      ++ends;
      if (person.contract_end != step || person.stamp != event.stamp)
        FAIL("a permit's end is wrong");
    }
  }
  CHECK(birthdays == world.ledger.nationals(Status::Child));  // sixteen years: all of them
  CHECK(ends == world.ledger.foreigners());
}

TEST_CASE("population/country: an address tells sex and age, and not who works", "[unit]") {
  // In the largest region: the share at work among the first half of a cohort's addresses and the
  // second, over all cohorts.
  std::map<std::pair<Sex, int>, std::vector<char>> working;
  const std::size_t capital =
      static_cast<std::size_t>(mongolia().dimensions.find(Dim::Region, "ulaanbaatar"));
  const Month before = country().clock().month(0) - 1;
  std::size_t ascending = 0, residents = 0;
  std::pair<Sex, int> last{};
  each_person([&](PersonId, const Person& person) {
    if (!person.is_national() || person.status == Status::Abroad) return;
    const std::pair cohort{person.sex(), person.age_years(before)};
    ++residents;
    ascending += cohort >= last;
    last = cohort;
    if (person.region.at() == capital) working[cohort].push_back(person.status == Status::Employed);
  });
  CHECK(ascending == residents);
  double difference = 0.0, variance = 0.0;
  for (const auto& [cohort, persons] : working) {
    const std::size_t half = persons.size() / 2;
    if (half < 2) continue;
    double first = 0.0, second = 0.0;
    for (std::size_t n = 0; n < half; ++n) {
      first += persons[n];
      second += persons[n + half];
    }
    const double share = (first + second) / static_cast<double>(2 * half);
    difference += first - second;
    // Two halves of one lot, drawn without replacement.
    variance += 2.0 * static_cast<double>(half) * share * (1.0 - share);
  }
  CHECK(std::abs(difference) < 4.0 * std::sqrt(variance));
}

TEST_CASE("population/country: memory stays within its record", "[unit]") {
  const World& world = country();
  CHECK(sizeof(Person) <= 64);
  CHECK(static_cast<double>(world.bytes()) / static_cast<double>(world.persons.records()) < 72.0);
}

TEST_CASE("population/country: one in ten keeps the totals", "[unit]") {
  SynthesisOptions options;
  options.scale = 10;
  const World world = synthesise(mongolia(), options);
  CHECK_NOTHROW(world.verify());
  const auto check = [&](std::int64_t records, std::int64_t persons) {
    CHECK(std::abs(records * 10 - persons) <= 10);
  };
  const Ledger &coarse = world.ledger, &fine = country().ledger;
  check(coarse.residents() - coarse.foreigners(), fine.residents() - fine.foreigners());
  check(coarse.foreigners(), fine.foreigners());
  for (const Status status : {Status::Searching, Status::Discouraged, Status::Herding}) {
    check(coarse.nationals(status), fine.nationals(status));
  }
  check(coarse.nationals(Status::Employed) + coarse.nationals(Status::Herding),
        fine.nationals(Status::Employed) + fine.nationals(Status::Herding));
  for (std::size_t s = 0; s < world.base().posts.size(); ++s) {
    CHECK(std::abs(world.base().posts[s] * 10 - country().base().posts[s]) <= 40);
  }
}
