#include "sim/scenario/difference.hpp"

#include "unit/scenario/files.hpp"

using namespace steppe;
using namespace steppe::test;

namespace {

std::vector<AssumptionChange> between(const std::string& a, const std::string& b) {
  const Folder folder;
  const Scenario first = read_valid(folder.write("a.yaml", kSmall + a));
  const Scenario second = read_valid(folder.write("b.yaml", kSmall + b));
  return differences(explain(first, small_catalogue()), explain(second, small_catalogue()));
}

const char* const kCap = R"(policy:
  - {lever: permits.sector_cap.mining, unit: person, timeline: {2021-01-01: 100}}
)";

}  // namespace

TEST_CASE("scenario/difference: equal scenarios differ in nothing", "[unit]") {
  CHECK(between("", "").empty());
  CHECK(between(kCap, kCap).empty());
}

TEST_CASE("scenario/difference: names, questions and written-out defaults are no assumptions",
          "[unit]") {
  CHECK(between("name: {en: One}\nquestion: {en: Why}\n", "name: {en: Two}\n").empty());
  CHECK(between("", "parameters: {efficiency: 0.8}\n").empty());
  CHECK(between("", "model: {matching: urn}\n").empty());
}

TEST_CASE("scenario/difference: a timeline is told by the stretches that differ", "[unit]") {
  const auto found = between(kCap, R"(policy:
  - lever: permits.sector_cap.mining
    unit: person
    timeline: {2021-01-01: 100, 2022-01-01: 50, 2023-01-01: 100}
    source: {kind: assumption, note: A trial.}
)");
  REQUIRE(found.size() == 1);
  CHECK(found[0].section == "policy");
  CHECK(found[0].path == "policy.permits.sector_cap.mining");
  CHECK(found[0].unit == "person");
  REQUIRE(found[0].figures.size() == 1);
  const FigureChange& change = found[0].figures[0];
  CHECK(change.from == Date{2022, 1, 1});
  CHECK(change.until == Date{2022, 12, 31});
  CHECK(change.old.value == "100");
  CHECK(change.fresh.value == "50");
  CHECK(change.fresh.place.file.ends_with("b.yaml"));
  REQUIRE(change.fresh.sources.size() == 1);
  CHECK(change.fresh.sources[0].note == "A trial.");
  CHECK(change.old.place.file.ends_with("a.yaml"));
}

TEST_CASE("scenario/difference: a key without a figure of its own has that of the bare name",
          "[unit]") {
  const auto found = between("", kCap);
  REQUIRE(found.size() == 1);
  CHECK(found[0].path == "policy.permits.sector_cap.mining");
  REQUIRE(found[0].figures.size() == 1);
  CHECK(found[0].figures[0].old.value == "no limit");
  CHECK(found[0].figures[0].from == Date{2021, 1, 1});
  CHECK_FALSE(found[0].figures[0].until);

  const auto rate = between("parameters: {separation_rate: 0.01 1/month}\n",
                            "parameters: {separation_rate.mining: 0.02 1/month,\n"
                            "             separation_rate.construction: 0.01 1/month}\n");
  REQUIRE(rate.size() == 1);
  CHECK(rate[0].path == "parameters.separation_rate.mining");
  CHECK(rate[0].figures[0].old.value == "0.01 1/month");
  CHECK(rate[0].figures[0].fresh.value == "0.02 1/month");
}

TEST_CASE("scenario/difference: of two keys the nearest class and the first key decide", "[unit]") {
  const auto value = [](const std::string& path, const std::string& figure) {
    Explanation e;
    e.path = path;
    e.value = figure;
    return e;
  };
  const std::string share = "policy.permits.firm_share";
  const std::vector<Explanation> a = {value(share, "10 %"), value(share + ".*.from_21", "20 %"),
                                      value(share + ".mining", "30 %"),
                                      value(share + ".trade.from_11", "40 %")};
  const auto old_of = [&](const std::string& key) {
    std::vector<Explanation> b = a;
    b.push_back(value(share + key, "99 %"));
    const auto found = differences(a, b);
    REQUIRE(found.size() == 1);
    CHECK(found[0].path == share + key);
    return found[0].figures[0].old.value;
  };
  CHECK(old_of(".construction") == "10 %");
  CHECK(old_of(".construction.from_21") == "20 %");
  CHECK(old_of(".mining.from_21") == "30 %");
  CHECK(old_of(".trade.from_21") == "40 %");
  CHECK(old_of(".trade.from_5") == "10 %");
}

