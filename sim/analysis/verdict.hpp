#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sim/analysis/paired.hpp"

namespace steppe {

/// What can be said of a difference.
enum class Verdict {
  NoDetectableChange,  ///< every pair is equal, or the interval rounds to nothing
  LikelyHigher,        ///< the interval lies above 0
  LikelyLower,         ///< … below 0
  Unclear,             ///< the interval holds 0, or there is none
};
/// `no_detectable_change`, `likely_higher`, …
[[nodiscard]] std::string_view to_string(Verdict verdict);
/// @throws IoError for a name there is not
[[nodiscard]] Verdict verdict_named(std::string_view name);

/// Persons and posts a figure must stand for, in records, to be told without a warning.
inline constexpr double kFewestRecords = 30.0;

/// True when a number of persons, posts or permits stands for fewer records than that. Of other
/// units the level does not say how many there are behind it: false.
/// @param scale persons one record stands for
[[nodiscard]] bool rests_on_few(std::string_view unit, double level, std::int64_t scale);

/// How figures of a variable are shown: rates as per cent, counts whole.
struct Shown {
  double factor = 1.0;
  int decimals = 0;        ///< below 0: the last digit shown stands before the point
  std::string unit;        ///< of a level: `%`
  std::string difference;  ///< of a difference: `percentage points`
  /// Half of the last digit shown, in the variable's unit: less than that is shown as 0.
  [[nodiscard]] double half_digit() const;
  /// The same to two digits of an error at most: what lies below is chance. If a bound of the
  /// interval would read 0 and is not, as many more digits as tell its side, at most one beyond
  /// the usual.
  [[nodiscard]] Shown to_error(double se, const Interval& interval = {}) const;
  /// `1 234 567`, `6.12`; `–` for a missing value.
  [[nodiscard]] std::string text(double value) const;
  /// The same with a `+` before what is above 0.
  [[nodiscard]] std::string signed_text(double value) const;
};

/// @param level of about the size that is shown: money has five digits of it
[[nodiscard]] Shown shown_as(std::string_view variable, std::string_view unit, double level);

/// The rule: no detectable change when every difference is exactly 0 or the interval lies within
/// half of the last digit shown; likely higher or lower when the interval excludes 0; else unclear.
[[nodiscard]] Verdict judge(const Estimate& estimate, const Shown& shown);

/// The verdict as a sentence, the difference to two digits of its error: `Unfilled posts: likely
/// higher, by 120 posts (90 % interval 80 to 160): 5 120 instead of 5 000.`
///
/// @param label      what is compared, in lower case
/// @param confidence as for the estimate
[[nodiscard]] std::string verdict_sentence(std::string_view label, const Estimate& estimate,
                                           const Shown& shown, double confidence);

}  // namespace steppe
