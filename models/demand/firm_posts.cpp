#include "models/demand/firm_posts.hpp"

#include <algorithm>
#include <numeric>

#include "sim/world/posts.hpp"

namespace steppe::drivers {
namespace {

constexpr Purpose kShortage{"demand/drivers/shortage"};

}  // namespace

FirmPosts::FirmPosts(Setup& setup, double small) : small_(small) {
  const Base& base = setup.world.base();
  for (const std::vector<double>& shares : base.staffing_share) {
    shares_.push_back(cumulative_shares(shares));
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
    project_shares_.push_back(std::move(sums));
  }
  std::size_t slots = 0;
  for (const auto& list : base.staffing) {
    first_of_sector_.push_back(slots);
    slots += list.size() * base.sizes.regions;
  }
  full_.resize(slots);
  lists_.resize(slots);
  factor_.assign(slots, 1.0);
  of_small_.resize(base.sizes.sectors * base.sizes.regions);
}

void FirmPosts::start(Step& step) {
  World& world = step.world;
  reserve(world, world.firms.size());
  // A cell's threshold belongs to it for good, so that a target moves only when the factor does.
  for (std::uint32_t c = 0; c < world.cells.size(); ++c) {
    threshold_.push_back(static_cast<float>(step.draws.uniform(kShortage, c)));
  }
  for (std::size_t j = 0; j < world.firms.size(); ++j) {
    const Firm& firm = world.firms[j];
    const bool large = firm.posts >= small_;
    if (large) {
      large_.insert(j);
    } else {
      of_small_[firm.sector.at() * world.base().sizes.regions + firm.region.at()] += firm.posts;
    }
    for (std::uint32_t c = firm.first_cell; c < firm.first_cell + firm.n_cells; ++c) {
      const CellId cell{c};
      const std::uint32_t full = world.cells[c].full;
      full_[slot_of(firm, cell)] += full;
      if (full == 0) {
        world.want(cell, 0);
      } else if (!large) {
        enter_list(world, firm, cell);
      }
    }
  }
}

void FirmPosts::reserve(World& world, std::size_t firms) {
  large_.resize(firms);
  place_.resize(std::max(place_.size(), world.cells.capacity()));
}

const std::vector<double>& FirmPosts::shares(const Firm& firm) const {
  if (firm.project >= 0) {
    const auto& own = project_shares_[static_cast<std::size_t>(firm.project)];
    if (!own.empty()) return own;
  }
  return shares_[firm.sector.at()];
}

void FirmPosts::set_posts(World& world, FirmId id, std::uint32_t posts) {
  Firm& firm = world.firms[id.at()];
  std::int64_t& of_small =
      of_small_[firm.sector.at() * world.base().sizes.regions + firm.region.at()];
  if (is_small(id)) of_small -= firm.posts;
  if (is_small(id) && posts >= small_) {
    for (std::uint32_t c = firm.first_cell; c < firm.first_cell + firm.n_cells; ++c) {
      if (world.cells[c].full > 0) leave_list(firm, CellId{c});
    }
    large_.insert(id.at());
  }
  const std::vector<double>& sums = shares(firm);
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

void FirmPosts::set_shares(SectorId sector, std::span<const double> sums) {
  shares_[sector.at()].assign(sums.begin(), sums.end());
}

void FirmPosts::restaff(World& world, FirmId id) {
  const Firm& firm = world.firms[id.at()];
  if (firm.posts == 0) return;
  planned_.resize(firm.n_cells);
  full_staff(shares(firm), firm.rounding, firm.posts, planned_);
  for (std::size_t slot = 0; slot < planned_.size(); ++slot) {
    const std::uint32_t now = world.cells[firm.first_cell + slot].full;
    if (planned_[slot] != now) {
      change_full(world, id, slot, static_cast<int>(planned_[slot]) - static_cast<int>(now));
    }
  }
}

void FirmPosts::change_full(World& world, FirmId id, std::size_t slot, int by) {
  const Firm& firm = world.firms[id.at()];
  const CellId cell_id{firm.first_cell + slot};
  Cell& cell = world.cells[cell_id.at()];
  const std::size_t area_slot = slot_of(firm, cell_id);
  cell.full = static_cast<std::uint32_t>(static_cast<int>(cell.full) + by);
  full_[area_slot] += by;
  if (!is_small(id)) return;  // large firms' targets are set every step
  if (cell.full == static_cast<std::uint32_t>(by)) {
    enter_list(world, firm, cell_id);
  } else if (cell.full == 0) {
    leave_list(firm, cell_id);
    world.want(cell_id, 0);
  } else {
    SmallCell& entry = lists_[area_slot][place_[cell_id.at()]];
    entry.full = cell.full;
    entry.target = entry.target_at(factor_[area_slot]);
    world.want(cell_id, entry.target);
  }
}

void FirmPosts::enter_list(World& world, const Firm& firm, CellId id) {
  const std::size_t area_slot = slot_of(firm, id);
  SmallCell entry{id, threshold(world, id), world.cells[id.at()].full, 0};
  entry.target = entry.target_at(factor_[area_slot]);
  place_[id.at()] = static_cast<std::uint32_t>(lists_[area_slot].size());
  lists_[area_slot].push_back(entry);
  world.want(id, entry.target);
}

void FirmPosts::leave_list(const Firm& firm, CellId id) {
  std::vector<SmallCell>& list = lists_[slot_of(firm, id)];
  const std::uint32_t place = place_[id.at()];
  list[place] = list.back();
  place_[list[place].cell.at()] = place;
  list.pop_back();
}

void FirmPosts::set_factor(World& world, std::size_t area_slot, double factor) {
  if (factor == factor_[area_slot]) return;
  factor_[area_slot] = factor;
  for (SmallCell& entry : lists_[area_slot]) {
    const std::uint32_t target = entry.target_at(factor);
    if (target == entry.target) continue;
    entry.target = target;
    world.want(entry.cell, target);
  }
}

void FirmPosts::set_own_targets(World& world, FirmId id, double quality, double factor) {
  const Firm& firm = world.firms[id.at()];
  for (std::uint32_t c = firm.first_cell; c < firm.first_cell + firm.n_cells; ++c) {
    const Cell& cell = world.cells[c];
    std::uint32_t target = cell.full;
    if (factor < 1.0 && cell.full > 0 &&
        std::min(1.0, static_cast<double>(cell.staff()) / cell.full) > quality) {
      target = static_cast<std::uint32_t>(cell.full * factor + threshold(world, CellId{c}));
    }
    if (target != cell.target) world.want(CellId{c}, target);
  }
}

}  // namespace steppe::drivers
