#include "sim/results/checks.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "sim/results/netcdf_file.hpp"
#include "sim/results/text.hpp"

namespace steppe {
namespace {

/// Examples listed; all are counted.
constexpr std::size_t kExamples = 20;

}  // namespace

void ChecksBuilder::add(int realization, const Recording& recording) {
  done_.push_back({realization, recording.persons, recording.events});
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
  const Json checks = Json::array(
      {{{"check", "every realization finished"}, {"held", failed_.empty()}, {"failed", failed_}},
       {{"check", "no value is infinite, no stock or flow below zero"},
        {"held", impossible_count_ == 0},
        {"count", impossible_count_},
        {"examples", impossible}}});
  const Json json{{"format", "steppe-checks/1"},
                  {"checks", checks},
                  {"values", values_},
                  {"missing", missing_},
                  {"realizations", realizations}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace steppe
