#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include "models/wages/ces.hpp"
#include "models/wages/floors.hpp"
#include "models/wages/foreign_ratio.hpp"
#include "models/yes_or_no.hpp"
#include "sim/api/registry.hpp"

namespace steppe {
namespace {

constexpr std::size_t kGroups = 3;  ///< skill levels of occupations: low, medium, high

/// Wages are marginal products: those of a skill group fall as its staff grows against that of
/// others, and foreigners' against nationals' as they become more.
class NestedCes {
 public:
  static VariantDecl declaration();
  explicit NestedCes(Setup& setup)
      : elasticities_{setup.parameter("capital_share"), setup.parameter("skill_substitution"),
                      setup.parameter("native_foreign_substitution"),
                      setup.is("elastic_capital", "yes")},
        ratio_start_(setup.parameters("foreign_wage_ratio")),
        prices_(setup),
        floors_(setup),
        production_(elasticities_, {}) {
    setup.signals.foreign_wage_ratio = ratio_start_;
  }
  void start(Step& step);
  void run(Step& step);

 private:
  [[nodiscard]] static std::vector<wages::GroupLabour> labour(const World& world);

  wages::NestedCes::Elasticities elasticities_;
  std::vector<double> ratio_start_;  ///< foreign ÷ national wage by occupation
  wages::Prices prices_;
  wages::Floors floors_;
  wages::NestedCes production_;
  std::vector<wages::GroupWages> changes_;
};

VariantDecl NestedCes::declaration() {
  VariantDecl decl;
  decl.slot = Slot::Wages;
  decl.name = "nested_ces";
  decl.summary = "Wages are marginal products of nested CES in skills, nationals and foreigners";
  decl.reference = "Card (2009); Ottaviano and Peri (2012); docs/models/wages/nested_ces.md";
  decl.gives = {"wage_index"};
  decl.parameters = {
      {"capital_share",
       "α",
       "1",
       1.0 / 3.0,
       0.0,
       0.99,
       Dim::None,
       {},
       "recalled: the textbook value",
       "Capital's part of output",
       {}},
      {"skill_substitution",
       "σ_E",
       "1",
       2.0,
       0.1,
       1000.0,
       Dim::None,
       {},
       "recalled: Card (2009), 1.5 to 2.5",
       "Elasticity of substitution between skill groups",
       {}},
      yes_or_no("elastic_capital", true,
                "Whether capital follows labour, as in the long run, or stays as it was"),
  };
  for (ParameterDecl& shared : wages::ForeignRatio::parameters()) {
    decl.parameters.push_back(std::move(shared));
  }
  decl.levers = wages::Floors::levers();
  decl.drivers = {wages::Prices::driver()};
  return decl;
}

std::vector<wages::GroupLabour> NestedCes::labour(const World& world) {
  std::vector<wages::GroupLabour> groups(kGroups);
  for (std::size_t k = 0; k < world.base().sizes.occupations; ++k) {
    const wages::Mix staff = wages::staff_mix(world, OccupationId{k});
    wages::GroupLabour& group = groups[world.base().skill_level[k]];
    group.natives += staff.nationals;
    group.foreigners += staff.foreigners;
  }
  // Half a record keeps logarithms finite where a group has nobody.
  for (wages::GroupLabour& group : groups) {
    group.natives = std::max(0.5, group.natives);
    group.foreigners = std::max(0.5, group.foreigners);
  }
  return groups;
}

void NestedCes::start(Step& step) {
  const World& world = step.world;
  const Base& base = world.base();
  const Sizes& sizes = base.sizes;
  std::vector<wages::GroupReference> reference(kGroups);
  const std::vector<wages::GroupLabour> now = labour(world);
  double total = 0.0;
  for (std::size_t k = 0; k < sizes.occupations; ++k) {
    wages::GroupReference& group = reference[base.skill_level[k]];
    for (std::size_t s = 0; s < sizes.sectors; ++s) {
      const double wage = base.wage[s * sizes.occupations + k];
      for (std::size_t o = 0; o < sizes.origins; ++o) {
        const double bill =
            wage * (o == 0 ? 1.0 : ratio_start_[k]) *
            static_cast<double>(world.ledger.staff(SectorId{s}, OccupationId{k}, OriginId{o}));
        group.bill += bill;
        if (o > 0) group.foreign_bill += bill;
        total += bill;
      }
    }
  }
  for (std::size_t g = 0; g < kGroups; ++g) {
    reference[g].labour = now[g];
    if (reference[g].bill > 0.0) reference[g].foreign_bill /= reference[g].bill;
    if (total > 0.0) reference[g].bill /= total;
  }
  production_ = wages::NestedCes(elasticities_, std::move(reference));
  changes_.resize(kGroups);
}

void NestedCes::run(Step& step) {
  const Base& base = step.world.base();
  const double prices = prices_.update(step);
  production_.log_changes(labour(step.world), changes_);
  floors_.set_index(step, [&](std::size_t /*region*/, std::size_t cell) {
    const std::uint8_t group = base.skill_level[cell % base.sizes.occupations];
    return base.wage[cell] * (prices * std::exp(changes_[group].natives));
  });
  for (std::size_t k = 0; k < base.sizes.occupations; ++k) {
    const wages::GroupWages& group = changes_[base.skill_level[k]];
    step.signals.foreign_wage_ratio[k] =
        ratio_start_[k] * std::exp(group.foreigners - group.natives);
  }
}

}  // namespace

void register_wages_nested_ces(Registry& registry) { registry.add<NestedCes>(); }

}  // namespace steppe
