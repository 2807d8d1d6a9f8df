#include <algorithm>
#include <array>
#include <cmath>

#include "sim/report/compared/parts.hpp"
#include "sim/report/html.hpp"

namespace steppe::report_detail {
namespace {

/// A published rule for calling an occupation short (docs/reference/indicators.md, "Shortage").
struct Method {
  std::string_view variable;
  std::string_view word;
  double line;
  bool below;     ///< short below the line; else at or below it
  double factor;  ///< of what is shown
  double place;
  std::string_view suffix;
  [[nodiscard]] bool is_short(double value) const { return below ? value < line : value <= line; }
};
/// NSC 2022: fewer than half of the vacancies filled. ROA: the outlook of those who search is good
/// or better, so that employers find it hard.
constexpr std::array kMethods = {
    Method{"fill_rate", "short.fill_rate", 0.5, true, 100.0, 1.0, "%"},
    Method{"supply_demand_ratio", "short.supply_demand", 1.0, false, 1.0, 0.01, ""}};

struct Row {
  const Member* occupation;
  bool small = false;
  std::array<std::pair<double, double>, kMethods.size()> values;  ///< base, alternative

  [[nodiscard]] int count(bool alternative) const {
    int n = 0;
    for (std::size_t i = 0; i < kMethods.size(); ++i) {
      n += kMethods[i].is_short(alternative ? values[i].second : values[i].first) ? 1 : 0;
    }
    return n;
  }
};

std::vector<Row> rows_of(const Chapter& chapter) {
  std::vector<Row> rows;
  for (const Member& occupation : chapter.context.input.dimensions.occupations) {
    const std::vector<DimKey> keys = {{Dim::Occupation, occupation.key}};
    Row row{&occupation, false, {}};
    bool known = true;
    for (std::size_t i = 0; i < kMethods.size(); ++i) {
      const DifferenceSeries* const series =
          chapter.alternative.window.find(kMethods[i].variable, keys);
      known = known && series != nullptr && series->n.front() > 0;
      if (known) row.values[i] = {series->base.front(), series->alternative.front()};
    }
    if (!known) continue;
    const auto posts = chapter.effects.effect("vacancies", keys);
    row.small = posts && chapter.effects.is_small(posts->base);
    rows.push_back(row);
  }
  std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    if (a.small != b.small) return b.small;
    return std::pair(a.count(false) + a.count(true), -a.values[0].first) >
           std::pair(b.count(false) + b.count(true), -b.values[0].first);
  });
  return rows;
}

std::string sign(bool is_short) {
  return std::string(
             "<svg class=\"dot\" viewBox=\"0 0 12 12\" aria-hidden=\"true\"><rect x=\"2\" "
             "y=\"2\" width=\"8\" height=\"8\" class=\"") +
         (is_short ? "full" : "open") + "\"/></svg> ";
}

std::string cell(const Chapter& chapter, const Method& method, double value) {
  const bool is_short = method.is_short(value);
  return "<td class=\"n\">" + sign(is_short) +
         escape(chapter.context.numbers.number(value * method.factor, method.place)) +
         std::string(method.suffix) + "<span class=\"vh\"> " +
         escape(chapter.words()(is_short ? "short.yes" : "short.no")) + "</span></td>";
}

std::string row_html(const Chapter& chapter, const Row& row) {
  const Context& context = chapter.context;
  const Words& words = context.words;
  std::string out =
      "<tr" +
      std::string(!row.small && row.count(false) != row.count(true) ? " class=\"changed\"" : "") +
      "><th scope=\"row\">" + escape(context.key_name({Dim::Occupation, row.occupation->key}));
  if (!row.occupation->code.empty()) {
    out += " <small>" + escape(row.occupation->code) + "</small>";
  }
  out += "</th>";
  if (row.small) {
    return out + "<td class=\"n\" colspan=\"5\">" + escape(words("term.withheld")) + "</td></tr>\n";
  }
  for (std::size_t i = 0; i < kMethods.size(); ++i) {
    out += cell(chapter, kMethods[i], row.values[i].first) +
           cell(chapter, kMethods[i], row.values[i].second);
  }
  return out + "<td class=\"n\">" +
         escape(words("short.of", {{"k", std::to_string(row.count(false))},
                                   {"l", std::to_string(row.count(true))},
                                   {"n", std::to_string(kMethods.size())}})) +
         "</td></tr>\n";
}

std::string heading(const Chapter& chapter, const std::vector<Row>& rows) {
  int base = 0;
  int alternative = 0;
  int shown = 0;
  for (const Row& row : rows) {
    if (row.small) continue;
    ++shown;
    base += row.count(false) > 0 ? 1 : 0;
    alternative += row.count(true) > 0 ? 1 : 0;
  }
  return chapter.words()("find.short", {{"a", std::to_string(base)},
                                        {"b", std::to_string(alternative)},
                                        {"n", std::to_string(shown)}});
}

}  // namespace

std::string shortage_section(const Chapter& chapter) {
  const std::vector<Row> rows = rows_of(chapter);
  if (rows.empty()) return {};
  const Words& words = chapter.words();
  std::string out = section_start("shortages" + chapter.suffix, words("section.shortages"),
                                  heading(chapter, rows));
  out += "<p class=\"unit\">" + escape(words("short.unit", {{"window", chapter.window_text()}})) +
         "</p>\n<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"" +
         escape(words("section.shortages")) + "\"><table class=\"short\"><thead><tr><td></td>";
  for (const Method& method : kMethods) {
    out +=
        "<th scope=\"colgroup\" class=\"n\" colspan=\"2\">" + escape(words(method.word)) + "</th>";
  }
  out += "<td></td></tr>\n<tr><th scope=\"col\">" + escape(words("term.occupation")) + "</th>";
  for (std::size_t i = 0; i < kMethods.size(); ++i) {
    out += "<th scope=\"col\" class=\"n\">" + escape(words("term.base")) +
           "</th><th scope=\"col\" class=\"n\">" + escape(words("term.alternative")) + "</th>";
  }
  out += "<th scope=\"col\" class=\"n\">" + escape(words("short.methods")) +
         "</th></tr></thead>\n<tbody>\n";
  for (const Row& row : rows) out += row_html(chapter, row);
  return out + "</tbody></table></div>\n<p class=\"note\">" + escape(words("short.note")) +
         "</p>\n</section>\n";
}

}  // namespace steppe::report_detail
