#include "sim/report/context.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace steppe::report_detail {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

/// `2009-01`; the epoch when the text is none.
Month parse_month(std::string_view text) {
  int year = 1900;
  int month = 1;
  const char* const end = text.data() + text.size();
  const auto dash = std::from_chars(text.data(), end, year);
  if (dash.ptr < end) std::from_chars(dash.ptr + 1, end, month);
  return {year, std::clamp(month, 1, 12)};
}

double mean_of(const std::vector<double>& values, const Span& span, double factor, double base) {
  double sum = 0.0;
  int n = 0;
  const int last = std::min(span.last, static_cast<int>(values.size()));
  for (int i = span.first; i < last; ++i) {
    const double value = values[static_cast<std::size_t>(i)];
    if (!std::isfinite(value)) continue;
    sum += value;
    ++n;
  }
  return n == 0 ? kMissing : sum / n * factor - base;
}

}  // namespace

Context::Context(const ReportInput& report_input, const ReportOptions& report_options)
    : input(report_input),
      options(report_options),
      words(report_options.language),
      numbers(words),
      citizens(words.variant("citizens", report_input.country)) {
  months_ = static_cast<int>(input.summary.months.size());
  if (months_ == 0) return;
  first_month_ = parse_month(input.summary.months.front());
  for (int i = 0; i < months_; ++i) {
    const Month month = first_month_ + i;
    if (i == 0 || month.month() == 1) years_.push_back({i, i, std::to_string(month.year())});
    years_.back().last = i + 1;
  }
  if (years_.size() > 1) {
    start_ = years_.front();
    end_ = years_.back();
  } else {
    start_ = {0, 1, numbers.month(first_month_)};
    end_ = {months_ - 1, months_, numbers.month(first_month_ + (months_ - 1))};
  }
}

const Variable* Context::variable(std::string_view name) const {
  const auto found = std::find_if(input.variables.begin(), input.variables.end(),
                                  [&](const Variable& v) { return v.name == name; });
  return found == input.variables.end() ? nullptr : &*found;
}

Display Context::display(const SummarySeries& series) const {
  const Variable* const described = variable(series.variable);
  const bool index = described != nullptr && described->kind == VariableKind::Index;
  if (series.unit == "1" && index) {
    // Any base will do for an index: the first year is 100 here.
    const double base = average(series, start_).mean;
    return {base > 0.0 ? 100.0 / base : 100.0, 0.1, words("unit.index"), {}};
  }
  if (is_share(series.variable, series.unit)) return {100.0, 0.1, {}, words("unit.percent")};
  if (series.unit == "1") return {1.0, 0.001, {}, {}};
  if (series.unit.size() > 3 && series.unit.substr(3) == "/month") {
    return {1e-3, 1.0, thousand_money(series.unit), {}};
  }
  if (series.unit == "post") return {1.0, 1.0, words("unit.posts"), {}};
  if (series.unit == "months" || series.unit == "month") {
    return {1.0, 0.01, words("unit.months"), {}};
  }
  if (series.unit == "person" || series.unit == "person/month")
    return {1.0, 1.0, words("unit.people"), {}};
  return {1.0, 1e-3, unit(series.unit), {}};
}

std::string Context::simulated_from() const {
  return numbers.month(Month(input.start.year, input.start.month));
}

Text Context::variable_name(std::string_view name) const {
  const std::string key = "var." + std::string(name);
  if (words.has(key)) return {words(key, {{"citizens", citizens}}), {}};
  const Variable* const described = variable(name);
  const std::string code{name};
  return {described == nullptr ? code : words.described(described->long_name, code), {}};
}

const Member* Context::member(const DimKey& key) const {
  const int at = input.dimensions.find(key.first, key.second);
  return at < 0 ? nullptr : &input.dimensions.of(key.first)[static_cast<std::size_t>(at)];
}

Text Context::key_name(const DimKey& key) const {
  const Member* const found = member(key);
  if (found != nullptr && !found->label.texts.empty()) return words.label(found->label, {});
  if (key.first == Dim::Sex && words.has("sex." + key.second)) {
    return {words("sex." + key.second), {}};
  }
  if (key.first == Dim::Age) {
    const std::size_t bar = key.second.find('_');
    const std::string low = key.second.substr(0, bar);
    const std::string high = bar == std::string::npos ? "" : key.second.substr(bar + 1);
    if (high == "plus") return {words("age.open", {{"a", low}}), {}};
    if (!high.empty()) return {words("age.range", {{"a", low}, {"b", high}}), {}};
  }
  if (is_open(key.first)) {
    const auto bound = open_bound(key.first, key.second);
    const std::string word = key.first == Dim::Staff   ? "key.staff"
                             : key.first == Dim::Share ? "key.share"
                                                       : "key.years";
    if (bound) return {words(word, {{"n", numbers.count(*bound)}}), {}};
  }
  return {key.second, {}};
}

std::string Context::money(std::string_view unit) const {
  const std::string code{unit.substr(0, unit.find('/'))};
  return words.has("money." + code) ? words("money." + code) : code;
}

std::string Context::unit(std::string_view unit) const {
  std::string out;
  for (std::string_view rest = unit; !rest.empty();) {
    const std::size_t slash = rest.find('/');
    const std::string name{rest.substr(0, slash)};
    const std::string word = "measure." + name;
    out += (out.empty() ? "" : "/") + (words.has(word) ? words(word) : money(name));
    rest.remove_prefix(slash == std::string_view::npos ? rest.size() : slash + 1);
  }
  return out;
}

std::string Context::choice(const std::string& word) const {
  const std::string key = "choice." + word;
  return words.has(key) ? words(key) : word;
}

std::string Context::kind(const std::string& kind) const {
  const std::string key = "kind." + kind;
  return words.has(key) ? words(key) : kind;
}

std::string Context::thousand_money(std::string_view unit) const {
  return words("unit.thousand", {{"money", money(unit)}});
}

std::string Context::shown(double value, double place, const Display& display, bool unit) const {
  std::string out = numbers.number(value, place);
  if (!std::isfinite(value)) return out;
  out += display.suffix;
  if (unit && !display.unit.empty()) out += ' ' + display.unit;
  return out;
}

Display difference_display(const Context& context, Display level) {
  Display out = std::move(level);
  if (!out.suffix.empty()) {
    // Hundredths of a point: the noise that pairing leaves is that small.
    out.suffix.clear();
    out.unit = context.words("unit.points");
    out.finest = 0.01;
  } else if (out.factor != 1.0 && out.unit != context.words("unit.index")) {
    out.finest = 0.01;  // tens of a currency shown in thousands
  }
  return out;
}

Average average(const SummarySeries& series, const Span& span, double factor, double base) {
  return {mean_of(series.mean, span, factor, base), mean_of(series.se_mc, span, factor, 0.0),
          mean_of(series.p05, span, factor, base),  mean_of(series.p25, span, factor, base),
          mean_of(series.p50, span, factor, base),  mean_of(series.p75, span, factor, base),
          mean_of(series.p95, span, factor, base)};
}

Change change(const Average& from, const Average& to, bool has_intervals) {
  if (!has_intervals || std::isnan(from.p05) || std::isnan(to.p05)) return Change::Single;
  if (to.p05 > from.p95) return Change::Up;
  if (to.p95 < from.p05) return Change::Down;
  return Change::Unclear;
}

}  // namespace steppe::report_detail
