#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "models/demand/occupations.hpp"
#include "sim/api/registry.hpp"

namespace steppe {
namespace {

/// The path of demand by occupation while work is automated.
class Automation {
 public:
  /// How far adoption is, 0 to 1, at a time after the start [months].
  class Adoption {
   public:
    Adoption(double start, double duration) : start_(start), duration_(duration) {}
    [[nodiscard]] double at(double months) const {
      if (months < start_) return 0.0;
      if (duration_ <= 0.0) return 1.0;
      // From 1 in 10,000 to all but 1 in 10,000 over the duration.
      const double steepness = std::log(9999.0) / (0.5 * duration_);
      return 1.0 / (1.0 + std::exp(-steepness * (months - start_ - 0.5 * duration_)));
    }

   private:
    double start_, duration_;
  };

  /// D¹: the same work in all, spread over the hours that are not automated.
  static std::vector<double> after(const std::vector<double>& before,
                                   const std::vector<double>& probability) {
    std::vector<double> hours(before.size());
    for (std::size_t k = 0; k < before.size(); ++k) {
      hours[k] = before[k] * (1.0 - (probability.empty() ? 0.0 : probability[k]));
    }
    const double sum = std::accumulate(before.begin(), before.end(), 0.0);
    const double left = std::accumulate(hours.begin(), hours.end(), 0.0);
    // Where nothing is left to do, nothing is moved to.
    if (left <= 0.0) return before;
    for (double& h : hours) h *= sum / left;
    return hours;
  }

  class MeanField {
   public:
    explicit MeanField(MeanFieldSetup& setup)
        : adoption_(setup.parameter("shock_start"), setup.parameter("adoption_months")) {
      const Eigen::ArrayXd force = setup.start.employed + setup.start.searching;
      before_.assign(force.begin(), force.end());
      after_ = after(before_, setup.scenario.network.automation);
    }
    void run(MeanFieldStep& step) {
      const double part = adoption_.at(occupations::months_at_end(step.index, step.dt));
      const auto array = [](const std::vector<double>& v) {
        return Eigen::Map<const Eigen::ArrayXd>(v.data(), static_cast<Eigen::Index>(v.size()));
      };
      step.field.demand = array(before_) + part * (array(after_) - array(before_));
    }

   private:
    Adoption adoption_;
    std::vector<double> before_, after_;
  };

  static VariantDecl declaration();
  explicit Automation(Setup& setup)
      : adoption_(setup.parameter("shock_start"), setup.parameter("adoption_months")),
        before_(occupations::reference(setup.world)),
        after_(after(before_, setup.scenario.network.automation)) {}
  void run(Step& step) {
    const double part = adoption_.at(occupations::months_at_end(step.index, step.dt));
    std::vector<double> posts(before_.size());
    for (std::size_t k = 0; k < posts.size(); ++k) {
      posts[k] = before_[k] + part * (after_[k] - before_[k]);
    }
    occupations::set_demand(step, posts);
  }

 private:
  Adoption adoption_;
  std::vector<double> before_, after_;  ///< D⁰ and D¹ [records]
};

VariantDecl Automation::declaration() {
  VariantDecl decl;
  decl.slot = Slot::Demand;
  decl.name = "automation";
  decl.summary = "Demand moves from occupations that are automated to the others, along an S-curve";
  decl.reference = "del Rio-Chanona et al. (2021); docs/models/demand/automation.md";
  decl.gives = {"occupation_gap"};
  decl.parameters = {
      {"shock_start",
       "t₀",
       "months",
       100.0,
       0.0,
       10000.0,
       Dim::None,
       {},
       "del Rio-Chanona et al. (2021)",
       "Months from the start until adoption begins",
       {}},
      {"adoption_months",
       "T",
       "months",
       30.0 * 52.0 / 6.75,
       0.0,
       10000.0,
       Dim::None,
       {},
       "del Rio-Chanona et al. (2021): 30 years in steps of 6.75 weeks",
       "Months from first to full adoption; 0: at once",
       {}},
  };
  return decl;
}

}  // namespace

void register_demand_automation(Registry& registry) { registry.add<Automation>(); }

}  // namespace steppe
