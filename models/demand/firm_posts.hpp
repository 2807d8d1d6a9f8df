#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/api/step.hpp"
#include "sim/core/index_set.hpp"

namespace steppe::drivers {

/// Firms' posts by occupation: at full staff, and what is wanted of them in a shortage.
///
/// A small firm shares its area's shortages, an area being a sector in a region. Posts of small
/// firms therefore stand together by area and staffing slot ("area slot"), where one factor holds
/// for all, and a firm whose targets stay is not touched. A large firm's targets are its own.
class FirmPosts {
 public:
  /// @param small posts below which a firm is small
  FirmPosts(Setup& setup, double small);
  /// Takes in the firms of the start, whose posts and cells synthesis has set.
  void start(Step& step);

  /// Makes room for firms up to an id.
  void reserve(World& world, std::size_t firms);
  /// Sets how many posts a firm has; occupations follow its sector's or its project's shares.
  void set_posts(World& world, FirmId id, std::uint32_t posts);
  /// Sets a sector's staffing shares, as running sums by slot; firms keep the posts they have.
  void set_shares(SectorId sector, std::span<const double> sums);
  /// Brings the occupations of a firm's posts in line with the shares.
  void restaff(World& world, FirmId id);

  /// Targets of small firms in an area slot are their full posts times a factor of at most 1.
  void set_factor(World& world, std::size_t area_slot, double factor);
  /// Targets of a large firm: full posts times a factor where the fill is above `quality`.
  void set_own_targets(World& world, FirmId id, double quality, double factor);

  [[nodiscard]] std::size_t area_slots() const { return full_.size(); }
  /// The first area slot of an area; the others of the area follow.
  [[nodiscard]] std::size_t first_slot(const Base& base, std::size_t sector,
                                       std::size_t region) const {
    return first_of_sector_[sector] + region * base.staffing[sector].size();
  }
  [[nodiscard]] std::size_t slot_of(const Firm& firm, CellId cell) const {
    return first_of_sector_[firm.sector.at()] + firm.region.at() * firm.n_cells +
           (cell.at() - firm.first_cell);
  }
  /// Posts at full staff in an area slot, of all firms.
  [[nodiscard]] double full(std::size_t area_slot) const { return full_[area_slot]; }
  /// Posts of small firms by sector × region.
  [[nodiscard]] std::int64_t of_small(std::size_t area) const { return of_small_[area]; }
  /// Ids of the others.
  [[nodiscard]] const IndexSet& large() const { return large_; }

 private:
  /// Posts of a small firm in one occupation.
  struct SmallCell {
    CellId cell;
    float threshold = 0.0f;
    std::uint32_t full = 0;
    std::uint32_t target = 0;
    [[nodiscard]] std::uint32_t target_at(double factor) const {
      return factor == 1.0 ? full : static_cast<std::uint32_t>(full * factor + threshold);
    }
  };

  [[nodiscard]] bool is_small(FirmId id) const { return !large_.contains(id.at()); }
  [[nodiscard]] const std::vector<double>& shares(const Firm& firm) const;
  [[nodiscard]] float threshold(const World& world, CellId id) const {
    return threshold_[world.draw_key(id)];
  }
  void change_full(World& world, FirmId id, std::size_t slot, int by);
  void enter_list(World& world, const Firm& firm, CellId id);
  void leave_list(const Firm& firm, CellId id);

  double small_ = 0.0;
  std::vector<std::vector<double>> shares_;  ///< by sector, running sums by slot
  std::vector<std::vector<double>> project_shares_;
  std::vector<std::size_t> first_of_sector_;   ///< first area slot
  std::vector<double> full_;                   ///< by area slot
  std::vector<std::int64_t> of_small_;         ///< sector × region
  std::vector<std::vector<SmallCell>> lists_;  ///< by area slot
  std::vector<double> factor_;                 ///< by area slot, in force
  std::vector<std::uint32_t> place_;           ///< by cell: place in its list
  std::vector<float> threshold_;               ///< by cell of the start: rounds targets, for good
  std::vector<std::uint32_t> planned_;         ///< scratch of restaff()
  IndexSet large_;
};

}  // namespace steppe::drivers
