#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <vector>

#include "sim/api/registry.hpp"
#include "sim/world/posts.hpp"

namespace steppe {
namespace {

constexpr Purpose kDrift{"demand/drivers/drift"};
constexpr Purpose kTurnover{"demand/drivers/turnover"};
constexpr Purpose kEntrant{"demand/drivers/entrant"};
constexpr Purpose kShortage{"demand/drivers/shortage"};

/// One way in which a series moves a sector's posts.
struct Channel {
  DriverId driver;
  std::vector<double> elasticity;  ///< by sector
  int smoothing = 1;               ///< trailing months averaged
  int lag = 0;                     ///< months
  double reference = 1.0;          ///< mean of the smoothed, lagged series over the first year
};

/// Posts by sector follow trends, dated series, seasons and projects; firms share them out;
/// unfilled scarce posts lower the demand for everybody else.
class Drivers {
 public:
  static VariantDecl declaration();
  explicit Drivers(Setup& setup);
  void start(Step& step);
  void run(Step& step);

 private:
  [[nodiscard]] double sector_posts(const Step& step, std::size_t sector) const;
  [[nodiscard]] double project_heads(const Step& step, std::size_t project) const;
  void turn_over_firms(Step& step);
  void set_posts(Step& step, FirmId id, std::uint32_t posts);
  void update_posts(Step& step);
  void restaff(Step& step);
  void measure_shortages(Step& step);
  void set_targets(Step& step);
  void targets_of(World& world, const Firm& firm, double factor, const Draws& thresholds);
  [[nodiscard]] const std::vector<double>& cumulative(const Firm& firm) const;

  Month first_month_;
  std::vector<Channel> channels_;
  std::vector<double> trend_;                   ///< by sector [1/month]
  std::vector<std::array<double, 12>> season_;  ///< by sector, mean 1
  double substitution_ = 0.0;                   ///< σ_w
  double rho_ = 0.5;
  double kappa_ = 0.5;
  double floor_quality_ = 0.3;
  double drift_ = 0.0;
  double drift_limit_ = 0.0;
  double turnover_ = 0.0;
  double small_ = 20.0;
  int first_year_ = 12;              ///< [steps]
  std::vector<double> value_added_;  ///< v_s

  std::vector<std::vector<double>> cumulative_;  ///< staffing shares by sector, running sums
  std::vector<std::vector<double>> project_cumulative_;
  std::vector<double> share_sum_;          ///< Σ φ_j by sector
  std::vector<float> first_share_;         ///< φ_j(0) by firm, for the bounded walk
  std::vector<double> sector_posts_;       ///< N_s without projects, this step
  std::vector<double> reference_quality_;  ///< q_s(0)
  double reference_output_ = 0.0;

