#include <algorithm>
#include <charconv>
#include <cmath>

#include "sim/report/compared/parts.hpp"
#include "sim/report/html.hpp"

namespace steppe::report_detail {
namespace {

/// Rows of a table that differ are told of by number beyond these.
constexpr std::size_t kShownFigures = 6;

Date day_after(Date date) { return date_from_days(days_since_epoch(date) + 1); }

std::string change_html(const Context& context, const ChangedAssumption& changed,
                        const FigureChange& figure) {
  const std::string when = when_text(context, figure);
  return "<li>" +
         (when.empty() ? std::string{}
                       : "<span class=\"date\">" + escape_marked({when, {}}) + "</span> ") +
         "<span class=\"old\">" + escape(value_text(context, changed, figure.old.value)) +
         "</span> <span class=\"arrow\">→</span> <span class=\"new\">" +
         escape(value_text(context, changed, figure.fresh.value)) + "</span></li>";
}

/// What each side's figures rest on, each once.
std::string sources_of(const Chapter& chapter, const ChangedAssumption& changed) {
  std::vector<std::string> texts;
  const auto add = [&](std::string_view word, const FigureSide& side) {
    if (side.value.empty()) return;
    std::string place = side.place.file;
    if (side.place.line > 0) place += ':' + std::to_string(side.place.line);
    const Source source = side.sources.empty() ? Source{} : side.sources.front();
    std::string text = "<b>" + escape(chapter.words()(word)) + "</b> " +
                       source_html(chapter.context, source, place);
    if (std::find(texts.begin(), texts.end(), text) == texts.end()) {
      texts.push_back(std::move(text));
    }
  };
  for (const FigureChange& figure : changed.change.figures) add("changes.old", figure.old);
  for (const FigureChange& figure : changed.change.figures) add("changes.new", figure.fresh);
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "" : "<br>") + text;
  return out;
}

std::string row(const Chapter& chapter, const ChangedAssumption& changed) {
  const Context& context = chapter.context;
  const Words& words = context.words;
  std::string list;
  const auto& figures = changed.change.figures;
  for (std::size_t i = 0; i < std::min(kShownFigures, figures.size()); ++i) {
    list += change_html(context, changed, figures[i]);
  }
  if (figures.size() > kShownFigures) {
    list += "<li>" +
            escape(words("changes.more", {{"n", std::to_string(figures.size() - kShownFigures)}})) +
            "</li>";
  }
  const Text name = name_of_change(context, changed);
  return "<tr><th scope=\"row\">" + (name.text.empty() ? "" : escape(name) + "<br>") + "<code>" +
         escape(changed.change.path) + "</code></th><td data-label=\"" +
         escape(words("policy.change")) + "\"><ul class=\"plain\">" + list +
         "</ul></td><td data-label=\"" + escape(words("policy.source")) + "\">" +
         sources_of(chapter, changed) + "</td></tr>\n";
}

}  // namespace

/// A figure as the page writes it: numbers in the page's language, words of levers translated.
std::string value_text(const Context& context, const ChangedAssumption& changed,
                       const std::string& value) {
  const Words& words = context.words;
  if (value.empty()) return words("changes.unset");
  if (value == "no limit") return words("term.no_limit");
  double number = 0.0;
  const char* const end = value.data() + value.size();
  const auto [stop, failure] = std::from_chars(value.data(), end, number);
  const std::string_view rest(stop, static_cast<std::size_t>(end - stop));
  const std::string& unit = changed.change.unit;
  if (failure == std::errc{} && rest.empty()) {
    return (changed.lever ? lever_value(context, *changed.lever, unit, {}, number, false)
                          : context.numbers.plain(number)) +
           lever_unit(context, unit);
  }
  if (failure == std::errc{} && rest == " minimum wages") {
    return context.numbers.plain(number) + ' ' + words("unit.minimum_wages");
  }
  return changed.lever ? context.choice(value) : value;
}

