#include "app/compare_question.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "app/headline.hpp"
#include "app/options.hpp"
#include "sim/core/suggest.hpp"
#include "sim/observe/own_indicators.hpp"
#include "sim/observe/recorder.hpp"
#include "sim/results/dimension_keys.hpp"
#include "sim/results/text.hpp"

namespace steppe::app {
namespace {

std::vector<std::string> split(const std::vector<std::string>& lists) {
  std::vector<std::string> out;
  for (const std::string& list : lists) {
    for (std::size_t at = 0; at <= list.size();) {
      const std::size_t comma = std::min(list.find(',', at), list.size());
      const std::string word = list.substr(at, comma - at);
      if (std::find(out.begin(), out.end(), word) == out.end()) out.push_back(word);
      at = comma + 1;
    }
  }
  return out;
}

std::string with_hint(const std::string& sentence, const std::string& word,
                      const std::vector<std::string>& known) {
  const std::string hint = did_you_mean(word, known);
  return hint.empty() ? sentence : sentence + "; " + hint;
}

/// What is recorded of all scenarios and summarised, their own indicators included.
class Recorded {
 public:
  explicit Recorded(const std::vector<Scenario>& scenarios) : scenario_(scenarios.front()) {
    const Recorder recorder(scenario_);
    for (const Table& table : recorder.tables()) {
      if (table.variable.in_tidy) variables_.push_back(table.variable);
    }
    for (const OwnIndicator& own : scenario_.indicators) {
      const bool in_all =
          std::all_of(scenarios.begin(), scenarios.end(), [&](const Scenario& other) {
            return std::any_of(
                other.indicators.begin(), other.indicators.end(),
                [&](const OwnIndicator& one) { return one.name == own.name && one.by == own.by; });
          });
      if (in_all) variables_.push_back(variable_of(own));
    }
  }

  [[nodiscard]] std::vector<std::string> names() const {
    std::set<std::string> names;
    for (const Variable& variable : variables_) names.insert(variable.name);
    return {names.begin(), names.end()};
  }

  /// Dimensions a variable is recorded by, each alone; Dim::None for the national total.
  [[nodiscard]] std::vector<Dim> dims_of(const std::string& name) const {
    std::vector<Dim> dims;
    for (const Variable& variable : variables_) {
      if (variable.name != name || variable.dims.size() > 1) continue;
      dims.push_back(variable.dims.empty() ? Dim::None : variable.dims.front());
    }
    return dims;
  }
  [[nodiscard]] bool is_by(const std::string& name, Dim dim) const {
    const std::vector<Dim> dims = dims_of(name);
    return std::find(dims.begin(), dims.end(), dim) != dims.end();
  }

  /// As in a sentence: the headline's words, else the variable's own in lower case.
  [[nodiscard]] std::string label(const std::string& name) const {
    for (const HeadlineMeasure& measure : headline_measures()) {
      if (name == measure.variable) return measure.label;
    }
    for (const Variable& variable : variables_) {
      if (variable.name != name) continue;
      std::string text = variable.long_name;
      if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z')
        text[0] = static_cast<char>(text[0] + 32);
      return text;
    }
    return name;
  }

  /// `vacancies is recorded by sector, region`, without the national total.
  [[nodiscard]] std::string told_by(const std::string& name) const {
    std::vector<std::string> words;
    for (const Dim dim : dims_of(name)) {
      if (dim != Dim::None) words.emplace_back(to_string(dim));
    }
    return words.empty() ? fmt::format("'{}' is recorded for the country alone", name)
                         : fmt::format("'{}' is recorded by {}", name, list_of(words));
  }

  [[nodiscard]] const Scenario& scenario() const { return scenario_; }

