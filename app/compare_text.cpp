#include "app/compare_text.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "sim/results/text.hpp"

namespace steppe::app {
namespace {

constexpr std::size_t kWidth = 80;

/// Characters as a terminal shows them, one column each.
std::size_t columns_of(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string padded(const std::string& text, std::size_t width, bool right) {
  const std::size_t used = columns_of(text);
  const std::string space(width > used ? width - used : 0, ' ');
  return right ? space + text : text + space;
}

std::string cut(const std::string& text, std::size_t width) {
  if (columns_of(text) <= width) return text;
  std::string out;
  std::size_t used = 0;
  for (const char c : text) {
    if ((c & 0xC0) != 0x80 && ++used >= width) break;
    out += c;
  }
  return out + "…";
}

/// End of the word at a place: digits that stand apart, and what follows them as %, are one.
std::size_t word_end(const std::string& text, std::size_t at) {
  const auto is_digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  std::size_t end = std::min(text.find(' ', at), text.size());
  while (end + 1 < text.size() && is_digit(end - 1) &&
         (is_digit(end + 1) || text[end + 1] == '%')) {
    end = std::min(text.find(' ', end + 1), text.size());
  }
  return end;
}

/// Breaks lines between words; all but the first are indented.
std::string wrapped(const std::string& text) {
  std::string out;
  std::string line;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = word_end(text, at);
    const std::string word = text.substr(at, end - at);
    if (!line.empty() && columns_of(line) + 1 + columns_of(word) > kWidth) {
      out += line + "\n";
      line = "  " + word;
    } else {
      line += (line.empty() ? "" : " ") + word;
    }
    at = end + 1;
  }
  return out + line + "\n";
}

using Row = std::vector<std::string>;

/// Rows under a head, the first column to the left and cut where the table would be too wide.
std::string table(const std::vector<Row>& rows) {
  std::vector<std::size_t> widths(rows.front().size(), 0);
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], columns_of(row[i]));
    }
  }
  std::size_t others = 0;
  for (std::size_t i = 1; i < widths.size(); ++i) others += widths[i] + 2;
  if (others < kWidth) widths[0] = std::min(widths[0], kWidth - others);
  std::string out;
  for (const Row& row : rows) {
    std::string line = padded(cut(row[0], widths[0]), widths[0], false);
    for (std::size_t i = 1; i < row.size(); ++i) line += "  " + padded(row[i], widths[i], true);
    while (!line.empty() && line.back() == ' ') line.pop_back();
    out += line + "\n";
  }
  return out;
}

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
