#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include "sim/core/expression.hpp"
#include "sim/scenario/condition.hpp"
#include "sim/scenario/resolve.hpp"

namespace steppe::detail {
namespace {

/// An indicator with what its mistakes are told by.
struct Entry {
  OwnIndicator indicator;
  Section section;
  std::vector<Indicator> reads = {};
};

Dim dim_of(const std::string& name) {
  for (int i = static_cast<int>(Dim::Sector); i <= static_cast<int>(Dim::Age); ++i) {
    if (to_string(static_cast<Dim>(i)) == name) return static_cast<Dim>(i);
  }
  return Dim::None;
}

/// A span in whole months.
int months(const Section& section, const char* key, int otherwise) {
  const auto given = section.number(key);
  if (!given) return otherwise;
  const double whole = std::round(*given);
  if (std::abs(*given - whole) > 1e-9) {
    section.faults().error(section.mark(key),
                           fmt::format("{} is {} months, expected a whole number",
                                       section.name_of(key), number_text(*given)));
  }
  return static_cast<int>(whole);
}

/// Puts each indicator after those it reads; reports those that read themselves in the end.
class Sorter {
 public:
  Sorter(Context& context, std::vector<Entry>& entries) : context_(context), entries_(entries) {
    for (std::size_t i = 0; i < entries.size(); ++i) place_[entries[i].indicator.name] = i;
  }
  void sort() {
    state_.assign(entries_.size(), State::New);
    for (std::size_t i = 0; i < entries_.size(); ++i) visit(i);
  }

 private:
  enum class State { New, Open, Done };

  void visit(std::size_t i) {
    if (state_[i] == State::Done) return;
    state_[i] = State::Open;
    path_.push_back(entries_[i].indicator.name);
    for (const Indicator& read : entries_[i].reads) {
      const auto next = place_.find(read.name);
      if (next == place_.end()) continue;
      if (state_[next->second] == State::Open) {
        report(entries_[i], read);
      } else {
        visit(next->second);
      }
    }
    path_.pop_back();
    state_[i] = State::Done;
    context_.scenario.indicators.push_back(entries_[i].indicator);
  }

  void report(const Entry& entry, const Indicator& read) {
    const auto from = std::find(path_.begin(), path_.end(), read.name);
    context_.faults.error(
        mark_inside(context_, entry.section, "formula", read.position,
                    static_cast<int>(read.name.size())),
        fmt::format("{}: an indicator cannot be read by its own formula ({} → {})",
                    entry.section.name_of("formula"), fmt::join(from, path_.end(), " → "),
                    read.name));
  }

  Context& context_;
  std::vector<Entry>& entries_;
  std::map<std::string, std::size_t> place_;
  std::vector<State> state_;
  std::vector<std::string> path_;
};

}  // namespace

std::vector<IndicatorDecl> readable_variables(const Context& context) {
  std::vector<IndicatorDecl> names = context.catalogue.variables();
  for (const OwnIndicator& own : context.scenario.indicators) {
    names.push_back({own.name, own.by, false});
  }
  return names;
}

void read_indicators(Context& context, const Section& root) {
  const NodePtr list = root.node("indicators");
  if (list == nullptr) return;
  if (!list->is_map()) {
    context.faults.error(
        list->mark,
        fmt::format("indicators: names with formulas are expected, not {}", describe(*list)));
    return;
  }
  std::vector<Entry> entries;
  std::vector<IndicatorDecl> names = context.catalogue.variables();
  for (const Node::Entry& given : list->entries) {
    const Section section(indicator_form(), given.value, "indicators." + given.key, given.key_mark,
                          context.faults, context.partial);
    OwnIndicator own;
    own.name = given.key;
    own.place = context.faults.place(given.key_mark);
    own.unit = section.text("unit").value_or("");
    own.label = section.label("label");
    own.by = dim_of(section.choice("by").value_or(""));
    own.smooth_months = months(section, "smooth", 1);
    own.lag_months = months(section, "lag", 0);
    if (!is_key(own.name)) {
      context.faults.error(given.key_mark,
                           fmt::format("the indicator '{}': small letters, digits and _ are "
                                       "expected, a letter first",
                                       own.name));
    }
    const auto& recorded = context.catalogue.variables();
    if (std::any_of(recorded.begin(), recorded.end(),
                    [&](const IndicatorDecl& known) { return known.name == own.name; })) {
      context.faults.error(given.key_mark,
                           fmt::format("the variable '{}' is recorded already; call the indicator "
                                       "something else",
                                       own.name));
    }
    if (own.by != Dim::None && !context.partial && context.scenario.dimensions.of(own.by).empty()) {
      context.faults.error(
          section.mark("by"),
          fmt::format("{}: the scenario lists no {}", section.name_of("by"), to_string(own.by)));
    }
    names.push_back({own.name, own.by, false});
    entries.push_back({std::move(own), section});
  }
  // Formulas may read indicators that are written further down.
  for (Entry& entry : entries) {
    const auto formula =
        read_formula(context, entry.section, "formula", {names, "variable", entry.indicator.by});
    if (!formula) continue;
    entry.indicator.formula = *formula;
    entry.reads = Expression::parse(*formula)->indicators();
  }
  Sorter(context, entries).sort();
}

}  // namespace steppe::detail