 private:
  const Scenario& scenario_;
  std::vector<Variable> variables_;
};

std::vector<ComparisonQuestion::Metric> metrics_of(const CompareRequest& request,
                                                   const Recorded& recorded,
                                                   const std::vector<Dim>& by) {
  std::vector<ComparisonQuestion::Metric> metrics;
  if (request.metrics.empty()) {
    for (const HeadlineMeasure& measure : headline_measures()) {
      if (recorded.is_by(measure.variable, Dim::None)) {
        metrics.push_back({measure.variable, measure.label});
      }
    }
    return metrics;
  }
  const std::vector<std::string> names = recorded.names();
  for (const std::string& name : split(request.metrics)) {
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      throw UsageError(
          with_hint(fmt::format("--metric is '{}', which is not recorded", name), name, names));
    }
    const bool is_shown =
        recorded.is_by(name, Dim::None) ||
        std::any_of(by.begin(), by.end(), [&](Dim dim) { return recorded.is_by(name, dim); });
    if (!is_shown) {
      throw UsageError(
          fmt::format("--metric is '{}', of which there is no figure of the country: "
                      "{}; ask for it with --by",
                      name, recorded.told_by(name)));
    }
    metrics.push_back({name, recorded.label(name)});
  }
  return metrics;
}

std::vector<Dim> dims_of(const std::vector<std::string>& words) {
  std::vector<std::string> known;
  for (const Dim dim : kAllDims) known.emplace_back(to_string(dim));
  std::vector<Dim> dims;
  for (const std::string& word : split(words)) {
    const Dim dim = dimension_named(word);
    if (word.empty() || dim == Dim::None) {
      throw UsageError(with_hint(
          fmt::format("--by is '{}', expected one of {}", word, list_of(known)), word, known));
    }
    dims.push_back(dim);
  }
  return dims;
}

void require_some(const std::vector<ComparisonQuestion::Metric>& metrics,
                  const std::vector<Dim>& by, const Recorded& recorded) {
  for (const Dim dim : by) {
    const bool some = std::any_of(metrics.begin(), metrics.end(), [&](const auto& metric) {
      return recorded.is_by(metric.variable, dim);
    });
    if (some) continue;
    std::vector<std::string> sentences;
    for (const auto& metric : metrics) sentences.push_back(recorded.told_by(metric.variable));
    throw UsageError(fmt::format("--by is '{}', by which no metric is recorded: {}", to_string(dim),
                                 fmt::join(sentences, ", ")));
  }
}

/// `2030` or `2030-06`, or nothing.
std::optional<Window> window_of(const std::string& text) {
  const auto number = [&](std::size_t from, std::size_t count) {
    int value = -1;
    const char* const end = text.data() + from + count;
    const auto [stop, failure] = std::from_chars(text.data() + from, end, value);
    return failure == std::errc{} && stop == end ? value : -1;
  };
  if (text.size() != 4 && (text.size() != 7 || text[4] != '-')) return std::nullopt;
  const int year = number(0, 4);
  if (year < 0) return std::nullopt;
  if (text.size() == 4) return Window{Month(year, 1), Month(year, 12)};
  const int month = number(5, 2);
  if (month < 1 || month > 12) return std::nullopt;
  return Window{Month(year, month), Month(year, month)};
}

/// The same, or two of them with dots between: `2026-07..2029-06`.
std::optional<Window> span_of(const std::string& text) {
  const std::size_t dots = text.find("..");
  if (dots == std::string::npos) return window_of(text);
  const auto from = window_of(text.substr(0, dots));
  const auto to = window_of(text.substr(dots + 2));
  if (!from || !to || to->last < from->first) return std::nullopt;
  return Window{from->first, to->last};
}

Window window_of(const std::string& at, const Scenario& scenario) {
  const Clock clock = scenario.clock();
  const Month first = scenario.time.first_recorded();
  const Month last = clock.month(clock.steps() - 1);
  if (at.empty()) return {std::max(first, last - 11), last};
  const std::optional<Window> wanted = span_of(at);
  if (!wanted) {
    throw UsageError(
        fmt::format("--at is '{}', expected a year or a month, as 2030 or 2030-06, or a span of "
                    "them, as 2026-07..2029-06",
                    at));
  }
  const Window window{std::max(first, wanted->first), std::min(last, wanted->last)};
  if (window.first > window.last) {
    throw UsageError(fmt::format("--at is '{}', but results are from {} to {}", at,
                                 month_text(first), month_text(last)));
  }
  return window;
}

Diagnostic fault(const std::string& formula, int position, int length, std::string message,
                 std::string suggestion = {}) {
  Diagnostic d;
  d.place = {"--fail-if", 1, position + 1};
  d.message.text = std::move(message);
  d.suggestion = std::move(suggestion);
  d.source_line = formula;
  d.length = length;
  return d;
}

/// What is wrong with a name of the formula.
std::optional<Diagnostic> fault_of(const Indicator& wanted, const std::string& formula,
                                   const Recorded& recorded) {
  const auto mistaken = [&](std::string message, std::string suggestion = {}) {
    return fault(formula, wanted.position, static_cast<int>(wanted.name.size()), std::move(message),
                 std::move(suggestion));
  };
  const std::vector<std::string> names = recorded.names();
  if (std::find(names.begin(), names.end(), wanted.name) == names.end()) {
    return mistaken(fmt::format("nothing called '{}' is recorded", wanted.name),
                    did_you_mean(wanted.name, names));
  }
  if (wanted.keys.size() > 1) {
    return mistaken(fmt::format("'{}' takes one key in its brackets", wanted.name));
  }
  if (wanted.keys.empty()) {
    if (recorded.is_by(wanted.name, Dim::None)) return std::nullopt;
    return mistaken(fmt::format("'{}' needs a key in brackets: {}", wanted.name,
                                recorded.told_by(wanted.name)));
  }
  std::vector<std::string> keys;
  for (const Dim dim : recorded.dims_of(wanted.name)) {
    if (dim == Dim::None) continue;
    if (recorded.scenario().dimensions.find(dim, wanted.keys.front()) >= 0) return std::nullopt;
    for (const std::string& key : dimension_keys(recorded.scenario().dimensions, dim)) {
      keys.push_back(key);
    }
  }
  return mistaken(fmt::format("'{}' has no key '{}': {}", wanted.name, wanted.keys.front(),
                              recorded.told_by(wanted.name)),
                  did_you_mean(wanted.keys.front(), keys));
}

Expected<Expression, Diagnostics> condition_of(const std::string& formula,
                                               const Recorded& recorded) {
  auto parsed = Expression::parse(formula);
  if (!parsed) {
    const ExpressionError& error = parsed.error();
    return Unexpected{Diagnostics{fault(formula, error.position, error.length, error.message)}};
  }
  if (!parsed->is_condition()) {
    return Unexpected{Diagnostics{fault(formula, 0, static_cast<int>(formula.size()),
                                        "this is a number and no condition; compare it, as in "
                                        "'employed < -500'")}};
  }
  Diagnostics faults;
  for (const Indicator& wanted : parsed->indicators()) {
    if (auto found = fault_of(wanted, formula, recorded)) faults.push_back(std::move(*found));
  }
  if (!faults.empty()) return Unexpected{std::move(faults)};
  return std::move(parsed).value();
}

}  // namespace

Expected<ComparisonQuestion, Diagnostics> ask(const CompareRequest& request,
                                              const std::vector<Scenario>& scenarios) {
  const Recorded recorded(scenarios);
  ComparisonQuestion question;
  question.by = dims_of(request.by);
  question.metrics = metrics_of(request, recorded, question.by);
  require_some(question.metrics, question.by, recorded);
  question.window = window_of(request.at, scenarios.front());
  question.confidence = static_cast<double>(request.confidence) / 100.0;
  if (!request.fail_if.empty()) {
    auto condition = condition_of(request.fail_if, recorded);
    if (!condition) return Unexpected{condition.error()};
    question.fail_if = std::move(condition).value();
  }
  return question;
}

}  // namespace steppe::app
