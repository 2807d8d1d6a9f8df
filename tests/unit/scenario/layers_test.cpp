#include <algorithm>

#include "unit/scenario/files.hpp"

using namespace steppe;
using namespace steppe::test;

namespace {

double rate(const Scenario& scenario, int sector) {
  return scenario.parameter("separation_rate", sector);
}

}  // namespace

TEST_CASE("scenario/layers: defaults, files and overrides stand in that order", "[unit]") {
  const Folder folder;
  folder.write("base.yaml", std::string(kSmall) +
                                "parameters: {separation_rate: 0.02 1/month, efficiency: 0.5}\n");
  const auto file =
      folder.write("top.yaml",
                   "schema: steppe/1\nextends: base.yaml\n"
                   "parameters: {efficiency: 60 %, separation_rate.mining: 12 %/year}\n");
  const Scenario s = read_valid(file);
  CHECK(s.parameter("retirement_rate") == 0.003);
  CHECK(s.parameter("efficiency") == 0.6);
  CHECK_THAT(rate(s, 0), WithinRel(0.01, 1e-12));
  CHECK(rate(s, 1) == 0.02);
  CHECK(s.parameters.at("efficiency").places[0].file == file.string());
  CHECK(s.parameters.at("efficiency").places[0].line == 3);
  CHECK(s.parameters.at("retirement_rate").places[0].file.empty());

  ReadOptions options;
  options.overrides = {{"parameters.separation_rate", "0.03"}, {"time.end", "2021-12"}};
  const Scenario o = read_valid(file, options);
  CHECK(rate(o, 0) == 0.03);
  CHECK(rate(o, 1) == 0.03);
  CHECK(o.time.end == Date{2021, 12, 31});
  CHECK(o.time.start == Date{2020, 1, 1});
  CHECK(o.parameters.at("separation_rate").places[0].file == "--set");
}

TEST_CASE("scenario/layers: a population from a few numbers is changed number by number",
          "[unit]") {
  const Folder folder;
  ReadOptions options;
  options.overrides = {{"population.textbook.persons", "2000"},
                       {"population.textbook.firms", "70"}};
  const Scenario s = read_valid(folder.write("a.yaml", kSmall), options);
  REQUIRE(s.population.textbook);
  CHECK(s.population.textbook->persons == 2000);
  CHECK(s.population.textbook->firms == 70);
  CHECK(s.population.textbook->staff > 0.0);
}

TEST_CASE("scenario/layers: defaults that differ by key are ignored for keys there are not",
          "[unit]") {
  const Folder folder;
  const Scenario s = read_valid(folder.write("a.yaml", kSmall));
  CHECK(rate(s, 0) == 0.006);
  CHECK(rate(s, 1) == 0.01);
  CHECK(s.parameters.at("separation_rate").uncertainty[0].kind == DistributionKind::Beta);
}

TEST_CASE("scenario/layers: a new figure does not keep the old one's source", "[unit]") {
  const Folder folder;
  folder.write("base.yaml", std::string(kSmall) +
                                "parameters:\n  efficiency: {value: 0.5, source: {title: Survey}, "
                                "uncertainty: {dist: uniform, low: 0.4, high: 0.6}}\n");
  const Scenario bare = read_valid(folder.write(
      "bare.yaml", "schema: steppe/1\nextends: base.yaml\nparameters: {efficiency: 0.7}\n"));
  CHECK(bare.parameters.at("efficiency").sources[0].empty());
  CHECK(bare.parameters.at("efficiency").uncertainty[0].kind == DistributionKind::None);
  const Scenario wider = read_valid(folder.write(
      "wider.yaml",
      "schema: steppe/1\nextends: base.yaml\nparameters:\n"
      "  efficiency: {uncertainty: {dist: triangular, low: 30 %, mode: 0.5, high: 0.7}}\n"));
  const ParameterValue& p = wider.parameters.at("efficiency");
  CHECK(p.values[0] == 0.5);
  CHECK(p.sources[0].title == "Survey");
  CHECK(p.uncertainty[0] == Distribution{DistributionKind::Triangular, 0.3, 0.7, 0.5});
}

