#include "sim/report/compared/effects.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/report/compared/chapter.hpp"

namespace steppe::report_detail {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();
constexpr double kInnerConfidence = 0.5;

/// The last digit of a figure as the terminal shows it, in the page's units.
double place_of(const Shown& shown, double factor) {
  return std::pow(10.0, -shown.decimals) / shown.factor * factor;
}

}  // namespace

Effects::Effects(const ComparisonInput& input, const ComparedAlternative& alternative,
                 const Context& base, const Context& context)
    : input_(input), alternative_(alternative), base_(base), context_(context) {}

std::optional<ShownEffect> Effects::effect(std::string_view variable,
                                           const std::vector<DimKey>& keys) const {
  const DifferenceSeries* const window = alternative_.window.find(variable, keys);
  const SummarySeries* const level = base_.input.summary.find(variable, keys);
  if (window == nullptr || level == nullptr || window->n.front() == 0) return std::nullopt;
  const Estimate estimate = window->at(0);
  ShownEffect out;
  out.level = base_.display(*level);
  out.display = difference_display(base_, out.level);
  const double factor = out.display.factor;
  const double half =
      estimate.n > 1 ? factor * estimate.se *
                           student_quantile(kInnerConfidence, static_cast<double>(estimate.n - 1))
                     : kMissing;
  const double mean = factor * estimate.difference;
  out.difference = {mean, factor * estimate.se, factor * estimate.interval.low, mean - half,
                    mean, mean + half,          factor * estimate.interval.high};
  out.base = factor * estimate.base;
  out.alternative = factor * estimate.alternative;
  const Shown shown = shown_as(variable, level->unit, estimate.base);
  out.verdict = verdict_of(variable, keys, estimate, shown);
  out.place = place_of(shown.to_error(estimate.se, estimate.interval), factor);
  out.withheld =
      rests_on_few(level->unit, std::max(estimate.base, estimate.alternative), base_.input.scale);
  if (variable == "unemployment_rate" && !keys.empty()) {
    const DifferenceSeries* const people = alternative_.window.find("unemployed", keys);
    out.withheld = people != nullptr && is_small(people->base.front());
  }
  return out;
}

Verdict Effects::verdict_of(std::string_view variable, const std::vector<DimKey>& keys,
                            const Estimate& estimate, const Shown& shown) const {
  if (keys.empty()) {
    for (const JudgedMetric& metric : alternative_.outcome.metrics) {
      if (metric.variable == variable) return metric.verdict;
    }
  }
  return judge(estimate, shown);
}

bool Effects::stands_out(const Panel& panel, std::size_t looked_at) const {
  const int pairs = context_.input.finished;
  if (panel.withheld || pairs < 2 || looked_at == 0 || !(panel.end.se > 0.0)) return false;
  const double confidence = 1.0 - (1.0 - input_.confidence) / static_cast<double>(looked_at);
  return std::abs(panel.end.mean) > panel.end.se * student_quantile(confidence, pairs - 1.0);
}

ShownEffect Effects::people(const Mean& persons) const {
  ShownEffect out;
  out.display = {1.0, 1.0, context_.words("unit.people"), {}};
  out.difference = {persons.value, persons.se, persons.interval.low, kMissing,
                    persons.value, kMissing,   persons.interval.high};
  Estimate estimate;
  estimate.n = persons.n;
  estimate.difference = persons.value;
  estimate.se = persons.se;
  estimate.interval = persons.interval;
  estimate.all_zero = persons.n > 0 && persons.value == 0.0 && !(persons.se > 0.0);
  const Shown shown = shown_as({}, "person", persons.value);
  out.verdict = judge(estimate, shown);
  out.place = place_of(shown.to_error(persons.se, persons.interval), 1.0);
  return out;
}

bool Effects::is_small(double persons) const {
  return rests_on_few("person", persons, base_.input.scale);
}

const SummarySeries& Effects::as_series(const DifferenceSeries& months) {
  SummarySeries series;
  series.variable = months.variable;
  series.unit = months.unit;
  series.keys = months.keys;
  series.n = months.n;
  series.mean = months.difference;
  series.p50 = months.difference;
  series.se_mc = months.se;
  series.p05 = months.low;
  series.p95 = months.high;
  for (std::size_t m = 0; m < months.n.size(); ++m) {
    const double half = months.n[m] > 1
                            ? months.se[m] * student_quantile(kInnerConfidence, months.n[m] - 1.0)
                            : kMissing;
    series.p25.push_back(months.difference[m] - half);
    series.p75.push_back(months.difference[m] + half);
  }
  series_.push_back(std::move(series));
  return series_.back();
}

std::optional<Panel> Effects::pair(std::string_view variable, const std::vector<DimKey>& keys) {
  auto panel = make_panel(context_, variable, keys);
  const SummarySeries* const base = base_.input.summary.find(variable, keys);
  const DifferenceSeries* const months = alternative_.months.find(variable, keys);
  const auto window = effect(variable, keys);
  if (!panel || base == nullptr || months == nullptr || !window) return std::nullopt;
  // An index is 100 in the base's first year on both sides.
  panel->display = base_.display(*base);
  panel->base_series = base;
  panel->difference = &as_series(*months);
  panel->verdict = window->verdict;
  return panel;
}

std::optional<Panel> Effects::difference(std::string_view variable,
                                         const std::vector<DimKey>& keys) {
  auto panel = make_panel(context_, variable, keys);
  const DifferenceSeries* const months = alternative_.months.find(variable, keys);
  const auto window = effect(variable, keys);
  if (!panel || months == nullptr || !window) return std::nullopt;
  panel->series = &as_series(*months);
  panel->recorded.clear();
  panel->breaks.clear();
  panel->years.clear();
  panel->display = window->display;
  panel->start = panel->end = window->difference;
  panel->finest = window->display.finest;
  panel->place = window->place;
  panel->verdict = window->verdict;
  panel->withheld = window->withheld;
  return panel;
}

}  // namespace steppe::report_detail
