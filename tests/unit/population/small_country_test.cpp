#include "small_country.hpp"

#include <cmath>
#include <cstring>

#include "sim/core/error.hpp"
#include "sim/population/synthesise.hpp"
#include "support/catch.hpp"

using namespace steppe;
using test::small_country;

namespace {

std::string message_of(const Scenario& scenario) {
  try {
    (void)synthesise(scenario);
  } catch (const DataError& error) {
    return error.what();
  }
  return "";
}

bool same(const World& a, const World& b) {
  if (a.persons.size(0) != b.persons.size(0) || a.firms.size() != b.firms.size()) return false;
  for (std::uint32_t n = 0; n < a.persons.size(0); ++n) {
    const PersonId id = make_person_id(0, n);
    if (std::memcmp(&a.persons[id], &b.persons[id], sizeof(Person)) != 0) return false;
  }
  for (std::size_t j = 0; j < a.firms.size(); ++j) {
    if (a.firms[j].posts != b.firms[j].posts || a.firms[j].rounding != b.firms[j].rounding) {
      return false;
    }
  }
  return a.open_vacancies() == b.open_vacancies();
}

}  // namespace

TEST_CASE("population/synthesise: a small country by hand", "[unit]") {
  const World world = synthesise(small_country());
  CHECK_NOTHROW(world.verify());
  const Ledger& ledger = world.ledger;
  CHECK(ledger.residents() == 10100);  // 10000 nationals and 100 foreigners
  CHECK(ledger.nationals(Status::Child) == 3000);
  CHECK(ledger.nationals(Status::Herding) == 800);
  CHECK(ledger.nationals(Status::Employed) == 3200);
  CHECK(ledger.nationals(Status::Searching) == 200);
  CHECK(ledger.nationals(Status::Discouraged) == 150);
  CHECK(ledger.foreigners() == 100);
  CHECK(ledger.permits() == 100);
  // Farming: 1000 workers, of them 900 farmers and 100 workers; 800 farmers are on their own.
  const SectorId farming{std::uint8_t{0}}, industry{std::uint8_t{1}};
  const OccupationId farmers{std::uint16_t{0}}, workers{std::uint16_t{1}},
      engineers{std::uint16_t{2}};
  CHECK(ledger.staff(farming, farmers, kNational) == 100);
  CHECK(ledger.staff(farming, workers, kNational) == 100);
  CHECK(ledger.staff(industry, workers, kNational) == 2400);
  CHECK(ledger.staff(industry, engineers, kNational) == 600);
  CHECK(ledger.staff(industry, farmers, kNational) == 0);
  // 3200 nationals and 100 foreigners are 99 % of the posts.
  CHECK(world.open_vacancies() == 33);
  CHECK(world.base().posts[0] + world.base().posts[1] == 3333);
  CHECK(ledger.nationals(Status::Herding, RegionId{std::uint8_t{0}}) == 0);
  CHECK(world.base().rural == std::vector<bool>{false, true});
  // What it took to build the country is no flow of the first step.
  CHECK(ledger.total(Flow::VacancyOpened) == 0);
  CHECK(world.events == 0);
}

TEST_CASE("population/synthesise: survey heads are divided by the coverage", "[unit]") {
  Scenario scenario = small_country();
  DriverSeries coverage;
  coverage.points = {{{2020, 1, 1}, 0.8}, {{2021, 1, 1}, 0.9}};
  coverage.between = DriverSeries::Between::Step;
  scenario.observation["coverage"] = coverage;
  const World world = synthesise(scenario);
  CHECK(world.ledger.nationals(Status::Employed) + world.ledger.nationals(Status::Herding) == 5000);
  CHECK(world.ledger.nationals(Status::Searching) == 250);
  CHECK(world.ledger.nationals(Status::Herding) == 1000);
  CHECK(world.ledger.residents() == 10100);

  scenario.population.settings["coverage"] = 1.0;  // a setting goes before the series
  CHECK(synthesise(scenario).ledger.nationals(Status::Searching) == 200);
}

