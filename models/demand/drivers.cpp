#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <vector>

#include "sim/api/registry.hpp"
#include "sim/core/index_set.hpp"
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
  void take_in(const Step& step, FirmId id);
  void turn_over_firms(Step& step);
  void set_posts(World& world, FirmId id, std::uint32_t posts);
  void change_full(World& world, FirmId id, std::size_t slot, int by);
  void enter_list(World& world, const Firm& firm, CellId id);
  void leave_list(const Firm& firm, CellId id);
  void update_posts(Step& step);
  void restaff(Step& step);
  void measure_shortages(Step& step);
  void measure_areas(const World& world);
  [[nodiscard]] double own_quality(const World& world, const Firm& firm) const;
  [[nodiscard]] double output_share(double bill, double sum, bool empty) const;
  void set_targets(Step& step);
  void set_small_targets(World& world, std::size_t list, double factor);
  void set_own_targets(World& world, const Firm& firm, double quality, double factor);
  [[nodiscard]] double response(double quality, std::size_t sector, bool known) const;
  [[nodiscard]] const std::vector<double>& cumulative(const Firm& firm) const;
  [[nodiscard]] bool is_small(FirmId id) const { return !large_.contains(id.at()); }
  [[nodiscard]] std::size_t area_of(const Firm& firm) const {
    return area_offset_[firm.sector.at()] + firm.region.at() * firm.n_cells;
  }
  [[nodiscard]] std::size_t list_of(const Firm& firm, CellId cell) const {
    return area_of(firm) + (cell.at() - firm.first_cell);
  }

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
  std::vector<double> first_log_share_;    ///< log φ_j(0) by firm, for the bounded walk
  std::vector<double> log_share_;          ///< log φ_j
  std::vector<double> sector_posts_;       ///< N_s without projects, this step
  std::vector<double> reference_quality_;  ///< q_s(0)
  double reference_output_ = 0.0;

  // Sector × region × staffing slot: posts at full staff and those of them that are filled.
  std::vector<std::size_t> area_offset_;  ///< by sector
  std::vector<double> area_full_, area_staff_;
  std::vector<double> area_quality_;       ///< sector × region
  std::vector<std::int64_t> small_posts_;  ///< of small firms, by sector × region

  /// Posts of a small firm in one occupation. They stand together by area and slot, where one
  /// factor holds for all, so that firms whose targets stay are not touched.
  struct SmallCell {
    CellId cell;
    float threshold = 0.0f;
    std::uint32_t full = 0;
    std::uint32_t target = 0;
    [[nodiscard]] std::uint32_t target_at(double factor) const {
      return factor == 1.0 ? full : static_cast<std::uint32_t>(full * factor + threshold);
    }
  };
  std::vector<std::vector<SmallCell>> small_cells_;  ///< by sector × region × slot
  std::vector<double> small_factor_;                 ///< in force in each
  std::vector<std::uint32_t> small_place_;           ///< by cell: place in its list
  std::vector<float> threshold_;                     ///< by cell: decides how its target is rounded
  IndexSet large_;                                   ///< firms with shortages of their own
  std::vector<double> large_quality_;                ///< q_j of those, in ascending order
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
       "assumption, chosen after seeing the record",
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
       "assumption, chosen after seeing the record",
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
  small_cells_.resize(offset);
  small_factor_.assign(offset, 1.0);
  area_quality_.assign(base.sizes.sectors * base.sizes.regions, 1.0);
  small_posts_.resize(base.sizes.sectors * base.sizes.regions);
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
  const std::size_t regions = world.base().sizes.regions;
  share_sum_.assign(world.base().sizes.sectors, 0.0);
  // Room for the firms that will open, so that nothing moves in the run.
  const double years = world.clock().steps() * step.dt / 12.0;
  const double expected = static_cast<double>(world.firms.size()) * turnover_ * years;
  const auto opening = static_cast<std::size_t>(expected + 4.0 * std::sqrt(expected));
  const std::size_t firms = world.firms.size() + opening;
  world.reserve_firms(firms);
  first_log_share_.reserve(firms);
  log_share_.reserve(firms);
  small_place_.reserve(world.cells.capacity());
  threshold_.reserve(world.cells.capacity());
  large_.resize(firms);
  for (std::size_t j = 0; j < world.firms.size(); ++j) {
    const Firm& firm = world.firms[j];
    if (firm.project < 0) share_sum_[firm.sector.at()] += firm.share;
    take_in(step, FirmId{j});
    const bool large = firm.posts >= small_;
    if (large) large_.insert(j);
    if (!large) small_posts_[firm.sector.at() * regions + firm.region.at()] += firm.posts;
    for (std::size_t slot = 0; slot < firm.n_cells; ++slot) {
      const CellId cell{firm.first_cell + slot};
      const std::uint32_t full = world.cells[cell.at()].full;
      area_full_[area_of(firm) + slot] += full;
      if (full == 0) {
        world.want(cell, 0);
      } else if (!large) {
        enter_list(world, firm, cell);
      }
    }
  }
  reference_quality_.assign(share_sum_.size(), 0.0);
  for (std::size_t s = 0; s < value_added_.size(); ++s) {
    reference_output_ += value_added_[s] * world.base().posts[s];
  }
}

