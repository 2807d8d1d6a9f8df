#include <cmath>
#include <utility>
#include <vector>

#include "models/wages/floors.hpp"
#include "models/wages/foreign_ratio.hpp"
#include "models/wages/markets.hpp"
#include "sim/api/registry.hpp"

namespace steppe {
namespace {

/// Real wages move towards a wage curve by region; nominal ones follow prices; floors hold;
/// foreigners' relative wages fall as they become more numerous in an occupation.
class WageCurve {
 public:
  static VariantDecl declaration();
  explicit WageCurve(Setup& setup);
  void run(Step& step);

  /// The whole country is one region.
  class MeanField {
   public:
    explicit MeanField(MeanFieldSetup& setup)
        : elasticity_(setup.parameter("wage_curve_elasticity")),
          speed_(setup.parameter("wage_speed")),
          first_year_(setup.scenario.clock().steps_in(12.0)),
          start_(setup.start.wage) {}
    void run(MeanFieldStep& step) {
      const wages::Stocks now = wages::stocks_after(step);
      // Half a person keeps the logarithm finite where nobody searches.
      const double u =
          std::log(std::max(0.5, now.searching.sum()) / (now.searching.sum() + now.employed.sum()));
      if (step.index < first_year_) {
        reference_ += (u - reference_) / (step.index + 1);
      } else {
        real_ += (1.0 - std::exp(-speed_ * step.dt)) * (elasticity_ * (u - reference_) - real_);
      }
      step.field.wage = start_ * std::exp(real_);
    }

   private:
    double elasticity_ = 0.0, speed_ = 0.0;
    int first_year_ = 12;
    Eigen::ArrayXd start_;
    double real_ = 0.0, reference_ = 0.0;
  };

 private:
  double elasticity_ = 0.0;
  double speed_ = 0.0;
  wages::Prices prices_;
  wages::Floors floors_;
  wages::ForeignRatio foreign_ratio_;
  int first_year_ = 12;
  std::vector<double> real_;       ///< log real wage against the start, by region
  std::vector<double> level_;      ///< nominal wage against the start, by region
  std::vector<double> reference_;  ///< first year's mean of log unemployment, by region
};

VariantDecl WageCurve::declaration() {
  VariantDecl decl;
  decl.slot = Slot::Wages;
  decl.name = "wage_curve";
  decl.summary = "Real wages follow a wage curve in regional unemployment, with a minimum wage";
  decl.reference = "Blanchflower and Oswald (1994); docs/models/wages/wage_curve.md";
  decl.gives = {"wage_index"};
  decl.parameters = {
      {"wage_curve_elasticity",
       "",
       "1",
       -0.1,
       -1.0,
       0.0,
       Dim::None,
       {DistributionKind::Normal, -0.1, 0.03},
       "Blanchflower and Oswald, NBER w4200",
       "Elasticity of the target real wage to regional unemployment",
       {}},
      {"wage_speed",
       "λ_w",
       "1/month",
       0.05,
       0.0,
       10.0,
       Dim::None,
       {},
       "assumption",
       "Rate at which real wages close the gap to the curve",
       {}},
  };
  for (ParameterDecl& shared : wages::ForeignRatio::parameters()) {
    decl.parameters.push_back(std::move(shared));
  }
  decl.levers = wages::Floors::levers();
  decl.drivers = {wages::Prices::driver()};
  return decl;
}

WageCurve::WageCurve(Setup& setup)
    : elasticity_(setup.parameter("wage_curve_elasticity")),
      speed_(setup.parameter("wage_speed")),
      prices_(setup),
      floors_(setup),
      foreign_ratio_(setup),
      first_year_(setup.world.clock().steps_in(12.0)),
      real_(setup.world.base().sizes.regions),
      level_(real_.size()),
      reference_(setup.world.base().sizes.regions) {}

void WageCurve::run(Step& step) {
  const Base& base = step.world.base();
  const double prices = prices_.update(step);
  for (std::size_t r = 0; r < base.sizes.regions; ++r) {
    const double u = wages::log_unemployment(step.world.ledger, RegionId{r});
    if (step.index < first_year_) {
      // The curve passes through the first year: until that is over wages only follow prices.
      reference_[r] += (u - reference_[r]) / (step.index + 1);
    } else {
      const double target = elasticity_ * (u - reference_[r]);
      real_[r] += (1.0 - std::exp(-speed_ * step.dt)) * (target - real_[r]);
    }
    level_[r] = prices * std::exp(real_[r]);
  }
  floors_.set_index(
      step, [&](std::size_t region, std::size_t cell) { return base.wage[cell] * level_[region]; });
  foreign_ratio_.update(step);
}

}  // namespace

void register_wages_wage_curve(Registry& registry) { registry.add<WageCurve>(); }

}  // namespace steppe
