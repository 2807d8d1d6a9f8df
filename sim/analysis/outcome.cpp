#include "sim/analysis/outcome.hpp"

#include <limits>

#include "sim/results/dimension_keys.hpp"

namespace steppe {
namespace {

JudgedMetric judge_cell(const Comparison& comparison, std::size_t alternative,
                        const ComparisonQuestion& question,
                        const ComparisonQuestion::Metric& metric, std::size_t variable,
                        std::size_t cell) {
  const MonthSpan span = comparison.span(question.window);
  JudgedMetric out;
  out.variable = metric.variable;
  out.label = metric.label;
  out.unit = comparison.variables()[variable].variable.unit;
  out.estimate = comparison.pairs(alternative, variable, cell, span).estimate(question.confidence);
  const Shown shown = shown_as(out.variable, out.unit, out.estimate.base);
  out.verdict = judge(out.estimate, shown);
  out.sentence = verdict_sentence(out.label, out.estimate, shown, question.confidence);
  return out;
}

void add_cells(const Comparison& comparison, const Dimensions& dimensions, std::size_t alternative,
               const ComparisonQuestion& question, const ComparisonQuestion::Metric& metric,
               AlternativeOutcome& out) {
  for (const Dim dim : question.by) {
    const int variable = comparison.find(metric.variable, {dim});
    if (variable < 0) continue;
    const auto& members = dimensions.of(dim);
    for (std::size_t cell = 0; cell < members.size(); ++cell) {
      JudgedMetric judged = judge_cell(comparison, alternative, question, metric,
                                       static_cast<std::size_t>(variable), cell);
      judged.dim = to_string(dim);
      judged.key = members[cell].key;
      judged.sentence.clear();
      out.cells.push_back(std::move(judged));
    }
  }
}

std::vector<PeopleFigure> count_people(const People& people, const Dimensions& dimensions,
                                       std::size_t alternative, double confidence) {
  std::vector<PeopleFigure> out;
  const auto add = [&](Dim dim, std::size_t key, const std::string& name) {
    for (std::size_t c = 0; c < kPersonChangeCount; ++c) {
      PeopleFigure figure;
      figure.change = static_cast<PersonChange>(c);
      figure.dim = to_string(dim);
      figure.key = name;
      figure.persons = mean_of(people.counts(alternative - 1, figure.change, dim, key), confidence);
      out.push_back(std::move(figure));
    }
  };
  add(Dim::None, 0, "");
  for (const Dim dim : kPeopleDims) {
    const auto& members = dimensions.of(dim);
    for (std::size_t key = 0; key < members.size(); ++key) add(dim, key, members[key].key);
    if (is_of_job(dim)) add(dim, people.extent(dim) - 1, std::string(kNoJob));
  }
  return out;
}

}  // namespace

double difference_of(const Comparison& comparison, const Dimensions& dimensions,
                     std::size_t alternative, const Window& window, const Indicator& wanted) {
  constexpr double kAnyConfidence = 0.9;  // the mean does not depend on it
  const auto mean = [&](int variable, std::size_t cell) {
    return comparison
        .pairs(alternative, static_cast<std::size_t>(variable), cell, comparison.span(window))
        .estimate(kAnyConfidence)
        .difference;
  };
  if (wanted.keys.empty()) {
    const int variable = comparison.find(wanted.name, {});
    if (variable >= 0) return mean(variable, 0);
  } else if (wanted.keys.size() == 1) {
    for (const Dim dim : kAllDims) {
      const int variable = comparison.find(wanted.name, {dim});
      const int cell = dimensions.find(dim, wanted.keys.front());
      if (variable >= 0 && cell >= 0) return mean(variable, static_cast<std::size_t>(cell));
    }
  }
  return std::numeric_limits<double>::quiet_NaN();
}

AlternativeOutcome judge_alternative(const Comparison& comparison, const People& people,
                                     const Dimensions& dimensions, std::size_t alternative,
                                     const ComparisonQuestion& question) {
  AlternativeOutcome out;
  for (const auto& metric : question.metrics) {
    const int total = comparison.find(metric.variable, {});
    if (total >= 0) {
      out.metrics.push_back(judge_cell(comparison, alternative, question, metric,
                                       static_cast<std::size_t>(total), 0));
    }
    add_cells(comparison, dimensions, alternative, question, metric, out);
  }
  out.people_comparable = people.comparable(alternative - 1);
  out.people = count_people(people, dimensions, alternative, question.confidence);
  out.per_100_foreign =
      displacement(comparison, alternative, comparison.span(question.window), question.confidence);
  if (question.fail_if) {
    const auto value = [&](const Indicator& wanted) {
      return difference_of(comparison, dimensions, alternative, question.window, wanted);
    };
    out.condition_value = question.fail_if->evaluate(value);
    out.condition_holds = question.fail_if->holds(value);
  }
  return out;
}

}  // namespace steppe
