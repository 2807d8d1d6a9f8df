#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#include "sim/api/step.hpp"

namespace steppe {

/// Bounds on the hazard of an event for everybody of a stretch of addresses [1/month].
struct Bound {
  Bound(double usual, double needed = 0.0) : usual(usual), needed(needed) {}
  double usual;         ///< a function of parameters and date; 0: nobody is a candidate
  double needed = 0.0;  ///< as far as the state lifts hazards above `usual`, if it does
};

/// Largest value of a table by age in years × 2 + sex over the members of a stretch, from `from`
/// years on and below `to`.
[[nodiscard]] inline double highest_in(std::span<const double> table, const Stretch& who,
                                       int from = 0, int to = 1000) {
  double highest = 0.0;
  const int last = std::min({who.oldest, to - 1, static_cast<int>(table.size() / 2) - 1});
  for (int age = std::max(who.youngest, from); age <= last; ++age) {
    const auto cell = static_cast<std::size_t>(age) * 2;
    if (who.women) highest = std::max(highest, table[cell]);
    if (who.men) highest = std::max(highest, table[cell + 1]);
  }
  return highest;
}

/// Finds the persons to whom something may happen in a step, at a cost that grows with their number
/// and not with the population.
///
/// Every address is a candidate with probability 1 − exp(−usual·dt), independently, and is given a
/// number u uniform on [0, 1 − exp(−usual·dt)): an event of hazard h ≤ usual happens exactly when
/// u < 1 − exp(−h·dt), and competing events share the interval end to end.
///
/// Candidates are the points of a walk in exponential gaps through the bounds summed over
/// addresses. The walk begins anew in every block of addresses, and where blocks begin follows from
/// bounds alone. So candidates depend on seed, step and purpose and never on the state: scenarios
/// share them. Where the state lifts a hazard above `usual`, further layers of candidates are
/// added, each reaching twice as far: with them u is uniform as far as the highest layer reaches.
class CandidateWalk {
 public:
  struct Candidate {
    PersonId id;
    double u;
  };

  /// @param bound the same for all (a Bound or a hazard), or called with a Stretch to give that of
  ///     all stretches that are alike
  template <class BoundOf>
  CandidateWalk(const Step& step, BoundOf&& bound);
  ~CandidateWalk() { spare() = std::move(pieces_); }
  CandidateWalk(const CandidateWalk&) = delete;
  CandidateWalk& operator=(const CandidateWalk&) = delete;

  /// Hands over all candidates, `handle(id, u)`, in the order of layers and addresses. `handle` may
  /// change any person and add new ones (they are not candidates in this step). Whoever changed in
  /// this step (`since`) may turn up again in a further layer and must be left alone.
  template <class Handle>
  void run(const Step& step, Purpose purpose, Handle&& handle);

 private:
  /// Addresses with one bound.
  struct Piece {
    std::uint32_t address = 0;  ///< PersonId of the first
    std::uint32_t size = 0;
    double usual = 0.0;     ///< bound × dt
    bool new_block = true;  ///< the walk begins anew here
  };
  template <class Handle>
  void sweep(const Step& step, Purpose purpose, Handle&& handle) const;
  template <class Gather>
  void walk_layer(const Step& step, Purpose purpose, int layer, Gather&& gather) const;

  /// Room left by the last walk of this thread, so that steps allocate none.
  static std::vector<Piece>& spare() {
    static thread_local std::vector<Piece> pieces;
    return pieces;
  }

  std::vector<Piece> pieces_ = std::exchange(spare(), {});
  double lift_ = 1.0;  ///< largest needed ÷ usual
};

namespace detail {

/// (word + ½)/2³²: inside (0, 1), so that logarithms are finite and no bound is reached.
[[nodiscard]] inline double open_unit(std::uint32_t word) {
  return (static_cast<double>(word) + 0.5) * 0x1.0p-32;
}

/// Pairs of a gap, exponential with mean 1, and a uniform on (0, 1), at consecutive draws.
class Gaps {
 public:
  Gaps(const Draws& draws, Purpose purpose, std::uint32_t entity)
      : draws_(draws), purpose_(purpose), entity_(entity) {}
  struct Pair {
    double gap, u;
  };
  Pair next() {
    if (at_ == 2 * blocks_.size()) refill();
    const Draws::Block& block = blocks_[at_ / 2];
    const std::size_t word = 2 * (at_ % 2);
    ++at_;
    return {-std::log(open_unit(block[word])), open_unit(block[word + 1])};
  }

