#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "sim/report/html.hpp"
#include "sim/report/parts.hpp"

namespace steppe::report_detail {
namespace {

using Json = nlohmann::ordered_json;

/// Six significant digits: more than a chart or its CSV needs, and the page stays small.
Json rounded(double value) {
  if (!std::isfinite(value)) return nullptr;
  std::array<char, 40> text{};
  const auto end =
      std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::general, 6);
  double short_value = value;
  std::from_chars(text.data(), end.ptr, short_value);
  // Whole numbers without ".0".
  if (short_value == std::floor(short_value) && std::abs(short_value) < 1e15) {
    return static_cast<std::int64_t>(short_value);
  }
  return short_value;
}

Json values(const std::vector<double>& series, const Panel& panel) {
  Json out = Json::array();
  for (const double value : series)
    out.push_back(rounded(value * panel.display.factor - panel.base));
  return out;
}

Json average_json(const Average& average) {
  return {{"mean", rounded(average.mean)}, {"p05", rounded(average.p05)},
          {"p25", rounded(average.p25)},   {"p50", rounded(average.p50)},
          {"p75", rounded(average.p75)},   {"p95", rounded(average.p95)}};
}

/// Levels of the base beside those of the panel.
Json base_json(const Context& context, const Panel& panel) {
  const SummarySeries& series = *panel.base_series;
  Json out = {{"mean", values(series.mean, panel)}};
  if (!context.has_intervals()) return out;
  for (const auto& [name, numbers] :
       {std::pair{"p05", &series.p05}, std::pair{"p25", &series.p25}, std::pair{"p50", &series.p50},
        std::pair{"p75", &series.p75}, std::pair{"p95", &series.p95}}) {
    out[name] = values(*numbers, panel);
  }
  return out;
}

Json difference_json(const Context& context, const Panel& panel) {
  const SummarySeries& series = *panel.difference;
  const Display display = difference_display(context, panel.display);
  const auto shown = [&](const std::vector<double>& numbers) {
    Json out = Json::array();
    for (const double value : numbers) out.push_back(rounded(value * display.factor));
    return out;
  };
  // Points stand at the number; other units are those of the levels beside it.
  const bool points = !panel.display.suffix.empty();
  Json out = {{"suffix", points ? ' ' + display.unit : std::string{}},
              {"mean", shown(series.mean)}};
  out["digits"] = Json::array();
  for (const double error : series.se_mc) {
    const double place = digit_place(error * display.factor, display.finest);
    out["digits"].push_back(std::lround(std::log10(place)));
  }
  if (!context.has_intervals()) return out;
  for (const auto& [name, numbers] :
       {std::pair{"low", &series.p05}, std::pair{"low50", &series.p25},
        std::pair{"high50", &series.p75}, std::pair{"high", &series.p95}}) {
    out[name] = shown(*numbers);
  }
  return out;
}

Json panel_json(const Context& context, const Figure& figure, const Panel& panel) {
  Json out = {{"id", panel.id},
              {"title", valid_utf8(panel.title.text)},
              {"unit", panel.display.unit.empty() ? panel.display.suffix : panel.display.unit},
              {"suffix", panel.display.suffix},
              {"place", panel.place},
              {"withheld", panel.withheld}};
  out["start"] = average_json(panel.start);
  out["end"] = average_json(panel.end);
  if (panel.verdict) out["verdict"] = verdict_key(*panel.verdict);
  if (!panel.group.empty()) out["group"] = valid_utf8(panel.group);
  if (panel.withheld || panel.series == nullptr) return out;
  out["mean"] = values(panel.series->mean, panel);
  out["digits"] = Json::array();
  for (const double error : panel.series->se_mc) {
    const double place = panel.place_of(error * panel.display.factor);
    out["digits"].push_back(std::lround(std::log10(place)));
  }
  if (context.has_intervals()) {
    out["p05"] = values(panel.series->p05, panel);
    out["p25"] = values(panel.series->p25, panel);
    out["p50"] = values(panel.series->p50, panel);
    out["p75"] = values(panel.series->p75, panel);
    out["p95"] = values(panel.series->p95, panel);
  }
  if (panel.base_series != nullptr) out["base"] = base_json(context, panel);
  if (panel.difference != nullptr) out["difference"] = difference_json(context, panel);
  out["recorded"] = Json::array();
  for (const RecordedPoint* const point : panel.recorded) {
    out["recorded"].push_back({{"from", point->first - context.first_month()},
                               {"months", point->months},
                               {"value", rounded(panel.shown_value(*point))},
                               {"period", context.numbers.period(point->period)},
                               {"source", valid_utf8(point->source)}});
  }
  out["marks"] = Json::array();
  for (std::size_t i = 0; i < figure.marks.size(); ++i) {
    const std::vector<DimKey>& keys = figure.marks[i].keys;
    if (std::any_of(keys.begin(), keys.end(),
                    [&](const DimKey& key) { return concerns(key, panel); })) {
      out["marks"].push_back(i);
    }
  }
  return out;
}

Json figure_json(const Context& context, const Figure& figure) {
  constexpr std::array kKinds = {"fans", "multiples", "dots", "tiles", "pairs"};
  Json out = {{"kind", kKinds[static_cast<std::size_t>(figure.kind)]},
              {"title", valid_utf8(figure.title)},
              {"changes", figure.changes}};
  out["marks"] = Json::array();
  for (const Mark& mark : figure.marks) {
    out["marks"].push_back(
        {{"number", mark.number}, {"at", rounded(mark.at)}, {"text", valid_utf8(mark.text)}});
  }
  if (!figure.spans.empty()) {
    out["spans"] = Json::array();
    for (const auto& [from, to] : figure.spans) {
      out["spans"].push_back({{"from", rounded(from)}, {"to", rounded(to)}});
    }
  }
  if (figure.kind == FigureKind::Pairs) {
    out["names"] = {{"base", context.words("term.base")},
                    {"alternative", context.words("term.alternative")}};
  }
  out["panels"] = Json::array();
  for (const Panel& panel : figure.panels) {
    out["panels"].push_back(panel_json(context, figure, panel));
  }
  return out;
}

/// Words of words.csv that the script writes.
constexpr std::array kScriptWords = {
    "term.interval90", "term.interval50", "term.mean",      "term.median",   "term.recorded",
    "term.to",         "term.month",      "term.hint",      "term.map_hint", "term.none",
    "format.month",    "term.base",       "term.difference"};

}  // namespace

std::string page_data(const Context& context, const std::vector<const Figure*>& figures,
                      std::optional<double> confidence) {
  Json words;
  for (const char* const key : kScriptWords) words[key] = context.words(key);
  for (int month = 1; month <= 12; ++month) {
    const std::string key = (month < 10 ? "month.0" : "month.") + std::to_string(month);
    words[key] = context.words(key);
  }
  Json out = {
      {"format", "steppe-report/1"},
      {"run", valid_utf8(context.input.run_name)},
      {"lang", context.words.lang()},
      {"number", {{"decimal", context.numbers.decimal()}, {"group", context.numbers.group()}}},
      {"firstYear", context.first_month().year()},
      {"firstMonth", context.first_month().month()},
      {"months", context.months()},
      {"words", std::move(words)}};
  if (confidence) {
    const double percent = 100.0 * *confidence;
    out["confidence"] = rounded(percent);
    // Differences, and nothing else of such a page, have their interval told by the script.
    out["words"]["term.interval90"] =
        context.words("term.interval", {{"p", context.numbers.plain(percent)}});
  }
  for (const Figure* const figure : figures) {
    out["figures"][figure->id] = figure_json(context, *figure);
  }
  return out.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace steppe::report_detail
