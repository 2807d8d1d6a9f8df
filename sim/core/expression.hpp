#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/expected.hpp"

namespace steppe {

/// A name an expression reads: `unemployment_rate`, or `vacancy_rate(construction)` with the keys
/// in brackets.
struct Indicator {
  std::string name;
  std::vector<std::string> keys;
  int position = 0;  ///< of the name in the text, in bytes from 0
  bool operator==(const Indicator& other) const { return name == other.name && keys == other.keys; }
};

/// What is wrong with an expression, and where.
struct ExpressionError {
  std::string message;
  int position = 0;  ///< in bytes from 0
  int length = 1;
};

/// A formula over indicators, as triggers, reality checks and objectives use it.
///
/// Numbers, + - * / ^, comparisons (1 or 0), && || !, brackets, and abs, exp, log, max, min, sqrt.
/// Missing values (NaN) stay missing through arithmetic and comparisons; a division by zero is
/// missing. `false && missing` is false and `true || missing` true, as the missing value could not
/// change them.
///
/// Immutable; evaluation is thread-safe.
class Expression {
 public:
  [[nodiscard]] static Expected<Expression, ExpressionError> parse(std::string_view text);

  [[nodiscard]] const std::string& text() const;
  /// Each once, in the order of first appearance.
  [[nodiscard]] const std::vector<Indicator>& indicators() const;
  /// True when it compares or negates something somewhere: a number alone, taken as a condition,
  /// would hold wherever it is not 0.
  [[nodiscard]] bool is_condition() const;
  /// The formula's value, NaN when missing. @param value gives an indicator's value, NaN for none
  [[nodiscard]] double evaluate(const std::function<double(const Indicator&)>& value) const;
  /// As a condition: true when the value is there and not 0.
  [[nodiscard]] bool holds(const std::function<double(const Indicator&)>& value) const;

 private:
  struct Parsed;
  explicit Expression(std::shared_ptr<const Parsed> parsed) : parsed_(std::move(parsed)) {}
  std::shared_ptr<const Parsed> parsed_;
};

}  // namespace steppe
