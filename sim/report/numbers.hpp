#pragma once

#include <string>

#include "sim/core/months.hpp"
#include "sim/report/words.hpp"

namespace steppe::report_detail {

/// The place of the last digit worth printing: that of the Monte Carlo error's first digit (the
/// largest power of ten not above it), and not below `finest`.
/// @param error NaN or 0: unknown, gives `finest`
[[nodiscard]] double digit_place(double error, double finest);

/// The place that leaves `digits` significant digits of a value, not below `finest`.
[[nodiscard]] double place_for_digits(double value, int digits, double finest);

/// Numbers and dates as the page's language writes them.
class Numbers {
 public:
  explicit Numbers(const Words& words);

  /// Rounded to a power of ten, with a true minus; an en dash for NaN, words for infinity.
  [[nodiscard]] std::string number(double value, double place, bool sign = false) const;
  [[nodiscard]] std::string count(double value) const { return number(value, 1.0); }
  /// As few digits as tell the value (at most six): for figures people wrote.
  [[nodiscard]] std::string plain(double value) const;
  [[nodiscard]] std::string interval(double low, double high, double place,
                                     bool sign = false) const;
  [[nodiscard]] std::string date(Date date) const;
  [[nodiscard]] std::string month(Month month) const;
  /// `2012`, `2012-Q3` or `2012-11`, written out.
  [[nodiscard]] std::string period(const std::string& period) const;
  /// A date as `2012-11-05` or a period, written out; anything else as it is.
  [[nodiscard]] std::string written(const std::string& text) const;

  [[nodiscard]] const std::string& decimal() const { return decimal_; }
  [[nodiscard]] const std::string& group() const { return group_; }

 private:
  const Words& words_;
  std::string decimal_, group_;
};

}  // namespace steppe::report_detail
