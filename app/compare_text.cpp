#include "app/compare_text.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "app/layout.hpp"
#include "sim/results/text.hpp"

namespace steppe::app {
namespace {

std::string interval_text(const Shown& shown, const Interval& interval) {
  if (std::isnan(interval.low)) return "one run";
  return fmt::format("{} to {}", shown.signed_text(interval.low), shown.signed_text(interval.high));
}

std::string named(const JudgedMetric& metric, const Shown& shown) {
  const std::string name = metric.key.empty() ? metric.label : metric.key;
  const bool is_counted = shown.decimals == 0 && !metric.unit.starts_with("MNT");
  return shown.unit.empty() || is_counted ? name : name + " " + shown.unit;
}

bool is_few(const JudgedMetric& metric, std::int64_t scale) {
  const Estimate& e = metric.estimate;
  return rests_on_few(metric.unit, std::max(e.base, e.alternative), scale);
}

Row row_of(const JudgedMetric& metric, std::int64_t scale) {
  const Estimate& e = metric.estimate;
  const Shown shown = shown_as(metric.variable, metric.unit, e.base);
  const Shown difference = shown.to_error(e.se, e.interval);
  return {named(metric, shown) + (is_few(metric, scale) ? " *" : ""), shown.text(e.base),
          shown.text(e.alternative), difference.signed_text(e.difference),
          interval_text(difference, e.interval)};
}

Row head_of(const std::string& title, double confidence) {
  return {title, "base", "alternative", "difference",
          fmt::format("{:.0f} % interval", 100.0 * confidence)};
}

std::string cells_text(const Outcome& outcome, const AlternativeOutcome& alternative) {
  std::string out;
  std::vector<Row> rows;
  const auto flush = [&] {
    if (!rows.empty()) out += "\n" + table(rows);
    rows.clear();
  };
  const JudgedMetric* last = nullptr;
  for (const JudgedMetric& cell : alternative.cells) {
    if (last == nullptr || last->variable != cell.variable || last->dim != cell.dim) {
      flush();
      rows.push_back(head_of(cell.label + " by " + cell.dim, outcome.confidence));
    }
    rows.push_back(row_of(cell, outcome.scale));
    last = &cell;
  }
  flush();
  return out;
}

/// How many times wider an unpaired comparison's intervals would be, in the middle.
std::string gain_text(const AlternativeOutcome& alternative) {
  std::vector<double> gains;
  for (const JudgedMetric& metric : alternative.metrics) {
    const Estimate& e = metric.estimate;
    const double paired = e.interval.high - e.interval.low;
    const double unpaired = e.unpaired.high - e.unpaired.low;
    if (paired > 0.0 && unpaired > 0.0) gains.push_back(unpaired / paired);
  }
  if (gains.empty()) return {};
  std::sort(gains.begin(), gains.end());
  return wrapped(fmt::format(
      "Without common random numbers the intervals would be {:.1f} times as wide (the median of "
      "the table).",
      0.5 * (gains[(gains.size() - 1) / 2] + gains[gains.size() / 2])));
}

/// Totals of one change of persons; null when there is none.
const Mean* total_of(const AlternativeOutcome& alternative, PersonChange change) {
  for (const PeopleFigure& figure : alternative.people) {
    if (figure.change == change && figure.dim.empty() && figure.persons.n > 0) {
      return &figure.persons;
    }
  }
  return nullptr;
}

/// `442 have work only in the alternative (432 to 452)`.
std::string change_text(const AlternativeOutcome& alternative, PersonChange change,
                        const char* words, bool with_sign = false) {
  const Mean* const m = total_of(alternative, change);
  if (m == nullptr) return {};
  const Shown shown = shown_as("", "person", 0.0).to_error(m->se, m->interval);
  const auto text = [&](double value) {
    return with_sign ? shown.signed_text(value) : shown.text(value);
  };
  const std::string count = with_sign ? fmt::format("{} {}", words, text(m->value))
                                      : fmt::format("{} {}", text(m->value), words);
  if (std::isnan(m->interval.low)) return count;
  return fmt::format("{} ({} to {})", count, text(m->interval.low), text(m->interval.high));
}

std::string people_text(const Outcome& outcome, const AlternativeOutcome& alternative) {
  if (!alternative.people_comparable) {
    return wrapped(
        "Who gained and who lost is not told: the two start from different populations, so that "
        "their persons are not the same.");
  }
  const Mean* const all = total_of(alternative, PersonChange::Compared);
  if (all == nullptr) return {};
  const auto told = [&](PersonChange change, const char* words) {
    return change_text(alternative, change, words);
  };
  return wrapped(fmt::format(
      "Of {} nationals of the start population, compared one by one at the end of {}: {}, {}, {}; "
      "{}, {}; {}, {}.",
      shown_as("", "person", 0.0).text(all->value), month_text(outcome.window.last),
      told(PersonChange::JobFound, "have work only in the alternative"),
      told(PersonChange::JobLost, "only in the base"),
      change_text(alternative, PersonChange::NetJobs, "on balance", true),
      told(PersonChange::WageHigher, "earn over 1 % more"),
      told(PersonChange::WageLower, "over 1 % less"),
      told(PersonChange::LeftCountry, "live abroad only in the alternative"),
      told(PersonChange::StayedHome, "only in the base")));
}

std::string displacement_text(const Outcome& outcome, const AlternativeOutcome& alternative) {
  const Ratio& ratio = alternative.per_100_foreign;
  if (std::isnan(ratio.value)) {
    return wrapped(
        "Whether foreign workers displace or complement is not told: their own number does not "
        "clearly differ.");
  }
  return wrapped(fmt::format(
      "Per 100 more foreign workers the number of nationals at work changes by {:+.1f} ({:.0f} % "
      "interval {:+.1f} to {:+.1f}){}.",
      ratio.value, 100.0 * outcome.confidence, ratio.interval.low, ratio.interval.high,
      ratio.interval.is_clear() ? "" : ": unclear"));
}

std::string window_text(const Window& window) {
  return window.first == window.last
             ? month_text(window.first)
             : fmt::format("mean of {} to {}", month_text(window.first), month_text(window.last));
}

}  // namespace

std::string outcome_text(const Outcome& outcome) {
  std::string out;
  for (const AlternativeOutcome& alternative : outcome.alternatives) {
    if (!out.empty()) out += "\n";
    out += fmt::format("{} compared with {}, {}\n", alternative.scenario, outcome.base,
                       window_text(outcome.window));
    for (const std::string& note : alternative.notes) out += wrapped(note);
    std::vector<Row> rows{head_of("", outcome.confidence)};
    for (const JudgedMetric& metric : alternative.metrics) {
      out += wrapped(metric.sentence);
      rows.push_back(row_of(metric, outcome.scale));
    }
    if (rows.size() > 1) out += "\n" + table(rows);
    out += cells_text(outcome, alternative);
    const auto few = [&](const JudgedMetric& metric) { return is_few(metric, outcome.scale); };
    if (std::any_of(alternative.metrics.begin(), alternative.metrics.end(), few) ||
        std::any_of(alternative.cells.begin(), alternative.cells.end(), few)) {
      out += wrapped(fmt::format("* stands for fewer than {:.0f} records: too few to be quoted",
                                 kFewestRecords));
    }
    out += "\n";
    out += gain_text(alternative) + people_text(outcome, alternative) +
           displacement_text(outcome, alternative);
  }
  return out;
}

}  // namespace steppe::app
