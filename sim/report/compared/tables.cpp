#include <cmath>

#include "sim/report/compared/parts.hpp"
#include "sim/report/html.hpp"

namespace steppe::report_detail {
namespace {

std::string head(const std::string& text, bool number = true) {
  return "<th scope=\"col\"" + std::string(number ? " class=\"n\"" : "") + '>' + escape(text) +
         "</th>";
}

std::string cell(const std::string& text) { return "<td class=\"n\">" + escape(text) + "</td>"; }

std::string with_unit(const std::string& word, const std::string& unit) {
  return unit.empty() ? word : word + ", " + unit;
}

}  // namespace

std::string pair_table(const Chapter& chapter, const Figure& figure) {
  const Context& context = chapter.context;
  const Words& words = context.words;
  const Panel& panel = figure.panels.front();
  const Display level = panel.display;
  const Display display = difference_display(context, level);
  std::string out = "<thead><tr>" + head(words("term.year"), false) +
                    head(with_unit(words("term.base"), level.unit)) +
                    head(with_unit(words("term.alternative"), level.unit)) +
                    head(with_unit(words("term.difference_head"), display.unit)) +
                    "</tr></thead>\n<tbody>\n";
  for (const Span& year : context.years()) {
    const Average base = average(*panel.base_series, year, level.factor);
    const Average alternative = average(*panel.series, year, level.factor);
    const Average difference = average(*panel.difference, year, display.factor);
    const double place = digit_place(difference.se, display.finest);
    const auto shown = [&](double value) {
      return context.shown(value, digit_place(difference.se, level.finest), level);
    };
    // A year's interval is not the mean of its months' intervals: the window has one.
    out += "<tr><th scope=\"row\">" + escape(year.label) + "</th>" + cell(shown(base.mean)) +
           cell(shown(alternative.mean)) +
           cell(context.numbers.number(difference.mean, place, true)) + "</tr>\n";
  }
  return out + "</tbody>";
}

std::string difference_table(const Chapter& chapter, const Figure& figure) {
  const Context& context = chapter.context;
  const Words& words = context.words;
  std::string out = "<thead><tr>" + head(figure.column, false) + head(words("term.base")) +
                    head(words("term.alternative")) + head(words("term.difference_head")) +
                    head(chapter.interval_word()) + "</tr></thead>\n<tbody>\n";
  for (const Panel& panel : figure.panels) {
    out += "<tr><th scope=\"row\">" + escape(panel.title);
    if (!panel.code.empty()) out += " <small>" + escape(panel.code) + "</small>";
    out += "</th>";
    const auto effect = chapter.effects.effect(panel.series->variable, panel.series->keys);
    if (panel.withheld || !effect) {
      out += "<td class=\"n\" colspan=\"4\">" + escape(words("term.withheld")) + "</td></tr>\n";
      continue;
    }
    const auto shown = [&](double value) {
      return context.shown(value, effect->place, effect->level);
    };
    out += cell(shown(effect->base)) + cell(shown(effect->alternative)) + "<td class=\"n\">" +
           escape(effect_number(context, *effect)) + "<span class=\"vh\"> " +
           escape(words("verdict." + std::string(verdict_key(effect->verdict)) + "_effect")) +
           "</span>" + verdict_dot(change_of(effect->verdict)) + "</td>" +
           cell(effect_interval(context, *effect)) + "</tr>\n";
  }
  return out + "</tbody>";
}

}  // namespace steppe::report_detail
