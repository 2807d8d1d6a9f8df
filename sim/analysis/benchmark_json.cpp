#include <spdlog/fmt/fmt.h>

#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "sim/analysis/benchmark.hpp"
#include "sim/core/error.hpp"
#include "sim/results/dimension_keys.hpp"
#include "sim/results/json_parts.hpp"
#include "sim/results/text.hpp"

namespace steppe {
namespace {

using Json = nlohmann::ordered_json;
using State = Composition::State;

constexpr std::array<const char*, kNaive.size()> kNaiveNames = {"first", "previous"};
constexpr std::pair<State, const char*> kStates[] = {
    {State::Skipped, "skipped"}, {State::Failed, "failed"}, {State::Scored, "scored"}};

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

/// To six digits: lines of charts need no more, and there are many.
double rounded(double value) {
  if (!std::isfinite(value) || value == 0.0) return value;
  const double unit = std::pow(10.0, std::floor(std::log10(std::abs(value))) - 5.0);
  return unit < 1.0 ? std::round(value / unit) / std::round(1.0 / unit)
                    : std::round(value / unit) * unit;
}

double number_from(const Json& json) {
  return json.is_null() ? Scores::kMissing : json.get<double>();
}

Month month_from(const std::string& text) { return parse_period(text).first; }

/// What of scores is written, by name.
constexpr std::pair<const char*, double Scores::*> kScores[] = {
    {"observed", &Scores::observed}, {"rmse", &Scores::rmse}, {"mae", &Scores::mae},
    {"bias", &Scores::bias},         {"crps", &Scores::crps}, {"coverage90", &Scores::coverage}};

Json json_of(const Scores& scores) {
  Json out{{"points", scores.points}};
  for (const auto& [name, what] : kScores) out[name] = number(scores.*what);
  return out;
}

Scores scores_from(const Json& json) {
  Scores out;
  out.points = json.at("points");
  for (const auto& [name, what] : kScores) out.*what = number_from(json.at(name));
  return out;
}

Json json_of(const ScoreSheet& sheet) {
  Json series = Json::array();
  for (const Scores& scores : sheet.series) series.push_back(json_of(scores));
  Json by_variable = Json::array();
  for (const double ratio : sheet.by_variable) by_variable.push_back(number(ratio));
  return {{"against_naive", number(sheet.against_naive)},
          {"error", number(sheet.error)},
          {"by_variable", std::move(by_variable)},
          {"all", json_of(sheet.all)},
          {"series", std::move(series)}};
}

ScoreSheet sheet_from(const Json& json) {
  ScoreSheet out;
  out.against_naive = number_from(json.at("against_naive"));
  out.error = number_from(json.at("error"));
  for (const Json& ratio : json.at("by_variable")) out.by_variable.push_back(number_from(ratio));
  out.all = scores_from(json.at("all"));
  for (const Json& scores : json.at("series")) out.series.push_back(scores_from(scores));
  return out;
}

Json json_of(const BenchmarkSeries& series) {
  Json keys = Json::object();
  for (const auto& [dim, key] : series.keys) keys[std::string(to_string(dim))] = key;
  Json points = Json::array();
  for (const RecordedPoint& point : series.points) {
    points.push_back({{"period", point.period},
                      {"from", month_text(point.first)},
                      {"months", point.months},
                      {"value", number(point.value)},
                      {"published", number(point.published)},
                      {"source", point.source},
                      {"quality", point.quality},
                      {"basis", point.basis}});
  }
  Json scored = Json::array();
  for (const BenchmarkSeries::Scored& one : series.scored) {
    scored.push_back({{"point", one.point}, {"first", one.first}, {"previous", one.previous}});
  }
  return {{"variable", series.variable}, {"unit", series.unit},
          {"label", series.label},       {"keys", std::move(keys)},
          {"points", std::move(points)}, {"scored", std::move(scored)}};
}

BenchmarkSeries series_from(const Json& json) {
  BenchmarkSeries out;
  out.variable = json.at("variable");
  out.unit = json.at("unit");
  out.label = json.at("label");
  for (const auto& [dim, key] : json.at("keys").items()) {
    out.keys.emplace_back(dimension_named(dim), key.get<std::string>());
  }
  for (const Json& one : json.at("points")) {
    RecordedPoint point;
    point.variable = out.variable;
    point.keys = out.keys;
    point.period = one.at("period");
    point.first = month_from(one.at("from"));
    point.months = one.at("months");
    point.value = number_from(one.at("value"));
    point.published = number_from(one.at("published"));
    point.source = one.at("source");
    point.quality = one.at("quality");
    point.basis = one.at("basis");
    out.points.push_back(std::move(point));
  }
  for (const Json& one : json.at("scored")) {
    const BenchmarkSeries::Scored scored{one.at("point"), one.at("first"), one.at("previous")};
    const std::size_t held = out.points.size();
    if (scored.point >= held || scored.first >= held || scored.previous >= held) {
      throw IoError("a figure that counts is not among the figures");
    }
    out.scored.push_back(scored);
  }
  return out;
}

Json json_of(const Composition& one) {
  Json model;
  for (int s = 0; s < kSlotCount; ++s) {
    model[std::string(to_string(static_cast<Slot>(s)))] = one.model[static_cast<std::size_t>(s)];
  }
  Json out{{"name", one.name}, {"model", std::move(model)}};
  for (const auto& [state, word] : kStates) {
    if (state == one.state) out["state"] = word;
  }
  out["reason"] = one.reason;
  out["finished"] = one.finished;
  out["seconds"] = one.seconds;
  out["bytes"] = one.bytes;
  out["warnings"] = Json::array();
  for (const Warning& warning : one.warnings) out["warnings"].push_back(to_json(warning));
  out["scores"] = json_of(one.scores);
  out["means"] = Json::array();
  for (const auto& series : one.means) {
    Json means = Json::array();
    for (const double value : series) means.push_back(number(rounded(value)));
    out["means"].push_back(std::move(means));
  }
  return out;
}

Composition composition_from(const Json& json) {
  Composition out;
  out.name = json.at("name");
  for (int s = 0; s < kSlotCount; ++s) {
    out.model[static_cast<std::size_t>(s)] =
        json.at("model").at(std::string(to_string(static_cast<Slot>(s))));
  }
  for (const auto& [state, word] : kStates) {
    if (json.at("state") == word) out.state = state;
  }
  out.reason = json.at("reason");
  out.finished = json.at("finished");
  out.seconds = json.at("seconds");
  out.bytes = json.at("bytes");
  for (const Json& warning : json.at("warnings")) {
    out.warnings.push_back(warning_from_json(warning));
  }
  out.scores = sheet_from(json.at("scores"));
  for (const Json& series : json.at("means")) {
    std::vector<double>& means = out.means.emplace_back();
    for (const Json& value : series) means.push_back(number_from(value));
  }
  return out;
}

}  // namespace

std::string to_json(const Benchmark& benchmark) {
  Json months = Json::array();
  for (const Month month : benchmark.months) months.push_back(month_text(month));
  Json out{{"format", kBenchmarkFormat},
           {"scenario", benchmark.scenario},
           {"replications", benchmark.replications},
           {"seed", benchmark.seed},
           {"scale", benchmark.scale},
           {"records", benchmark.records},
           {"score_from", month_text(benchmark.span.from)},
           {"score_to", benchmark.span.to ? Json(month_text(*benchmark.span.to)) : Json(nullptr)},
           {"too_small", benchmark.too_small},
           {"naive", Json::object()},
           {"months", std::move(months)},
           {"variables", Json::array()},
           {"series", Json::array()},
           {"compositions", Json::array()}};
  for (const BenchmarkVariable& one : variables_of(benchmark.series)) {
    out["variables"].push_back({{"name", one.name}, {"periods", one.periods}});
  }
  for (std::size_t n = 0; n < kNaive.size(); ++n) {
    out["naive"][kNaiveNames[n]] = json_of(benchmark.naive[n]);
  }
  for (const BenchmarkSeries& series : benchmark.series) out["series"].push_back(json_of(series));
  for (const Composition& one : benchmark.compositions) {
    out["compositions"].push_back(json_of(one));
  }
  return out.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Benchmark parse_benchmark(const std::string& json) {
  try {
    const Json in = Json::parse(json);
    if (in.at("format") != kBenchmarkFormat) throw IoError("this is not a benchmark");
    Benchmark out;
    out.scenario = in.at("scenario");
    out.replications = in.at("replications");
    out.seed = in.at("seed");
    out.scale = in.at("scale");
    out.records = in.at("records");
    out.span.from = month_from(in.at("score_from"));
    if (!in.at("score_to").is_null()) out.span.to = month_from(in.at("score_to"));
    out.too_small = in.at("too_small");
    for (std::size_t n = 0; n < kNaive.size(); ++n) {
      out.naive[n] = sheet_from(in.at("naive").at(kNaiveNames[n]));
    }
    for (const Json& month : in.at("months")) out.months.push_back(month_from(month));
    for (const Json& series : in.at("series")) out.series.push_back(series_from(series));
    for (const Json& one : in.at("compositions")) {
      out.compositions.push_back(composition_from(one));
    }
    return out;
  } catch (const nlohmann::json::exception& problem) {
    throw IoError(fmt::format("the benchmark cannot be read: {}", problem.what()));
  }
}

}  // namespace steppe
