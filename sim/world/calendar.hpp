#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/core/ids.hpp"

namespace steppe {

/// What falls due. Each kind is handled by one slot.
enum class Due : std::uint8_t {
  PermitEnd,       ///< foreign_hiring: the permit of `entity` ends
  Arrival,         ///< foreign_hiring: the permit applied for vacancy `entity` is decided
  CourseEnd,       ///< training: the course of `entity` ends
  WorkingAge,      ///< demography: `entity` reaches working age
  ContractAbroad,  ///< migration: the contract abroad of `entity` ends
  Death,           ///< demography: `entity` dies of old age
};
inline constexpr std::size_t kDueCount = 6;

/// Detail of the event that a kind is named after, which synthesis enters for the start population;
/// what else a kind can be, its slot numbers from 1.
inline constexpr std::uint32_t kPlainly = 0;

/// One dated event. `stamp` must still equal the entity's when it falls due, else it is void.
struct DatedEvent {
  std::uint32_t entity = 0;
  std::uint32_t stamp = 0;
  std::uint32_t detail = kPlainly;  ///< as the kind needs
};

/// Dated events, one bucket a step and kind. What falls due after the run is dropped.
class Calendar {
 public:
  Calendar() = default;
  explicit Calendar(int steps)
      : steps_(steps), buckets_(static_cast<std::size_t>(steps) * kDueCount) {}
  /// @param step the step in which it falls due; nothing happens when it lies beyond the run.
  void add(int step, Due kind, DatedEvent event) {
    if (step >= 0 && step < steps_) buckets_[index(step, kind)].push_back(event);
  }
  /// The bucket's events, handed over: the bucket is empty and its memory free afterwards.
  [[nodiscard]] std::vector<DatedEvent> take(int step, Due kind) {
    std::vector<DatedEvent> out;
    out.swap(buckets_[index(step, kind)]);
    return out;
  }
  [[nodiscard]] int steps() const { return steps_; }

 private:
  [[nodiscard]] std::size_t index(int step, Due kind) const {
    return static_cast<std::size_t>(step) * kDueCount + static_cast<std::size_t>(kind);
  }
  int steps_ = 0;
  std::vector<std::vector<DatedEvent>> buckets_;
};

}  // namespace steppe
