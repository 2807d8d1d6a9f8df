#include <cmath>
#include <numbers>
#include <vector>

#include "models/demand/occupations.hpp"
#include "sim/api/registry.hpp"

namespace steppe {
namespace {

/// The factor on demand at a time after the start [months].
class Cycle {
 public:
  explicit Cycle(const ParameterReader& setup)
      : start_(setup.parameter("cycle_start")),
        amplitude_(setup.parameter("cycle_amplitude")),
        period_(setup.parameter("cycle_months")) {}
  [[nodiscard]] double at(double months) const {
    if (months < start_) return 1.0;
    return 1.0 - amplitude_ * std::sin(2.0 * std::numbers::pi * (months + start_) / period_);
  }

 private:
  double start_, amplitude_, period_;
};

/// Demand of all occupations rises and falls together.
class BusinessCycle {
 public:
  class MeanField {
   public:
    explicit MeanField(MeanFieldSetup& setup)
        : cycle_(setup), reference_(setup.start.employed + setup.start.searching) {}
    void run(MeanFieldStep& step) {
      step.field.demand = reference_ * cycle_.at(occupations::months_at_end(step.index, step.dt));
    }

   private:
    Cycle cycle_;
    Eigen::ArrayXd reference_;
  };

  static VariantDecl declaration();
  explicit BusinessCycle(Setup& setup)
      : cycle_(setup), reference_(occupations::reference(setup.world)) {}
  void run(Step& step) {
    const double factor = cycle_.at(occupations::months_at_end(step.index, step.dt));
    std::vector<double> posts = reference_;
    for (double& d : posts) d *= factor;
    occupations::set_demand(step, posts);
  }

 private:
  Cycle cycle_;
  std::vector<double> reference_;  ///< D⁰ [records]
};

VariantDecl BusinessCycle::declaration() {
  VariantDecl decl;
  decl.slot = Slot::Demand;
  decl.name = "business_cycle";
  decl.summary = "Demand of all occupations follows a sine wave; without amplitude it stays";
  decl.reference = "del Rio-Chanona et al. (2021); docs/models/demand/business_cycle.md";
  decl.gives = {"occupation_gap"};
  decl.parameters = {
      {"cycle_start",
       "t₀",
       "months",
       80.0,
       0.0,
       10000.0,
       Dim::None,
       {},
       "del Rio-Chanona et al. (2021)",
       "Months from the start until the cycle begins; it shifts the phase as well",
       {}},
      {"cycle_amplitude",
       "a",
       "1",
       0.065,
       0.0,
       1.0,
       Dim::None,
       {},
       "del Rio-Chanona et al. (2021)",
       "Amplitude of demand over its level at the start",
       {}},
      {"cycle_months",
       "N",
       "months",
       103.0,
       1.0,
       10000.0,
       Dim::None,
       {},
       "del Rio-Chanona et al. (2021)",
       "Length of a cycle",
       {}},
  };
  return decl;
}

}  // namespace

void register_demand_business_cycle(Registry& registry) { registry.add<BusinessCycle>(); }

}  // namespace steppe
