#pragma once

#include <cstdint>
#include <limits>
#include <type_traits>
#include <vector>

#include "sim/core/ids.hpp"
#include "sim/core/large_pages.hpp"
#include "sim/core/months.hpp"
#include "sim/core/prefetch.hpp"

namespace steppe {

/// What entitles a foreigner to work.
enum class Permit : std::uint8_t { None, Valid, Irregular };

/// One person: 48 bytes, trivially copyable, and nothing in it that can be derived.
///
/// Age comes from `birth_month`; the wage from `relative_wage` times the index of the person's wage
/// cell; today's skill from `skill` and `since`. Changed only through World, which keeps the
/// accounts; but no account knows of `contract_end`, `permit_first` and `field`, which the phases
/// write that give them meaning.
struct Person {
  FirmId employer;          ///< none unless Employed
  PersonId next_staff;      ///< staff list of the (firm, occupation) cell, latest hire first
  PersonId previous_staff;  ///< none at the head
  std::uint32_t list_position = 0;  ///< place in the list of seekers, when in one
  std::int32_t since = 0;  ///< step at which the current status began (negative: before the run)
  std::int32_t contract_end = 0;  ///< step at which a permit ends; or a contract abroad
  std::int32_t permit_first = 0;  ///< step at which the first permit began (total limit)
  std::uint32_t stamp = 0;        ///< raised whenever a dated event of this person becomes void
  std::int16_t birth_month = 0;   ///< Month::index()
  OccupationId occupation{std::uint16_t{0}};  ///< last or usual occupation
  std::uint16_t skill = 0;                    ///< at `since`, in units of kSkillUnit
  std::uint16_t relative_wage = 0;            ///< to the cell's index, in units of kWageUnit
  Status status = Status::Inactive;
  OriginId origin = kNational;
  RegionId region{std::uint8_t{0}};  ///< of residence (last home region for those abroad)
  SectorId sector{std::uint8_t{0}};  ///< of the present or last job
  EducationId education{std::uint8_t{0}};
  DestinationId destination;  ///< country of residence when Abroad
  FieldId field;              ///< of the current or last course; none without
  std::uint8_t bits = 0;      ///< see the accessors

  [[nodiscard]] Sex sex() const { return (bits & 1u) != 0 ? Sex::Male : Sex::Female; }
  void set_sex(Sex sex) { bits = static_cast<std::uint8_t>((bits & ~1u) | (sex == Sex::Male)); }
  [[nodiscard]] Permit permit() const { return static_cast<Permit>((bits >> 1) & 3u); }
  void set_permit(Permit p) {
    bits = static_cast<std::uint8_t>((bits & ~6u) | (static_cast<unsigned>(p) << 1));
  }
  /// Has been abroad before (one re-entry under destination quotas).
  [[nodiscard]] bool has_returned() const { return (bits & 8u) != 0; }
  void set_returned() { bits |= 8u; }

  [[nodiscard]] bool is_national() const { return origin == kNational; }
  /// Completed months; negative never occurs for a recorded person.
  [[nodiscard]] int age_months(Month now) const { return now.index() - birth_month; }
  [[nodiscard]] int age_years(Month now) const { return age_months(now) / 12; }
};

inline constexpr double kSkillUnit = 1.0 / 8192.0;  ///< skills up to 7.99, 1 = occupation's norm
inline constexpr double kWageUnit = 1.0 / 4096.0;   ///< relative wages up to 15.99

[[nodiscard]] constexpr std::uint16_t to_fixed(double value, double unit) {
  const double scaled = value / unit + 0.5;
  return scaled <= 0.0
             ? std::uint16_t{0}
             : (scaled >= 65535.0 ? std::uint16_t{65535} : static_cast<std::uint16_t>(scaled));
}

static_assert(sizeof(Person) == 48, "a person must stay within three quarters of a cache line");
static_assert(std::is_trivially_copyable_v<Person>);

/// Address ranges. Everybody who enters in the same way counts in one range.
enum class Range : std::uint8_t {
  Start = 0,  ///< the start population: nationals at home and abroad, and foreigners present
  Births = 1,
  Arrivals = 2,  ///< arrivals of origin o count in range Arrivals + o − 1 (o ≥ 1)
};
inline constexpr int kRangeBits = 5;
inline constexpr int kRangeCount = 1 << kRangeBits;
inline constexpr int kNumberBits = 32 - kRangeBits;

[[nodiscard]] constexpr PersonId make_person_id(int range, std::uint32_t number) {
  return PersonId{static_cast<std::uint32_t>(range) << kNumberBits | number};
}
[[nodiscard]] constexpr int range_of(PersonId id) {
  return static_cast<int>(id.value() >> kNumberBits);
}
[[nodiscard]] constexpr std::uint32_t number_of(PersonId id) {
  return id.value() & ((1u << kNumberBits) - 1u);
}

/// What is known of a stretch of addresses for the whole run: bounds on hazards may use it, since
/// it follows from the start population and the date and never from what happened since.
struct Stretch {
  int youngest = 0;   ///< lowest possible age at the step [years], 0 at least
  int oldest = 110;   ///< highest
  bool women = true;  ///< some may be
  bool men = true;
  bool nationals = true;
  bool foreigners = true;
  bool operator==(const Stretch&) const = default;
};

/// All records, by address. Records never move out of their address; a range only grows.
class PersonStore {
 public:
  /// Addresses that are told apart by who stands there.
  static constexpr std::uint32_t kStretch = 4096;

  PersonStore() : ranges_(kRangeCount) {}
  [[nodiscard]] Person& operator[](PersonId id) {
    return ranges_[static_cast<std::size_t>(range_of(id))][number_of(id)];
  }
  [[nodiscard]] const Person& operator[](PersonId id) const {
    return ranges_[static_cast<std::size_t>(range_of(id))][number_of(id)];
  }
  /// Asks for a record that will be read soon.
  void prefetch(PersonId id) const {
    prefetch_record(&ranges_[static_cast<std::size_t>(range_of(id))][number_of(id)]);
  }
  /// Appends to the range and returns the new address. @throws ModelError when the range is full.
  PersonId add(int range, const Person& person);
  /// Fills an empty range with `count` records of nobody (Gone), to be settled.
  void allot(int range, std::uint32_t count);
  void settle(PersonId id, const Person& person);
  [[nodiscard]] std::uint32_t size(int range) const {
    return static_cast<std::uint32_t>(ranges_[static_cast<std::size_t>(range)].size());
  }
  void reserve(int range, std::size_t records) {
    ranges_[static_cast<std::size_t>(range)].reserve(records);
  }
  /// Who may stand in the stretch of kStretch addresses that begins at `first`. Stretches of the
  /// start population differ; those of births and of arrivals, whose numbers follow from what
  /// happened, are alike in each range.
  ///
  /// @param start month of the first step
  [[nodiscard]] Stretch stretch(int range, std::uint32_t first, Month start, Month now) const;
  [[nodiscard]] std::size_t records() const;
  [[nodiscard]] std::size_t bytes() const;

 private:
  /// Who stands in a stretch of the start population.
  struct Known {
    std::int16_t first_birth = std::numeric_limits<std::int16_t>::max();  ///< Month::index()
    std::int16_t last_birth = std::numeric_limits<std::int16_t>::min();
    bool women = false, men = false, nationals = false, foreigners = false;
  };
  void note(std::uint32_t number, const Person& person);

  std::vector<std::vector<Person, LargePages<Person>>> ranges_;
  std::vector<Known> known_;  ///< by stretch of the start population
};

}  // namespace steppe
