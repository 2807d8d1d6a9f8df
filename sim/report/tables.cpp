#include <algorithm>
#include <cmath>

#include "sim/report/html.hpp"
#include "sim/report/parts.hpp"

namespace steppe::report_detail {
namespace {

std::string head_cell(const std::string& text, std::string_view attributes = {}) {
  return "<th scope=\"col\"" + std::string(attributes) + '>' + escape(text) + "</th>";
}

std::string number_cell(const std::string& text) { return "<td class=\"n\">" + text + "</td>"; }

std::string value_text(const Context& context, const Panel& panel, const Average& average,
                       double base) {
  return escape(context.shown(average.mean + base, panel.place_of(average.se), panel.display));
}

std::string interval_text(const Context& context, const Panel& panel, const Average& average,
                          double base) {
  if (!context.has_intervals()) return escape(context.words("term.none"));
  return escape(
      context.numbers.interval(average.p05 + base, average.p95 + base, panel.place_of(average.se)));
}

/// A recorded value with the digits it was published with; put on the simulation's count, it has
/// the published one beside it, and that of a part of a year the simulated one of the same months.
std::string recorded_text(const Context& context, const Panel& panel, const RecordedPoint& point,
                          bool with_period) {
  const auto shown = [&](double value) {
    // Seven digits hide what conversion between units adds at the far end.
    const double place = place_for_digits(value, 7, 1e-9);
    return escape(context.numbers.plain(std::round(value / place) * place) + panel.display.suffix);
  };
  const double published = point.published * panel.display.factor;
  std::string note = with_period ? escape(context.numbers.period(point.period)) : std::string{};
  std::string out = shown(published);
  if (point.value != point.published) {
    out = escape(context.shown(std::round(point.value * panel.display.factor), 1.0, panel.display));
    if (!note.empty()) note += ", ";
    note += escape(context.words("term.published", {{"n", context.numbers.plain(published)}}));
  }
  if (with_period) {
    // The row beside it is the mean of a year, which a figure of some months does not meet.
    const int first = point.first - context.first_month();
    const Average then =
        average(*panel.series, {first, first + point.months, {}}, panel.display.factor, 0.0);
    note += ", " + escape(context.words(
                       "term.then",
                       {{"n", context.shown(then.mean, panel.place_of(then.se), panel.display)}}));
  }
  return note.empty() ? out : out + " <small>" + note + "</small>";
}

/// Recorded figures of a span: the year's own, else those of its parts.
std::string recorded_cell(const Context& context, const Panel& panel, const Span& span) {
  if (const RecordedPoint* const point = panel.recorded_for(span, context)) {
    return number_cell(recorded_text(context, panel, *point, false));
  }
  std::string out;
  for (const RecordedPoint* const point : panel.recorded) {
    const int first = point->first - context.first_month();
    if (point->months >= 12 || first < span.first || first >= span.last) continue;
    if (!out.empty()) out += "<br>";
    out += recorded_text(context, panel, *point, true);
  }
  return number_cell(out.empty() ? escape(context.words("term.none")) : out);
}

/// What the recorded figures of a figure count and who counted, each once.
std::string recorded_notes(const Context& context, const Figure& figure) {
  std::vector<std::string> notes;
  for (const Panel& panel : figure.panels) {
    for (const RecordedPoint* const point : panel.recorded) {
      std::string text = point->definition;
      if (!point->source.empty()) text += (text.empty() ? "(" : " (") + point->source + ')';
      const std::string note = escape(context.words.quoted(text));
      if (std::find(notes.begin(), notes.end(), note) == notes.end()) notes.push_back(note);
    }
  }
  if (notes.empty()) return {};
  const bool adjusted =
      std::any_of(figure.panels.begin(), figure.panels.end(), [](const Panel& panel) {
        return std::any_of(panel.recorded.begin(), panel.recorded.end(),
                           [](const auto* point) { return point->value != point->published; });
      });
  if (adjusted) notes.insert(notes.begin(), escape(context.words("term.coverage")));
  std::string out = "<div class=\"note\">" + escape(context.words("term.recorded")) + ":<ul>";
  for (const std::string& note : notes) out += "<li>" + note + "</li>";
  return out + "</ul></div>\n";
}

std::string span_name(const Context& context, const Span& span) {
  const int months = span.last - span.first;
  if (months == 12 || context.years().size() < 2) return span.label;
  return context.words("term.mean_of_part", {{"y", span.label}, {"n", std::to_string(months)}});
}

/// A level and its interval, which a mean field has none of.
int level_columns(const Context& context) { return context.input.mean_field ? 1 : 2; }

std::string level_heads(const Context& context) {
  const Words& words = context.words;
  if (context.input.mean_field) return head_cell(words("term.expected"), " class=\"n\"");
  return head_cell(words("term.mean"), " class=\"n\"") +
         head_cell(words("term.interval90"), " class=\"n\"");
}

std::string level_cells(const Context& context, const Panel& panel, const Average& average,
                        double base) {
  const std::string value = number_cell(value_text(context, panel, average, base));
  if (context.input.mean_field) return value;
  return value + number_cell(interval_text(context, panel, average, base));
}

/// Years down, panels across.
std::string table_by_year(const Context& context, const Figure& figure) {
  const Words& words = context.words;
  std::string groups = "<tr><td></td>";
  std::string heads = "<tr>" + head_cell(words("term.year"));
  for (const Panel& panel : figure.panels) {
    const bool recorded = !panel.recorded.empty();
    std::string title = escape(panel.title);
    if (!panel.display.unit.empty()) title += " <small>" + escape(panel.display.unit) + "</small>";
    groups += "<th scope=\"colgroup\" class=\"n\" colspan=\"" +
              std::to_string(level_columns(context) + (recorded ? 1 : 0)) + "\">" + title + "</th>";
    heads += level_heads(context);
    if (recorded) heads += head_cell(words("term.recorded"), " class=\"n\"");
  }
  std::string rows;
  for (std::size_t i = 0; i < context.years().size(); ++i) {
    const Span& year = context.years()[i];
    rows += "<tr><th scope=\"row\">" + escape(span_name(context, year)) + "</th>";
    for (const Panel& panel : figure.panels) {
      rows += level_cells(context, panel, panel.years[i], 0.0);
      if (!panel.recorded.empty()) rows += recorded_cell(context, panel, year);
    }
    rows += "</tr>\n";
  }
  return "<thead>" + groups + "</tr>\n" + heads + "</tr></thead>\n<tbody>\n" + rows + "</tbody>";
}

/// Panels down, start and end across.
std::string table_by_panel(const Context& context, const Figure& figure) {
  const Words& words = context.words;
  const bool recorded = std::any_of(figure.panels.begin(), figure.panels.end(),
                                    [](const Panel& panel) { return !panel.recorded.empty(); });
  const int span = level_columns(context) + (recorded ? 1 : 0);
  std::string groups = "<tr><td></td>";
  std::string heads = "<tr>" + head_cell(figure.column);
  for (const Span* const at : {&context.start(), &context.end()}) {
    groups += "<th scope=\"colgroup\" class=\"n\" colspan=\"" + std::to_string(span) + "\">" +
              escape(at->label) + "</th>";
    heads += level_heads(context);
    if (recorded) heads += head_cell(words("term.recorded"), " class=\"n\"");
  }
  groups += "<td></td>";
  heads += head_cell(words("term.change"), " class=\"n\"");
  std::string rows;
  for (const Panel& panel : figure.panels) {
    rows += "<tr><th scope=\"row\">" + escape(panel.title);
    if (!panel.code.empty()) rows += " <small>" + escape(panel.code) + "</small>";
    rows += "</th>";
    if (panel.withheld) {
      rows += "<td class=\"n\" colspan=\"" + std::to_string(2 * span + 1) + "\">" +
              escape(words("term.withheld")) + "</td></tr>\n";
      continue;
    }
    for (const Span* const at : {&context.start(), &context.end()}) {
      const Average& level = at == &context.start() ? panel.start : panel.end;
      rows += level_cells(context, panel, level, panel.base);
      if (recorded) rows += recorded_cell(context, panel, *at);
    }
    const Change direction = change(context, panel);
    const double difference = panel.end.mean - panel.start.mean;
    std::string text = escape(context.numbers.number(difference, panel.place, true));
    // A share's change is in percentage points: no percent sign.
    const std::string verdict = verdict_words(context, direction);
    if (!verdict.empty()) text += "<span class=\"vh\"> " + escape(verdict) + "</span>";
    rows += number_cell(text + verdict_dot(direction)) + "</tr>\n";
  }
  return "<thead>" + groups + "</tr>\n" + heads + "</tr></thead>\n<tbody>\n" + rows + "</tbody>";
}

}  // namespace

std::string verdict_dot(Change change) {
  if (change == Change::Single || change == Change::Broken) return {};
  const std::string svg = " <svg class=\"dot\" viewBox=\"0 0 12 12\" aria-hidden=\"true\">";
  if (change == Change::None) return svg + "<path class=\"bar\" d=\"M6 1.5v9\"/></svg>";
  const bool clear = change != Change::Unclear;
  return svg + "<circle cx=\"6\" cy=\"6\" r=\"4\" class=\"" + (clear ? "full" : "open") +
         "\"/></svg>";
}

std::string verdict_words(const Context& context, const Panel& panel) {
  if (panel.verdict) {
    return context.words("verdict." + std::string(verdict_key(*panel.verdict)) + "_effect");
  }
  return verdict_words(context, change(context, panel));
}

std::string_view verdict_key(Verdict verdict) {
  switch (verdict) {
    case Verdict::LikelyHigher:
    case Verdict::LikelyLower:
      return "likely";
    case Verdict::NoDetectableChange:
      return "none";
    case Verdict::Unclear:
      break;
  }
  return "unclear";
}

std::string verdict_words(const Context& context, Change change) {
  const std::initializer_list<Fill> fills = {{"t", context.start().label}};
  switch (change) {
    case Change::Up:
      return context.words("verdict.up", fills);
    case Change::Down:
      return context.words("verdict.down", fills);
    case Change::Unclear:
      return context.words("verdict.unclear", fills);
    case Change::Broken:
      return context.words("verdict.broken", fills);
    case Change::None:
    case Change::Single:
      break;
  }
  return context.input.mean_field ? std::string{} : context.words("verdict.single");
}

std::string figure_table(const Context& context, const Figure& figure) {
  const Words& words = context.words;
  const std::string caption =
      figure.note.empty() ? figure.title : figure.title + ": " + figure.note;
  std::string out = "<details class=\"numbers\"";
  if (!context.options.charts) out += " open";
  out += "><summary>" + escape(words("term.table")) + "</summary>\n";
  out += "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"" +
         escape(figure.title) + "\"><table><caption>" + escape(caption) + "</caption>\n";
  if (!figure.table.empty()) {
    out += figure.table;
  } else {
    out += figure.kind == FigureKind::Fans ? table_by_year(context, figure)
                                           : table_by_panel(context, figure);
  }
  out += "</table></div>\n" + recorded_notes(context, figure);
  if (context.options.charts) {
    out += "<button type=\"button\" class=\"csv\" data-csv=\"" + escape(figure.id) + "\" hidden>" +
           escape(words("term.csv")) + "</button>\n";
  }
  return out + "</details>\n";
}

}  // namespace steppe::report_detail
