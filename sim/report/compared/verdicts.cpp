#include <algorithm>
#include <array>
#include <cmath>

#include "sim/report/compared/parts.hpp"
#include "sim/report/findings.hpp"
#include "sim/report/html.hpp"

namespace steppe::report_detail {
namespace {

constexpr std::size_t kTiles = 4;
constexpr std::array<std::string_view, kTiles> kUsual = {"unemployment_rate_national", "vacancies",
                                                         "foreign_workers", "real_wage"};

/// What a clause speaks of: `unemployment among Mongolian citizens`.
std::string what(const Context& context, const std::string& variable) {
  const std::string key = "what." + variable;
  if (context.words.has(key)) return context.words(key, {{"citizens", context.citizens}});
  return context.variable_name(variable).text;
}

/// `1,003 people`, in the case that "by" asks for: `1 003 хүнээр`.
std::string by_amount(const Context& context, const ShownEffect& effect, const std::string& unit) {
  const std::string number = context.numbers.number(std::abs(effect.difference.mean), effect.place);
  const Words& words = context.words;
  std::string key = "by.people";
  if (effect.display.unit == words("unit.points")) {
    key = "by.points";
  } else if (unit.starts_with("post")) {
    key = "by.posts";
  } else if (unit.starts_with("month")) {
    key = "by.months";
  } else if (unit.find("/month") == 3) {
    key = "by.thousand." + unit.substr(0, 3);
  } else if (!unit.starts_with("person")) {
    key = "by.other";
  }
  return number + ' ' + words(words.has(key) ? key : "by.other", {{"unit", effect.display.unit}});
}

std::string clause(const Chapter& chapter, const JudgedMetric& metric) {
  const Context& context = chapter.context;
  const auto effect = chapter.effects.effect(metric.variable);
  if (!effect) return {};
  const std::string subject = what(context, metric.variable);
  const std::string interval = effect_interval(context, *effect);
  switch (effect->verdict) {
    case Verdict::LikelyHigher:
      return context.words(
          "find.likely_higher",
          {{"what", subject}, {"by", by_amount(context, *effect, metric.unit)}, {"i", interval}});
    case Verdict::LikelyLower:
      return context.words(
          "find.likely_lower",
          {{"what", subject}, {"by", by_amount(context, *effect, metric.unit)}, {"i", interval}});
    case Verdict::NoDetectableChange:
      return subject;
    case Verdict::Unclear:
      break;
  }
  return std::isnan(effect->difference.se) ? subject : subject + " (" + interval + ')';
}

/// Clauses of the metrics with one kind of verdict, one after another.
std::string clauses(const Chapter& chapter, std::string_view kind, std::string_view between) {
  std::string out;
  for (const JudgedMetric& metric : chapter.alternative.outcome.metrics) {
    const auto effect = chapter.effects.effect(metric.variable);
    if (!effect || verdict_key(effect->verdict) != kind) continue;
    out += (out.empty() ? std::string{} : std::string(between)) + clause(chapter, metric);
  }
  return out;
}

}  // namespace

std::string Chapter::interval_word() const {
  return words()("term.interval", {{"p", context.numbers.count(100.0 * input.confidence)}});
}

std::string Chapter::window_text() const {
  const Month first = input.window.first;
  const Month last = input.window.last;
  if (first == last) return context.numbers.month(first);
  if (first.month() == 1 && last == first + 11) return std::to_string(first.year());
  return words()("term.span",
                 {{"a", context.numbers.month(first)}, {"b", context.numbers.month(last)}});
}

std::string verdict_mark(const Context& context, Verdict verdict) {
  return verdict_dot(change_of(verdict)) + ' ' +
         escape(context.words("verdict." + std::string(verdict_key(verdict)) + "_effect"));
}

std::string effect_number(const Context& context, const ShownEffect& effect, bool unit) {
  std::string out = context.numbers.number(effect.difference.mean, effect.place, true);
  if (unit && !effect.display.unit.empty()) out += ' ' + effect.display.unit;
  return out;
}

std::string effect_interval(const Context& context, const ShownEffect& effect) {
  if (std::isnan(effect.difference.p05)) return context.words("term.none");
  return context.numbers.interval(effect.difference.p05, effect.difference.p95, effect.place, true);
}

std::string effect_bar(const ShownEffect& effect) {
  const Average& d = effect.difference;
  if (std::isnan(d.p05)) return {};
  const double reach = std::max({std::abs(d.p05), std::abs(d.p95), 1e-12});
  const auto x = [&](double value) { return 100.0 + 94.0 * value / reach; };
  std::string point;
  const std::string at = coordinate(x(d.mean));
  if (effect.verdict == Verdict::NoDetectableChange) {
    point = "<path class=\"bar\" d=\"M" + at + " 5v12\"/>";
  } else {
    point = "<circle class=\"" + std::string(effect.verdict == Verdict::Unclear ? "open" : "full") +
            "\" cx=\"" + at + "\" cy=\"11\" r=\"5\"/>";
  }
  return "<svg class=\"effect\" viewBox=\"0 0 200 22\" aria-hidden=\"true\"><path class=\"zero\" "
         "d=\"M100 0v22\"/><rect class=\"interval\" x=\"" +
         coordinate(x(d.p05)) + "\" y=\"9\" width=\"" +
         coordinate(std::max(x(d.p95) - x(d.p05), 1.5)) + "\" height=\"4\"/>" + point + "</svg>\n";
}

std::vector<std::string> headline_variables(const ComparedAlternative& alternative) {
  const auto& metrics = alternative.outcome.metrics;
  const auto judged = [&](std::string_view name) {
    return std::any_of(metrics.begin(), metrics.end(),
                       [&](const JudgedMetric& metric) { return metric.variable == name; });
  };
  std::vector<std::string> out;
  for (const std::string_view name : kUsual) {
    if (judged(name)) out.emplace_back(name);
  }
  for (const JudgedMetric& metric : metrics) {
    if (out.size() == kTiles) break;
    if (std::find(out.begin(), out.end(), metric.variable) == out.end()) {
      out.push_back(metric.variable);
    }
  }
  return out;
}

std::string verdict_text(const Chapter& chapter) {
  const Context& context = chapter.context;
  const Words& words = context.words;
  std::string text = clauses(chapter, "likely", "; ");
  // What is likely comes first: a reader may stop there.
  for (const std::string_view kind : {"unclear", "none"}) {
    const std::string list = clauses(chapter, kind, ", ");
    if (list.empty()) continue;
    const std::string_view word = kind == "none"            ? "find.all_none"
                                  : context.has_intervals() ? "find.all_unclear"
                                                            : "find.all_one_pair";
    text += (text.empty() ? "" : ". ") + words(word, {{"list", list}});
  }
  if (text.empty()) return {};
  return words("find.compared",
               {{"window", chapter.window_text()},
                {"base", words.label(chapter.base.input.name, chapter.base.input.key).text},
                {"text", text}});
}

std::string displacement_text(const Chapter& chapter) {
  const Ratio& ratio = chapter.alternative.outcome.per_100_foreign;
  const auto foreign = chapter.effects.effect("foreign_workers");
  if (std::isnan(ratio.value) || !foreign) return {};
  const Context& context = chapter.context;
  const bool fewer = foreign->difference.mean < 0.0;
  const double sign = fewer ? -1.0 : 1.0;
  const double low = sign * ratio.interval.low;
  const double high = sign * ratio.interval.high;
  std::string text = context.words(
      fewer ? "find.per_100_fewer" : "find.per_100_more",
      {{"citizens", context.citizens},
       {"n", context.numbers.number(sign * ratio.value, 1.0, true)},
       {"i", context.numbers.interval(std::min(low, high), std::max(low, high), 1.0, true)}});
  if (!ratio.interval.is_clear()) text += ' ' + context.words("find.unclear_note");
  return text;
}

std::string effect_tiles(const Chapter& chapter) {
  const Context& context = chapter.context;
  std::string out = "<ul class=\"tiles\">\n";
  for (const std::string& variable : headline_variables(chapter.alternative)) {
    const auto effect = chapter.effects.effect(variable);
    if (!effect) continue;
    const bool likely = verdict_key(effect->verdict) == "likely";
    const auto level = [&](double value) {
      return escape(context.shown(value, effect->place, effect->level));
    };
    out += "<li class=\"tile" + std::string(likely ? " clear" : "") + "\"><p class=\"name\">" +
           escape(context.variable_name(variable)) + "</p>\n<p class=\"big\">" +
           escape(effect_number(context, *effect)) + " <span>" + escape(effect->display.unit) +
           "</span></p>\n" + effect_bar(*effect) + "<p class=\"interval\">" +
           escape(chapter.interval_word()) + "<br>" + escape(effect_interval(context, *effect)) +
           "</p>\n<p class=\"verdict-line\">" + verdict_mark(context, effect->verdict) +
           "</p>\n<p class=\"line\">" + level(effect->base) +
           " <span class=\"arrow\">→</span> <b>" + level(effect->alternative) + "</b></p>\n</li>\n";
  }
  return out + "</ul>\n";
}

std::string options_table(const std::vector<Chapter>& chapters) {
  const Chapter& first = chapters.front();
  const Words& words = first.words();
  std::string out = "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"" +
                    escape(words("options.title")) + "\"><table class=\"options\"><caption>" +
                    escape(words("options.caption", {{"window", first.window_text()},
                                                     {"interval", first.interval_word()}})) +
                    "</caption>\n<thead><tr><th scope=\"col\">" + escape(words("sheet.measure")) +
                    "</th><th scope=\"col\" class=\"n\">" + escape(words("term.base")) + "</th>";
  for (const Chapter& chapter : chapters) {
    out += "<th scope=\"col\"><a href=\"#c" + escape(chapter.suffix) + "\">" +
           escape(words.label(chapter.context.input.name, chapter.context.input.key)) + "</a></th>";
  }
  out += "</tr></thead>\n<tbody>\n";
  for (const JudgedMetric& metric : first.alternative.outcome.metrics) {
    const auto one = first.effects.effect(metric.variable);
    if (!one) continue;
    out += "<tr><th scope=\"row\">" + escape(first.context.variable_name(metric.variable)) +
           " <small>" + escape(one->display.unit) + "</small></th><td class=\"n\">" +
           escape(first.context.shown(one->base, one->place, one->level)) + "</td>";
    for (const Chapter& chapter : chapters) {
      const auto effect = chapter.effects.effect(metric.variable);
      out += "<td>";
      if (effect) {
        out += "<b>" + escape(effect_number(chapter.context, *effect)) + "</b> " +
               verdict_mark(chapter.context, effect->verdict) + "<br><small>" +
               escape(effect_interval(chapter.context, *effect)) + "</small>";
      }
      out += "</td>";
    }
    out += "</tr>\n";
  }
  return out + "</tbody></table></div>\n";
}

}  // namespace steppe::report_detail
