#include <spdlog/fmt/fmt.h>

#include <cmath>
#include <cstdio>
#include <limits>
#include <nlohmann/json.hpp>

#include "sim/analysis/outcome.hpp"
#include "sim/core/error.hpp"
#include "sim/results/text.hpp"

namespace steppe {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kFormat = "steppe-verdicts/1";

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

double number_from(const Json& json) {
  return json.is_null() ? std::numeric_limits<double>::quiet_NaN() : json.get<double>();
}

Month month_from(const std::string& text) {
  int year = 0;
  int month = 0;
  if (std::sscanf(text.c_str(), "%d-%d", &year, &month) != 2) {
    throw IoError("the verdicts cannot be read: '" + text + "' is no month");
  }
  return {year, month};
}

Json to_json(const JudgedMetric& metric) {
  const Estimate& e = metric.estimate;
  Json json{{"variable", metric.variable}, {"label", metric.label}, {"unit", metric.unit}};
  if (!metric.dim.empty()) {
    json["dimension"] = metric.dim;
    json["key"] = metric.key;
  }
  json["base"] = number(e.base);
  json["alternative"] = number(e.alternative);
  json["difference"] = number(e.difference);
  json["se"] = number(e.se);
  json["low"] = number(e.interval.low);
  json["high"] = number(e.interval.high);
  json["n"] = e.n;
  json["all_zero"] = e.all_zero;
  json["unpaired_se"] = number(e.unpaired_se);
  json["unpaired_low"] = number(e.unpaired.low);
  json["unpaired_high"] = number(e.unpaired.high);
  json["verdict"] = to_string(metric.verdict);
  if (!metric.sentence.empty()) json["sentence"] = metric.sentence;
  return json;
}

JudgedMetric metric_from(const Json& json) {
  JudgedMetric metric;
  metric.variable = json.at("variable");
  metric.label = json.at("label");
  metric.unit = json.at("unit");
  metric.dim = json.value("dimension", std::string());
  metric.key = json.value("key", std::string());
  Estimate& e = metric.estimate;
  e.base = number_from(json.at("base"));
  e.alternative = number_from(json.at("alternative"));
  e.difference = number_from(json.at("difference"));
  e.se = number_from(json.at("se"));
  e.interval = {number_from(json.at("low")), number_from(json.at("high"))};
  e.n = json.at("n");
  e.all_zero = json.at("all_zero");
  e.unpaired_se = number_from(json.at("unpaired_se"));
  e.unpaired = {number_from(json.at("unpaired_low")), number_from(json.at("unpaired_high"))};
  metric.verdict = verdict_named(json.at("verdict").get<std::string>());
  metric.sentence = json.value("sentence", std::string());
  return metric;
}

Json to_json(const PeopleFigure& figure) {
  const Mean& m = figure.persons;
  return {
      {"change", to_string(figure.change)}, {"mean", number(m.value)},         {"se", number(m.se)},
      {"low", number(m.interval.low)},      {"high", number(m.interval.high)}, {"n", m.n}};
}

PeopleFigure figure_from(const Json& json) {
  PeopleFigure figure;
  figure.change = change_named(json.at("change").get<std::string>());
  figure.persons = {json.at("n"),
                    number_from(json.at("mean")),
                    number_from(json.at("se")),
                    {number_from(json.at("low")), number_from(json.at("high"))}};
  return figure;
}

Json to_json(const AlternativeOutcome& alternative) {
  Json json{{"scenario", alternative.scenario}, {"metrics", Json::array()}};
  for (const JudgedMetric& metric : alternative.metrics) json["metrics"].push_back(to_json(metric));
  json["cells"] = Json::array();
  for (const JudgedMetric& metric : alternative.cells) json["cells"].push_back(to_json(metric));
  json["people"] = {{"comparable", alternative.people_comparable}, {"totals", Json::array()}};
  for (const PeopleFigure& figure : alternative.people) {
    // The rest is in people.csv.
    if (figure.dim.empty()) json["people"]["totals"].push_back(to_json(figure));
  }
  const Ratio& ratio = alternative.per_100_foreign;
  json["nationals_per_100_foreign"] = {{"value", number(ratio.value)},
                                       {"low", number(ratio.interval.low)},
                                       {"high", number(ratio.interval.high)},
                                       {"n", ratio.n}};
  if (alternative.condition_value) {
    json["fail_if"] = {{"value", number(*alternative.condition_value)},
                       {"holds", alternative.condition_holds}};
  }
  json["levers"] = alternative.levers;
  json["notes"] = alternative.notes;
  return json;
}

AlternativeOutcome alternative_from(const Json& json) {
  AlternativeOutcome out;
  out.scenario = json.at("scenario");
  for (const Json& metric : json.at("metrics")) out.metrics.push_back(metric_from(metric));
  for (const Json& metric : json.at("cells")) out.cells.push_back(metric_from(metric));
  out.people_comparable = json.at("people").at("comparable");
  for (const Json& figure : json.at("people").at("totals")) {
    out.people.push_back(figure_from(figure));
  }
  const Json& ratio = json.at("nationals_per_100_foreign");
  out.per_100_foreign.value = number_from(ratio.at("value"));
  out.per_100_foreign.interval = {number_from(ratio.at("low")), number_from(ratio.at("high"))};
  out.per_100_foreign.n = ratio.at("n");
  if (json.contains("fail_if")) {
    out.condition_value = number_from(json.at("fail_if").at("value"));
    out.condition_holds = json.at("fail_if").at("holds");
  }
  out.levers = json.at("levers").get<std::vector<std::string>>();
  out.notes = json.at("notes").get<std::vector<std::string>>();
  return out;
}

}  // namespace

std::string to_json(const Outcome& outcome) {
  Json json{{"format", kFormat},
            {"base", outcome.base},
            {"first_month", month_text(outcome.window.first)},
            {"last_month", month_text(outcome.window.last)},
            {"confidence", outcome.confidence},
            {"replications", outcome.replications},
            {"seed", outcome.seed},
            {"scale", outcome.scale},
            {"fail_if", outcome.condition},
            {"alternatives", Json::array()}};
  for (const AlternativeOutcome& alternative : outcome.alternatives) {
    json["alternatives"].push_back(to_json(alternative));
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Outcome parse_outcome(const std::string& text) {
  try {
    const Json json = Json::parse(text);
    if (json.at("format") != kFormat) {
      throw IoError(
          fmt::format("the verdicts are not of the format '{}'; use the version of "
                      "steppe that wrote them",
                      kFormat));
    }
    Outcome outcome;
    outcome.base = json.at("base");
    outcome.window = {month_from(json.at("first_month")), month_from(json.at("last_month"))};
    outcome.confidence = json.at("confidence");
    outcome.replications = json.at("replications");
    outcome.seed = json.at("seed");
    outcome.scale = json.at("scale");
    outcome.condition = json.at("fail_if");
    for (const Json& alternative : json.at("alternatives")) {
      outcome.alternatives.push_back(alternative_from(alternative));
    }
    return outcome;
  } catch (const nlohmann::json::exception& problem) {
    throw IoError(fmt::format(
        "the verdicts cannot be read ({}); make the comparison anew with --force", problem.what()));
  }
}

}  // namespace steppe
