#include "app/headline.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>

namespace steppe::app {
namespace {

/// 12345678 as `12 345 678`, rates in per cent.
std::string figure_text(double value, const std::string& unit) {
  if (!std::isfinite(value)) return "–";
  if (unit == "%") return fmt::format("{:.1f}", 100.0 * value);
  if (unit == "1") return fmt::format("{:.3f}", value);
  std::string digits = fmt::format("{:.0f}", value);
  for (std::size_t at = digits.size(); at > 3 + (digits[0] == '-' ? 1u : 0u);) {
    at -= 3;
    digits.insert(at, " ");
  }
  return digits;
}

}  // namespace

const std::vector<HeadlineMeasure>& headline_measures() {
  static const std::vector<HeadlineMeasure> measures = {
      {"unemployment_rate", "unemployment, searching"},
      {"unemployment_rate_national", "unemployment, national count"},
      {"employed", "nationals at work"},
      {"vacancies", "unfilled posts"},
      {"foreign_workers", "foreign workers"},
      {"real_wage", "real wages"},
  };
  return measures;
}

std::vector<HeadlineFigure> headline(const RunFolder& folder) {
  std::vector<HeadlineFigure> figures;
  const Summary summary = folder.summary();
  if (summary.months.empty()) return figures;
  for (const auto& [name, label] : headline_measures()) {
    const SummarySeries* series = summary.find(name);
    if (series == nullptr || series->mean.empty()) continue;
    HeadlineFigure figure;
    figure.variable = name;
    figure.label = label;
    figure.unit = series->unit;
    figure.month = summary.months.back();
    figure.mean = series->mean.back();
    figure.p05 = series->p05.back();
    figure.p95 = series->p95.back();
    figure.n = series->n.back();
    figure.first = series->mean.front();
    figure.first_month = summary.months.front();
    figures.push_back(std::move(figure));
  }
  return figures;
}

std::string headline_text(const std::vector<HeadlineFigure>& figures, bool with_intervals) {
  if (figures.empty()) return {};
  std::size_t width = 0;
  for (const HeadlineFigure& f : figures) width = std::max(width, f.label.size());
  std::string out =
      fmt::format("{:<{}}  {:>14}  {:>14}{}\n", "", width, figures.front().first_month,
                  figures.front().month, with_intervals ? "  90 % of runs" : "");
  for (const HeadlineFigure& f : figures) {
    const std::string unit = is_share(f.variable, f.unit) ? "%" : f.unit;
    const std::string interval =
        !with_intervals ? ""
        : f.n > 1 ? fmt::format("{} to {}", figure_text(f.p05, unit), figure_text(f.p95, unit))
                  : "one run";
    out += fmt::format("{:<{}}  {:>14}  {:>14}{}{}{}\n", f.label, width, figure_text(f.first, unit),
                       figure_text(f.mean, unit), interval.empty() ? "" : "  ", interval,
                       unit == "1" ? "" : "  [" + unit + "]");
  }
  return out + (with_intervals ? "means" : "expected numbers") +
         " at the ends of these months; the report compares whole years\n";
}

}  // namespace steppe::app
