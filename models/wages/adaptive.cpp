#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include "models/wages/floors.hpp"
#include "models/wages/foreign_ratio.hpp"
#include "sim/api/registry.hpp"

namespace steppe {
namespace {

/// Nobody solves for a wage: offers rise by a step where posts stay open, asked wages fall by one
/// where many search, and all wages follow prices, productivity and unemployment.
class Adaptive {
 public:
  static VariantDecl declaration();
  explicit Adaptive(Setup& setup);
  void run(Step& step);

 private:
  void count(const World& world);
  [[nodiscard]] double country_growth(Step& step, double prices);

  double offer_step_ = 0.0, ask_step_ = 0.0;
  double open_threshold_ = 0.0, idle_threshold_ = 0.0;
  double inflation_pass_ = 0.0, productivity_pass_ = 0.0, unemployment_pass_ = 0.0, own_pass_ = 0.0;
  wages::Prices prices_;
  wages::Floors floors_;
  wages::ForeignRatio foreign_ratio_;
  DriverId productivity_;

  std::vector<double> wage_;  ///< by wage cell, before floors [MNT/month]
  // Of the step under way: by wage cell, and by region × occupation [records].
  std::vector<std::int64_t> stayed_open_, posts_, idle_, force_;
  // Of the step before; NaN before the first.
  double prices_before_, productivity_before_;
  std::vector<double> unemployment_before_;  ///< by region
  std::vector<double> quality_before_;       ///< by sector
};

VariantDecl Adaptive::declaration() {
  const auto number = [](const char* name, const char* symbol, const char* unit, double value,
                         double min, double max, const char* source, const char* summary) {
    return ParameterDecl{name, symbol, unit, value, min, max, Dim::None, {}, source, summary, {}};
  };
  VariantDecl decl;
  decl.slot = Slot::Wages;
  decl.name = "adaptive";
  decl.summary =
      "Offers rise where posts stay open, asked wages fall where many search; indexation";
  decl.reference = "Dawid et al. (2019); Dosi et al. (2017); docs/models/wages/adaptive.md";
  decl.gives = {"wage_index"};
  decl.parameters = {
      number("offer_step", "", "1/month", 0.005, 0.0, 1.0, "assumption",
             "Rise of a cell's offers in a month in which posts stay open"),
      number("open_threshold", "", "1", 0.05, 0.0, 1.0, "assumption",
             "Share of a cell's posts that stayed open above which offers rise"),
      number("ask_step", "", "1/month", 0.005, 0.0, 1.0, "assumption",
             "Fall of asked wages in a month in which many search"),
      number("idle_threshold", "", "1", 0.1, 0.0, 1.0, "assumption",
             "Searching share of an occupation's workers in a region above which asked wages fall"),
      number("inflation_pass", "ψ1", "1", 1.0, 0.0, 2.0, "assumption",
             "Response of wages to inflation"),
      number("productivity_pass", "ψ2", "1", 1.0, 0.0, 2.0, "assumption",
             "Response of wages to the growth of the country's productivity"),
      number("unemployment_pass", "ψ3", "1", -0.1, -10.0, 0.0, "assumption",
             "Response of wages to the change of the region's unemployment rate"),
      number("own_productivity_pass", "ψ4", "1", 0.0, 0.0, 2.0, "assumption",
             "Response of wages to the growth of what the sector's staff makes of its posts"),
  };
  for (ParameterDecl& shared : wages::ForeignRatio::parameters()) {
    decl.parameters.push_back(std::move(shared));
  }
  decl.levers = wages::Floors::levers();
  decl.drivers = {
      wages::Prices::driver(),
      {"productivity", "1", "Output of a filled post; changes since the first month count"}};
  return decl;
}

Adaptive::Adaptive(Setup& setup)
    : offer_step_(setup.parameter("offer_step")),
      ask_step_(setup.parameter("ask_step")),
      open_threshold_(setup.parameter("open_threshold")),
      idle_threshold_(setup.parameter("idle_threshold")),
      inflation_pass_(setup.parameter("inflation_pass")),
      productivity_pass_(setup.parameter("productivity_pass")),
      unemployment_pass_(setup.parameter("unemployment_pass")),
      own_pass_(setup.parameter("own_productivity_pass")),
      prices_(setup),
      floors_(setup),
      foreign_ratio_(setup),
      productivity_(setup.driver("productivity")),
      prices_before_(std::nan("")),
      productivity_before_(std::nan("")) {
  const Base& base = setup.world.base();
  for (std::size_t r = 0; r < base.sizes.regions; ++r) {
    wage_.insert(wage_.end(), base.wage.begin(), base.wage.end());
  }
  stayed_open_.resize(wage_.size());
  posts_.resize(wage_.size());
  idle_.resize(base.sizes.regions * base.sizes.occupations);
  force_.resize(idle_.size());
  unemployment_before_.assign(base.sizes.regions, std::nan(""));
  quality_before_.assign(base.sizes.sectors, std::nan(""));
}

void Adaptive::count(const World& world) {
  const Base& base = world.base();
  for (auto* numbers : {&stayed_open_, &posts_, &idle_, &force_}) {
    std::fill(numbers->begin(), numbers->end(), 0);
  }
  for (const Vacancy& vacancy : world.vacancies()) {
    if (!vacancy.open) continue;
    const Cell& cell = world.cells[vacancy.cell.at()];
    const Firm& firm = world.firms[cell.firm.at()];
    const std::size_t at = world.ledger.wage_cell(firm.sector, cell.occupation, firm.region);
    ++posts_[at];
    stayed_open_[at] += vacancy.opened < world.step ? 1 : 0;
  }
  for (std::size_t s = 0; s < base.sizes.sectors; ++s) {
    for (std::size_t slot = 0; slot < base.staffing[s].size(); ++slot) {
      const OccupationId k = base.staffing[s][slot];
      for (std::size_t r = 0; r < base.sizes.regions; ++r) {
        const std::int64_t staff = world.staff_of(SectorId{s}, RegionId{r}, slot);
        posts_[world.ledger.wage_cell(SectorId{s}, k, RegionId{r})] += staff;
        force_[r * base.sizes.occupations + k.at()] += staff;
      }
    }
  }
  for (const Seeker& seeker : world.searching()) {
    const std::size_t at = seeker.region.at() * base.sizes.occupations + seeker.occupation.at();
    ++idle_[at];
    ++force_[at];
  }
}

/// What prices and productivity add to all wages.
double Adaptive::country_growth(Step& step, double prices) {
  const double productivity =
      productivity_.is_none() ? 1.0 : step.drivers.at(productivity_, step.month);
  double growth = 0.0;
  if (!std::isnan(prices_before_)) {
    growth = inflation_pass_ * (prices / prices_before_ - 1.0) +
             productivity_pass_ * (productivity / productivity_before_ - 1.0);
  }
  prices_before_ = prices;
  productivity_before_ = productivity;
  return growth;
}

void Adaptive::run(Step& step) {
  const World& world = step.world;
  const Sizes& sizes = world.base().sizes;
  count(world);
  const double country = country_growth(step, prices_.update(step));
  std::size_t cell = 0;
  for (std::size_t r = 0; r < sizes.regions; ++r) {
    const auto searching =
        static_cast<double>(world.ledger.nationals(Status::Searching, RegionId{r}));
    const auto employed =
        static_cast<double>(world.ledger.nationals(Status::Employed, RegionId{r}) +
                            world.ledger.nationals(Status::Herding, RegionId{r}));
    const double u = searching + employed > 0.0 ? searching / (searching + employed) : 0.0;
    const double change = std::isnan(unemployment_before_[r]) ? 0.0 : u - unemployment_before_[r];
    unemployment_before_[r] = u;
    for (std::size_t s = 0; s < sizes.sectors; ++s) {
      const double own = std::isnan(quality_before_[s]) || quality_before_[s] <= 0.0
                             ? 0.0
                             : step.signals.quality[s] / quality_before_[s] - 1.0;
      const double growth = 1.0 + country + unemployment_pass_ * change + own_pass_ * own;
      for (std::size_t k = 0; k < sizes.occupations; ++k, ++cell) {
        const std::size_t market = r * sizes.occupations + k;
        const bool stuck = static_cast<double>(stayed_open_[cell]) >
                           open_threshold_ * static_cast<double>(posts_[cell]);
        const bool crowded = static_cast<double>(idle_[market]) >
                             idle_threshold_ * static_cast<double>(force_[market]);
        double factor = std::max(0.0, growth);
        if (stuck) factor *= 1.0 + offer_step_ * step.dt;
        if (crowded) factor *= std::max(0.0, 1.0 - ask_step_ * step.dt);
        wage_[cell] *= factor;
      }
    }
  }
  quality_before_ = step.signals.quality;
  const std::size_t of_region = sizes.sectors * sizes.occupations;
  floors_.set_index(
      step, [&](std::size_t region, std::size_t c) { return wage_[region * of_region + c]; });
  foreign_ratio_.update(step);
}

}  // namespace

void register_wages_adaptive(Registry& registry) { registry.add<Adaptive>(); }

}  // namespace steppe