  // Sector × region × staffing slot: posts at full staff and staff.
  std::vector<std::size_t> area_offset_;  ///< by sector
  std::vector<double> area_full_, area_staff_;
  std::vector<double> area_quality_;  ///< sector × region
};

VariantDecl Drivers::declaration() {
  const auto elasticity = [](std::string name, std::string symbol, std::string summary,
                             Distribution prior, std::vector<std::pair<std::string, double>> by_key,
                             double other) {
    ParameterDecl p{std::move(name),
                    std::move(symbol),
                    "1",
                    other,
                    -5.0,
                    5.0,
                    Dim::Sector,
                    prior,
                    "assumption",
                    std::move(summary),
                    std::move(by_key)};
    return p;
  };
  const Distribution none{};
  VariantDecl decl;
  decl.slot = Slot::Demand;
  decl.name = "drivers";
  decl.summary =
      "Posts follow commodity prices, incomes, seasons and projects; shortages cost others' posts";
  decl.reference = "docs/models/demand/drivers.md";
  decl.gives = {"targets", "quality"};
  decl.parameters = {
      elasticity("copper_elasticity", "ε_cu",
                 "Response of posts to the copper price, trailing mean",
                 {DistributionKind::Normal, 0.7, 0.3}, {{"mining", 0.8}}, 0.0),
      elasticity("coal_elasticity", "ε_coal", "Response of posts to coal exports",
                 {DistributionKind::Normal, 0.3, 0.1}, {{"mining", 0.3}}, 0.0),
      elasticity("income_elasticity", "ε_Y", "Response of posts to real income",
                 {DistributionKind::Normal, 0.45, 0.15}, {{"mining", 0.0}, {"construction", 0.8}},
                 0.4),
      elasticity("copper_budget_elasticity", "ε_F,cu",
                 "Response of posts to the copper price a year before: the budget's channel",
                 {DistributionKind::Normal, 0.5, 0.25}, {{"construction", 0.7}}, 0.0),
      {"copper_smoothing",
       "",
       "months",
       6.0,
       1.0,
       60.0,
       Dim::None,
       none,
       "assumption",
       "Months over which the copper price is averaged",
       {}},
      {"budget_smoothing",
       "",
       "months",
       12.0,
       1.0,
       60.0,
       Dim::None,
       none,
       "assumption",
       "Months over which the copper price is averaged in the budget's channel",
       {}},
      {"budget_lag",
       "ℓ",
       "months",
       12.0,
       0.0,
       60.0,
       Dim::None,
       none,
       "assumption",
       "Delay of the budget's channel",
       {}},
      {"demand_trend",
       "g_s",
       "1/year",
       0.0,
       -0.5,
       0.5,
       Dim::Sector,
       none,
       "assumption",
       "Trend of posts net of productivity",
       {}},
      {"season_winter",
       "",
       "1",
       1.0,
       0.0,
       3.0,
       Dim::Sector,
       none,
       "assumption",
       "Posts in January to March against the year's mean",
       {{"construction", 0.7}}},
      {"season_summer",
       "",
       "1",
       1.0,
       0.0,
       3.0,
       Dim::Sector,
       none,
       "assumption",
       "Posts in June to September against the year's mean",
       {{"construction", 1.2}}},
      {"wage_substitution",
       "σ_w",
       "1",
       0.3,
       0.0,
       5.0,
       Dim::None,
       none,
       "assumption",
       "Response of staffing shares to relative wages, applied each January",
       {}},
      {"complementarity",
       "ρ",
       "1",
       0.5,
       0.05,
       0.95,
       Dim::None,
       none,
       "assumption",
       "Elasticity of substitution between occupations in output; below 1 they need each other",
       {}},
      {"shortage_response",
       "κ",
       "1",
       0.5,
       0.0,
       2.0,
       Dim::None,
       none,
       "assumption",
       "Response of other posts to output lost for want of scarce staff",
       {}},
      {"least_quality",
       "",
       "1",
       0.3,
       0.01,
       1.0,
       Dim::None,
       none,
       "assumption",
       "Output share below which shortages do not push a firm",
       {}},
      {"firm_drift",
       "",
       "1",
       0.03,
       0.0,
       1.0,
       Dim::None,
       none,
       "assumption",
       "Standard deviation of a firm's yearly change in log size",
       {}},
      {"firm_drift_limit",
       "",
       "1",
       0.7,
       0.0,
       3.0,
       Dim::None,
       none,
       "assumption",
       "Largest distance of a firm's log size from where it started",
       {}},
      {"firm_turnover",
       "",
       "1/year",
       0.01,
       0.0,
       1.0,
       Dim::None,
       none,
       "assumption",
       "Rate at which small firms close and others open in their place",
       {}},
      {"small_firm",
       "",
       "1",
       20.0,
       1.0,
       1000.0,
       Dim::None,
       none,
       "assumption",
       "Posts below which a firm takes its sector's shortages in its region",
       {}},
      {"value_added_per_post",
       "v_s",
       "million_MNT/year",
       1.0,
       0.0,
       1e6,
       Dim::Sector,
       none,
       "assumption",
       "Value added a post makes at full staff, for the output index",
       {}},
  };
  decl.drivers = {{"copper_price", "USD/tonne", "World copper price"},
                  {"coal_exports", "kilotonnes/year", "Coal exported"},
                  {"real_income", "1", "Nominal GDP over consumer prices"}};
  return decl;
}

Drivers::Drivers(Setup& setup)
    : first_month_(setup.scenario.time.start.year, setup.scenario.time.start.month),
      substitution_(setup.parameter("wage_substitution")),
      rho_(setup.parameter("complementarity")),
      kappa_(setup.parameter("shortage_response")),
      floor_quality_(setup.parameter("least_quality")),
      drift_(setup.parameter("firm_drift")),
      drift_limit_(setup.parameter("firm_drift_limit")),
      turnover_(setup.parameter("firm_turnover")),
      small_(setup.parameter("small_firm")),
      first_year_(setup.world.clock().steps_in(12.0)),
      value_added_(setup.parameters("value_added_per_post")) {
  const auto channel = [&](std::string_view driver, std::string_view elasticity, double smoothing,
                           double lag) {
    Channel c;
    c.driver = setup.driver(driver);
    if (c.driver.is_none()) return;  // a country without the series: the channel is silent
    c.elasticity = setup.parameters(elasticity);
    c.smoothing = static_cast<int>(std::lround(smoothing));
    c.lag = static_cast<int>(std::lround(lag));
    channels_.push_back(std::move(c));
  };
  channel("copper_price", "copper_elasticity", setup.parameter("copper_smoothing"), 0.0);
  channel("coal_exports", "coal_elasticity", 1.0, 0.0);
  channel("real_income", "income_elasticity", 1.0, 0.0);
  channel("copper_price", "copper_budget_elasticity", setup.parameter("budget_smoothing"),
          setup.parameter("budget_lag"));
  for (Channel& c : channels_) {
    double sum = 0.0;
    for (int m = 0; m < 12; ++m) {
      sum += setup.drivers.trailing(c.driver, first_month_ + m, c.smoothing, c.lag);
    }
    c.reference = sum / 12.0;
  }
  trend_ = setup.parameters("demand_trend");
  for (double& g : trend_) g /= 12.0;
  const std::vector<double> winter = setup.parameters("season_winter");
  const std::vector<double> summer = setup.parameters("season_summer");
  for (std::size_t s = 0; s < winter.size(); ++s) {
    // Three months of winter, four of summer; the other five bring the mean to 1.
    const double rest = std::max(0.0, (12.0 - 3.0 * winter[s] - 4.0 * summer[s]) / 5.0);
    std::array<double, 12> months{};
    months.fill(rest);
    for (const std::size_t m : {0u, 1u, 2u}) months[m] = winter[s];
    for (const std::size_t m : {5u, 6u, 7u, 8u}) months[m] = summer[s];
    season_.push_back(months);
  }

  const Base& base = setup.world.base();
  for (const std::vector<double>& shares : base.staffing_share) {
    std::vector<double> sums(shares.size());
    std::partial_sum(shares.begin(), shares.end(), sums.begin());
    cumulative_.push_back(std::move(sums));
  }
  for (const Project& project : setup.scenario.projects) {
    std::vector<double> sums;
    const auto& list = base.staffing[static_cast<std::size_t>(project.sector)];
    double sum = 0.0;
    for (std::size_t slot = 0; slot < list.size() && !project.occupation_share.empty(); ++slot) {
      sum += project.occupation_share[list[slot].at()];
      sums.push_back(sum);
    }
    for (double& c : sums) c /= sum;
    project_cumulative_.push_back(std::move(sums));
  }
  std::size_t offset = 0;
  for (const auto& list : base.staffing) {
    area_offset_.push_back(offset);
    offset += list.size() * base.sizes.regions;
  }
  area_full_.resize(offset);
  area_staff_.resize(offset);
  area_quality_.assign(base.sizes.sectors * base.sizes.regions, 1.0);
}

const std::vector<double>& Drivers::cumulative(const Firm& firm) const {
  if (firm.project >= 0) {
    const auto& own = project_cumulative_[static_cast<std::size_t>(firm.project)];
    if (!own.empty()) return own;
  }
  return cumulative_[firm.sector.at()];
}

void Drivers::start(Step& step) {
  World& world = step.world;
  share_sum_.assign(world.base().sizes.sectors, 0.0);
  first_share_.reserve(world.firms.size());
  for (const Firm& firm : world.firms) {
    first_share_.push_back(firm.share);
    if (firm.project < 0) share_sum_[firm.sector.at()] += firm.share;
  }
  reference_quality_.assign(share_sum_.size(), 0.0);
  for (std::size_t s = 0; s < value_added_.size(); ++s) {
    reference_output_ += value_added_[s] * world.base().posts[s];
  }
}

double Drivers::sector_posts(const Step& step, std::size_t sector) const {
  double posts = step.world.base().posts[sector];
  const int months = step.month - first_month_;
  posts *= std::exp(trend_[sector] * months);
  for (const Channel& c : channels_) {
    if (c.elasticity[sector] == 0.0) continue;
    const double x = step.drivers.trailing(c.driver, step.month, c.smoothing, c.lag);
    posts *= std::pow(x / c.reference, c.elasticity[sector]);
  }
  return posts * season_[sector][static_cast<std::size_t>(step.month.month() - 1)];
}

double Drivers::project_heads(const Step& step, std::size_t project) const {
  const auto& heads = step.scenario.projects[project].heads;
  const std::int64_t today = days_since_epoch(Date{step.month.year(), step.month.month(), 15});
  double value = heads.empty() ? 0.0 : heads.front().second;
  for (std::size_t i = 0; i < heads.size(); ++i) {
    const std::int64_t from = days_since_epoch(heads[i].first);
    if (today < from) break;
    value = heads[i].second;
    if (i + 1 < heads.size()) {
      const std::int64_t to = days_since_epoch(heads[i + 1].first);
      if (today < to) {
        const double part = static_cast<double>(today - from) / static_cast<double>(to - from);
        value += part * (heads[i + 1].second - heads[i].second);
      }
    }
  }
  return value / step.world.weight();
}

void Drivers::run(Step& step) {
  // Firms drift and turn over once a year each, a twelfth of them every month.
  if (step.world.clock().closes_month(step.index)) turn_over_firms(step);
  if (step.month.month() == 1 && step.index > 0) restaff(step);
  update_posts(step);
  measure_shortages(step);
  if (step.index < first_year_) {
    // What is usual is the first year's mean; until that is known shortages push nobody.
    for (std::size_t s = 0; s < reference_quality_.size(); ++s) {
      reference_quality_[s] += (step.signals.quality[s] - reference_quality_[s]) / (step.index + 1);
    }
  }
  set_targets(step);
}

void Drivers::turn_over_firms(Step& step) {
  if (drift_ == 0.0 && turnover_ == 0.0) return;
  World& world = step.world;
  const auto due = static_cast<std::size_t>(step.month.month() - 1);
  const double closing = probability(turnover_, 1.0);
  const std::size_t count = world.firms.size();  // entrants wait for their own month
  for (std::size_t j = due; j < count; j += 12) {
    Firm& firm = world.firms[j];
    if (!firm.active || firm.project >= 0) continue;
    const FirmId id{j};
    const std::size_t s = firm.sector.at();
    share_sum_[s] -= firm.share;
    const double from = std::log(static_cast<double>(first_share_[j]));
    double at =
        std::log(static_cast<double>(firm.share)) + drift_ * step.draws.normal(kDrift, id.value());
    // Reflection keeps the walk within its bounds and the tail of firm sizes as it was.
    if (at > from + drift_limit_) at = 2.0 * (from + drift_limit_) - at;
    if (at < from - drift_limit_) at = 2.0 * (from - drift_limit_) - at;
    firm.share =
        static_cast<float>(std::exp(std::clamp(at, from - drift_limit_, from + drift_limit_)));
    share_sum_[s] += firm.share;
    if (firm.posts >= small_ || step.draws.uniform(kTurnover, id.value()) >= closing) continue;
    // The entrant takes the leaver's share of the sector, in the same region, with new posts.
    const float share = firm.share;
    const bool national = firm.recruits_nationally;
    firm.active = false;
    firm.share = 0.0f;
    set_posts(step, id, 0);
    const SectorId sector = firm.sector;
    const RegionId region = firm.region;
    const FirmId entrant_id = world.add_firm(sector, region);
    Firm& entrant = world.firms[entrant_id.at()];
    entrant.share = share;
    entrant.recruits_nationally = national;
    entrant.rounding = static_cast<float>(step.draws.uniform(kEntrant, id.value()));
    first_share_.push_back(share);
  }
}

void Drivers::set_posts(Step& step, FirmId id, std::uint32_t posts) {
  Firm& firm = step.world.firms[id.at()];
  const std::vector<double>& sums = cumulative(firm);
  while (firm.posts < posts) {
    ++step.world.cells[firm.first_cell + post_occupation(sums, firm.rounding, firm.posts)].full;
    ++firm.posts;
  }
  while (firm.posts > posts) {
    --firm.posts;
    --step.world.cells[firm.first_cell + post_occupation(sums, firm.rounding, firm.posts)].full;
  }
}

void Drivers::update_posts(Step& step) {
  World& world = step.world;
  const std::size_t sectors = world.base().sizes.sectors;
  sector_posts_.resize(sectors);
  for (std::size_t s = 0; s < sectors; ++s) {
    sector_posts_[s] = sector_posts(step, s);
    step.signals.posts_wanted[s] = sector_posts_[s];
  }
  for (std::size_t j = 0; j < world.firms.size(); ++j) {
    const Firm& firm = world.firms[j];
    if (!firm.active) continue;
    double wanted = 0.0;
    if (firm.project >= 0) {
      wanted = project_heads(step, static_cast<std::size_t>(firm.project));
      step.signals.posts_wanted[firm.sector.at()] += wanted;
    } else if (share_sum_[firm.sector.at()] > 0.0) {
      wanted = firm.share / share_sum_[firm.sector.at()] * sector_posts_[firm.sector.at()];
    }
    const auto posts = static_cast<std::uint32_t>(wanted + firm.rounding);
    if (posts != firm.posts) set_posts(step, FirmId{j}, posts);
  }
}

void Drivers::restaff(Step& step) {
  if (substitution_ == 0.0) return;
  World& world = step.world;
  const Base& base = world.base();
  const Sizes& sizes = base.sizes;
  for (std::size_t s = 0; s < sizes.sectors; ++s) {
    const std::vector<OccupationId>& list = base.staffing[s];
    // A sector's wage by occupation: the mean of the regions' indices.
    std::vector<double> wage(list.size()), wage_start(list.size());
    double mean = 0.0, mean_start = 0.0;
    for (std::size_t slot = 0; slot < list.size(); ++slot) {
      for (std::size_t r = 0; r < sizes.regions; ++r) {
        wage[slot] +=
            step.signals.wage_index[world.ledger.wage_cell(SectorId{s}, list[slot], RegionId{r})] /
            static_cast<double>(sizes.regions);
      }
      wage_start[slot] = base.wage[s * sizes.occupations + list[slot].at()];
      mean += base.staffing_share[s][slot] * wage[slot];
      mean_start += base.staffing_share[s][slot] * wage_start[slot];
    }
    double sum = 0.0;
    std::vector<double>& sums = cumulative_[s];
    for (std::size_t slot = 0; slot < list.size(); ++slot) {
      const double change = (wage[slot] / mean) / (wage_start[slot] / mean_start);
      sum += base.staffing_share[s][slot] * std::pow(change, -substitution_);
      sums[slot] = sum;
    }
    for (double& c : sums) c /= sum;
  }
  for (std::size_t j = 0; j < world.firms.size(); ++j) {
    Firm& firm = world.firms[j];
    if (!firm.active || firm.posts == 0) continue;
    const std::uint32_t posts = firm.posts;
    for (std::uint32_t c = 0; c < firm.n_cells; ++c) world.cells[firm.first_cell + c].full = 0;
    firm.posts = 0;
    set_posts(step, FirmId{j}, posts);
  }
}

void Drivers::measure_shortages(Step& step) {
  World& world = step.world;
  const Base& base = world.base();
  const Sizes& sizes = base.sizes;
  std::fill(area_full_.begin(), area_full_.end(), 0.0);
  std::fill(area_staff_.begin(), area_staff_.end(), 0.0);
  for (const Firm& firm : world.firms) {
    if (firm.posts == 0) continue;
    const std::size_t area = area_offset_[firm.sector.at()] + firm.region.at() * firm.n_cells;
    for (std::size_t c = 0; c < firm.n_cells; ++c) {
      const Cell& cell = world.cells[firm.first_cell + c];
      area_full_[area + c] += cell.full;
      area_staff_[area + c] += std::min(cell.staff(), cell.full);
    }
  }
  const double exponent = (rho_ - 1.0) / rho_;
  for (std::size_t s = 0; s < sizes.sectors; ++s) {
    const std::size_t slots = base.staffing[s].size();
    for (std::size_t r = 0; r < sizes.regions; ++r) {
      const std::size_t area = area_offset_[s] + r * slots;
      double bill = 0.0, sum = 0.0;
      bool empty = false;
      for (std::size_t c = 0; c < slots; ++c) {
        if (area_full_[area + c] < 1.0) continue;
        const double alpha =
            area_full_[area + c] * base.wage[s * sizes.occupations + base.staffing[s][c].at()];
        const double m = area_staff_[area + c] / area_full_[area + c];
        bill += alpha;
        empty = empty || m == 0.0;
        if (m > 0.0) sum += alpha * std::pow(m, exponent);
      }
      double q = 1.0;
      if (bill > 0.0) q = empty ? floor_quality_ : std::pow(sum / bill, 1.0 / exponent);
      area_quality_[s * sizes.regions + r] = std::clamp(q, floor_quality_, 1.0);
    }
  }
  // Large firms have shortages of their own.
  std::vector<double> posts(sizes.sectors), filled(sizes.sectors);
  for (Firm& firm : world.firms) {
    if (firm.posts == 0) continue;
    const std::size_t s = firm.sector.at();
    double q = area_quality_[s * sizes.regions + firm.region.at()];
    if (firm.posts >= small_) {
      double bill = 0.0, sum = 0.0;
      bool empty = false;
      for (std::size_t c = 0; c < firm.n_cells; ++c) {
        const Cell& cell = world.cells[firm.first_cell + c];
        if (cell.full == 0) continue;
        const double alpha = cell.full * base.wage[s * sizes.occupations + cell.occupation.at()];
        const double m = std::min(1.0, static_cast<double>(cell.staff()) / cell.full);
        bill += alpha;
        empty = empty || m == 0.0;
        if (m > 0.0) sum += alpha * std::pow(m, exponent);
      }
      q = empty ? floor_quality_
                : std::clamp(std::pow(sum / bill, 1.0 / exponent), floor_quality_, 1.0);
    }
    firm.quality = static_cast<float>(q);
    posts[s] += firm.posts;
    filled[s] += firm.posts * q;
  }
  double output = 0.0;
  for (std::size_t s = 0; s < sizes.sectors; ++s) {
    step.signals.quality[s] = posts[s] > 0.0 ? filled[s] / posts[s] : 1.0;
    output += value_added_[s] * filled[s];
  }
  if (reference_output_ > 0.0) step.signals.output = output / reference_output_;
}

void Drivers::set_targets(Step& step) {
  // A cell's threshold belongs to it for good, so that a target moves only when the factor does.
  Draws thresholds = step.draws;
  thresholds.set_step(0);
  const bool known = step.index >= first_year_;
  for (const Firm& firm : step.world.firms) {
    const double ratio = firm.quality / reference_quality_[firm.sector.at()];
    const double factor = known && ratio < 1.0 ? std::pow(ratio, kappa_) : 1.0;
    targets_of(step.world, firm, factor, thresholds);
  }
}

void Drivers::targets_of(World& world, const Firm& firm, double factor, const Draws& thresholds) {
  const std::size_t s = firm.sector.at();
  const bool small = firm.posts < small_;
  const std::size_t area = area_offset_[s] + firm.region.at() * firm.n_cells;
  for (std::size_t c = 0; c < firm.n_cells; ++c) {
    Cell& cell = world.cells[firm.first_cell + c];
    cell.target = cell.full;
    if (factor == 1.0 || cell.full == 0) continue;
    const double m =
        small ? (area_full_[area + c] > 0.0 ? area_staff_[area + c] / area_full_[area + c] : 1.0)
              : std::min(1.0, static_cast<double>(cell.staff()) / cell.full);
    if (m <= firm.quality) continue;
    const auto address = static_cast<std::uint32_t>(firm.first_cell + c);
    cell.target =
        static_cast<std::uint32_t>(cell.full * factor + thresholds.uniform(kShortage, address));
  }
}

}  // namespace

void register_demand_drivers(Registry& registry) { registry.add<Drivers>(); }

}  // namespace steppe
