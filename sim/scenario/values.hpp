#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/declaration.hpp"
#include "sim/core/expected.hpp"
#include "sim/core/months.hpp"
#include "sim/scenario/node.hpp"

namespace steppe::detail {

/// A number as written, with the unit behind it.
struct Quantity {
  double value = 0.0;
  std::string unit;  ///< empty: none was written
};

/// `30 %`, `0.006 1/month`, `12 months`, `350000 MNT/month`, `-1.5e3`; `none`, `no limit` or `inf`
/// for infinity. @returns the sentence that says what is wrong otherwise
[[nodiscard]] Expected<Quantity, std::string> parse_quantity(std::string_view text);

/// A date of which only the year, or year and month, may be known.
struct PartialDate {
  int year = 0;
  int month = 0;  ///< 0: the year alone
  int day = 0;    ///< 0: the month alone
  [[nodiscard]] Date first_day() const;
  [[nodiscard]] Date last_day() const;
  /// For figures of a period: mid-year for a year, the first of a month for a month.
  [[nodiscard]] Date middle() const;
};

/// `2026`, `2026-07`, `2026-Q3` (its middle month) or `2026-07-01`.
[[nodiscard]] Expected<PartialDate, std::string> parse_date(std::string_view text);

/// How one number is to be read.
struct NumberRule {
  std::string what;        ///< name in messages
  std::string unit;        ///< unit of the result; empty: pure numbers only
  std::string given_unit;  ///< unit of a bare number; empty: bare numbers only where `unit` is 1
  double min;              ///< closed, in `unit`
  double max;
  bool form_only = false;  ///< neither unit nor range is known: a well-formed number will do
  /// Words that stand for 0, 1, …: one of them is expected, and no number; null: a number is.
  const std::vector<std::string>* choices = nullptr;
  bool whole = false;  ///< a fraction is refused
};

/// How the figures of a declared parameter or setting are to be read.
[[nodiscard]] NumberRule rule_of(const ParameterDecl& decl, std::string path,
                                 std::string given_unit);

/// Reads a number, converts it to the rule's unit and checks its range; reports what is wrong.
[[nodiscard]] std::optional<double> read_number(const Node& node, const NumberRule& rule,
                                                Faults& faults);

/// `0 to 1`, `at least 0`, `any number`.
[[nodiscard]] std::string range_text(double min, double max);

/// Shortest text that reads back as the same number; `inf` for infinity.
[[nodiscard]] std::string number_text(double value);

/// True for snake_case: `a`, `trade_2`.
[[nodiscard]] bool is_key(std::string_view text);

}  // namespace steppe::detail
