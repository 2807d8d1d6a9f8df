#include <algorithm>
#include <cmath>

#include "sim/report/html.hpp"
#include "sim/report/parts.hpp"

namespace steppe::report_detail {
namespace {

constexpr double kBarWidth = 200.0;

/// Start above end: a bar for the 90 % interval, a tick for the mean, on one scale.
std::string interval_bars(const Panel& panel) {
  const Average& a = panel.start;
  const Average& b = panel.end;
  const double low = std::min({a.p05, a.mean, b.p05, b.mean});
  const double high = std::max({a.p95, a.mean, b.p95, b.mean});
  if (!(high > low)) return {};
  const auto x = [&](double v) { return 4.0 + (v - low) / (high - low) * (kBarWidth - 8.0); };
  const auto row = [&](const Average& v, std::string_view name, const std::string& y) {
    const double left = x(v.p05);
    const double width = std::max(x(v.p95) - left, 1.5);
    return "<rect class=\"" + std::string(name) + "\" x=\"" + coordinate(left) + "\" y=\"" + y +
           "\" width=\"" + coordinate(width) + "\" height=\"5\"/><path class=\"tick\" d=\"M" +
           coordinate(x(v.mean)) + ' ' + y + "m0 -3v11\"/>";
  };
  return "<svg class=\"bars\" viewBox=\"0 0 200 30\" aria-hidden=\"true\">" +
         row(a, "before", "4") + row(b, "after", "19") + "</svg>\n";
}

std::string recorded_line(const Context& context, const Panel& panel) {
  const RecordedPoint* const from = panel.recorded_for(context.start(), context);
  const RecordedPoint* const to = panel.recorded_for(context.end(), context);
  if (from == nullptr || to == nullptr) return {};
  const auto text = [&](const RecordedPoint& point) {
    return context.shown(panel.shown_value(point), panel.display.finest, panel.display);
  };
  return "<p class=\"line\">" + escape(context.words("term.recorded")) + ": " +
         escape(text(*from)) + " <span class=\"arrow\">→</span> " + escape(text(*to)) + "</p>\n";
}

}  // namespace

std::vector<Panel> headline_panels(const Context& context) {
  std::vector<Panel> panels;
  const auto add = [&](std::string_view variable) {
    auto panel = make_panel(context, variable);
    if (panel) panels.push_back(std::move(*panel));
    return panels.size();
  };
  if (add("unemployment_rate_national") == 0) add("unemployment_rate");
  add("vacancies");
  add("foreign_workers");
  add("real_wage");
  return panels;
}

std::string tiles(const Context& context, const std::vector<Panel>& panels) {
  const Words& words = context.words;
  std::string out = "<ul class=\"tiles\">\n";
  for (const Panel& panel : panels) {
    const Change direction = change(context, panel);
    const bool clear = direction == Change::Up || direction == Change::Down;
    const auto shown = [&](const Average& average) {
      return escape(context.shown(average.mean, panel.place_of(average.se), panel.display));
    };
    out += "<li class=\"tile" + std::string(clear ? " clear" : "") + "\"><p class=\"name\">" +
           escape(panel.title) + "</p>\n<p class=\"big\">" + shown(panel.end);
    if (!panel.display.unit.empty()) out += " <span>" + escape(panel.display.unit) + "</span>";
    out += "</p>\n";
    if (context.has_intervals()) {
      out += interval_bars(panel) + "<p class=\"interval\">" + escape(words("term.interval90")) +
             "<br>" +
             escape(context.numbers.interval(panel.end.p05, panel.end.p95,
                                             panel.place_of(panel.end.se))) +
             "</p>\n";
    }
    std::string verdict = escape(verdict_words(context, direction));
    if (!panel.breaks.empty()) {
      const std::string year = std::to_string(panel.breaks.back().year);
      verdict += "<br><small>" + escape(words("verdict.break", {{"y", year}})) + "</small>";
    }
    if (!verdict.empty()) {
      out += "<p class=\"verdict-line\">" + verdict_dot(direction) + verdict + "</p>\n";
    }
    out += "<p class=\"line\">" + escape(context.start().label) +
           " <span class=\"arrow\">→</span> " + escape(context.end().label) + ": " +
           shown(panel.start) + " <span class=\"arrow\">→</span> <b>" + shown(panel.end) +
           "</b></p>\n" + recorded_line(context, panel) + "</li>\n";
  }
  return out + "</ul>\n";
}

}  // namespace steppe::report_detail
