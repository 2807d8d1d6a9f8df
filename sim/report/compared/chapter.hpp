#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/report/compared/effects.hpp"
#include "sim/report/comparison_report.hpp"
#include "sim/report/figures.hpp"

namespace steppe::report_detail {

/// What the parts of the page on one alternative share: both runs in the page's language, and the
/// effects of one on the other.
struct Chapter {
  const ComparisonInput& input;
  const ComparedAlternative& alternative;
  const Context& base;
  const Context& context;  ///< of the alternative: names, words and calendar
  Effects& effects;
  std::string suffix;       ///< of ids, where there are several alternatives: `-2`
  std::vector<Mark> marks;  ///< dates on which the rules part and meet
  std::vector<std::pair<double, double>> spans;  ///< months in which they differ

  /// The first day on which anything differs; none: from the start on, or nothing does.
  [[nodiscard]] std::optional<Date> first_date() const;
  [[nodiscard]] const Words& words() const { return context.words; }
  /// `90% interval`, of the comparison's confidence.
  [[nodiscard]] std::string interval_word() const;
  /// `Jul 2026 to Jun 2029`, or the year that the window is.
  [[nodiscard]] std::string window_text() const;
};

}  // namespace steppe::report_detail