TEST_CASE("population/synthesise: sectors are scaled to the published total", "[unit]") {
  Scenario scenario = small_country();
  test::find(scenario, "employed_sector").rows[1].cells[1] = "2.2";
  const World world = synthesise(scenario);
  // 1000 + 2200 are made 4000, and so is what farming has on its own.
  CHECK(world.ledger.nationals(Status::Employed) + world.ledger.nationals(Status::Herding) == 4000);
  CHECK(world.ledger.nationals(Status::Herding) == 1000);
}

TEST_CASE("population/synthesise: the same seed gives the same world, another does not", "[unit]") {
  const World first = synthesise(small_country());
  CHECK(same(first, synthesise(small_country())));
  SynthesisOptions options;
  options.seed = 2;
  const World other = synthesise(small_country(), options);
  CHECK_FALSE(same(first, other));
  CHECK(other.ledger.nationals(Status::Employed) == first.ledger.nationals(Status::Employed));
}

TEST_CASE("population/synthesise: coarser scales keep the totals", "[unit]") {
  SynthesisOptions options;
  options.scale = 10;
  const World world = synthesise(small_country(), options);
  CHECK_NOTHROW(world.verify());
  CHECK(world.weight() == 10);
  CHECK(world.ledger.residents() == 1010);
  CHECK(world.ledger.nationals(Status::Employed) == 320);
  CHECK(world.ledger.nationals(Status::Herding) == 80);
  CHECK(world.ledger.foreigners() == 10);
}

TEST_CASE("population/synthesise: scales down to a few records hold", "[unit]") {
  for (const double scale : {2.0, 7.0, 50.0, 300.0, 1000.0}) {
    SynthesisOptions options;
    options.scale = scale;
    const World world = synthesise(small_country(), options);
    CHECK_NOTHROW(world.verify());
    CHECK(world.ledger.residents() - world.ledger.foreigners() == std::llround(10000 / scale));
    CHECK(world.ledger.nationals(Status::Searching) == std::llround(200 / scale));
  }
}

TEST_CASE("population/synthesise: a project's people come out of its sector", "[unit]") {
  Scenario scenario = small_country();
  Project project;
  project.key = "dam";
  project.sector = 1;
  project.region = 1;
  project.heads = {{{2019, 1, 1}, 100.0}, {{2021, 1, 1}, 300.0}};
  project.occupation_share = {0.0, 0.5, 0.5};
  scenario.projects.push_back(project);
  const World world = synthesise(scenario);
  CHECK_NOTHROW(world.verify());
  const Firm& dam = world.firms.back();
  CHECK(dam.project == 0);
  CHECK(dam.recruits_nationally);
  CHECK(dam.nationals == 200);  // half way on 2020-01-01
  CHECK(dam.posts == 200);
  CHECK(world.ledger.staff(SectorId{std::uint8_t{1}}, OccupationId{std::uint16_t{1}}, kNational) ==
        2400);
  CHECK(world.base().posts[0] + world.base().posts[1] + 200 == 3331);  // vacancies: 1 % without it
  // Half of its people live elsewhere, spread like everybody of working age: 60 % in town.
  std::int64_t town = 0;
  for (std::uint32_t n = 0; n < world.persons.size(0); ++n) {
    const Person& person = world.persons[make_person_id(0, n)];
    if (!person.employer.is_none() && person.employer.at() + 1 == world.firms.size()) {
      town += person.region == RegionId{std::uint8_t{0}};
    }
  }
  CHECK(town == 60);

  scenario.projects[0].heads = {{{2019, 1, 1}, 2000.0}};
  CHECK_THAT(message_of(scenario), ContainsSubstring("`dam`"));
}

TEST_CASE("population/synthesise: large firms recruit nationally where a setting says so",
          "[unit]") {
  Scenario scenario = small_country();
  scenario.population.settings["fly_in_min_posts.industry"] = 10;
  const World world = synthesise(scenario);
  bool any = false;
  for (const Firm& firm : world.firms) {
    const bool expected = firm.sector == SectorId{std::uint8_t{1}} &&
                          firm.region == RegionId{std::uint8_t{1}} && firm.posts >= 10;
    CHECK(firm.recruits_nationally == expected);
    any = any || expected;
  }
  CHECK(any);
  CHECK_NOTHROW(world.verify());
}