/// Begins to keep account of a firm, which has no posts yet.
void Drivers::take_in(const Step& step, FirmId id) {
  const Firm& firm = step.world.firms[id.at()];
  first_log_share_.push_back(firm.share > 0.0f ? std::log(static_cast<double>(firm.share)) : 0.0);
  log_share_.push_back(first_log_share_.back());
  if (id.at() >= large_.size()) large_.resize(2 * id.at());
  // A cell's threshold belongs to it for good, so that a target moves only when the factor does.
  Draws thresholds = step.draws;
  thresholds.set_step(0);
  for (std::uint32_t c = firm.first_cell; c < firm.first_cell + firm.n_cells; ++c) {
    threshold_.push_back(static_cast<float>(thresholds.uniform(kShortage, c)));
    small_place_.push_back(0);
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
  if (step.index > 0 && step.world.clock().begins_year(step.index)) restaff(step);
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
    const double from = first_log_share_[j];
    double at = log_share_[j] + drift_ * step.draws.normal(kDrift, id.value());
    // Reflection keeps the walk within its bounds and the tail of firm sizes as it was.
    if (at > from + drift_limit_) at = 2.0 * (from + drift_limit_) - at;
    if (at < from - drift_limit_) at = 2.0 * (from - drift_limit_) - at;
    log_share_[j] = std::clamp(at, from - drift_limit_, from + drift_limit_);
    firm.share = static_cast<float>(std::exp(log_share_[j]));
    share_sum_[s] += firm.share;
    if (firm.posts >= small_ || step.draws.uniform(kTurnover, id.value()) >= closing) continue;
    // The entrant takes the leaver's share of the sector, in the same region, with new posts.
    const float share = firm.share;
    const bool national = firm.recruits_nationally;
    firm.active = false;
    firm.share = 0.0f;
    set_posts(world, id, 0);
    const SectorId sector = firm.sector;
    const RegionId region = firm.region;
    const FirmId entrant_id = world.add_firm(sector, region);
    Firm& entrant = world.firms[entrant_id.at()];
    entrant.share = share;
    entrant.recruits_nationally = national;
    entrant.rounding = static_cast<float>(step.draws.uniform(kEntrant, id.value()));
    take_in(step, entrant_id);
  }
}

void Drivers::set_posts(World& world, FirmId id, std::uint32_t posts) {
  Firm& firm = world.firms[id.at()];
  std::int64_t& of_small =
      small_posts_[firm.sector.at() * world.base().sizes.regions + firm.region.at()];
  if (is_small(id)) of_small -= firm.posts;
  if (is_small(id) && posts >= small_) {
    for (std::uint32_t c = firm.first_cell; c < firm.first_cell + firm.n_cells; ++c) {
      if (world.cells[c].full > 0) leave_list(firm, CellId{c});
    }
    large_.insert(id.at());
  }
  const std::vector<double>& sums = cumulative(firm);
  for (; firm.posts < posts; ++firm.posts) {
    change_full(world, id, post_occupation(sums, firm.rounding, firm.posts), +1);
  }
  for (; firm.posts > posts; --firm.posts) {
    change_full(world, id, post_occupation(sums, firm.rounding, firm.posts - 1), -1);
  }
  if (!is_small(id) && posts < small_) {
    large_.erase(id.at());
    for (std::uint32_t c = firm.first_cell; c < firm.first_cell + firm.n_cells; ++c) {
      if (world.cells[c].full > 0) enter_list(world, firm, CellId{c});
    }
  }
  if (is_small(id)) of_small += firm.posts;
}