TEST_CASE("scenario/layers: a question of its own comes without another's description", "[unit]") {
  const Folder folder;
  folder.write("base.yaml",
               std::string(kSmall) + "question: {en: What if}\ndescription: {en: All as it is.}\n");
  const std::string top = "schema: steppe/1\nextends: base.yaml\n";
  const Scenario same = read_valid(folder.write("same.yaml", top));
  CHECK(same.description.in("en") == "All as it is.");
  const Scenario asks = read_valid(folder.write("asks.yaml", top + "question: {en: And if}\n"));
  CHECK(asks.question.in("en") == "And if");
  CHECK(asks.description.texts.empty());
  const Scenario tells = read_valid(
      folder.write("tells.yaml", top + "question: {en: And if}\ndescription: {en: Half of it.}\n"));
  CHECK(tells.description.in("en") == "Half of it.");
}

TEST_CASE("scenario/layers: a base that two layers share is laid down once", "[unit]") {
  const Folder folder;
  folder.write("base.yaml", std::string(kSmall) + "parameters: {efficiency: 0.1}\n");
  folder.write(
      "a.yaml",
      "schema: steppe/1\noverlay: true\nextends: base.yaml\nparameters: {efficiency: 0.2}\n");
  folder.write("b.yaml", "schema: steppe/1\noverlay: true\nextends: base.yaml\nname: From b\n");
  const auto file = folder.write("top.yaml", "schema: steppe/1\nextends: [a.yaml, b.yaml]\n");
  const Scenario s = read_valid(file);
  CHECK(s.parameter("efficiency") == 0.2);
  CHECK(s.name.in("en") == "From b");
  REQUIRE(s.layers.size() == 4);
  CHECK(s.layers.front() == (folder.path() / "base.yaml").string());
  CHECK(s.layers.back() == file.string());
  CHECK(s.inputs.front() == file);
}

TEST_CASE("scenario/layers: a layer is checked alone but not run alone", "[unit]") {
  const Folder folder;
  const auto file = folder.write(
      "layer.yaml",
      "schema: steppe/1\noverlay: true\nparameters: {separation_rate.mining: 0.01 1/month}\n");
  CHECK_THAT(read_faulty(file), ContainsSubstring("is a layer (overlay: true) and cannot be run"));
  ReadOptions options;
  options.allow_overlay = true;
  read_valid(file, options);
  const auto wrong =
      folder.write("wrong.yaml", "schema: steppe/1\noverlay: true\nparameters: {efficiency: 7}\n");
  CHECK_THAT(read_faulty(wrong, options), ContainsSubstring("parameters.efficiency is 7"));
}

TEST_CASE("scenario/layers: lists are replaced, projects and the population chosen anew",
          "[unit]") {
  const Folder folder;
  folder.write("base.yaml", std::string(kSmall) +
                                "projects:\n"
                                "  - {key: mine, sector: mining, region: country, "
                                "heads: {2021-01-01: 5, 2023-01-01: 9}, source: {title: Plan}}\n");
  const Scenario s = read_valid(
      folder.write("top.yaml",
                   "schema: steppe/1\nextends: base.yaml\n"
                   "dimensions: {fields: [{key: sewing}, {key: driving}]}\n"
                   "projects:\n"
                   "  - {key: mine, heads: {2022-01-01: 7}, fly_in: false}\n"
                   "  - {key: road, sector: construction, region: country, heads: {2022: 3}}\n"));
  REQUIRE(s.dimensions.fields.size() == 2);
  CHECK(s.dimensions.fields[0].key == "sewing");
  REQUIRE(s.projects.size() == 2);
  CHECK(s.projects[0].sector == 0);
  CHECK_FALSE(s.projects[0].fly_in);
  REQUIRE(s.projects[0].heads.size() == 1);
  CHECK(s.projects[0].heads[0] == std::pair{Date{2022, 1, 1}, 7.0});
  CHECK(s.projects[1].heads[0].first == Date{2022, 7, 1});
  CHECK(s.projects[1].fly_in);
}

