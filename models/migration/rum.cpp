#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "models/choice.hpp"
#include "models/migration/abroad.hpp"
#include "sim/api/registry.hpp"

namespace steppe {
namespace {

constexpr Purpose kMover{"migration/rum/mover"};
constexpr Purpose kCountry{"migration/rum/country"};

/// Nationals choose between home and destinations by a plain logit, and return by chance.
class Rum {
 public:
  static VariantDecl declaration();
  explicit Rum(Setup& setup);
  void start(Step& step);
  void run(Step& step);

 private:
  void weigh_countries();
  /// What moves with wages and work at home and abroad, of a destination's utility [log points].
  [[nodiscard]] double pull(std::size_t destination) const;

  abroad::Home home_;
  double attention_, income_, employment_, return_rate_, return_elasticity_, gain_, growth_;
  double remitted_;
  bool anchored_;
  std::vector<double> education_, wage_, unemployment_;
  std::vector<double> constant_;      ///< by destination, distance and visa in it
  std::vector<double> country_sums_;  ///< of the step: staying, then the destinations
};

Rum::Rum(Setup& setup)
    : home_(setup),
      attention_(setup.parameter("emigration_attention")),
      income_(setup.parameter("emigration_income")),
      employment_(setup.parameter("emigration_employment")),
      return_rate_(setup.parameter("return_rate")),
      return_elasticity_(setup.parameter("return_elasticity")),
      gain_(setup.parameter("return_skill_gain")),
      growth_(setup.parameter("diaspora_growth")),
      remitted_(setup.parameter("remittance_share")),
      anchored_(setup.is("destinations_anchored", "yes")),
      education_(setup.parameters("emigration_education")),
      wage_(setup.parameters("destination_wage")),
      unemployment_(setup.parameters("destination_unemployment")),
      constant_(setup.parameters("destination_constant")) {
  education_.resize(setup.world.base().sizes.education, 1.0);
  const std::vector<double> distance = setup.parameters("destination_distance");
  const std::vector<double> visa = setup.parameters("destination_visa");
  const double by_distance = setup.parameter("emigration_distance");
  for (std::size_t d = 0; d < constant_.size(); ++d) {
    constant_[d] -= by_distance * std::log(distance[d]) + visa[d];
  }
}

void Rum::start(Step& step) {
  home_.start(step);
  if (!anchored_) return;
  // Constants with which emigration makes up for returns and for the diaspora's growth.
  const double considering = attention_ * abroad::readiness(step, education_) * step.world.weight();
  if (considering <= 0.0) return;
  std::vector<double> wanted;
  for (std::size_t d = 0; d < constant_.size(); ++d) {
    wanted.push_back((return_rate_ + growth_ / 12.0) * abroad::diaspora(step.world, d));
  }
  const std::vector<double> odds = abroad::odds_of(considering, wanted);
  for (std::size_t d = 0; d < constant_.size(); ++d) constant_[d] = odds[d] - pull(d);
}

double Rum::pull(std::size_t destination) const {
  return income_ * std::log(wage_[destination] * home_.money() / home_.wage()) +
         employment_ * std::log((1.0 - unemployment_[destination]) / home_.employment());
}

void Rum::weigh_countries() {
  country_sums_.assign(1, 0.0);
  for (std::size_t d = 0; d < constant_.size(); ++d)
    country_sums_.push_back(constant_[d] + pull(d));
  logit_sums(country_sums_);
}

void Rum::run(Step& step) {
  home_.measure(step);
  weigh_countries();
  World& world = step.world;
  const auto choose = [&](PersonId id) {
    const double u = step.draws.uniform(kCountry, id.value());
    const std::size_t chosen = choose_by_sums(country_sums_, u);
    if (chosen == 0) return;
    world.emigrate(id, DestinationId{chosen - 1});
    world.persons[id].contract_end = 0;
  };
  abroad::consider(
      step, kMover, {0.0, attention_, return_rate_, 1.0, return_elasticity_, education_},
      [](PersonId) {}, choose, [&](PersonId id) { abroad::go_home(step, id, gain_); });
  abroad::send_money(step, remitted_, wage_, home_.money());
}

VariantDecl Rum::declaration() {
  const Distribution none{};
  using ByKey = std::vector<std::pair<std::string, double>>;
  const ByKey unemployment = {{"korea", 0.035},  {"usa", 0.06},         {"czechia", 0.05},
                              {"china", 0.045},  {"japan", 0.04},       {"russia", 0.06},
                              {"germany", 0.05}, {"kazakhstan", 0.055}, {"europe_other", 0.08}};
  const ByKey distance = {{"korea", 2.0},   {"usa", 10.0},       {"czechia", 6.0},
                          {"china", 1.2},   {"japan", 3.0},      {"russia", 4.5},
                          {"germany", 6.3}, {"kazakhstan", 3.0}, {"europe_other", 6.5}};
  VariantDecl decl;
  decl.slot = Slot::Migration;
  decl.name = "rum";
  decl.summary = "Nationals choose between home and countries by random utility; return by chance";
  decl.reference = "Grogger and Hanson (2011); docs/models/migration/rum.md";
  decl.needs = {"job_finding", "wage_index"};
  decl.parameters = {
      {"emigration_employment", "β_u", "1", 1.0, 0.0, 20.0, Dim::None, none, "assumption",
       "Response to the log of the chance of work there over that at home"},
      {"destination_unemployment", "u_d", "1", 0.05, 0.0, 0.9, Dim::Destination, none,
       "recalled: orders of magnitude of the 2010s", "Unemployment rate of the destination",
       unemployment},
      {"emigration_distance", "β_d", "1", 0.6, 0.0, 10.0, Dim::None, none,
       "recalled: gravity literature", "Response to the log of distance, where not anchored"},
      {"destination_distance", "d_d", "1", 5.0, 0.01, 100.0, Dim::Destination, none,
       "recalled: rough distances", "Distance of a destination in thousand kilometres", distance},
      {"destination_visa", "", "1", 0.0, -20.0, 20.0, Dim::Destination, none, "assumption",
       "Log-odds that visa and journey set against leaving, where not anchored"},
  };
  for (const ParameterDecl& shared : abroad::parameters(
           {"emigration_attention", "emigration_education", "emigration_income", "destination_wage",
            "destinations_anchored", "destination_constant", "diaspora_growth", "return_rate",
            "return_elasticity", "return_skill_gain", "remittance_share", "home_wage_reference"})) {
    decl.parameters.push_back(shared);
  }
  decl.drivers = {{"exchange_rate", "MNT/USD", "Price of foreign money"}};
  return decl;
}

}  // namespace

void register_migration_rum(Registry& registry) { registry.add<Rum>(); }

}  // namespace steppe
