#include "sim/results/checks.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "sim/results/netcdf_file.hpp"
#include "sim/results/text.hpp"

namespace steppe {
namespace {

/// Examples listed; all are counted.
constexpr std::size_t kExamples = 20;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::string ChecksBuilder::Note::text() const {
  std::string out;
  std::size_t number = 0;
  for (const char c : form) {
    if (c != '#') {
      out += c;
      continue;
    }
    out += std::to_string(low[number]);
    if (high[number] != low[number]) out += " to " + std::to_string(high[number]);
    ++number;
  }
  return out;
}

void ChecksBuilder::add(int realization, const Recording& recording) {
  done_.push_back({realization, recording.persons, recording.events});
  for (const std::string& sentence : recording.notes) {
    Note note;
    for (std::size_t i = 0; i < sentence.size();) {
      std::size_t end = i;
      // Eighteen digits fit whole numbers of 64 bits; longer ones are no counts.
      while (end < sentence.size() && end - i < 18 && is_digit(sentence[end])) ++end;
      if (end == i) {
        note.form += sentence[i++];
        continue;
      }
      note.form += '#';
      note.low.push_back(std::stoll(sentence.substr(i, end - i)));
      i = end;
    }
    note.high = note.low;
    const auto known = std::find_if(notes_.begin(), notes_.end(),
                                    [&](const Note& other) { return other.form == note.form; });
    Note& into = known == notes_.end() ? notes_.emplace_back(note) : *known;
    ++into.realizations;
    for (std::size_t n = 0; n < note.low.size(); ++n) {
      into.low[n] = std::min(into.low[n], note.low[n]);
      into.high[n] = std::max(into.high[n], note.low[n]);
    }
  }
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

std::vector<std::string> ChecksBuilder::sentences() const {
  std::vector<std::string> out;
  for (const Note& note : notes_) {
    if (note.realizations == done_.size()) out.push_back(note.text());
  }
  for (const Note& note : notes_) {
    if (note.realizations < done_.size()) {
      out.push_back(note.text() + " (in " + std::to_string(note.realizations) + " of " +
                    std::to_string(done_.size()) + " replications)");
    }
  }
  return out;
}

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
  Json notes = Json::array();
  for (const Note& note : notes_) {
    notes.push_back({{"note", note.text()}, {"realizations", note.realizations}});
  }
  const Json json{
      {"format", "steppe-checks/1"}, {"checks", checks}, {"values", values_},
      {"missing", missing_},         {"notes", notes},   {"realizations", realizations}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace steppe