void Drivers::change_full(World& world, FirmId id, std::size_t slot, int by) {
  const Firm& firm = world.firms[id.at()];
  const CellId cell_id{firm.first_cell + slot};
  Cell& cell = world.cells[cell_id.at()];
  cell.full = static_cast<std::uint32_t>(static_cast<int>(cell.full) + by);
  area_full_[area_of(firm) + slot] += by;
  if (!is_small(id)) return;  // large firms' targets are set every step
  if (cell.full == static_cast<std::uint32_t>(by)) {
    enter_list(world, firm, cell_id);
  } else if (cell.full == 0) {
    leave_list(firm, cell_id);
    world.want(cell_id, 0);
  } else {
    const std::size_t list = list_of(firm, cell_id);
    SmallCell& entry = small_cells_[list][small_place_[cell_id.at()]];
    entry.full = cell.full;
    entry.target = entry.target_at(small_factor_[list]);
    world.want(cell_id, entry.target);
  }
}

void Drivers::enter_list(World& world, const Firm& firm, CellId id) {
  const std::size_t list = list_of(firm, id);
  SmallCell entry{id, threshold_[id.at()], world.cells[id.at()].full, 0};
  entry.target = entry.target_at(small_factor_[list]);
  small_place_[id.at()] = static_cast<std::uint32_t>(small_cells_[list].size());
  small_cells_[list].push_back(entry);
  world.want(id, entry.target);
}

void Drivers::leave_list(const Firm& firm, CellId id) {
  std::vector<SmallCell>& list = small_cells_[list_of(firm, id)];
  const std::uint32_t place = small_place_[id.at()];
  list[place] = list.back();
  small_place_[list[place].cell.at()] = place;
  list.pop_back();
}

void Drivers::update_posts(Step& step) {
  World& world = step.world;
  const std::size_t sectors = world.base().sizes.sectors;
  sector_posts_.resize(sectors);
  for (std::size_t s = 0; s < sectors; ++s) {
    sector_posts_[s] = sector_posts(step, s);
    step.signals.posts_wanted[s] = sector_posts_[s];
  }
  std::vector<double> per_share(sectors);
  for (std::size_t s = 0; s < sectors; ++s) {
    if (share_sum_[s] > 0.0) per_share[s] = sector_posts_[s] / share_sum_[s];
  }
  for (std::size_t j = 0; j < world.firms.size(); ++j) {
    const Firm& firm = world.firms[j];
    if (!firm.active) continue;
    double wanted = firm.share * per_share[firm.sector.at()];
    if (firm.project >= 0) {
      wanted = project_heads(step, static_cast<std::size_t>(firm.project));
      step.signals.posts_wanted[firm.sector.at()] += wanted;
    }
    const auto posts = static_cast<std::uint32_t>(wanted + firm.rounding);
    if (posts != firm.posts) set_posts(world, FirmId{j}, posts);
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
  std::vector<std::uint32_t> full;
  for (std::size_t j = 0; j < world.firms.size(); ++j) {
    const Firm& firm = world.firms[j];
    if (!firm.active || firm.posts == 0) continue;
    full.resize(firm.n_cells);
    full_staff(cumulative(firm), firm.rounding, firm.posts, full);
    for (std::size_t slot = 0; slot < full.size(); ++slot) {
      const std::uint32_t now = world.cells[firm.first_cell + slot].full;
      if (full[slot] != now) {
        change_full(world, FirmId{j}, slot, static_cast<int>(full[slot]) - static_cast<int>(now));
      }
    }
  }
}

double Drivers::output_share(double bill, double sum, bool empty) const {
  if (bill <= 0.0) return 1.0;
  if (empty) return floor_quality_;
  return std::clamp(std::pow(sum / bill, rho_ / (rho_ - 1.0)), floor_quality_, 1.0);
}

/// q of the small firms of every sector and region, from the fill of all firms there.
void Drivers::measure_areas(const World& world) {
  const Base& base = world.base();
  const Sizes& sizes = base.sizes;
  for (std::size_t s = 0; s < sizes.sectors; ++s) {
    const std::size_t slots = base.staffing[s].size();
    for (std::size_t r = 0; r < sizes.regions; ++r) {
      for (std::size_t c = 0; c < slots; ++c) {
        area_staff_[area_offset_[s] + r * slots + c] =
            static_cast<double>(world.staff_of(SectorId{s}, RegionId{r}, c));
      }
    }
  }
  // Staff beyond full posts fills none.
  world.overstaffed().for_each([&](std::size_t c) {
    const Cell& cell = world.cells[c];
    if (cell.staff() <= cell.full) return;
    const Firm& firm = world.firms[cell.firm.at()];
    area_staff_[list_of(firm, CellId{c})] -= cell.staff() - cell.full;
  });
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
      area_quality_[s * sizes.regions + r] = output_share(bill, sum, empty);
    }
  }
}

