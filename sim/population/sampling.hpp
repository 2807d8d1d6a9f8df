#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/core/draws.hpp"

namespace steppe {

/// Uniform on (0, 1) from one word of a block; never an end point, so that quantiles are finite.
[[nodiscard]] inline double open_uniform(std::uint32_t word) {
  return (static_cast<double>(word) + 0.5) * 0x1.0p-32;
}

/// Standard normal quantile of p in (0, 1), to about 1e-9 of its value.
///
/// @see Acklam's rational approximation (2003)
[[nodiscard]] double normal_quantile(double p);

/// Puts the items in random order (Fisher and Yates), by draws addressed to `entity`.
void shuffle(std::span<std::uint32_t> items, const Draws& draws, Purpose purpose,
             std::uint32_t entity);
void shuffle(std::span<std::uint16_t> items, const Draws& draws, Purpose purpose,
             std::uint32_t entity);

/// Hands out whole numbers of items by kind, without replacement, until each kind's quota is used
/// up.
class Urn {
 public:
  explicit Urn(std::vector<std::int64_t> left);
  /// The kind at quantile u in [0, 1) of what is left. @pre left() > 0
  std::size_t draw(double u);
  /// The same among kinds below `end`; among all kinds when those are used up.
  std::size_t draw_below(double u, std::size_t end);
  [[nodiscard]] std::int64_t left() const { return total_; }

 private:
  std::vector<std::int64_t> left_;
  std::int64_t total_ = 0;
};

/// Spreads `picks` evenly over `units` that arrive in groups: each unit is picked at most once, and
/// all are picked in the end.
class EvenPicks {
 public:
  /// @param start in [0, 1): where the first pick falls within its stretch
  /// @pre 0 <= picks <= units
  EvenPicks(std::int64_t units, std::int64_t picks, double start)
      : units_(units),
        picks_(picks),
        carry_(static_cast<std::int64_t>(start * static_cast<double>(units))) {}
  /// How many of the next `n` units are picked.
  std::int64_t next(std::int64_t n) {
    if (picks_ == 0) return 0;
    carry_ += n * picks_;
    const std::int64_t picked = carry_ / units_;
    carry_ -= picked * units_;
    return picked;
  }

 private:
  std::int64_t units_, picks_, carry_;
};

}  // namespace steppe
