#include "sim/results/checks.hpp"

#include <spdlog/fmt/fmt.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "sim/results/netcdf_file.hpp"
#include "sim/results/run_folder.hpp"
#include "sim/results/text.hpp"

namespace steppe {
namespace {

/// Examples listed; all are counted.
constexpr std::size_t kExamples = 20;

}  // namespace

void RealityTally::add(int realization, const RealityOutcome& outcome) {
  ++realizations_;
  if (outcome.held()) return;
  failed_.push_back(realization);
  if (outcome.failed && (!first_ || *outcome.failed < *first_)) first_ = outcome.failed;
}

bool RealityTally::held() const {
  // Shares such as 0.9 are no binary fractions.
  constexpr double kRounding = 1e-9;
  const double needed = check_.share * realizations_;
  return realizations_ > 0 &&
         static_cast<double>(realizations_) - static_cast<double>(failed_.size()) >=
             needed - kRounding;
}

Message RealityTally::message() const {
  std::string given;
  for (const auto& [path, value] : check_.given) {
    given += (given.empty() ? ", given " : ", ") + path + " = " + value;
  }
  const auto per_cent = [](double share) { return fmt::format("{:.0f}", 100.0 * share); };
  std::vector<Fill> fills = {
      {"expect", check_.expect}, {"given", given}, {"n", std::to_string(realizations_)}};
  if (failed_.empty()) {
    return {"check.holds", "reality check '{expect}'{given} holds in {n} of {n} replications",
            fills};
  }
  const auto failed = static_cast<double>(failed_.size());
  fills.emplace_back("k", std::to_string(failed_.size()));
  fills.emplace_back("p", per_cent(failed / realizations_));
  if (first_) fills.emplace_back("month", month_text(*first_));
  if (check_.share < 1.0) fills.emplace_back("share", per_cent(check_.share));
  if (first_ && check_.share < 1.0) {
    return {"check.fails_too_often",
            "reality check '{expect}'{given} fails in {k} of {n} replications ({p} %), first in "
            "{month}; it has to hold in {share} %",
            fills};
  }
  if (first_) {
    return {"check.fails",
            "reality check '{expect}'{given} fails in {k} of {n} replications ({p} %), first in "
            "{month}",
            fills};
  }
  if (check_.share < 1.0) {
    return {"check.blank_too_often",
            "reality check '{expect}'{given} fails in {k} of {n} replications ({p} %): it has a "
            "value in no month that is judged; it has to hold in {share} %",
            fills};
  }
  return {"check.blank",
          "reality check '{expect}'{given} fails in {k} of {n} replications ({p} %): it has a "
          "value in no month that is judged",
          fills};
}

std::vector<std::string> failed_reality_checks(const RunFolder& run) {
  using Json = nlohmann::ordered_json;
  std::vector<std::string> sentences;
  const Json json = Json::parse(run.text("checks.json"), nullptr, false);
  if (!json.is_object()) return sentences;  // `verify` tells of a damaged folder
  for (const Json& check : json.value("checks", Json::array())) {
    if (check.contains("expect") && !check.value("held", true)) {
      sentences.push_back(check.value("found", ""));
    }
  }
  return sentences;
}

ChecksBuilder::ChecksBuilder(const std::vector<RealityCheck>& checks) {
  for (std::size_t i = 0; i < checks.size(); ++i) {
    if (checks[i].given.empty()) reality_.emplace_back(i, RealityTally(checks[i]));
  }
}

std::vector<Message> ChecksBuilder::failed_reality() const {
  std::vector<Message> messages;
  for (const auto& [place, tally] : reality_) {
    if (!tally.held()) messages.push_back(tally.message());
  }
  return messages;
}

void ChecksBuilder::add(int realization, const Recording& recording) {
  done_.push_back({realization, recording.persons, recording.events});
  for (auto& [place, tally] : reality_) tally.add(realization, recording.reality.at(place));
  for (const Table& table : recording.tables) {
    const bool counted =
        table.variable.kind == VariableKind::Stock || table.variable.kind == VariableKind::Flow;
    const std::size_t cells = table.cells();
    values_ += table.data.size();
    for (std::size_t i = 0; i < table.data.size(); ++i) {
      const double value = table.data[i];
      if (std::isnan(value)) {
        ++missing_;
      } else if (std::isinf(value) || (counted && value < 0.0)) {
        if (++impossible_count_ > kExamples) continue;
        std::string text;
        append_number(text, value, table.variable.digits);
        impossible_.push_back({NetcdfFile::variable_name(table.variable), realization,
                               month_text(recording.months[i / cells]), text});
      }
    }
  }
}

void ChecksBuilder::fail(int realization) { failed_.push_back(realization); }

std::string ChecksBuilder::to_json() const {
  using Json = nlohmann::ordered_json;
  Json realizations = Json::array();
  for (const Realization& one : done_) {
    realizations.push_back(
        {{"realization", one.number}, {"persons", one.persons}, {"events", one.events}});
  }
  Json impossible = Json::array();
  for (const Impossible& one : impossible_) {
    impossible.push_back({{"variable", one.variable},
                          {"realization", one.realization},
                          {"month", one.month},
                          {"value", one.value}});
  }
  Json checks = Json::array(
      {{{"check", "every realization finished"}, {"held", failed_.empty()}, {"failed", failed_}},
       {{"check", "no value is infinite, no stock or flow below zero"},
        {"held", impossible_count_ == 0},
        {"count", impossible_count_},
        {"examples", impossible}}});
  for (const auto& [place, tally] : reality_) {
    Json one{{"check", "reality check"},
             {"expect", tally.check().expect},
             {"held", tally.held()},
             {"share", tally.check().share},
             {"judged", tally.judged()},
             {"failed", tally.failed()},
             {"first", tally.first() ? Json(month_text(*tally.first())) : Json()},
             {"found", tally.message().text}};
    checks.push_back(std::move(one));
  }
  const Json json{{"format", "steppe-checks/1"},
                  {"checks", checks},
                  {"values", values_},
                  {"missing", missing_},
                  {"realizations", realizations}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace steppe
