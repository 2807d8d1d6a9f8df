#include "unit/scenario/catalogue.hpp"

namespace steppe::test {
namespace {

ParameterDecl parameter(std::string name, std::string unit, double value, double min, double max,
                        Dim by = Dim::None) {
  ParameterDecl decl;
  decl.name = std::move(name);
  decl.unit = std::move(unit);
  decl.value = value;
  decl.min = min;
  decl.max = max;
  decl.by = by;
  decl.source = "assumption";
  decl.summary = "a made-up " + decl.name;
  return decl;
}

LeverDecl lever(std::string name, std::string unit, double value, double max, Dim by = Dim::None) {
  LeverDecl decl;
  decl.name = std::move(name);
  decl.unit = std::move(unit);
  decl.value = value;
  decl.max = max;
  decl.by = by;
  decl.source = "assumption";
  decl.summary = "a made-up " + decl.name;
  return decl;
}

VariantDecl variant(Slot slot, std::string name) {
  VariantDecl decl;
  decl.slot = slot;
  decl.name = std::move(name);
  decl.summary = "made up";
  return decl;
}

Catalogue make_catalogue() {
  Catalogue catalogue;
  VariantDecl series = variant(Slot::Drivers, "series");
  series.drivers = {{"copper_price", "USD/tonne", "price of copper"},
                    {"price_index", "1", "price level"},
                    {"dzud", "1", "hard winters"},
                    {"posts", "1", "posts wanted", Dim::Sector}};
  catalogue.add(series);
  catalogue.add(variant(Slot::Demand, "fixed"));
  VariantDecl path = variant(Slot::Demand, "path");
  path.drivers = {{"posts_index", "1", "posts"}};
  path.relies = {{"posts_index"}, {"made_up.path", "nothing to follow: give posts_index", {}}};
  catalogue.add(path);

  VariantDecl separations = variant(Slot::Separations, "age_tenure");
  separations.parameters = {
      parameter("separation_rate", "1/month", 0.006, 0.0, 1.0, Dim::Sector),
      parameter("retirement_rate", "1/month", 0.003, 0.0, 1.0),
  };
  separations.parameters[0].by_key = {{"construction", 0.01}};
  separations.parameters[0].prior = {DistributionKind::Beta, 0.006, 0.002, 0.0};
  catalogue.add(separations);
  catalogue.add(variant(Slot::Vacancies, "fixed"));
  VariantDecl arrivals = variant(Slot::Vacancies, "arrivals");
  arrivals.parameters = {
      parameter("arrival_rate", "post/month", 1.0, 0.0, kNoLimit, Dim::Occupation)};
  arrivals.relies = {{"arrival_rate"}, {"made_up.rate", "nothing arrives: set arrival_rate", {}}};
  catalogue.add(arrivals);

  VariantDecl urn = variant(Slot::Matching, "urn");
  urn.parameters = {
      parameter("efficiency", "1", 0.8, 0.0, 1.0), parameter("applications", "1", 1.0, 1.0, 20.0),
      parameter("oldest", "years", 60.0, 15.0, 120.0), parameter("proposing", "1", 0.0, 0.0, 1.0)};
  urn.parameters[1].whole = urn.parameters[2].whole = true;
  urn.parameters[3].choices = {"seekers", "firms"};
  urn.gives = {"job_finding"};
  urn.follows_network = true;
  catalogue.add(urn);
  catalogue.add(variant(Slot::Matching, "none"));

  VariantDecl permits = variant(Slot::ForeignHiring, "permit_queue");
  permits.levers = {lever("permits.fee", "MNT/month", 0.0, 1e9),
                    lever("permits.sector_cap", "person", kNoLimit, kNoLimit, Dim::Sector),
                    lever("permits.origin_ban", "1", 0.0, 1.0, Dim::Origin),
                    lever("permits.term", "months", 12.0, 120.0),
                    lever("permits.firm_share", "1", kNoLimit, kNoLimit, Dim::Sector),
                    lever("permits.firm_share_base", "1", 0.0, 1.0)};
  permits.conflicts = {
      {{{"permits.sector_cap"}, {"permits.firm_share"}},
       [](const std::vector<ConflictValue>& v) { return v[0].amount == 0.0 && v[1].amount >= 1.0; },
       Message("all of a staff may be foreign, and nobody may")},
      {{{"permits.term", ConflictSide::Of::Each, true},
        {"permits.sector_cap", ConflictSide::Of::Least, true}},
       [](const std::vector<ConflictValue>& v) { return v[0].amount > 12.0 && v[1].amount < 10.0; },
       Message("a made-up contradiction")}};
  permits.levers[4].then = Dim::Staff;
  permits.levers[5].choices = {"staff", "nationals"};
  catalogue.add(permits);
  catalogue.add(variant(Slot::ForeignHiring, "none"));

  VariantDecl wages = variant(Slot::Wages, "wage_curve");
  wages.parameters = {parameter("wage_elasticity", "1", -0.1, -1.0, 0.0)};
  wages.levers = {lever("minimum_wage", "MNT/month", 0.0, 1e9)};
  catalogue.add(wages);
  catalogue.add(variant(Slot::Wages, "fixed"));

  VariantDecl training = variant(Slot::Training, "places");
  training.levers = {lever("training.places", "person/year", 0.0, 1e6, Dim::Field)};
  catalogue.add(training);
  catalogue.add(variant(Slot::Demography, "fixed"));
  catalogue.add(variant(Slot::Migration, "none"));
  VariantDecl networks = variant(Slot::Migration, "networks");
  networks.needs = {"job_finding"};
  catalogue.add(networks);

  catalogue.add_setting(parameter("coverage", "1", 1.0, 0.1, 10.0));
  catalogue.add_setting(parameter("vacancy_share", "1", 0.01, 0.0, 0.5));
  catalogue.add_setting(
      parameter("fly_in_min_posts", "person", kNoLimit, 0.0, kNoLimit, Dim::Sector));
  catalogue.add_indicator({"unemployment_rate", Dim::None, true});
  catalogue.add_indicator({"vacancy_rate", Dim::None, true});
  catalogue.add_indicator({"vacancy_rate", Dim::Sector, true});
  catalogue.add_variable({"unemployment_rate", Dim::None, true});
  catalogue.add_variable({"unemployed", Dim::Region, false});
  catalogue.add_variable({"employed", Dim::None, false});
  catalogue.add_variable({"employed", Dim::Sector, false});
  catalogue.add_variable({"vacancies", Dim::None, false});
  catalogue.add_variable({"vacancies", Dim::Sector, false});
  catalogue.add_variable({"quota_use", Dim::Sector, false});
  return catalogue;
}

}  // namespace

const Catalogue& small_catalogue() {
  static const Catalogue catalogue = make_catalogue();
  return catalogue;
}

}  // namespace steppe::test
