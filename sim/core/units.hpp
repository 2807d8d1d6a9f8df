#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "sim/core/expected.hpp"

namespace steppe {

/// A unit as written in scenario files and tables: `1`, `%`, `1/month`, `MNT/month`, `person/year`,
/// `USD/tonne`. A product and quotient of names; a name may carry a whole power (`month^2`).
///
/// Spans of time convert into each other (a year is twelve months, a week 7 days, a day 1/365.25
/// year), so do per cent and 1, and multiples of the tonne. Money is any code of three capital
/// letters; currencies do not convert. Counted things (person, post) are kinds of their own.
class Unit {
 public:
  /// @returns the unit, or a sentence that says what is wrong with the text
  [[nodiscard]] static Expected<Unit, std::string> parse(std::string_view text);

  /// What one of this unit is in `other`: 12 for `year` in `month`. Nothing when the kinds differ.
  [[nodiscard]] std::optional<double> in(const Unit& other) const;

  /// True for `1` and what converts to it.
  [[nodiscard]] bool is_pure_number() const { return powers_.empty(); }

 private:
  std::map<std::string, int, std::less<>> powers_;  ///< of base units; none is 0
  double factor_ = 1.0;                             ///< to base units
};

/// The factor from one unit to another, both as text. Nothing when either is no unit or the kinds
/// differ.
[[nodiscard]] std::optional<double> conversion(std::string_view from, std::string_view to);

}  // namespace steppe