TEST_CASE("scenario/layers: points of a series take over from their own first date", "[unit]") {
  const Folder folder;
  folder.write("data.csv",
               "series,unit,period,value,source,quality\n"
               "copper_price,USD/tonne,2019,5000,IMF,official\n"
               "copper_price,USD/tonne,2021,8000,IMF,official\n"
               "copper_price,USD/tonne,2020,6000,IMF,official\n");
  folder.write("base.yaml", std::string(kSmall) +
                                "drivers: {copper_price: {file: data.csv, between: linear}}\n");
  const Scenario base = read_valid(folder.path() / "base.yaml");
  const DriverSeries& recorded = base.drivers.at("copper_price");
  REQUIRE(recorded.points.size() == 3);
  CHECK(recorded.points[1] == std::pair{Date{2020, 7, 1}, 6000.0});
  CHECK(recorded.source.title == "IMF");
  CHECK(recorded.quality == "official");
  CHECK(base.inputs.back() == folder.path() / "data.csv");

  const Scenario s = read_valid(
      folder.write("top.yaml",
                   "schema: steppe/1\nextends: base.yaml\n"
                   "drivers: {copper_price: {unit: USD/kilotonne, points: {2020-09: 9000000}}}\n"));
  const DriverSeries& d = s.drivers.at("copper_price");
  REQUIRE(d.points.size() == 3);
  CHECK(d.points[2] == std::pair{Date{2020, 9, 1}, 9000.0});
  CHECK(d.between == DriverSeries::Between::Linear);
  CHECK(d.at({2030, 1, 1}) == 9000.0);
  CHECK(d.at({2000, 1, 1}) == 5000.0);
  CHECK_THAT(d.at({2020, 8, 1}), WithinRel(7500.0, 1e-9));
}

TEST_CASE("scenario/layers: a series is joined by its rule", "[unit]") {
  DriverSeries d;
  d.points = {{{2020, 1, 1}, 1.0}, {{2021, 1, 1}, 4.0}};
  d.between = DriverSeries::Between::LogLinear;
  CHECK_THAT(d.at({2020, 7, 2}), WithinRel(2.0, 1e-9));
  d.between = DriverSeries::Between::Linear;
  CHECK_THAT(d.at({2020, 7, 2}), WithinRel(2.5, 1e-9));
  d.between = DriverSeries::Between::Step;
  CHECK(d.at({2020, 12, 31}) == 1.0);
  CHECK(d.at({2021, 1, 1}) == 4.0);
}

TEST_CASE("scenario/layers: what a small scenario leaves out has one member", "[unit]") {
  const Folder folder;
  const Scenario s = read_valid(folder.write("a.yaml", kSmall));
  CHECK(s.dimensions.regions.size() == 1);
  CHECK(s.dimensions.occupations.size() == 1);
  CHECK(s.dimensions.education.size() == 1);
  CHECK(s.dimensions.destinations.empty());
  CHECK(s.population.textbook->unemployed == -1.0);
}

TEST_CASE("scenario/layers: a series held far beyond its figures is told", "[unit]") {
  const Folder folder;
  const auto warnings = [&](const std::string& points) {
    const Scenario s = read_valid(folder.write(
        "a.yaml", std::string(kSmall) +
                      "drivers:\n  copper_price: {unit: USD/tonne, points: " + points + "}\n"));
    return to_text(s.warnings);
  };
  // The run goes from 2020 to 2024.
  CHECK(warnings("{2019: 5000, 2023-12-31: 6000}").empty());
  CHECK(warnings("{2020: 5000, 2024: 6000}").empty());
  CHECK_THAT(warnings("{2019: 5000, 2022: 6000}"),
             ContainsSubstring("copper_price has its last figure at 2022-07-01; it is held to the "
                               "run's end 2024-12-31"));
  CHECK_THAT(
      warnings("{2022: 5000, 2024: 6000}"),
      ContainsSubstring("has its first figure at 2022-07-01; it is held to the run's start"));
  CHECK(warnings("{2019: 5000}").empty());  // one figure is meant to hold
}
