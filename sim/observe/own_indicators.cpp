#include "sim/observe/own_indicators.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/core/error.hpp"
#include "sim/core/expression.hpp"

namespace steppe {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();
constexpr int kDigits = 6;

/// A formula tied to the recorded values that it reads.
class Formula {
 public:
  /// @param by,member names without a key read this member's values where there are any
  Formula(const std::string& text, const Recording& recording, const Dimensions& dimensions,
          Dim by = Dim::None, std::size_t member = 0)
      : expression_(parsed(text)), recording_(recording) {
    for (const Indicator& read : expression_.indicators()) {
      columns_.push_back(find(read, dimensions, by, member));
    }
  }

  /// @param month position among the recorded months
  [[nodiscard]] double at(std::size_t month) const {
    const std::vector<Indicator>& reads = expression_.indicators();
    return expression_.evaluate([&](const Indicator& read) {
      const auto i = std::find(reads.begin(), reads.end(), read) - reads.begin();
      const Column& column = columns_[static_cast<std::size_t>(i)];
      if (column.table == nullptr) return kMissing;
      return column.table->data[month * column.table->cells() + column.cell];
    });
  }

 private:
  struct Column {
    const Table* table = nullptr;  ///< null: the country has no such dimension
    std::size_t cell = 0;
  };

  static Expression parsed(const std::string& text) {
    auto expression = Expression::parse(text);
    if (!expression)
      throw ModelError("the formula '" + text + "' was not checked when it was read");
    return std::move(expression).value();
  }

  [[nodiscard]] Column find(const Indicator& read, const Dimensions& dimensions, Dim by,
                            std::size_t member) const {
    Column found;
    for (const Table& table : recording_.tables) {
      const std::vector<Dim>& dims = table.variable.dims;
      if (table.variable.name != read.name || dims.size() > 1) continue;
      if (!read.keys.empty()) {
        // A key of several dimensions is one of the first that the variable is recorded by.
        const int key = dims.empty() ? -1 : dimensions.find(dims.front(), read.keys.front());
        if (key >= 0) return {&table, static_cast<std::size_t>(key)};
      } else if (dims.empty()) {
        found = {&table, 0};
        if (by == Dim::None) return found;
      } else if (dims.front() == by) {
        return {&table, member};
      }
    }
    return found;
  }

  Expression expression_;
  const Recording& recording_;
  std::vector<Column> columns_;
};

/// The means of the last `smooth` values, `lag` months later; missing where one of them is.
std::vector<double> smoothed(const std::vector<double>& values, int smooth, int lag) {
  const auto span = static_cast<std::size_t>(smooth);
  const auto back = static_cast<std::size_t>(lag);
  std::vector<double> out(values.size(), kMissing);
  for (std::size_t t = back + span - 1; t < values.size(); ++t) {
    double sum = 0.0;
    for (std::size_t i = 0; i < span; ++i) sum += values[t - back - i];
    out[t] = sum / static_cast<double>(span);
  }
  return out;
}

}  // namespace

Variable variable_of(const OwnIndicator& own) {
  return {own.name,
          own.unit,
          own.label.in("en", own.formula),
          VariableKind::Rate,
          own.by == Dim::None ? std::vector<Dim>{} : std::vector<Dim>{own.by},
          true,
          kDigits};
}

void add_own_indicators(const Scenario& scenario, Recording& recording) {
  // Formulas point into the tables, which must not move.
  recording.tables.reserve(recording.tables.size() + scenario.indicators.size());
  const std::size_t months = recording.months.size();
  for (const OwnIndicator& own : scenario.indicators) {
    Table table;
    table.variable = variable_of(own);
    if (own.by != Dim::None) table.shape = {scenario.dimensions.of(own.by).size()};
    const std::size_t cells = table.cells();
    table.data.resize(months * cells);
    for (std::size_t cell = 0; cell < cells; ++cell) {
      const Formula formula(own.formula, recording, scenario.dimensions, own.by, cell);
      std::vector<double> values(months);
      for (std::size_t t = 0; t < months; ++t) values[t] = formula.at(t);
      values = smoothed(values, own.smooth_months, own.lag_months);
      for (std::size_t t = 0; t < months; ++t) table.data[t * cells + cell] = values[t];
    }
    recording.tables.push_back(std::move(table));
  }
}

std::vector<RealityOutcome> judge_reality(const Scenario& scenario, const Recording& recording) {
  std::vector<RealityOutcome> outcomes;
  for (const RealityCheck& check : scenario.reality_checks) {
    const Formula expected(check.expect, recording, scenario.dimensions);
    RealityOutcome outcome;
    for (std::size_t t = 0; t < recording.months.size() && !outcome.failed; ++t) {
      const Month month = recording.months[t];
      if (check.from && month < Month(check.from->year, check.from->month)) continue;
      if (check.until && Month(check.until->year, check.until->month) < month) break;
      const double value = expected.at(t);
      if (std::isnan(value)) continue;
      outcome.judged = true;
      if (value == 0.0) outcome.failed = month;
    }
    outcomes.push_back(outcome);
  }
  return outcomes;
}

}  // namespace steppe
