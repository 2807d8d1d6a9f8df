#include <array>
#include <cstring>
#include <map>

#include "sim/core/error.hpp"
#include "sim/population/synthesise.hpp"
#include "support/catch.hpp"

using namespace steppe;

namespace {

Scenario textbook(std::int64_t persons, std::int64_t firms, double staff, double unemployed) {
  Scenario scenario;
  scenario.file = "textbook.yaml";
  scenario.time.start = {2020, 1, 1};
  scenario.time.end = {2021, 12, 31};
  scenario.population.textbook = PopulationSpec::Textbook{persons, firms, staff, unemployed};
  return scenario;
}

std::vector<Member> members(std::initializer_list<const char*> keys) {
  std::vector<Member> out;
  for (const char* key : keys) out.push_back({key, "", {}, "", 0, 0});
  return out;
}

}  // namespace

TEST_CASE("population/textbook: a few numbers make a whole world", "[unit]") {
  const World world = synthesise(textbook(10000, 500, 19, 0.05));
  CHECK(world.ledger.persons() == 10000);
  CHECK(world.ledger.nationals(Status::Employed) == 9500);
  CHECK(world.ledger.nationals(Status::Searching) == 500);
  CHECK(world.searching().size() == 500);
  REQUIRE(world.firms.size() == 500);
  for (const Firm& firm : world.firms) {
    CHECK(firm.posts == 19);
    CHECK(firm.staff() == 19);
  }
  CHECK(world.open_vacancies() == 0);
  CHECK(world.base().posts == std::vector<double>{9500.0});
  CHECK(world.ledger.total(Flow::VacancyOpened) == 0);
  CHECK_NOTHROW(world.verify());

  const Month before = world.clock().month(0) - 1;
  CHECK(world.ledger.nationals(Status::Employed, Sex::Female, 15, 65, before) +
            world.ledger.nationals(Status::Employed, Sex::Male, 15, 65, before) ==
        9500);
}

TEST_CASE("population/textbook: without a share of unemployed the posts decide", "[unit]") {
  const World world = synthesise(textbook(1000, 50, 18, -1));
  CHECK(world.ledger.nationals(Status::Employed) == 900);
  CHECK(world.ledger.nationals(Status::Searching) == 100);
}

TEST_CASE("population/textbook: posts without a holder stand open, evenly spread", "[unit]") {
  const World world = synthesise(textbook(1000, 50, 20, 0.1));
  CHECK(world.ledger.nationals(Status::Employed) == 900);
  CHECK(world.open_vacancies() == 100);
  for (const Firm& firm : world.firms) CHECK(firm.vacancies == 2);
  for (const Vacancy& vacancy : world.vacancies()) CHECK(vacancy.opened == -1);
  CHECK_NOTHROW(world.verify());
}

TEST_CASE("population/textbook: dimensions given are filled", "[unit]") {
  Scenario scenario = textbook(12000, 600, 17.5, -1);
  scenario.dimensions.sectors = members({"a", "b", "c"});
  scenario.dimensions.occupations = members({"x", "y"});
  scenario.dimensions.regions = members({"north", "south"});
  scenario.dimensions.origins = members({"china"});
  const World world = synthesise(scenario);
  CHECK(world.base().sizes.origins == 2);
  CHECK(world.base().posts == std::vector<double>{3500, 3500, 3500});
  CHECK(world.ledger.nationals(Status::Employed) == 10500);
  std::map<std::pair<int, int>, int> firms;
  for (const Firm& firm : world.firms) ++firms[{firm.sector.value(), firm.region.value()}];
  CHECK(firms.size() == 6);
  for (const auto& [where, count] : firms) CHECK(count == 100);
  // Two occupations with equal shares: each firm has half of each, within the two posts that a
  // walk in golden steps allows.
  for (const Cell& cell : world.cells) {
    CHECK(std::abs(static_cast<int>(cell.staff()) - 9) <= 2);
  }
  CHECK_NOTHROW(world.verify());
}

TEST_CASE("population/textbook: a coarser scale keeps the totals", "[unit]") {
  SynthesisOptions options;
  options.scale = 10;
  const World world = synthesise(textbook(10000, 500, 19, 0.05), options);
  CHECK(world.weight() == 10.0);
  CHECK(world.ledger.persons() == 1000);
  CHECK(world.ledger.nationals(Status::Employed) == 950);
  CHECK(world.firms.size() == 50);
  CHECK_NOTHROW(world.verify());
}

TEST_CASE("population/textbook: more at work than posts is refused in a sentence", "[unit]") {
  CHECK_THROWS_AS(synthesise(textbook(1000, 10, 19, 0.05)), ConfigError);
  SynthesisOptions options;
  options.scale = 0.5;
  CHECK_THROWS_AS(synthesise(textbook(1000, 100, 19, 0.05), options), ConfigError);
  options.scale = 1e6;
  CHECK_THROWS_AS(synthesise(textbook(1000, 100, 19, 0.05), options), ConfigError);
}

TEST_CASE("population/textbook: settings out of place are refused", "[unit]") {
  Scenario scenario = textbook(1000, 50, 18, -1);
  scenario.population.settings["firm_size_expnent"] = 1.1;
  CHECK_THROWS_AS(synthesise(scenario), ConfigError);
  scenario.population.settings = {{"vacancy_share", 0.9}};
  CHECK_THROWS_AS(synthesise(scenario), ConfigError);
  scenario.population.settings = {{"vacancy_share.mining", 0.1}};
  CHECK_THROWS_AS(synthesise(scenario), ConfigError);
}

TEST_CASE("population/textbook: posts go with persons where one firm stands for several",
          "[unit]") {
  SynthesisOptions options;
  options.scale = 10.0;
  const World world = synthesise(textbook(20000, 1, 19000.0, 0.1), options);
  CHECK(world.persons.records() == 2000);
  CHECK(world.open_vacancies() == 100);
  CHECK(world.ledger.nationals(Status::Employed) == 1800);
}
