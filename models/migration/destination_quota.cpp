#include <cmath>
#include <vector>

#include "models/choice.hpp"
#include "models/migration/abroad.hpp"
#include "models/migration/contracts.hpp"
#include "sim/api/registry.hpp"

namespace steppe {
namespace {

constexpr Purpose kMover{"migration/destination_quota/mover"};
constexpr Purpose kCountry{"migration/destination_quota/country"};

/// Destinations take so many a year, drawn from those who apply, for a fixed time.
class DestinationQuota {
 public:
  static VariantDecl declaration();
  explicit DestinationQuota(Setup& setup);
  void start(Step& step);
  void run(Step& step);

 private:
  void apply(Step& step, PersonId id);

  abroad::Home home_;
  abroad::Contracts contracts_;
  double attention_, return_rate_, return_elasticity_, gain_, growth_, remitted_;
  double applicants_per_place_;
  bool anchored_;
  std::vector<double> education_, wage_, constant_;
  std::vector<double> country_sums_;  ///< staying, then the destinations
};

DestinationQuota::DestinationQuota(Setup& setup)
    : home_(setup),
      contracts_(setup, abroad::Contracts::Opening::AtOnce, false),
      attention_(setup.parameter("emigration_attention")),
      return_rate_(setup.parameter("return_rate")),
      return_elasticity_(setup.parameter("return_elasticity")),
      gain_(setup.parameter("return_skill_gain")),
      growth_(setup.parameter("diaspora_growth")),
      remitted_(setup.parameter("remittance_share")),
      applicants_per_place_(setup.parameter("quota_applicants")),
      anchored_(setup.is("destinations_anchored", "yes")),
      education_(setup.parameters("emigration_education")),
      wage_(setup.parameters("destination_wage")),
      constant_(setup.parameters("destination_constant")) {
  education_.resize(setup.world.base().sizes.education, 1.0);
}

void DestinationQuota::start(Step& step) {
  home_.start(step);
  // Under a quota as many apply as the record has for a place; where the door is open, as many go
  // as return, and the diaspora's growth.
  const double considering = attention_ * abroad::readiness(step, education_) * step.world.weight();
  if (anchored_ && considering > 0.0) {
    std::vector<double> wanted;
    for (std::size_t d = 0; d < constant_.size(); ++d) {
      wanted.push_back(contracts_.is_limited(step, d)
                           ? applicants_per_place_ * contracts_.quota(step, d) / 12.0
                           : (return_rate_ + growth_ / 12.0) * abroad::diaspora(step.world, d));
    }
    constant_ = abroad::odds_of(considering, wanted);
  }
  country_sums_.assign(1, 0.0);
  country_sums_.insert(country_sums_.end(), constant_.begin(), constant_.end());
  logit_sums(country_sums_);
}

void DestinationQuota::apply(Step& step, PersonId id) {
  const double u = step.draws.uniform(kCountry, id.value());
  const std::size_t chosen = choose_by_sums(country_sums_, u);
  if (chosen == 0) return;
  const std::size_t d = chosen - 1;
  World& world = step.world;
  if (contracts_.is_limited(step, d)) {
    // Whoever was abroad before has had his turn.
    if (!world.persons[id].has_returned()) contracts_.apply(step, id, d);
    return;
  }
  world.emigrate(id, DestinationId{d});
  world.persons[id].contract_end = 0;
}

void DestinationQuota::run(Step& step) {
  home_.measure(step);
  const auto go_home = [&](PersonId id) { abroad::go_home(step, id, gain_); };
  contracts_.end(step, go_home);
  abroad::consider(
      step, kMover, {0.0, attention_, return_rate_, 1.0, return_elasticity_, education_},
      [](PersonId) {}, [&](PersonId id) { apply(step, id); }, go_home);
  contracts_.allot(step, [&](PersonId id, DestinationId to) { step.world.emigrate(id, to); });
  abroad::send_money(step, remitted_, wage_, home_.money());
}

VariantDecl DestinationQuota::declaration() {
  VariantDecl decl;
  decl.slot = Slot::Migration;
  decl.name = "destination_quota";
  decl.summary = "Destinations take so many applicants a year, by lot, for a fixed time";
  decl.reference = "docs/models/migration/destination_quota.md";
  decl.needs = {"job_finding", "wage_index"};
  decl.parameters = abroad::parameters(
      {"emigration_attention", "emigration_education", "destinations_anchored",
       "destination_constant", "quota_applicants", "diaspora_growth", "contract_reentry",
       "contract_overstay", "return_rate", "return_elasticity", "return_skill_gain",
       "remittance_share", "destination_wage", "home_wage_reference"});
  decl.levers = abroad::levers({"migration.quota", "migration.tenure", "migration.reentry"});
  decl.drivers = {{"exchange_rate", "MNT/USD", "Price of foreign money"}};
  return decl;
}

}  // namespace

void register_migration_destination_quota(Registry& registry) { registry.add<DestinationQuota>(); }

}  // namespace steppe
