#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/analysis/comparison.hpp"
#include "sim/analysis/people.hpp"
#include "sim/analysis/verdict.hpp"
#include "sim/core/expression.hpp"

namespace steppe {

/// What a comparison is asked.
struct ComparisonQuestion {
  struct Metric {
    std::string variable;
    std::string label;  ///< lower case, as in a sentence
  };
  std::vector<Metric> metrics;  ///< judged, one after another
  std::vector<Dim> by;          ///< the metrics also by these, where they are recorded so
  Window window;                ///< over which they are averaged
  double confidence = 0.9;
  std::optional<Expression> fail_if;  ///< over mean differences in the window
};

/// One metric, or one cell of it.
struct JudgedMetric {
  std::string variable, label, unit;
  std::string dim, key;  ///< empty for the national total
  Estimate estimate;
  Verdict verdict = Verdict::Unclear;
  std::string sentence;  ///< of a national total
};

/// A change of persons over realizations.
struct PeopleFigure {
  PersonChange change = PersonChange::Compared;
  std::string dim, key;  ///< empty for the total
  Mean persons;
};

/// How one alternative compares with the base.
struct AlternativeOutcome {
  std::string scenario;
  std::vector<JudgedMetric> metrics;      ///< national totals, in the order asked
  std::vector<JudgedMetric> cells;        ///< metric by metric, dimension by dimension
  bool people_comparable = true;          ///< false: it starts from other people
  std::vector<PeopleFigure> people;       ///< totals first, then by dimension
  Ratio per_100_foreign;                  ///< displacement()
  std::optional<double> condition_value;  ///< of the question's `fail_if`; NaN when missing
  bool condition_holds = false;
  std::vector<std::string> levers;  ///< what the levers did that it changes, a sentence each
  std::vector<std::string> notes;   ///< what to know before reading a verdict, a sentence each
};

/// What a comparison found, without times and places: verdicts.json.
struct Outcome {
  std::string base;
  Window window;
  double confidence = 0.9;
  int replications = 0;
  std::uint64_t seed = 1;
  std::int64_t scale = 1;
  std::string condition;  ///< text of `fail_if`, or empty
  std::vector<AlternativeOutcome> alternatives;
};

/// Answers the question for one alternative (1 …); `levers` stays empty.
[[nodiscard]] AlternativeOutcome judge_alternative(const Comparison& comparison,
                                                   const People& people,
                                                   const Dimensions& dimensions,
                                                   std::size_t alternative,
                                                   const ComparisonQuestion& question);

/// The mean difference that a name of `fail_if` stands for; NaN when it is missing.
/// @param wanted a variable, with the key of a dimension it is recorded by in brackets
[[nodiscard]] double difference_of(const Comparison& comparison, const Dimensions& dimensions,
                                   std::size_t alternative, const Window& window,
                                   const Indicator& wanted);

[[nodiscard]] std::string to_json(const Outcome& outcome);
/// @throws IoError when the text is no outcome
[[nodiscard]] Outcome parse_outcome(const std::string& json);

}  // namespace steppe
