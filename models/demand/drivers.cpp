#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "models/demand/firm_posts.hpp"
#include "models/demand/sector_posts.hpp"
#include "sim/api/registry.hpp"

namespace steppe {
namespace {

constexpr Purpose kDrift{"demand/drivers/drift"};
constexpr Purpose kTurnover{"demand/drivers/turnover"};
constexpr Purpose kEntrant{"demand/drivers/entrant"};

/// Posts by sector follow trends, dated series, seasons and projects; firms share them out;
/// unfilled scarce posts lower the demand for everybody else.
class Drivers {
 public:
  static VariantDecl declaration() { return drivers::declaration(); }
  explicit Drivers(Setup& setup);
  void start(Step& step);
  void run(Step& step);

 private:
  void move_firms(Step& step);
  void replace_firm(Step& step, std::size_t line);
  void share_out(Step& step);
  void substitute(Step& step);
  void measure_shortages(Step& step);
  void measure_areas(const World& world);
  [[nodiscard]] double own_quality(const World& world, const Firm& firm) const;
  [[nodiscard]] double output_share(double bill, double sum, bool empty) const;
  void set_targets(Step& step);
  [[nodiscard]] double response(double quality, std::size_t sector, bool known) const;

  drivers::SectorPosts sector_posts_;
  drivers::FirmPosts firm_posts_;
  double substitution_ = 0.0;  ///< σ_w
  double rho_ = 0.5;
  double kappa_ = 0.5;
  double floor_quality_ = 0.3;
  double drift_ = 0.0;
  double drift_limit_ = 0.0;
  double turnover_ = 0.0;
  int first_year_ = 12;              ///< [steps]
  std::vector<double> value_added_;  ///< v_s

  // By line of firms: each firm of the start, and those that opened one after another in its place.
  std::vector<FirmId> present_;
  std::vector<double> first_log_share_;  ///< log φ_j when it opened, for the bounded walk
  std::vector<double> log_share_;        ///< log φ_j

