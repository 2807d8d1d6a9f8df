#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <utility>

#include "sim/api/step.hpp"

namespace steppe {

namespace detail {

/// (word + ½)/2³²: inside (0, 1), so that logarithms are finite and no bound is reached.
[[nodiscard]] inline double open_unit(std::uint32_t word) {
  return (static_cast<double>(word) + 0.5) * 0x1.0p-32;
}

/// Walks one block of addresses: calls `found(offset, u)` for each success of independent trials of
/// probability p on `size` addresses, u uniform on (0, 1) and independent of who succeeds.
///
/// @param inverse_log_miss 1 / log(1 − p)
template <class Found>
void walk_block(const Draws& draws, Purpose purpose, std::uint32_t entity, std::uint32_t size,
                double inverse_log_miss, Found&& found) {
  double at = -1.0;
  for (std::uint32_t draw = 0;; ++draw) {
    // Two candidates a draw: a gap and a uniform each.
    const Draws::Block words = draws.block(purpose, entity, draw);
    for (const std::size_t w : {0u, 2u}) {
      at += 1.0 + std::floor(std::log(open_unit(words[w])) * inverse_log_miss);
      if (at >= static_cast<double>(size)) return;
      found(static_cast<std::uint32_t>(at), open_unit(words[w + 1]));
    }
  }
}

/// log₂ of the number of addresses in a block: about 16 expected candidates, so that blocks
/// share little and drawing costs little; a function of the probability alone.
[[nodiscard]] inline int block_log2(double p) {
  const double size = 16.0 / p;
  return size >= 0x1.0p22 ? 22 : static_cast<int>(std::lround(std::log2(size)));
}

}  // namespace detail

/// Calls `handle(id, u)` for persons to whom something may happen in this step.
///
/// Every address in use is a candidate with probability b = 1 − exp(−rate·dt), independently, and u
/// is uniform on [0, b): an event of probability p ≤ b happens exactly when u < p, and competing
/// events share [0, b) end to end. Gaps between candidates are geometric over blocks of addresses,
/// so that the candidates depend on seed, step and purpose alone, never on the state: scenarios
/// share them.
///
/// Where the state lifts hazards above `rate`, `needed` [1/month] asks for further layers, each
/// with double the bound: with them u is uniform on [0, 1) as far as the highest layer reaches.
///
/// `handle` may change any person and add new ones (they are not candidates in this step). Whoever
/// changed in this step (`since`) may turn up again in a further layer and must be left alone.
template <class Handle>
void for_candidates(const Step& step, Purpose purpose, double rate, double needed,
                    Handle&& handle) {
  if (rate <= 0.0) return;
  std::array<std::uint32_t, kRangeCount> sizes{};
  for (int range = 0; range < kRangeCount; ++range) {
    sizes[static_cast<std::size_t>(range)] = step.world.persons.size(range);
  }
  // Records are far apart: reading them one by one would wait for memory each time. Candidates are
  // gathered, their records asked for, and handled while the later ones are under way.
  struct Candidate {
    PersonId id;
    double u;
  };
  std::array<Candidate, 64> batch;
  std::size_t gathered = 0;
  const auto handle_batch = [&] {
    for (std::size_t i = 0; i < gathered; ++i) handle(batch[i].id, batch[i].u);
    gathered = 0;
  };
  double lower = 0.0;
  double bound_rate = rate;
  for (std::uint32_t layer = 0; layer == 0 || lower < probability(needed, step.dt); ++layer) {
    const double upper = probability(bound_rate, step.dt);
    // Given that u is not below `lower`, it is below `upper` with this probability.
    const double p = (upper - lower) / (1.0 - lower);
    const double inverse_log_miss = 1.0 / std::log1p(-p);
    const int log2_size = detail::block_log2(p);
    const std::uint32_t block = 1u << log2_size;
    for (int range = 0; range < kRangeCount; ++range) {
      const std::uint32_t count = sizes[static_cast<std::size_t>(range)];
      for (std::uint32_t first = 0; first < count; first += block) {
        const std::uint32_t entity = make_person_id(range, first).value();
        const std::uint32_t size = std::min(block, count - first);
        detail::walk_block(step.draws, purpose.with(layer), entity, size, inverse_log_miss,
                           [&](std::uint32_t offset, double v) {
                             const PersonId id = make_person_id(range, first + offset);
                             step.world.persons.prefetch(id);
                             batch[gathered++] = {id, lower + (upper - lower) * v};
                             if (gathered == batch.size()) handle_batch();
                           });
        if (first + block < first) break;  // the last block of a full range
      }
    }
    handle_batch();
    lower = upper;
    bound_rate *= 2.0;
  }
}

/// As above without further layers: `rate` is never exceeded.
template <class Handle>
void for_candidates(const Step& step, Purpose purpose, double rate, Handle&& handle) {
  for_candidates(step, purpose, rate, 0.0, std::forward<Handle>(handle));
}

}  // namespace steppe