std::string when_text(const Context& context, const FigureChange& figure) {
  const Words& words = context.words;
  std::string out = figure.label.empty() ? std::string{} : '`' + figure.label + '`';
  if (figure.from && figure.until) {
    out = words("term.span", {{"a", context.numbers.date(*figure.from)},
                              {"b", context.numbers.date(*figure.until)}});
  } else if (figure.from) {
    out = words("changes.from", {{"d", context.numbers.date(*figure.from)}});
  } else if (figure.until) {
    out = words("changes.until", {{"d", context.numbers.date(*figure.until)}});
  }
  if (figure.when == "otherwise") return out + ' ' + words("changes.otherwise");
  if (!figure.when.empty()) out += ' ' + words("policy.when", {{"c", figure.when}});
  return out;
}

Text name_of_change(const Context& context, const ChangedAssumption& changed) {
  if (changed.lever) return lever_name(context, *changed.lever);
  return context.words.label({}, context.words.lang() == "en" ? changed.change.meaning : "");
}

std::optional<Date> Chapter::first_date() const {
  std::vector<AssumptionChange> changes;
  for (const ChangedAssumption& changed : alternative.changes) {
    if (changed.change.moves_world()) changes.push_back(changed.change);
  }
  return first_difference(changes);
}

void mark_changes(Chapter& chapter) {
  const Context& context = chapter.context;
  const auto mark = [&](Date date, const std::string& text) {
    const double at = months_until(context, date);
    if (at <= 0.0 || at > context.months()) return;
    const auto same = std::find_if(chapter.marks.begin(), chapter.marks.end(),
                                   [&](const Mark& other) { return other.at == at; });
    if (same != chapter.marks.end()) {
      same->text += "; " + text;
      return;
    }
    chapter.marks.push_back({1, at, context.numbers.date(date) + ": " + text, {DimKey{}}});
  };
  for (const ChangedAssumption& changed : chapter.alternative.changes) {
    if (!changed.lever) continue;
    const std::string name = lever_name(context, *changed.lever).text;
    for (const FigureChange& figure : changed.change.figures) {
      const double from = figure.from ? std::max(0.0, months_until(context, *figure.from)) : 0.0;
      const double until = figure.until ? months_until(context, day_after(*figure.until))
                                        : static_cast<double>(context.months());
      if (until > from) chapter.spans.emplace_back(from, std::min<double>(until, context.months()));
      if (figure.from) {
        mark(*figure.from, name + ", " + value_text(context, changed, figure.old.value) + " → " +
                               value_text(context, changed, figure.fresh.value));
      }
    }
    // Where the last difference ends the rules are the same again.
    const auto& last = changed.change.figures.back();
    if (last.until) mark(day_after(*last.until), name + ", " + context.words("changes.as_base"));
  }
  std::stable_sort(chapter.marks.begin(), chapter.marks.end(),
                   [](const Mark& a, const Mark& b) { return a.at < b.at; });
  for (std::size_t i = 0; i < chapter.marks.size(); ++i) {
    chapter.marks[i].number = static_cast<int>(i) + 1;
  }
  // Spans that meet or overlap are one tint.
  auto& spans = chapter.spans;
  std::sort(spans.begin(), spans.end());
  std::vector<std::pair<double, double>> merged;
  for (const auto& span : spans) {
    if (!merged.empty() && span.first <= merged.back().second) {
      merged.back().second = std::max(merged.back().second, span.second);
    } else {
      merged.push_back(span);
    }
  }
  spans = std::move(merged);
}

std::string changes_section(const Chapter& chapter) {
  const Words& words = chapter.words();
  const auto& changes = chapter.alternative.changes;
  const std::string heading = changes.empty() ? words("changes.none")
                              : changes.size() == 1
                                  ? words("changes.one")
                                  : words("changes.many", {{"n", std::to_string(changes.size())}});
  std::string out = section_start("changes" + chapter.suffix, words("section.changes"), heading);
  if (!changes.empty()) {
    out += "<table class=\"stack\"><thead><tr>";
    for (const char* const word : {"policy.lever", "policy.change", "policy.source"}) {
      out += "<th scope=\"col\">" + escape(words(word)) + "</th>";
    }
    out += "</tr></thead>\n<tbody>\n";
    for (const ChangedAssumption& changed : changes) out += row(chapter, changed);
    out += "</tbody></table>\n<p class=\"note\">" + escape(words("changes.rest")) + "</p>\n";
  }
  return out + lever_table(chapter.context) + "</section>\n";
}

}  // namespace steppe::report_detail
