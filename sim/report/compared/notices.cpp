#include <algorithm>

#include "sim/report/compared/parts.hpp"

namespace steppe::report_detail {
namespace {

/// With fewer pairs Student's interval is more than a tenth wider than with many.
constexpr std::size_t kFewPairs = 10;

bool is_known(const std::vector<Notice>& notices, const Notice& notice) {
  return std::any_of(notices.begin(), notices.end(), [&](const Notice& other) {
    return other.title == notice.title && other.text == notice.text;
  });
}

bool has_title(const std::vector<Notice>& notices, const std::string& title) {
  return std::any_of(notices.begin(), notices.end(),
                     [&](const Notice& other) { return other.title == title; });
}

}  // namespace

std::string withheld_cells(const std::vector<Section>& sections) {
  std::string out;
  for (const Section& section : sections) {
    for (const Figure& figure : section.figures) {
      for (const Panel& panel : figure.panels) {
        if (panel.withheld) out += (out.empty() ? "" : ", ") + panel.title.text;
      }
    }
  }
  return out;
}

std::vector<Notice> comparison_notices(const std::vector<Chapter>& chapters,
                                       const std::vector<std::string>& withheld) {
  const Chapter& first = chapters.front();
  const Words& words = first.words();
  std::vector<Notice> out;
  const auto add = [&](std::string_view name, std::initializer_list<Fill> fills = {}) {
    const std::string key = "warn." + std::string(name);
    const Notice notice{words(key + ".title"), words(key + ".text", fills)};
    if (!is_known(out, notice)) out.push_back(notice);
  };
  std::size_t pairs = 0;
  for (const JudgedMetric& metric : first.alternative.outcome.metrics) {
    pairs = std::max(pairs, metric.estimate.n);
  }
  if (pairs == 1) add("one_pair");
  if (pairs > 1 && pairs < kFewPairs) add("few_pairs", {{"n", std::to_string(pairs)}});
  for (std::size_t i = 0; i < chapters.size(); ++i) {
    const Chapter& chapter = chapters[i];
    if (chapter.alternative.changes.empty()) {
      add("same", {{"name", chapter.context.words
                                .label(chapter.context.input.name, chapter.context.input.key)
                                .text}});
    }
    if (const auto date = chapter.first_date();
        date && Month(date->year, date->month) > chapter.input.window.last) {
      add("before", {{"d", chapter.context.numbers.date(*date)}});
    }
    if (!chapter.alternative.outcome.people_comparable) add("other_start");
    if (!withheld[i].empty()) add("small", {{"list", withheld[i]}});
  }
  // What stands against quoting a run stands against quoting its difference from another, save
  // what its number of replications says of its own intervals.
  const Figure no_regions;
  std::vector<const Context*> runs;
  for (const Chapter& chapter : chapters) runs.push_back(&chapter.context);
  runs.push_back(&first.base);
  for (const Context* const run : runs) {
    const std::vector<Notice> before = out;
    for (const Notice& notice : notices(*run, no_regions, {})) {
      const bool of_intervals =
          notice.title == words("warn.few.title") || notice.title == words("warn.single.title");
      // Counts of limits and of assumptions differ by one or two between the runs: told once.
      const bool by_run =
          notice.title == words("warn.own.title") || notice.title == words("warn.run.title");
      const bool told = by_run ? is_known(out, notice) : has_title(before, notice.title);
      if (!of_intervals && !told) out.push_back(notice);
    }
  }
  return out;
}

}  // namespace steppe::report_detail
