#include "sim/scenario/values.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "sim/core/suggest.hpp"
#include "sim/core/units.hpp"

namespace steppe::detail {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view trimmed(std::string_view text) {
  const std::size_t from = text.find_first_not_of(" \t\n");
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(" \t\n") - from + 1);
}

Unexpected<std::string> no_number(std::string_view text, std::string_view why) {
  return Unexpected{fmt::format("'{}' is not a number{}", text, why)};
}

int digits_to_int(std::string_view text) {
  int value = -1;
  if (std::all_of(text.begin(), text.end(), is_digit)) {
    std::from_chars(text.data(), text.data() + text.size(), value);
  }
  return value;
}

}  // namespace

Expected<Quantity, std::string> parse_quantity(std::string_view text) {
  const std::string_view all = trimmed(text);
  if (all == "none" || all == "no limit" || all == "inf" || all == ".inf") {
    return Quantity{std::numeric_limits<double>::infinity(), {}};
  }
  std::string_view rest = all;
  const bool negative = !rest.empty() && rest.front() == '-';
  if (!rest.empty() && (rest.front() == '+' || negative)) rest.remove_prefix(1);
  if (rest.empty() || (!is_digit(rest.front()) && rest.front() != '.')) {
    return no_number(all, ", as in 0.05 or 30 %");
  }
  if (rest.size() > 1 && rest[0] == '0' && (rest[1] == 'x' || rest[1] == 'o' || rest[1] == 'b')) {
    return no_number(all, " here; write it in decimal digits");
  }
  double value = 0.0;
  const auto [stop, failure] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
  const std::string_view digits = rest.substr(0, static_cast<std::size_t>(stop - rest.data()));
  if (failure != std::errc{})
    return no_number(
        all, failure == std::errc::result_out_of_range ? ": it is too large or too small" : "");
  if (digits.size() > 1 && digits[0] == '0' && is_digit(digits[1])) {
    std::string plain{digits.substr(std::min(digits.find_first_not_of('0'), digits.size() - 1))};
    return no_number(all, fmt::format(": a leading zero marks octal numbers in YAML; write {}{}",
                                      negative ? "-" : "", plain));
  }
  rest = rest.substr(digits.size());
  if (!rest.empty() && (rest.front() == ',' || rest.front() == '_' || rest.front() == '\'')) {
    return no_number(all, "; write digits alone and a point for the fraction, as in 1250000.5");
  }
  Quantity quantity{negative ? -value : value, std::string{trimmed(rest)}};
  // `1/month` is one per month.
  if (!quantity.unit.empty() && quantity.unit.front() == '/') quantity.unit.insert(0, 1, '1');
  if (!quantity.unit.empty()) {
    const auto unit = Unit::parse(quantity.unit);
    if (!unit) return Unexpected{unit.error()};
  }
  return quantity;
}

Date PartialDate::first_day() const { return {year, std::max(1, month), std::max(1, day)}; }

Date PartialDate::last_day() const {
  if (day > 0) return {year, month, day};
  if (month == 0) return {year, 12, 31};
  return date_from_days(days_since_epoch((Month(year, month) + 1).first_day()) - 1);
}

Date PartialDate::middle() const {
  return month == 0 ? Date{year, 7, 1} : Date{year, month, std::max(1, day)};
}

Expected<PartialDate, std::string> parse_date(std::string_view text) {
  const auto wrong = [&] {
    return Unexpected{
        fmt::format("'{}' is not a date; write year-month-day, as in 2026-07-01", text)};
  };
  PartialDate date;
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return wrong();
  date.year = digits_to_int(text.substr(0, 4));
  if (date.year < 0) return wrong();
  if (date.year < 1900 || date.year > 2199) {
    return Unexpected{fmt::format("the year of '{}' is not between 1900 and 2199", text)};
  }
  if (text.size() == 4) return date;
  if (text[4] != '-') return wrong();
  if (text[5] == 'Q' && text.size() == 7) {
    const int quarter = digits_to_int(text.substr(6, 1));
    if (quarter < 1 || quarter > 4) return wrong();
    date.month = quarter * 3 - 1;
    return date;
  }
  date.month = digits_to_int(text.substr(5, 2));
  if (date.month < 0) return wrong();
  if (text.size() == 10) {
    date.day = text[7] == '-' ? digits_to_int(text.substr(8, 2)) : -1;
    if (date.day < 0) return wrong();
  }
  if (date.month < 1 || date.month > 12 || (text.size() == 10 && date.day == 0) ||
      !is_valid(date.first_day())) {
    return Unexpected{fmt::format("there is no date {} in the calendar", text)};
  }
  return date;
}