TEST_CASE("population/synthesise: what a table has wrong is said with file and line", "[unit]") {
  const auto with = [](const char* name, std::size_t row, std::size_t column, const char* cell) {
    Scenario scenario = small_country();
    test::find(scenario, name).rows[row].cells[column] = cell;
    return message_of(scenario);
  };
  CHECK(with("region", 1, 0, "sea") ==
        "region.csv:3: `sea` is not a region of this country; there are town, land");
  CHECK(with("age_sex", 0, 3, "many") ==
        "age_sex.csv:2: the value is `many`, expected a number that is not negative");
  CHECK(with("age_sex", 0, 3, "-5") ==
        "age_sex.csv:2: the value is `-5`, expected a number that is not negative");
  CHECK(with("age_sex", 2, 4, "kg") ==
        "age_sex.csv:4: the unit is `kg`, expected `person` or `persons` or `thousand_persons`");
  CHECK(with("age_sex", 2, 1, "x") ==
        "age_sex.csv:4: column `age_hi` is `x`, expected a whole number");
  CHECK(with("age_sex", 2, 0, "10") ==
        "age_sex.csv:4: ages 10 to 64 overlap an earlier row's 0 to 14");
  CHECK(with("age_sex", 2, 2, "both") ==
        "age_sex.csv:4: the sex is `both`, expected `female` or `male`");
  CHECK_THAT(with("labour_status", 0, 0, "busy"), StartsWith("labour_status.csv:2: `busy`"));
  CHECK_THAT(with("labour_status", 0, 0, "labour_force"),
             EndsWith("a row for status `employed` is missing"));
  CHECK_THAT(with("self_employed", 0, 1, "950"),
             StartsWith("self_employed.csv:2: 950 self-employed exceed the 900 workers"));
}

TEST_CASE("population/synthesise: a table that is missing is named", "[unit]") {
  Scenario scenario = small_country();
  scenario.population.tables.erase(scenario.population.tables.begin());
  CHECK_THAT(message_of(scenario), ContainsSubstring("no `age_sex`"));
}

TEST_CASE("population/synthesise: tables that contradict one another are refused", "[unit]") {
  Scenario scenario = small_country();
  // 3600 jobs and hardly anybody in town.
  test::find(scenario, "region").rows[0].cells[1] = "1000";
  CHECK_THAT(message_of(scenario), ContainsSubstring("contradict one another"));

  scenario = small_country();
  test::find(scenario, "labour_status").rows[2].cells[1] = "9000";
  CHECK_THAT(message_of(scenario), ContainsSubstring("labour_status"));

  // Foreigners are all farmers, by occupation, but all in industry, which employs none.
  scenario = small_country();
  scenario.population.tables.push_back(
      test::table("foreign_occupation", {"occupation", "value", "unit"}, {{"farmers", "1", "1"}}));
  CHECK_THAT(message_of(scenario), ContainsSubstring("foreign_occupation"));
}

TEST_CASE("population/assumptions: what no table says is listed", "[unit]") {
  Scenario scenario = small_country();
  const auto listed = [&](const std::string& part) {
    for (const std::string& each : synthesis_assumptions(scenario)) {
      if (each.find(part) != std::string::npos) return true;
    }
    return false;
  };
  CHECK(listed("maximum entropy"));
  CHECK(listed("Unemployment is the same in all regions."));
  CHECK(listed("exponent 1.06"));
  CHECK_FALSE(listed("rows are assumptions"));
  DataTable rates = test::table("unemployment_region", {"region", "value", "unit", "quality"},
                                {{"town", "5", "%", "official"}, {"land", "5", "%", "assumption"}});
  scenario.population.tables.push_back(rates);
  CHECK_FALSE(listed("Unemployment is the same in all regions."));
  CHECK(listed("Table unemployment_region: 1 of 2 rows are assumptions."));

  Scenario textbook;
  textbook.population.textbook = PopulationSpec::Textbook{100, 10, 9, -1};
  CHECK(synthesis_assumptions(textbook).size() == 1);
}
