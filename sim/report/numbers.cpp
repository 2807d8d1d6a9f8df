#include "sim/report/numbers.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <regex>

namespace steppe::report_detail {
namespace {

constexpr const char* kMinus = "\u2212";

/// 10^exponent as the nearest double, which pow need not give.
double power_of_ten(int exponent) {
  const std::string text = "1e" + std::to_string(exponent);
  double power = 0.0;
  std::from_chars(text.data(), text.data() + text.size(), power);
  return power;
}

int decimals_of(double place) {
  return std::clamp(static_cast<int>(std::lround(-std::log10(place))), 0, 12);
}

std::string two_digits(int value) {
  return {static_cast<char>('0' + value / 10 % 10), static_cast<char>('0' + value % 10)};
}

}  // namespace

double digit_place(double error, double finest) {
  if (!std::isfinite(error) || error <= finest) return finest;
  int exponent = static_cast<int>(std::floor(std::log10(error)));
  // log10 may be a rounding error off at the powers themselves.
  while (power_of_ten(exponent) > error) --exponent;
  while (power_of_ten(exponent + 1) <= error) ++exponent;
  return std::max(power_of_ten(exponent), finest);
}

double place_for_digits(double value, int digits, double finest) {
  if (!std::isfinite(value) || value == 0.0) return finest;
  const int exponent = static_cast<int>(std::floor(std::log10(std::abs(value)))) - digits + 1;
  return std::max(power_of_ten(exponent), finest);
}

Numbers::Numbers(const Words& words)
    : words_(words), decimal_(words("format.decimal")), group_(words("format.group")) {
  // An invisible character is named in the table of words.
  if (group_ == "U+202F") group_ = "\u202F";
}

std::string Numbers::number(double value, double place, bool sign) const {
  if (std::isnan(value)) return words_("term.none");
  if (std::isinf(value)) return words_("term.no_limit");
  const int decimals = decimals_of(place);
  const double rounded = place > 1.0 ? std::round(value / place) * place : value;
  // Independent of the locale, unlike printf; the largest double has 309 digits before the point.
  std::array<char, 400> digits{};
  const auto written = std::to_chars(digits.data(), digits.data() + digits.size(),
                                     std::abs(rounded), std::chars_format::fixed, decimals);
  std::string whole(digits.data(), written.ptr);
  std::string fraction;
  if (const std::size_t point = whole.find('.'); point != std::string::npos) {
    fraction = whole.substr(point + 1);
    whole.resize(point);
  }
  const bool zero = whole.find_first_not_of('0') == std::string::npos &&
                    fraction.find_first_not_of('0') == std::string::npos;
  std::string out;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    if (i > 0 && (whole.size() - i) % 3 == 0) out += group_;
    out += whole[i];
  }
  if (!fraction.empty()) out += decimal_ + fraction;
  if (zero) return out;
  if (value < 0.0) return kMinus + out;
  return sign ? '+' + out : out;
}

std::string Numbers::plain(double value) const {
  if (!std::isfinite(value) || value == 0.0) return number(value, 1.0);
  double place = 1.0;
  for (int digits = 0; digits < 9; ++digits, place /= 10.0) {
    const double scaled = value / place;
    if (std::abs(scaled - std::round(scaled)) < 1e-6 || std::abs(scaled) >= 1e5) {
      return number(value, place);
    }
  }
  return number(value, 1e-9);
}

std::string Numbers::interval(double low, double high, double place, bool sign) const {
  if (std::isnan(low) || std::isnan(high)) return words_("term.none");
  return words_("term.to", {{"a", number(low, place, sign)}, {"b", number(high, place, sign)}});
}

std::string Numbers::date(Date date) const {
  return words_("format.date", {{"d", std::to_string(date.day)},
                                {"dd", two_digits(date.day)},
                                {"mm", two_digits(date.month)},
                                {"mon", words_("month." + two_digits(date.month))},
                                {"y", std::to_string(date.year)}});
}

std::string Numbers::month(Month month) const {
  return words_("format.month", {{"mm", two_digits(month.month())},
                                 {"mon", words_("month." + two_digits(month.month()))},
                                 {"y", std::to_string(month.year())}});
}

std::string Numbers::written(const std::string& text) const {
  static const std::regex kDay("[0-9]{4}-(0[1-9]|1[0-2])-[0-9]{2}");
  static const std::regex kPeriod("[0-9]{4}-(Q[1-4]|0[1-9]|1[0-2])");
  if (std::regex_match(text, kDay)) {
    return date({std::stoi(text), std::stoi(text.substr(5)), std::stoi(text.substr(8))});
  }
  return std::regex_match(text, kPeriod) ? period(text) : text;
}

std::string Numbers::period(const std::string& period) const {
  int year = 0;
  int part = 0;
  if (std::sscanf(period.c_str(), "%d-Q%d", &year, &part) == 2 && part >= 1 && part <= 4) {
    constexpr const char* kRoman[] = {"I", "II", "III", "IV"};
    return words_(
        "format.quarter",
        {{"y", std::to_string(year)}, {"q", std::to_string(part)}, {"roman", kRoman[part - 1]}});
  }
  if (std::sscanf(period.c_str(), "%d-%d", &year, &part) == 2 && part >= 1 && part <= 12) {
    return month(Month(year, part));
  }
  return period;
}

}  // namespace steppe::report_detail