  std::vector<double> share_sum_;       ///< Σ φ_j by sector
  std::vector<double> per_share_;       ///< by sector, this step: posts for a share of 1
  std::vector<double> posts_, filled_;  ///< by sector, this step
  std::vector<double> slot_wage_, slot_wage_start_, slot_sums_;  ///< of the sector under way
  std::vector<double> reference_quality_;                        ///< q_s(0)
  double reference_output_ = 0.0;
  std::vector<double> area_staff_;     ///< filled full posts by area slot (see FirmPosts)
  std::vector<double> area_quality_;   ///< sector × region
  std::vector<double> large_quality_;  ///< q_j of large firms, in ascending order of ids
};

Drivers::Drivers(Setup& setup)
    : sector_posts_(setup),
      firm_posts_(setup, setup.parameter("small_firm")),
      substitution_(setup.parameter("wage_substitution")),
      rho_(setup.parameter("complementarity")),
      kappa_(setup.parameter("shortage_response")),
      floor_quality_(setup.parameter("least_quality")),
      drift_(setup.parameter("firm_drift")),
      drift_limit_(setup.parameter("firm_drift_limit")),
      turnover_(setup.parameter("firm_turnover")),
      first_year_(setup.world.clock().steps_in(12.0)),
      value_added_(setup.parameters("value_added_per_post")) {
  const Sizes& sizes = setup.world.base().sizes;
  share_sum_.resize(sizes.sectors);
  per_share_.resize(sizes.sectors);
  reference_quality_.resize(sizes.sectors);
  area_staff_.resize(firm_posts_.area_slots());
  area_quality_.assign(sizes.sectors * sizes.regions, 1.0);
}

void Drivers::start(Step& step) {
  World& world = step.world;
  // Room for the firms that will open, so that nothing moves in the run.
  const double years = world.clock().steps() * step.dt / 12.0;
  const double expected = static_cast<double>(world.firms.size()) * turnover_ * years;
  const auto opening = static_cast<std::size_t>(expected + 4.0 * std::sqrt(expected));
  world.reserve_firms(world.firms.size() + opening);
  firm_posts_.start(step);
  firm_posts_.reserve(world, world.firms.size() + opening);
  for (std::size_t j = 0; j < world.firms.size(); ++j) {
    const Firm& firm = world.firms[j];
    if (firm.project < 0) share_sum_[firm.sector.at()] += firm.share;
    present_.push_back(FirmId{j});
    log_share_.push_back(firm.share > 0.0f ? std::log(static_cast<double>(firm.share)) : 0.0);
  }
  first_log_share_ = log_share_;
  for (std::size_t s = 0; s < value_added_.size(); ++s) {
    reference_output_ += value_added_[s] * world.base().posts[s];
  }
}

void Drivers::run(Step& step) {
  // Firms drift and turn over once a year each, a twelfth of them every month.
  if (step.world.clock().closes_month(step.index)) move_firms(step);
  if (step.index > 0 && step.world.clock().begins_year(step.index)) substitute(step);
  share_out(step);
  measure_shortages(step);
  if (step.index < first_year_) {
    // What is usual is the first year's mean; until that is known shortages push nobody.
    for (std::size_t s = 0; s < reference_quality_.size(); ++s) {
      reference_quality_[s] += (step.signals.quality[s] - reference_quality_[s]) / (step.index + 1);
    }
  }
  set_targets(step);
}

void Drivers::move_firms(Step& step) {
  if (drift_ == 0.0 && turnover_ == 0.0) return;
  const auto due = static_cast<std::size_t>(step.month.month() - 1);
  const double closing = probability(turnover_, 1.0);
  for (std::size_t line = due; line < present_.size(); line += 12) {
    Firm& firm = step.world.firms[present_[line].at()];
    if (firm.project >= 0) continue;
    const auto address = static_cast<std::uint32_t>(line);
    const std::size_t s = firm.sector.at();
    share_sum_[s] -= firm.share;
    const double from = first_log_share_[line];
    double at = log_share_[line] + drift_ * step.draws.normal(kDrift, address);
    // Reflection keeps the walk within its bounds and the tail of firm sizes as it was.
    if (at > from + drift_limit_) at = 2.0 * (from + drift_limit_) - at;
    if (at < from - drift_limit_) at = 2.0 * (from - drift_limit_) - at;
    log_share_[line] = std::clamp(at, from - drift_limit_, from + drift_limit_);
    firm.share = static_cast<float>(std::exp(log_share_[line]));
    share_sum_[s] += firm.share;
    const bool large = firm_posts_.large().contains(present_[line].at());
    if (!large && step.draws.uniform(kTurnover, address) < closing) {
      replace_firm(step, line);
    }
  }
}

/// A firm closes; another takes its share of the sector, in the same region, with new posts.
void Drivers::replace_firm(Step& step, std::size_t line) {
  World& world = step.world;
  const FirmId leaver = present_[line];
  const FirmId id = world.succeed(leaver);
  Firm& former = world.firms[leaver.at()];
  Firm& entrant = world.firms[id.at()];
  entrant.share = former.share;
  entrant.recruits_nationally = former.recruits_nationally;
  entrant.rounding =
      static_cast<float>(step.draws.uniform(kEntrant, static_cast<std::uint32_t>(line)));
  former.share = 0.0f;
  firm_posts_.reserve(world, world.firms.size());
  firm_posts_.set_posts(world, leaver, 0);
  present_[line] = id;
  first_log_share_[line] = log_share_[line];
}

void Drivers::share_out(Step& step) {
  World& world = step.world;
  for (std::size_t s = 0; s < share_sum_.size(); ++s) {
    const double posts = sector_posts_.of_sector(step, s);
    step.signals.posts_wanted[s] = posts;
    per_share_[s] = share_sum_[s] > 0.0 ? posts / share_sum_[s] : 0.0;
  }
  for (const FirmId id : present_) {
    const Firm& firm = world.firms[id.at()];
    double wanted = firm.share * per_share_[firm.sector.at()];
    if (firm.project >= 0) {
      wanted = drivers::SectorPosts::of_project(step, static_cast<std::size_t>(firm.project));
      step.signals.posts_wanted[firm.sector.at()] += wanted;
    }
    const auto posts = static_cast<std::uint32_t>(wanted + firm.rounding);
    if (posts != firm.posts) firm_posts_.set_posts(world, id, posts);
  }
}

/// Sectors turn to the occupations whose wages have risen least.
void Drivers::substitute(Step& step) {
  if (substitution_ == 0.0) return;
  World& world = step.world;
  const Base& base = world.base();
  const Sizes& sizes = base.sizes;
  for (std::size_t s = 0; s < sizes.sectors; ++s) {
    const std::vector<OccupationId>& list = base.staffing[s];
    // A sector's wage by occupation: the mean of the regions' indices.
    std::vector<double>&wage = slot_wage_, &wage_start = slot_wage_start_, &sums = slot_sums_;
    wage.assign(list.size(), 0.0);
    wage_start.assign(list.size(), 0.0);
    sums.assign(list.size(), 0.0);
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
    for (std::size_t slot = 0; slot < list.size(); ++slot) {
      const double change = (wage[slot] / mean) / (wage_start[slot] / mean_start);
      sum += base.staffing_share[s][slot] * std::pow(change, -substitution_);
      sums[slot] = sum;
    }
    for (double& c : sums) c /= sum;
    firm_posts_.set_shares(SectorId{s}, sums);
  }
  for (const FirmId id : present_) firm_posts_.restaff(world, id);
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
        area_staff_[firm_posts_.first_slot(base, s, r) + c] =
            static_cast<double>(world.staff_of(SectorId{s}, RegionId{r}, c));
      }
    }
  }
  // Staff beyond full posts fills none.
  world.overstaffed().for_each([&](std::size_t c) {
    const Cell& cell = world.cells[c];
    if (cell.staff() <= cell.full) return;
    const Firm& firm = world.firms[cell.firm.at()];
    area_staff_[firm_posts_.slot_of(firm, CellId{c})] -= cell.staff() - cell.full;
  });
  const double exponent = (rho_ - 1.0) / rho_;
  for (std::size_t s = 0; s < sizes.sectors; ++s) {
    const std::size_t slots = base.staffing[s].size();
    for (std::size_t r = 0; r < sizes.regions; ++r) {
      const std::size_t area = firm_posts_.first_slot(base, s, r);
      double bill = 0.0, sum = 0.0;
      bool empty = false;
      for (std::size_t c = 0; c < slots; ++c) {
        const double full = firm_posts_.full(area + c);
        if (full < 1.0) continue;
        const double alpha = full * base.wage[s * sizes.occupations + base.staffing[s][c].at()];
        const double m = area_staff_[area + c] / full;
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
  posts_.assign(sizes.sectors, 0.0);
  filled_.assign(sizes.sectors, 0.0);
  for (std::size_t s = 0; s < sizes.sectors; ++s) {
    for (std::size_t r = 0; r < sizes.regions; ++r) {
      const auto here = static_cast<double>(firm_posts_.of_small(s * sizes.regions + r));
      posts_[s] += here;
      filled_[s] += here * area_quality_[s * sizes.regions + r];
    }
  }
  large_quality_.clear();
  firm_posts_.large().for_each([&](std::size_t j) {
    const Firm& firm = world.firms[j];
    const double q = own_quality(world, firm);
    large_quality_.push_back(q);
    posts_[firm.sector.at()] += firm.posts;
    filled_[firm.sector.at()] += firm.posts * q;
  });
  double output = 0.0;
  for (std::size_t s = 0; s < sizes.sectors; ++s) {
    step.signals.quality[s] = posts_[s] > 0.0 ? filled_[s] / posts_[s] : 1.0;
    output += value_added_[s] * filled_[s];
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
      const std::size_t first = firm_posts_.first_slot(base, s, r);
      for (std::size_t slot = first; slot < first + base.staffing[s].size(); ++slot) {
        const double full = firm_posts_.full(slot);
        const double m = full > 0.0 ? area_staff_[slot] / full : 1.0;
        firm_posts_.set_factor(world, slot, m > q ? factor : 1.0);
      }
    }
  }
  const double* q = large_quality_.data();
  firm_posts_.large().for_each([&](std::size_t j) {
    firm_posts_.set_own_targets(world, FirmId{j}, *q,
                                response(*q, world.firms[j].sector.at(), known));
    ++q;
  });
}

}  // namespace

void register_demand_drivers(Registry& registry) { registry.add<Drivers>(); }

}  // namespace steppe
