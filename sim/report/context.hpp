#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/report/numbers.hpp"
#include "sim/report/report.hpp"
#include "sim/report/words.hpp"

namespace steppe::report_detail {

/// A run of months of the summary, by position.
struct Span {
  int first = 0;
  int last = 0;       ///< one past the end
  std::string label;  ///< `2012`, or `Jan 2012`
};

/// A series averaged over a span: exact for the mean; an upper bound for the spread, because limits
/// and errors are averaged as if all months moved together.
struct Average {
  double mean, se, p05, p25, p50, p75, p95;
};

/// Whether a difference is clear of chance.
enum class Change {
  Up,       ///< the 90 % intervals do not meet, the later one is higher
  Down,     ///< likewise, lower
  Unclear,  ///< they meet
  None,     ///< the difference is nothing that would be shown
  Single,   ///< there are no intervals to tell
  Broken,   ///< start and end are counted differently
};

/// How a variable is shown: what its values are multiplied by, and what the product is called.
struct Display {
  double factor = 1.0;
  double finest = 1.0;  ///< smallest place worth printing whatever the error
  std::string unit;     ///< beside a number: `people`
  std::string suffix;   ///< at the number: `%`
};

/// What all parts of the page share: the input, the page's language and the calendar of the run.
class Context {
 public:
  Context(const ReportInput& report_input, const ReportOptions& report_options);

  const ReportInput& input;
  const ReportOptions& options;
  const Words words;
  const Numbers numbers;
  const std::string citizens;  ///< what the country's nationals are called

  [[nodiscard]] Month first_month() const { return first_month_; }
  [[nodiscard]] int months() const { return months_; }
  /// Calendar years of the run; the first and the last may be incomplete.
  [[nodiscard]] const std::vector<Span>& years() const { return years_; }
  /// What levels are compared: the first and last year, or month in a run of less than two years.
  [[nodiscard]] const Span& start() const { return start_; }
  [[nodiscard]] const Span& end() const { return end_; }
  /// True when there is more than one realization.
  [[nodiscard]] bool has_intervals() const { return input.finished > 1; }

  [[nodiscard]] const Variable* variable(std::string_view name) const;
  [[nodiscard]] Display display(const SummarySeries& series) const;
  /// The month in which the run begins, whose prices real wages are given in.
  [[nodiscard]] std::string simulated_from() const;
  /// The name of a variable: the page's words, else the description the run gave it.
  [[nodiscard]] Text variable_name(std::string_view name) const;
  /// The name of a dimension's key: `Construction`, `Women`, `15–24`.
  [[nodiscard]] Text key_name(const DimKey& key) const;
  [[nodiscard]] const Member* member(const DimKey& key) const;
  /// The currency of a unit such as `MNT/month`, as the page calls it.
  [[nodiscard]] std::string money(std::string_view unit) const;
  /// A unit as the page writes it: `people`, `1/month`, `₮/сар`.
  [[nodiscard]] std::string unit(std::string_view unit) const;
  /// What a lever's value that is a word means.
  [[nodiscard]] std::string choice(const std::string& word) const;
  /// The word for a kind of source.
  [[nodiscard]] std::string kind(const std::string& kind) const;
  /// `thousand MNT` for money a month.
  [[nodiscard]] std::string thousand_money(std::string_view unit) const;

  /// Number with its suffix; `unit` adds the unit's word.
  [[nodiscard]] std::string shown(double value, double place, const Display& display,
                                  bool unit = false) const;

 private:
  Month first_month_;
  int months_ = 0;
  std::vector<Span> years_;
  Span start_, end_;
};

/// How a difference of a variable is shown: a rate's in percentage points.
[[nodiscard]] Display difference_display(const Context& context, Display level);

/// Average over a span of `series × factor − base`. Months without a value are left out.
[[nodiscard]] Average average(const SummarySeries& series, const Span& span, double factor = 1.0,
                              double base = 0.0);

[[nodiscard]] Change change(const Average& from, const Average& to, bool has_intervals);

}  // namespace steppe::report_detail
