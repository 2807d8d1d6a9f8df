#include "sim/analysis/verdict.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/core/error.hpp"
#include "sim/observe/recording.hpp"

namespace steppe {
namespace {

constexpr std::array<std::string_view, 4> kNames = {"no_detectable_change", "likely_higher",
                                                    "likely_lower", "unclear"};

/// Digits of an amount of money that are shown.
constexpr int kMoneyDigits = 5;

/// Thousands apart: 1 234 567.
std::string grouped(const std::string& digits) {
  const std::size_t point = std::min(digits.find('.'), digits.size());
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const bool follows_digit = i > 0 && digits[i - 1] != '-';
    if (i < point && follows_digit && (point - i) % 3 == 0) out += ' ';
    out += digits[i];
  }
  return out;
}

std::string capitalised(std::string_view text) {
  std::string out(text);
  if (!out.empty() && out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 32);
  return out;
}

std::string plural(std::string_view unit) {
  for (const std::string_view thing : {"person", "post", "permit", "month"}) {
    if (unit == thing) return std::string(unit) + "s";
    if (unit == std::string(thing) + "/month") return std::string(thing) + "s a month";
  }
  return unit == "1" ? std::string() : std::string(unit);
}

}  // namespace

std::string_view to_string(Verdict verdict) { return kNames[static_cast<std::size_t>(verdict)]; }

Verdict verdict_named(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<Verdict>(i);
  }
  throw IoError(fmt::format("there is no verdict '{}'", name));
}

bool rests_on_few(std::string_view unit, double level, std::int64_t scale) {
  const bool counts = unit == "person" || unit == "post" || unit == "permit";
  return counts && level < kFewestRecords * static_cast<double>(scale);
}

double Shown::half_digit() const { return 0.5 * std::pow(10.0, -decimals) / factor; }

Shown Shown::to_error(double se, const Interval& interval) const {
  Shown out = *this;
  if (std::isfinite(se) && se > 0.0) {
    out.decimals = std::min(decimals, 1 - static_cast<int>(std::floor(std::log10(factor * se))));
  }
  // A bound that reads 0 and is not would hide on which side of it the interval lies.
  for (const double bound : {interval.low, interval.high}) {
    const auto reads_zero = [&] {
      return std::abs(bound) < out.half_digit() && std::abs(bound) > 1e-3 * half_digit();
    };
    while (out.decimals <= decimals && reads_zero()) ++out.decimals;
  }
  return out;
}

std::string Shown::text(double value) const {
  if (!std::isfinite(value)) return "–";
  double figure = factor * value;
  if (decimals < 0) {
    const double step = std::pow(10.0, -decimals);
    figure = step * std::round(figure / step);
  }
  std::string digits = fmt::format("{:.{}f}", figure, std::max(0, decimals));
  if (digits.starts_with('-') && digits.find_first_not_of("-0.") == std::string::npos) {
    digits.erase(0, 1);
  }
  return grouped(digits);
}

std::string Shown::signed_text(double value) const {
  const std::string plain = text(value);
  const bool is_zero = plain.find_first_not_of("0.") == std::string::npos;
  return value > 0.0 && !is_zero ? "+" + plain : plain;
}

Shown shown_as(std::string_view variable, std::string_view unit, double level) {
  if (is_share(variable, unit)) return {100.0, 2, "%", "percentage points"};
  const std::string name = plural(unit);
  if (unit.starts_with("MNT")) {
    const double size = std::abs(level);
    const int digits = size >= 1.0 ? static_cast<int>(std::floor(std::log10(size))) + 1 : 1;
    return {1.0, std::min(0, kMoneyDigits - digits), name, name};
  }
  if (unit == "1" || unit == "1/month") return {1.0, 4, name, name};
  if (unit == "month") return {1.0, 2, name, name};
  return {1.0, 0, name, name};
}

Verdict judge(const Estimate& estimate, const Shown& shown) {
  if (estimate.all_zero) return Verdict::NoDetectableChange;
  const double half = shown.half_digit();
  if (estimate.interval.low >= -half && estimate.interval.high <= half) {
    return Verdict::NoDetectableChange;
  }
  if (estimate.interval.low > 0.0) return Verdict::LikelyHigher;
  if (estimate.interval.high < 0.0) return Verdict::LikelyLower;
  return Verdict::Unclear;
}

std::string verdict_sentence(std::string_view label, const Estimate& estimate, const Shown& shown,
                             double confidence) {
  const std::string name = capitalised(label);
  const std::string unit = shown.difference.empty() ? "" : " " + shown.difference;
  const std::string level = shown.unit.empty() ? "" : " " + shown.unit;
  if (estimate.n == 0) return name + ": unclear; no replication has a value.";
  const Shown difference = shown.to_error(estimate.se, estimate.interval);
  const auto between = [&](double low, double high) {
    return fmt::format("{:.0f} % interval {} to {}", 100.0 * confidence, difference.text(low),
                       difference.text(high));
  };
  const auto likely = [&](const char* word, double low, double high) {
    const std::string size = difference.text(std::abs(estimate.difference));
    const bool is_one = size == "1" && unit.ends_with("s");
    return fmt::format("{}: likely {}, by {}{} ({}): {} instead of {}{}.", name, word, size,
                       is_one ? unit.substr(0, unit.size() - 1) : unit, between(low, high),
                       shown.text(estimate.alternative), shown.text(estimate.base), level);
  };
  switch (judge(estimate, shown)) {
    case Verdict::NoDetectableChange:
      return fmt::format("{}: no detectable change from {}{}.", name, shown.text(estimate.base),
                         level);
    case Verdict::LikelyHigher:
      return likely("higher", estimate.interval.low, estimate.interval.high);
    case Verdict::LikelyLower:
      return likely("lower", -estimate.interval.high, -estimate.interval.low);
    case Verdict::Unclear:
      break;
  }
  if (std::isnan(estimate.se)) {
    return fmt::format("{}: unclear; one replication gives no interval.", name);
  }
  return fmt::format("{}: unclear; a change between {} and {}{} fits ({:.0f} % interval).", name,
                     difference.signed_text(estimate.interval.low),
                     difference.signed_text(estimate.interval.high), unit, 100.0 * confidence);
}

}  // namespace steppe
