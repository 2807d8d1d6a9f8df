#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/expression.hpp"
#include "sim/core/ids.hpp"
#include "sim/scenario/scenario.hpp"

namespace steppe {

using LeverId = Id<struct LeverTag, std::uint16_t>;

/// What a lever that the scenario sets did in a run, for one key of its dimension.
struct LeverUse {
  std::string lever;     ///< declared name
  std::string key;       ///< `mining`, `mining.from_21`; empty without dimension, or when unread
  bool read = true;      ///< false: no part of the chosen model reads it
  bool ceiling = false;  ///< it is one, and was asked for
  double highest_use = 0.0;      ///< largest amount ÷ ceiling
  double refused = 0.0;          ///< applications that the ceiling stopped [person]
  std::int64_t steps_bound = 0;  ///< steps in which it stopped one
  std::string when;              ///< its condition, empty when it has none …
  std::int64_t steps_on = 0;     ///< … and the steps in which that changed it
  bool operator==(const LeverUse&) const = default;
};

/// Last step's value of an indicator; NaN when there is none of that name.
using IndicatorLookup = std::function<double(const Indicator&)>;

/// The policy in force, lever by lever. One value for each member of a lever's dimension, or pair
/// of members of its two; an open dimension's members are the classes that the scenario draws, the
/// first beginning at 0. Updated once a step, read by the phases.
class Policy {
 public:
  /// Adds a declared lever; the variant keeps the id. A lever declared twice is the same lever.
  LeverId add(const LeverDecl& decl, const Scenario& scenario);

  /// The value in force for a member of the lever's dimension (0 when it has none), or a pair.
  [[nodiscard]] double value(LeverId lever, std::size_t first = 0, std::size_t second = 0) {
    Entry& entry = entries_[lever.at()];
    entry.read = true;
    return entry.values[first * entry.seconds + second];
  }
  /// Which class of the lever's open dimension holds the amount.
  [[nodiscard]] std::size_t class_of(LeverId lever, double amount) const;
  /// Where the classes of the lever's open dimension begin, ascending from 0.
  [[nodiscard]] const std::vector<int>& bounds(LeverId lever) const {
    return entries_[lever.at()].bounds;
  }
  /// How many members, or pairs of members, the lever has.
  [[nodiscard]] std::size_t members(LeverId lever) const {
    return entries_[lever.at()].values.size();
  }
  /// Whether a member's value is another than the declared one.
  [[nodiscard]] bool differs(LeverId lever, std::size_t member) const {
    const Entry& entry = entries_[lever.at()];
    return entry.values[member] != entry.decl.value;
  }
  /// Whether the scenario says anything of the lever: what costs something to apply need not be
  /// looked at otherwise.
  [[nodiscard]] bool is_set(LeverId lever) const { return entries_[lever.at()].set; }

  /// Tells how much of a ceiling is used, so that the report can say whether it binds.
  /// @param member of the lever's dimension; of two, the flat position first × seconds + second
  /// @param refused applications the ceiling stopped in this step [records]
  void used(LeverId lever, std::size_t member, double amount, double limit,
            std::int64_t refused = 0);

  /// Sets every lever to its value at the date; `indicator` serves the triggers. Levers given in
  /// minimum wages follow the lever minimum_wage.
  void update(Date date, const IndicatorLookup& indicator);

  /// The value in force without counting as read; NaN when no phase has the lever.
  [[nodiscard]] double look(std::string_view lever, std::size_t key = 0) const;

  /// What has become of the levers that the scenario sets: those nothing reads, and ceilings.
  /// @param weight persons a record stands for
  [[nodiscard]] std::vector<LeverUse> uses(const Scenario& scenario, double weight) const;
  /// Forgets how ceilings were used so far: what is reported begins now.
  void forget_uses();

 private:
  struct Entry {
    LeverDecl decl;
    std::size_t seconds = 1;  ///< members of the second dimension
    std::vector<int> bounds;  ///< of the open dimension's classes; empty without one
    bool set = false;
    std::vector<double> values;                               ///< first × seconds + second
    std::vector<const LeverTimeline*> timelines;              ///< by key; null: the declared value
    std::vector<std::shared_ptr<const Expression>> triggers;  ///< by key; null: always on
    std::vector<double> highest_use;        ///< largest amount ÷ limit seen, by key
    std::vector<std::int64_t> refused;      ///< by key
    std::vector<std::int64_t> steps_bound;  ///< steps in which something was refused
    std::vector<std::int64_t> steps_on;     ///< steps in which the trigger changed the value
    bool read = false;
    std::vector<std::string> keys;
  };
  /// Sets one lever to its value at the date.
  static void update(Entry& entry, Date date, double minimum_wage,
                     const IndicatorLookup& indicator);
  [[nodiscard]] Entry* find(std::string_view lever);

  std::vector<Entry> entries_;
};

}  // namespace steppe
