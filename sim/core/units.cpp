#include "sim/core/units.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <vector>

#include "sim/core/suggest.hpp"

namespace steppe {
namespace {

struct Name {
  std::string_view name;
  std::string_view base;  ///< empty: a pure number
  double factor;
};

constexpr double kDaysPerMonth = 365.25 / 12.0;

constexpr Name kNames[] = {
    {"1", "", 1.0},
    {"%", "", 0.01},
    {"percent", "", 0.01},
    {"index", "", 1.0},
    {"month", "month", 1.0},
    {"months", "month", 1.0},
    {"year", "month", 12.0},
    {"years", "month", 12.0},
    {"quarter", "month", 3.0},
    {"quarters", "month", 3.0},
    {"week", "month", 7.0 / kDaysPerMonth},
    {"weeks", "month", 7.0 / kDaysPerMonth},
    {"day", "month", 1.0 / kDaysPerMonth},
    {"days", "month", 1.0 / kDaysPerMonth},
    {"person", "person", 1.0},
    {"persons", "person", 1.0},
    {"post", "post", 1.0},
    {"posts", "post", 1.0},
    {"firm", "firm", 1.0},
    {"firms", "firm", 1.0},
    {"minimum_wage", "minimum_wage", 1.0},
    {"minimum_wages", "minimum_wage", 1.0},
    {"tonne", "tonne", 1.0},
    {"tonnes", "tonne", 1.0},
    {"kilotonne", "tonne", 1e3},
    {"kilotonnes", "tonne", 1e3},
    {"megatonne", "tonne", 1e6},
    {"megatonnes", "tonne", 1e6},
    {"kilometre", "kilometre", 1.0},
    {"kilometres", "kilometre", 1.0},
    {"km", "kilometre", 1.0},
};

bool is_currency(std::string_view name) {
  return name.size() == 3 &&
         std::all_of(name.begin(), name.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::string unknown_name(std::string_view name, std::string_view text) {
  std::vector<std::string> known;
  for (const Name& n : kNames) known.emplace_back(n.name);
  std::string upper{name};
  std::transform(upper.begin(), upper.end(), upper.begin(), [](char c) {
    return static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  });
  std::string hint = did_you_mean(name, known);
  if (hint.empty() && is_currency(upper)) hint = fmt::format("did you mean '{}'?", upper);
  const std::string of = name == text ? std::string{} : fmt::format(" in '{}'", text);
  return fmt::format("'{}'{} is no unit known here{}{}", name, of, hint.empty() ? "" : "; ", hint);
}

}  // namespace

Expected<Unit, std::string> Unit::parse(std::string_view text) {
  Unit unit;
  std::size_t at = 0;
  int sign = 1;
  for (;;) {
    const std::size_t end = std::min(text.find_first_of("*/", at), text.size());
    std::string_view term = text.substr(at, end - at);
    while (!term.empty() && term.front() == ' ') term.remove_prefix(1);
    while (!term.empty() && term.back() == ' ') term.remove_suffix(1);
    if (term.empty()) {
      return Unexpected{fmt::format("'{}' is not a unit: a name is missing, as in 1/month", text)};
    }
    int power = 1;
    std::string_view name = term;
    if (const std::size_t caret = term.find('^'); caret != std::string_view::npos) {
      name = term.substr(0, caret);
      const std::string_view digits = term.substr(caret + 1);
      const auto [stop, bad] = std::from_chars(digits.data(), digits.data() + digits.size(), power);
      if (bad != std::errc{} || stop != digits.data() + digits.size() || std::abs(power) > 9) {
        return Unexpected{
            fmt::format("'{}' in '{}' is no power: a whole number to 9 goes here", digits, text)};
      }
    }
    power *= sign;
    const auto* found = std::find_if(std::begin(kNames), std::end(kNames),
                                     [&](const Name& n) { return n.name == name; });
    std::string base;
    if (found != std::end(kNames)) {
      base = found->base;
      unit.factor_ *= std::pow(found->factor, power);
    } else if (is_currency(name)) {
      base = name;
    } else {
      return Unexpected{unknown_name(name, text)};
    }
    if (!base.empty() && (unit.powers_[base] += power) == 0) unit.powers_.erase(base);
    if (end == text.size()) return unit;
    sign = text[end] == '/' ? -1 : 1;
    at = end + 1;
  }
}

std::optional<double> Unit::in(const Unit& other) const {
  if (powers_ != other.powers_) return std::nullopt;
  return factor_ / other.factor_;
}

std::optional<double> conversion(std::string_view from, std::string_view to) {
  if (from == to) return 1.0;
  const auto a = Unit::parse(from);
  const auto b = Unit::parse(to);
  if (!a || !b) return std::nullopt;
  return a->in(*b);
}

}  // namespace steppe
