#include <algorithm>
#include <cmath>
#include <vector>

#include "sim/api/registry.hpp"

namespace steppe {
namespace {

/// Real wages move towards a wage curve by region; nominal ones follow prices; the minimum wage is
/// a floor; foreigners' relative wages fall as they become more numerous in an occupation.
class WageCurve {
 public:
  static VariantDecl declaration();
  explicit WageCurve(Setup& setup);
  void start(Step& step);
  void run(Step& step);

 private:
  void update_foreign_ratio(Step& step);
  [[nodiscard]] static double log_unemployment(const Step& step, RegionId region);

  double elasticity_ = 0.0;
  double speed_ = 0.0;
  double sigma_ = 20.0;
  std::vector<double> ratio_start_;  ///< foreign ÷ national by occupation
  LeverId minimum_wage_;
  DriverId prices_;
  double price_start_ = 1.0;
  int first_year_ = 12;
  std::vector<double> real_;       ///< log real wage against the start, by region
  std::vector<double> reference_;  ///< first year's mean of log unemployment, by region
  std::vector<double> mix_start_;  ///< log(F/N) by occupation at the start
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
  decl.levers = {{"minimum_wage", "MNT/month", 0.0, 0.0, 1e9, Dim::None,
                  "Labour Law; Cabinet and tripartite decisions", "Lowest monthly wage"}};
  decl.drivers = {{"price_index", "1", "Consumer prices"}};
  return decl;
}

WageCurve::WageCurve(Setup& setup)
    : elasticity_(setup.parameter("wage_curve_elasticity")),
      speed_(setup.parameter("wage_speed")),
      sigma_(setup.parameter("native_foreign_substitution")),
      ratio_start_(setup.parameters("foreign_wage_ratio")),
      minimum_wage_(setup.lever("minimum_wage")),
      prices_(setup.driver("price_index")),
      first_year_(setup.world.clock().steps_in(12.0)),
      real_(setup.world.base().sizes.regions),
      reference_(setup.world.base().sizes.regions) {
  setup.signals.foreign_wage_ratio = ratio_start_;
}

double WageCurve::log_unemployment(const Step& step, RegionId region) {
  const Ledger& ledger = step.world.ledger;
  const auto searching = static_cast<double>(ledger.nationals(Status::Searching, region));
  const auto employed = static_cast<double>(ledger.nationals(Status::Employed, region) +
                                            ledger.nationals(Status::Herding, region));
  // Half a person keeps the logarithm finite in a region where nobody searches.
  return std::log((searching + 0.5) / (searching + employed + 1.0));
}

void WageCurve::start(Step& step) {
  if (!prices_.is_none()) price_start_ = step.drivers.at(prices_, step.month);
  const Sizes& sizes = step.world.base().sizes;
  mix_start_.resize(sizes.occupations);
  for (std::size_t k = 0; k < sizes.occupations; ++k) mix_start_[k] = std::nan("");
}

void WageCurve::run(Step& step) {
  World& world = step.world;
  const Base& base = world.base();
  const Sizes& sizes = base.sizes;
  const double prices =
      prices_.is_none() ? 1.0 : step.drivers.at(prices_, step.month) / price_start_;
  step.signals.price_index = prices;
  const double floor = step.policy.value(minimum_wage_);
  for (std::size_t r = 0; r < sizes.regions; ++r) {
    const double u = log_unemployment(step, RegionId{r});
    if (step.index < first_year_) {
      // The curve passes through the first year: until that is over wages only follow prices.
      reference_[r] += (u - reference_[r]) / (step.index + 1);
    } else {
      const double target = elasticity_ * (u - reference_[r]);
      real_[r] += (1.0 - std::exp(-speed_ * step.dt)) * (target - real_[r]);
    }
    const double level = prices * std::exp(real_[r]);
    for (std::size_t c = 0; c < sizes.sectors * sizes.occupations; ++c) {
      step.signals.wage_index[r * sizes.sectors * sizes.occupations + c] =
          std::max(base.wage[c] * level, floor);
    }
  }
  update_foreign_ratio(step);
}

void WageCurve::update_foreign_ratio(Step& step) {
  const Ledger& ledger = step.world.ledger;
  const Sizes& sizes = step.world.base().sizes;
  for (std::size_t k = 0; k < sizes.occupations; ++k) {
    double nationals = 0.0;
    double foreigners = 0.0;
    for (std::size_t s = 0; s < sizes.sectors; ++s) {
      for (std::size_t o = 0; o < sizes.origins; ++o) {
        (o == 0 ? nationals : foreigners) +=
            static_cast<double>(ledger.staff(SectorId{s}, OccupationId{k}, OriginId{o}));
      }
    }
    if (nationals == 0.0 || foreigners == 0.0) continue;
    const double mix = std::log(foreigners / nationals);
    if (std::isnan(mix_start_[k])) mix_start_[k] = mix;
    step.signals.foreign_wage_ratio[k] =
        ratio_start_[k] * std::exp(-(mix - mix_start_[k]) / sigma_);
  }
}

}  // namespace

void register_wages_wage_curve(Registry& registry) { registry.add<WageCurve>(); }

}  // namespace steppe
