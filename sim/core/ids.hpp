#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>

namespace steppe {

/// An index that cannot be mixed up with another kind of index.
template <class Tag, class Rep>
class Id {
 public:
  using Value = Rep;
  static constexpr Rep kNoneValue = std::numeric_limits<Rep>::max();

  constexpr Id() = default;
  constexpr explicit Id(Rep value) : value_(value) {}
  constexpr explicit Id(std::size_t value) requires(!std::is_same_v<Rep, std::size_t>)
      : value_(static_cast<Rep>(value)) {}

  /// The absent id, as "no employer".
  [[nodiscard]] static constexpr Id none() { return Id(kNoneValue); }
  [[nodiscard]] constexpr bool is_none() const { return value_ == kNoneValue; }
  [[nodiscard]] constexpr Rep value() const { return value_; }
  /// For subscripts.
  [[nodiscard]] constexpr std::size_t at() const { return value_; }
  constexpr auto operator<=>(const Id&) const = default;

 private:
  Rep value_ = kNoneValue;
};

/// A person's address: five bits of range (start population, births, arrivals by origin), 27 bits
/// of number inside the range. Given once, never reused, and at the same time where the record
/// stands (World::person), so that one arrival more shifts nobody else's random numbers.
using PersonId = Id<struct PersonTag, std::uint32_t>;
using FirmId = Id<struct FirmTag, std::uint32_t>;
/// A (firm, occupation) pair: where staff and vacancies of one kind are counted.
using CellId = Id<struct CellTag, std::uint32_t>;
using VacancyId = Id<struct VacancyTag, std::uint32_t>;
/// Region (or the national market, the last slot) × occupation.
using MarketId = Id<struct MarketTag, std::uint32_t>;

using SectorId = Id<struct SectorTag, std::uint8_t>;
using OccupationId = Id<struct OccupationTag, std::uint16_t>;
using RegionId = Id<struct RegionTag, std::uint8_t>;
/// Citizenship: 0 is the nationals, the rest the origins of foreign workers.
using OriginId = Id<struct OriginTag, std::uint8_t>;
/// A country nationals live in abroad.
using DestinationId = Id<struct DestinationTag, std::uint8_t>;
using EducationId = Id<struct EducationTag, std::uint8_t>;
/// Field of a training course.
using FieldId = Id<struct FieldTag, std::uint8_t>;

inline constexpr OriginId kNational{std::uint8_t{0}};

enum class Sex : std::uint8_t { Female, Male };

/// Labour status. Every person is in exactly one.
enum class Status : std::uint8_t {
  Child,        ///< below working age
  Inactive,     ///< of working age, neither working, available nor in training
  Employed,     ///< on a firm's staff
  Herding,      ///< self-employed outside firms
  Searching,    ///< without work and searching (U)
  Discouraged,  ///< without work, available, not searching (Q)
  Training,     ///< on a course
  Abroad,       ///< a national living in a destination country
  Gone,         ///< dead, or a foreigner who left; the record stays, the person is not counted
};
inline constexpr std::size_t kStatusCount = 9;

}  // namespace steppe