/// q of a large firm, which has shortages of its own.
double Drivers::own_quality(const World& world, const Firm& firm) const {
  const Base& base = world.base();
  const double exponent = (rho_ - 1.0) / rho_;
  double bill = 0.0, sum = 0.0;
  bool empty = false;
  for (std::size_t c = firm.first_cell; c < firm.first_cell + firm.n_cells; ++c) {
    const Cell& cell = world.cells[c];
    if (cell.full == 0) continue;
    const double alpha =
        cell.full * base.wage[firm.sector.at() * base.sizes.occupations + cell.occupation.at()];
    bill += alpha;
    if (cell.staff() >= cell.full) {
      sum += alpha;
    } else if (cell.staff() > 0) {
      sum += alpha * std::pow(static_cast<double>(cell.staff()) / cell.full, exponent);
    } else {
      empty = true;
    }
  }
  return output_share(bill, sum, empty);
}

void Drivers::measure_shortages(Step& step) {
  const World& world = step.world;
  const Sizes& sizes = world.base().sizes;
  measure_areas(world);
  std::vector<double> posts(sizes.sectors), filled(sizes.sectors);
  for (std::size_t s = 0; s < sizes.sectors; ++s) {
    for (std::size_t r = 0; r < sizes.regions; ++r) {
      const auto here = static_cast<double>(small_posts_[s * sizes.regions + r]);
      posts[s] += here;
      filled[s] += here * area_quality_[s * sizes.regions + r];
    }
  }
  large_quality_.clear();
  large_.for_each([&](std::size_t j) {
    const Firm& firm = world.firms[j];
    const double q = own_quality(world, firm);
    large_quality_.push_back(q);
    posts[firm.sector.at()] += firm.posts;
    filled[firm.sector.at()] += firm.posts * q;
  });
  double output = 0.0;
  for (std::size_t s = 0; s < sizes.sectors; ++s) {
    step.signals.quality[s] = posts[s] > 0.0 ? filled[s] / posts[s] : 1.0;
    output += value_added_[s] * filled[s];
  }
  if (reference_output_ > 0.0) step.signals.output = output / reference_output_;
}

/// What is left of the posts of a firm whose output share is `quality`.
double Drivers::response(double quality, std::size_t sector, bool known) const {
  const double ratio = quality / reference_quality_[sector];
  return known && ratio < 1.0 ? std::pow(ratio, kappa_) : 1.0;
}

void Drivers::set_targets(Step& step) {
  World& world = step.world;
  const Base& base = world.base();
  const bool known = step.index >= first_year_;
  for (std::size_t s = 0; s < base.sizes.sectors; ++s) {
    for (std::size_t r = 0; r < base.sizes.regions; ++r) {
      const double q = area_quality_[s * base.sizes.regions + r];
      const double factor = response(q, s, known);
      const std::size_t slots = base.staffing[s].size();
      for (std::size_t c = 0; c < slots; ++c) {
        const std::size_t list = area_offset_[s] + r * slots + c;
        const double full = area_full_[list];
        const double m = full > 0.0 ? area_staff_[list] / full : 1.0;
        set_small_targets(world, list, m > q ? factor : 1.0);
      }
    }
  }
  std::size_t at = 0;
  large_.for_each([&](std::size_t j) {
    const Firm& firm = world.firms[j];
    const double q = large_quality_[at++];
    set_own_targets(world, firm, q, response(q, firm.sector.at(), known));
  });
}

void Drivers::set_small_targets(World& world, std::size_t list, double factor) {
  if (factor == small_factor_[list]) return;
  small_factor_[list] = factor;
  for (SmallCell& entry : small_cells_[list]) {
    const std::uint32_t target = entry.target_at(factor);
    if (target == entry.target) continue;
    entry.target = target;
    world.want(entry.cell, target);
  }
}

void Drivers::set_own_targets(World& world, const Firm& firm, double quality, double factor) {
  for (std::size_t c = firm.first_cell; c < firm.first_cell + firm.n_cells; ++c) {
    const Cell& cell = world.cells[c];
    std::uint32_t target = cell.full;
    if (factor < 1.0 && cell.full > 0 &&
        std::min(1.0, static_cast<double>(cell.staff()) / cell.full) > quality) {
      target = static_cast<std::uint32_t>(cell.full * factor + threshold_[c]);
    }
    if (target != cell.target) world.want(CellId{c}, target);
  }
}

}  // namespace

void register_demand_drivers(Registry& registry) { registry.add<Drivers>(); }

}  // namespace steppe
