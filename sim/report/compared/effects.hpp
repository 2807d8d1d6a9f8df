#pragma once

#include <deque>
#include <optional>
#include <string_view>
#include <vector>

#include "sim/report/comparison_report.hpp"
#include "sim/report/figures.hpp"

namespace steppe::report_detail {

/// A figure with its interval as the page shows it: in shown units.
struct ShownEffect {
  Average difference{};
  Verdict verdict = Verdict::Unclear;
  double base = 0.0, alternative = 0.0;  ///< levels
  double place = 1.0;     ///< last digit of the difference, as everywhere a comparison is told
  bool withheld = false;  ///< rests on fewer than 30 simulated people
  Display display;        ///< of the difference: percentage points for a rate
  Display level;          ///< of the levels
};

/// Panels of how an alternative differs from its base. It owns the series that panels point to.
class Effects {
 public:
  Effects(const ComparisonInput& input, const ComparedAlternative& alternative, const Context& base,
          const Context& context);
  Effects(const Effects&) = delete;
  Effects& operator=(const Effects&) = delete;

  /// The mean difference in the window; empty when the runs lack the variable or have no pair.
  /// Withheld when both levels, of persons or posts, stand for fewer than 30 records; that of
  /// a rate when the people who make it up do.
  [[nodiscard]] std::optional<ShownEffect> effect(std::string_view variable,
                                                  const std::vector<DimKey>& keys = {}) const;

  /// Levels of both runs with their difference.
  [[nodiscard]] std::optional<Panel> pair(std::string_view variable,
                                          const std::vector<DimKey>& keys = {});

  /// The difference alone: `end` is that of the window.
  [[nodiscard]] std::optional<Panel> difference(std::string_view variable,
                                                const std::vector<DimKey>& keys);

  /// True when a panel's difference would stand clear of chance with all `looked_at` panels tested
  /// at the comparison's confidence together (Bonferroni): what a heading may name.
  [[nodiscard]] bool stands_out(const Panel& panel, std::size_t looked_at) const;

  /// A figure of people as the window's effects are.
  [[nodiscard]] ShownEffect people(const Mean& persons) const;
  /// True when so few records stand behind a number of persons that none is shown.
  [[nodiscard]] bool is_small(double persons) const;

 private:
  /// Of a metric that was asked for the verdict of the folder, else by the same rule.
  [[nodiscard]] Verdict verdict_of(std::string_view variable, const std::vector<DimKey>& keys,
                                   const Estimate& estimate, const Shown& shown) const;
  /// The difference by month as a series: its limits at 50 % and at the comparison's confidence.
  const SummarySeries& as_series(const DifferenceSeries& months);

  const ComparisonInput& input_;
  const ComparedAlternative& alternative_;
  const Context& base_;
  const Context& context_;
  std::deque<SummarySeries> series_;
};

}  // namespace steppe::report_detail