std::optional<double> read_number(const Node& node, const NumberRule& rule, Faults& faults) {
  if (!node.is_text()) {
    faults.error(node.mark,
                 fmt::format("{}: a number is expected, not {}", rule.what, describe(node)));
    return std::nullopt;
  }
  if (rule.choices != nullptr) {
    const auto word = std::find(rule.choices->begin(), rule.choices->end(), node.text);
    if (word != rule.choices->end()) return static_cast<double>(word - rule.choices->begin());
    faults.error(
        node.mark,
        fmt::format("{} is '{}', expected {}", rule.what, node.text, list_of(*rule.choices, 24)),
        did_you_mean(node.text, *rule.choices));
    return std::nullopt;
  }
  const auto quantity = parse_quantity(node.text);
  if (!quantity) {
    faults.error(node.mark, fmt::format("{}: {}", rule.what, quantity.error()));
    return std::nullopt;
  }
  if (rule.form_only) return quantity->value;
  const std::string wanted = rule.unit.empty() ? "1" : rule.unit;
  double value = quantity->value;
  if (std::isfinite(value)) {
    std::string given = quantity->unit.empty() ? rule.given_unit : quantity->unit;
    if (given.empty()) {
      if (conversion(wanted, "1").value_or(0.0) != 1.0) {
        faults.error(node.mark,
                     fmt::format("{} needs a unit: write '{} {}'", rule.what, node.text, wanted));
        return std::nullopt;
      }
      given = wanted;
    }
    const auto factor = conversion(given, wanted);
    if (!factor) {
      faults.error(node.mark,
                   fmt::format("{}: unit '{}' given, '{}' expected", rule.what, given, wanted));
      return std::nullopt;
    }
    value *= *factor;
  }
  if (!(value >= rule.min && value <= rule.max)) {
    const bool pure = wanted == "1";
    faults.error(node.mark,
                 fmt::format("{} is {}{}{}, expected {}{}{}", rule.what, number_text(value),
                             pure ? "" : " ", pure ? "" : wanted, range_text(rule.min, rule.max),
                             pure ? "" : " ", pure ? "" : wanted));
    return std::nullopt;
  }
  if (rule.whole && value != std::floor(value)) {
    faults.error(node.mark,
                 fmt::format("{} is {}{}{}, expected a whole number", rule.what, number_text(value),
                             wanted == "1" ? "" : " ", wanted == "1" ? "" : wanted));
    return std::nullopt;
  }
  return value;
}

NumberRule rule_of(const ParameterDecl& decl, std::string path, std::string given_unit) {
  NumberRule rule{std::move(path), decl.unit, std::move(given_unit), decl.min, decl.max};
  if (!decl.choices.empty()) rule.choices = &decl.choices;
  rule.whole = decl.whole;
  return rule;
}

std::string range_text(double min, double max) {
  if (std::isfinite(min) && std::isfinite(max)) {
    return fmt::format("{} to {}", number_text(min), number_text(max));
  }
  if (std::isfinite(min)) return fmt::format("at least {}", number_text(min));
  if (std::isfinite(max)) return fmt::format("at most {}", number_text(max));
  return "any number";
}

std::string number_text(double value) {
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  // Plain digits for what people write as plain digits; {} alone would give 1e+06.
  const double size = std::abs(value);
  if (size >= 1e-4 && size < 1e15) {
    char text[64];
    const auto [end, failure] =
        std::to_chars(text, text + sizeof text, value, std::chars_format::fixed);
    if (failure == std::errc{}) return {text, end};
  }
  return fmt::format("{}", value);
}

bool is_key(std::string_view text) {
  if (text.empty() || text.front() < 'a' || text.front() > 'z') return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || is_digit(c) || c == '_'; });
}

}  // namespace steppe::detail
