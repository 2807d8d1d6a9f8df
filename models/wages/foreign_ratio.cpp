#include "models/wages/foreign_ratio.hpp"

#include <cmath>
#include <limits>

namespace steppe::wages {

std::vector<ParameterDecl> ForeignRatio::parameters() {
  return {
      {"native_foreign_substitution",
       "σ_NF",
       "1",
       20.0,
       1.0,
       1000.0,
       Dim::None,
       {DistributionKind::Uniform, 7.8, 1000.0},
       "recalled: Ottaviano and Peri (2012); Manacorda, Manning and Wadsworth (2012)",
       "Elasticity of substitution between nationals and foreigners of an occupation",
       {}},
      {"foreign_wage_ratio",
       "",
       "1",
       1.0,
       0.1,
       20.0,
       Dim::Occupation,
       {},
       "assumption",
       "Foreign over national wage of an occupation at the start",
       {}},
  };
}

ForeignRatio::ForeignRatio(Setup& setup)
    : sigma_(setup.parameter("native_foreign_substitution")),
      start_(setup.parameters("foreign_wage_ratio")),
      mix_start_(start_.size(), std::numeric_limits<double>::quiet_NaN()) {
  setup.signals.foreign_wage_ratio = start_;
}

void ForeignRatio::update(Step& step) {
  for (std::size_t k = 0; k < start_.size(); ++k) {
    const Mix staff = staff_mix(step.world, OccupationId{k});
    if (staff.nationals == 0.0 || staff.foreigners == 0.0) continue;
    const double mix = std::log(staff.foreigners / staff.nationals);
    if (std::isnan(mix_start_[k])) mix_start_[k] = mix;
    step.signals.foreign_wage_ratio[k] = start_[k] * std::exp(-(mix - mix_start_[k]) / sigma_);
  }
}

Mix staff_mix(const World& world, OccupationId occupation) {
  const Sizes& sizes = world.base().sizes;
  Mix staff;
  for (std::size_t s = 0; s < sizes.sectors; ++s) {
    for (std::size_t o = 0; o < sizes.origins; ++o) {
      (o == 0 ? staff.nationals : staff.foreigners) +=
          static_cast<double>(world.ledger.staff(SectorId{s}, occupation, OriginId{o}));
    }
  }
  return staff;
}

}  // namespace steppe::wages