 private:
  void refill() {
    draws_.blocks(purpose_, entity_, first_draw_, blocks_);
    first_draw_ += static_cast<std::uint32_t>(blocks_.size());
    at_ = 0;
  }
  const Draws& draws_;
  Purpose purpose_;
  std::uint32_t entity_;
  std::uint32_t first_draw_ = 0;
  std::array<Draws::Block, 8> blocks_;
  std::size_t at_ = 16;
};

}  // namespace detail

template <class BoundOf>
CandidateWalk::CandidateWalk(const Step& step, BoundOf&& bound) {
  // Enough candidates in a block that beginning it anew costs little.
  constexpr double kInBlock = 48.0;
  const PersonStore& persons = step.world.persons;
  const Month start = step.world.clock().month(0);
  pieces_.clear();
  for (int range = 0; range < kRangeCount; ++range) {
    const std::uint32_t count = persons.size(range);
    double in_block = kInBlock;
    Stretch who;
    Bound of_stretch = 0.0;
    for (std::uint32_t first = 0; first < count; first += PersonStore::kStretch) {
      if constexpr (std::is_convertible_v<BoundOf, Bound>) {
        of_stretch = bound;
      } else {
        // Neighbours are often alike, and then need not be asked about again.
        const Stretch next = persons.stretch(range, first, start, step.month);
        if (first == 0 || next != who) of_stretch = bound(next);
        who = next;
      }
      const double usual = of_stretch.usual * step.dt;
      if (usual <= 0.0) continue;
      lift_ = std::max(lift_, of_stretch.needed / of_stretch.usual);
      const bool full = in_block >= kInBlock;
      const std::uint32_t address = make_person_id(range, first).value();
      const std::uint32_t size = std::min(PersonStore::kStretch, count - first);
      const bool goes_on = !full && pieces_.back().usual == usual &&
                           pieces_.back().address + pieces_.back().size == address;
      if (goes_on) {
        pieces_.back().size += size;
      } else {
        pieces_.push_back({address, size, usual, full});
      }
      in_block = (full ? 0.0 : in_block) + usual * PersonStore::kStretch;
    }
  }
}

template <class Gather>
void CandidateWalk::walk_layer(const Step& step, Purpose purpose, int layer,
                               Gather&& gather) const {
  // Layer 0 reaches up to the bound, layer n from 2ⁿ⁻¹ to 2ⁿ times the bound.
  const double from = layer == 0 ? 0.0 : std::ldexp(1.0, layer - 1);
  const double width = layer == 0 ? 1.0 : from;
  std::size_t s = 0;
  while (s < pieces_.size()) {
    detail::Gaps gaps(step.draws, purpose, pieces_[s].address);
    detail::Gaps::Pair next = gaps.next();
    do {
      const Piece& piece = pieces_[s];
      const double hazard = width * piece.usual;
      const double size = piece.size;
      const double lower = -std::expm1(-from * piece.usual);
      const double range = -std::expm1(-(from + width) * piece.usual) - lower;
      double at = 0.0;
      // The candidate is the address within which the sum of hazards passes the gap.
      for (;;) {
        const double place = at + std::max(0.0, std::floor(next.gap / hazard));
        if (place >= size) break;
        at = place;
        gather(Candidate{PersonId{piece.address + static_cast<std::uint32_t>(at)},
                         lower + range * next.u});
        at += 1.0;
        next = gaps.next();
      }
      next.gap -= hazard * (size - at);
      ++s;
    } while (s < pieces_.size() && !pieces_[s].new_block);
  }
}

template <class Handle>
void CandidateWalk::sweep(const Step& step, Purpose purpose, Handle&& handle) const {
  std::array<std::uint32_t, 64> ids;
  std::array<Draws::Block, 64> words;
  for (const Piece& piece : pieces_) {
    for (std::uint32_t first = 0; first < piece.size; first += 64) {
      const std::size_t count = std::min<std::size_t>(ids.size(), piece.size - first);
      for (std::size_t i = 0; i < count; ++i) {
        ids[i] = piece.address + first + static_cast<std::uint32_t>(i);
      }
      step.draws.blocks(purpose, std::span(ids.data(), count), std::span(words.data(), count));
      for (std::size_t i = 0; i < count; ++i) {
        handle(PersonId{ids[i]}, Draws::to_uniform(words[i][0], words[i][1]));
      }
    }
  }
}

template <class Handle>
void CandidateWalk::run(const Step& step, Purpose purpose, Handle&& handle) {
  if (step.sweep) {
    sweep(step, purpose, handle);
    return;
  }
  // Records are far apart: reading them one by one would wait for memory each time. Candidates are
  // gathered, their records asked for, and handled while the later ones are under way.
  std::array<Candidate, 64> batch;
  std::size_t gathered = 0;
  const auto handle_batch = [&] {
    for (std::size_t i = 0; i < gathered; ++i) handle(batch[i].id, batch[i].u);
    gathered = 0;
  };
  for (int layer = 0; layer == 0 || std::ldexp(1.0, layer - 1) < lift_; ++layer) {
    walk_layer(step, purpose.with(static_cast<std::uint32_t>(layer)), layer,
               [&](Candidate candidate) {
                 step.world.persons.prefetch(candidate.id);
                 batch[gathered++] = candidate;
                 if (gathered == batch.size()) handle_batch();
               });
    handle_batch();
  }
}

/// One walk: see CandidateWalk.
template <class BoundOf, class Handle>
void for_candidates(const Step& step, Purpose purpose, BoundOf&& bound, Handle&& handle) {
  CandidateWalk walk(step, std::forward<BoundOf>(bound));
  walk.run(step, purpose, std::forward<Handle>(handle));
}

}  // namespace steppe
