#include <cmath>

#include "sim/report/html.hpp"
#include "sim/report/parts.hpp"

namespace steppe::report_detail {
namespace {

/// What the symbols of the charts mean; once on a page.
std::string chart_key(const Context& context, bool marks, bool recorded) {
  const auto item = [&](std::string_view shape, std::string_view word) {
    return "<li><svg viewBox=\"0 0 28 14\" aria-hidden=\"true\">" + std::string(shape) + "</svg>" +
           escape(context.words(word)) + "</li>";
  };
  std::string out = "<ul class=\"key chart-only\">";
  out += item("<path class=\"line\" d=\"M0 7H28\"/>",
              context.has_intervals() ? "key.median" : "key.simulated");
  if (context.has_intervals()) {
    out += item("<rect class=\"band50\" width=\"28\" height=\"14\"/>", "key.band50");
    out += item("<rect class=\"band90\" width=\"28\" height=\"14\"/>", "key.band90");
  }
  if (recorded) {
    out += item("<circle class=\"recorded\" cx=\"14\" cy=\"7\" r=\"3.5\"/>", "key.recorded");
  }
  if (marks) out += item("<path class=\"event\" d=\"M14 0V14\"/>", "key.event");
  return out + "</ul>\n";
}

std::string small_value(const Context& context, const Figure& figure, const Panel& panel) {
  const Change direction = change(context, panel);
  std::string out = "<p class=\"value\">";
  if (figure.changes) out += verdict_dot(direction);
  out += "<b>" +
         escape(context.numbers.number(panel.end.mean, panel.place, figure.changes) +
                panel.display.suffix) +
         "</b>";
  if (context.has_intervals()) {
    out += " <span>" +
           escape(context.numbers.interval(panel.end.p05, panel.end.p95, panel.place,
                                           figure.changes)) +
           "</span>";
  }
  const std::string verdict = figure.changes ? verdict_words(context, panel) : std::string{};
  if (!verdict.empty()) out += "<span class=\"vh\">, " + escape(verdict) + "</span>";
  return out + "</p>";
}

/// More than a few dates are folded away: the same ones stand under several charts.
constexpr std::size_t kShownMarks = 4;

std::string mark_list(const Context& context, const Figure& figure) {
  if (figure.marks.empty() || !figure.lists_marks) return {};
  std::string list = "<ol class=\"marks\">";
  for (const Mark& mark : figure.marks) {
    list += "<li value=\"" + std::to_string(mark.number) + "\">" + escape(mark.text) + "</li>";
  }
  list += "</ol>";
  if (figure.marks.size() <= kShownMarks) return "<div class=\"chart-only\">" + list + "</div>\n";
  return "<details class=\"chart-only\"><summary>" +
         escape(context.words("term.show_marks", {{"n", std::to_string(figure.marks.size())}})) +
         "</summary>" + list + "</details>\n";
}

std::string break_notes(const Context& context, const Panel& panel) {
  std::string out;
  for (const Date date : panel.breaks) {
    out += "<br><b>" + escape(context.words("term.break", {{"d", context.numbers.date(date)}})) +
           "</b>";
  }
  return out;
}

/// Levels of base and alternative, and their difference beside them.
std::string pair_plots(const Context& context) {
  const auto plot = [&](std::string_view name, std::string_view side, std::string_view word) {
    return "<div class=\"" + std::string(name) + "\"><h4>" + escape(context.words(word)) +
           "</h4><div class=\"plot\" data-panel=\"0\" data-side=\"" + std::string(side) +
           "\"></div></div>\n";
  };
  return "<div class=\"pair chart-only\">" + plot("levels", "levels", "pair.levels") +
         plot("gap", "difference", "term.difference_head") + "</div>\n";
}

}  // namespace

std::string figure_html(const Context& context, const Figure& figure) {
  constexpr std::string_view kClasses[] = {"fans", "multiples", "dots", "tilemap", "pairs"};
  const std::string id = escape(figure.id);
  std::string out = "<figure class=\"" +
                    std::string(kClasses[static_cast<std::size_t>(figure.kind)]) +
                    (figure.differences ? " differences" : "") + "\" id=\"fig-" + id +
                    "\" data-figure=\"" + id + "\" aria-labelledby=\"cap-" + id + "\">\n";
  out += "<figcaption id=\"cap-" + id + "\"><h3>" + escape(figure.title) + "</h3>";
  if (!figure.note.empty()) out += " <span class=\"unit\">" + escape(figure.note) + "</span>";
  out += "</figcaption>\n";
  if (figure.kind == FigureKind::Tiles) {
    out += tile_map(context, figure);
  } else if (figure.kind == FigureKind::Pairs) {
    out += pair_plots(context) + mark_list(context, figure);
  } else if (figure.kind == FigureKind::Dots) {
    out += "<div class=\"plot chart-only\" data-panel=\"0\"></div>\n";
  } else {
    out += "<div class=\"panels chart-only" +
           std::string(figure.panels.size() == 1 ? " alone" : "") + "\">\n";
    for (std::size_t i = 0; i < figure.panels.size(); ++i) {
      const Panel& panel = figure.panels[i];
      // One panel is named by the figure's own title.
      const bool alone = figure.panels.size() == 1;
      out += "<div class=\"panel\"><h4" + std::string(alone ? " class=\"vh\"" : "") + '>' +
             escape(panel.title);
      if (!panel.code.empty()) out += " <small>" + escape(panel.code) + "</small>";
      out += "</h4>";
      if (figure.kind == FigureKind::Fans) {
        out += "<p class=\"unit\">" + escape(panel.note) + break_notes(context, panel) + "</p>";
      }
      if (figure.kind == FigureKind::Multiples) {
        out += panel.withheld
                   ? "<p class=\"value\">" + escape(context.words("term.withheld")) + "</p>"
                   : small_value(context, figure, panel);
      }
      out += "<div class=\"plot\" data-panel=\"" + std::to_string(i) + "\"></div></div>\n";
    }
    out += "</div>\n" + mark_list(context, figure);
  }
  return out + figure.below + figure_table(context, figure) + "</figure>\n";
}

std::string section_start(std::string_view id, std::string_view kick, std::string_view heading) {
  return "<section id=\"s-" + escape(id) + "\">\n<p class=\"kick\">" + escape(kick) + "</p>\n<h2>" +
         escape(heading) + "</h2>\n";
}

std::string chart_section(const Context& context, const Section& section) {
  std::string out = section_start(section.id, section.kick, section.heading);
  if (section.id == "unemployment" && context.options.charts) {
    out += chart_key(context, !context.input.policy.empty(), !context.input.recorded.empty());
  }
  for (const Figure& figure : section.figures) out += figure_html(context, figure);
  return out + "</section>\n";
}

}  // namespace steppe::report_detail