TEST_CASE("scenario/difference: a ramp, a condition and a variant are differences", "[unit]") {
  const std::string fee =
      "policy:\n  - {lever: permits.fee, unit: MNT/month, timeline: {2021-01-01: 5}";
  CHECK(between(fee + "}\n", fee + ", ramp: 12 months}\n").size() == 1);
  const auto condition = between(fee + "}\n", fee + ", when: vacancy_rate(mining) > 0.05}\n");
  REQUIRE(condition.size() == 1);
  CHECK_THAT(condition[0].figures[0].fresh.value,
             ContainsSubstring("while vacancy_rate(mining) > 0.05"));
  const auto variant = between("", "model: {matching: none}\n");
  REQUIRE(variant.size() == 5);  // and the parameters that nothing reads any more
  CHECK(variant[0].path == "model.matching");
  CHECK(variant[0].figures[0].old.value == "urn");
  const auto efficiency = std::find_if(variant.begin(), variant.end(), [](const auto& one) {
    return one.path == "parameters.efficiency";
  });
  REQUIRE(efficiency != variant.end());
  CHECK(efficiency->figures[0].fresh.value.empty());
}

TEST_CASE("scenario/difference: every figure of a series counts, not its ends alone", "[unit]") {
  const std::string head =
      "drivers:\n  copper_price: {unit: USD/tonne, points: {2020: 5000, 2021: ";
  const auto found = between(head + "6000, 2022: 5500}}\n", head + "7000, 2022: 5500}}\n");
  REQUIRE(found.size() == 1);
  REQUIRE(found[0].figures.size() == 1);
  CHECK(found[0].figures[0].from->year == 2021);
  CHECK(found[0].figures[0].old.value == "6000");
  CHECK(found[0].figures[0].fresh.value == "7000");
}

TEST_CASE("scenario/difference: time and population come in their sections", "[unit]") {
  const Folder folder;
  ReadOptions later;
  later.overrides = {{"time.end", "2023-12-31"}, {"population.textbook.persons", "2000"}};
  const auto file = folder.write("a.yaml", kSmall);
  const auto found = differences(explain(read_valid(file), small_catalogue()),
                                 explain(read_valid(file, later), small_catalogue()));
  REQUIRE(found.size() == 2);
  CHECK(found[0].path == "time.end");
  CHECK(found[0].figures[0].old.value == "2024-12-31");
  CHECK(found[0].figures[0].fresh.value == "2023-12-31");
  CHECK(found[0].figures[0].fresh.place.file == "--set");
  CHECK(found[1].path == "population.textbook.persons");
}

TEST_CASE("scenario/difference: indicators and reality checks are told in full", "[unit]") {
  const std::string formula = "employed(mining) + employed(construction) + vacancies(mining)";
  const auto formulas =
      between("indicators: {a: {formula: '" + formula + " + 1', unit: person}}\n",
              "indicators: {a: {formula: '" + formula + " + 2', unit: person}}\n");
  REQUIRE(formulas.size() == 1);
  CHECK(formulas[0].section == "indicators");
  CHECK(formulas[0].path == "indicators.a.formula");
  CHECK_FALSE(formulas[0].moves_world());
  CHECK(between("", kCap)[0].moves_world());
  CHECK(formulas[0].figures[0].old.value == formula + " + 1");
  CHECK(formulas[0].figures[0].fresh.value == formula + " + 2");

  const std::string check = "reality_checks: [{expect: employed > 0, source: {kind: derived}";
  const auto checks =
      between(check + "}]\n",
              check + ", from: 2021-01-01}, {expect: vacancies >= 0, source: {kind: derived}}]\n");
  REQUIRE(checks.size() == 1);
  CHECK(checks[0].section == "reality_checks");
  REQUIRE(checks[0].figures.size() == 2);
  CHECK(checks[0].figures[0].label == "employed > 0");
  CHECK(checks[0].figures[0].old.value == "in every replication");
  CHECK(checks[0].figures[0].fresh.value == "in every replication from 2021-01-01");
  CHECK(checks[0].figures[1].label == "vacancies >= 0");
  CHECK(checks[0].figures[1].old.value.empty());
  CHECK(between(check + "}]\n", check + "}]\n").empty());
}
