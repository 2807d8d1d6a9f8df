#include <algorithm>
#include <array>
#include <cmath>

#include "sim/report/html.hpp"
#include "sim/report/parts.hpp"

namespace steppe::report_detail {
namespace {

constexpr int kSteps = 5;

/// Simulated unemployed behind a region's rate at the end; infinite where the run does not tell.
double people_behind(const Context& context, const Panel& panel) {
  const SummarySeries* const employed = context.input.summary.find("employed", panel.series->keys);
  if (employed == nullptr) return std::numeric_limits<double>::infinity();
  const double rate = average(*panel.series, context.end()).mean;
  const double people = average(*employed, context.end()).mean * rate / (1.0 - rate);
  return people / static_cast<double>(context.input.scale);
}

/// Five steps of equal width with round limits that hold all values.
struct Scale {
  double low = 0.0;
  double step = 1.0;
  [[nodiscard]] int of(double value) const {
    return std::clamp(static_cast<int>(std::floor((value - low) / step + 1e-9)), 0, kSteps - 1);
  }
};

Scale scale_for(const std::vector<Panel>& panels) {
  double low = std::numeric_limits<double>::infinity();
  double high = -low;
  for (const Panel& panel : panels) {
    if (panel.withheld) continue;
    low = std::min(low, panel.end.mean);
    high = std::max(high, panel.end.mean);
  }
  if (!(high >= low)) return {};
  constexpr std::array kRound = {1.0, 2.0, 5.0};
  for (int exponent = -3; exponent < 12; ++exponent) {
    for (const double round : kRound) {
      const double step = round * std::pow(10.0, exponent);
      const double start = std::floor(low / step) * step;
      if (start + kSteps * step >= high) return {start, step};
    }
  }
  return {low, (high - low) / kSteps};
}

bool is_vowel(std::string_view c) {
  constexpr std::string_view kVowels = " a e i o u y ö ü а э и о у ө ү е ё ю я ы й ";
  return kVowels.find(' ' + std::string(c) + ' ') != std::string_view::npos;
}

/// Soft hyphens between syllables, so that a long name fits a narrow tile: a break stands before
/// the last consonant between two vowels, with at least three letters on either side.
std::string hyphenated(const std::string& name) {
  std::vector<std::string> letters;
  for (const char c : name) {
    if ((static_cast<unsigned char>(c) & 0xC0) == 0x80 && !letters.empty()) {
      letters.back() += c;
    } else {
      letters.emplace_back(1, c);
    }
  }
  std::string out;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    const bool inside = i >= 3 && i + 3 <= letters.size();
    // "kh" and "ng" are one sound each in the usual spelling of Mongolian names.
    const std::size_t consonant =
        inside && letters[i] == "k" && i + 1 < letters.size() && letters[i + 1] == "h" ? i + 1 : i;
    if (inside && !is_vowel(letters[i]) && letters[i] != "h" && consonant + 1 < letters.size() &&
        is_vowel(letters[consonant + 1]) && letters[i] != "-" && letters[i - 1] != "-") {
      out += "\u00AD";
    }
    out += letters[i];
  }
  return out;
}

std::string tile(const Context& context, const Figure& figure, const Panel& panel,
                 const Scale& scale, bool chosen) {
  const Member& region = *context.member(panel.series->keys.front());
  const std::string place = "grid-row:" + std::to_string(std::lround(region.row)) +
                            ";grid-column:" + std::to_string(std::lround(region.column));
  const std::string interval =
      context.has_intervals() ? context.numbers.interval(panel.end.p05, panel.end.p95, panel.place)
                              : context.words("term.no_interval");
  const std::string number = context.numbers.number(panel.end.mean, panel.place, figure.changes);
  std::string shown =
      panel.withheld ? context.words("term.withheld") : number + panel.display.suffix;
  if (panel.verdict && !panel.withheld) {
    shown += ' ' + panel.display.unit + ", " + verdict_words(context, panel);
  }
  std::string step = "cx";
  if (!panel.withheld) step[1] = static_cast<char>('0' + scale.of(panel.end.mean));
  std::string out = "<li class=\"" + step + "\" style=\"" + place + "\" data-name=\"" +
                    escape(panel.title.text) + "\" data-value=\"" + escape(shown) + '"';
  if (chosen) out += " data-chosen";
  if (!panel.withheld && !context.input.mean_field)
    out += " data-interval=\"" + escape(interval) + '"';
  const Text name{hyphenated(panel.title.text), panel.title.lang};
  out += "><span class=\"place\">" + escape(name) + "</span><b>";
  // The unit stands in the legend: a tile is narrow.
  out += panel.withheld ? "<span aria-hidden=\"true\">–</span><span class=\"vh\">" +
                              escape(context.words("term.withheld")) + "</span>"
                        : escape(number);
  if (panel.verdict && !panel.withheld) out += verdict_dot(change_of(*panel.verdict));
  return out + "</b></li>\n";
}

std::string legend(const Context& context, const Figure& figure, const Scale& scale) {
  const Display& display = figure.panels.front().display;
  const double place = place_for_digits(scale.step, 1, 1e-3);
  std::string out = "<div class=\"legend\" role=\"group\" aria-label=\"" +
                    escape(context.words("key.scale")) + "\">";
  for (int i = 0; i < kSteps; ++i) {
    const double low = scale.low + i * scale.step;
    const std::string limits = context.numbers.number(low, place) + "–" +
                               context.numbers.number(low + scale.step, place) + display.suffix;
    out += "<div><i class=\"c";
    out += static_cast<char>('0' + i);
    out += "\"></i><span>" + escape(limits) + "</span></div>";
  }
  return out + "</div>\n";
}

std::string heading(const Context& context, const Figure& figure) {
  const Panel* lowest = nullptr;
  const Panel* highest = nullptr;
  for (const Panel& panel : figure.panels) {
    if (panel.withheld) continue;
    if (lowest == nullptr || panel.end.mean < lowest->end.mean) lowest = &panel;
    if (highest == nullptr || panel.end.mean > highest->end.mean) highest = &panel;
  }
  if (lowest == highest || !context.has_intervals()) return figure.note;
  if (change(lowest->end, highest->end, true) != Change::Up) {
    return context.words("find.regions_unclear");
  }
  return context.words("find.regions",
                       {{"high", highest->title.text}, {"low", lowest->title.text}});
}

}  // namespace

Figure region_figure(const Context& context) {
  const Words& words = context.words;
  Figure figure;
  figure.kind = FigureKind::Tiles;
  figure.id = "regions";
  figure.title = words("figure.regions");
  figure.note = words("define.map", {{"y", context.end().label}});
  figure.column = words("term.region");
  for (const Member& region : context.input.dimensions.regions) {
    auto panel = make_panel(context, "unemployment_rate", {{Dim::Region, region.key}});
    if (!panel) continue;
    panel->withheld = people_behind(context, *panel) < kFewestRecords;
    figure.panels.push_back(std::move(*panel));
  }
  std::stable_sort(figure.panels.begin(), figure.panels.end(), [](const Panel& a, const Panel& b) {
    const double low = -std::numeric_limits<double>::infinity();
    return (a.withheld ? low : a.end.mean) > (b.withheld ? low : b.end.mean);
  });
  return figure;
}

std::string tile_map(const Context& context, const Figure& figure) {
  const Words& words = context.words;
  const auto region = [&](const Panel* panel) -> const Member& {
    return *context.member(panel->series->keys.front());
  };
  const bool has_places =
      std::all_of(figure.panels.begin(), figure.panels.end(), [&](const Panel& panel) {
        return region(&panel).row >= 1.0 && region(&panel).column >= 1.0;
      });
  if (!has_places || figure.panels.empty()) return {};
  const Scale scale = scale_for(figure.panels);
  const bool withheld = std::any_of(figure.panels.begin(), figure.panels.end(),
                                    [](const Panel& panel) { return panel.withheld; });
  double columns = 1.0;
  std::vector<const Panel*> by_place;
  for (const Panel& panel : figure.panels) by_place.push_back(&panel);
  std::stable_sort(by_place.begin(), by_place.end(), [&](const Panel* a, const Panel* b) {
    return std::pair(region(a).row, region(a).column) < std::pair(region(b).row, region(b).column);
  });
  for (const Panel* const panel : by_place) columns = std::max(columns, region(panel).column);
  // On a narrow page the map scrolls, by keyboard too; the script makes its tiles the stops
  // instead.
  std::string out =
      "<div class=\"map-side\"><div class=\"map-scroll\" role=\"region\" tabindex=\"0\" "
      "aria-label=\"" +
      escape(figure.title) +
      "\"><ul class=\"map\" style=\"--columns:" + std::to_string(std::lround(columns)) + "\">\n";
  for (const Panel* const panel : by_place) {
    out += tile(context, figure, *panel, scale, panel == &figure.panels.front());
  }
  out += "</ul></div>\n<div class=\"side\">" + legend(context, figure, scale);
  if (withheld) out += "<p class=\"unit\">" + escape(words("key.hatched")) + "</p>\n";
  return out + "<div class=\"box chosen\" aria-live=\"polite\" hidden></div>\n<p class=\"unit\">" +
         escape(words("key.tiles")) + "</p></div></div>\n";
}

std::string region_section(const Context& context, const Figure& figure) {
  if (figure.panels.empty()) return {};
  return section_start("regions", context.words("section.regions"), heading(context, figure)) +
         "<p class=\"unit\">" + escape(figure.note) + "</p>\n" +
         "<figure class=\"tilemap\" id=\"fig-regions\" data-figure=\"regions\" aria-label=\"" +
         escape(figure.note) + "\">\n" + tile_map(context, figure) + figure_table(context, figure) +
         "</figure>\n</section>\n";
}

}  // namespace steppe::report_detail
