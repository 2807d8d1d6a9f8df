#pragma once

#include <algorithm>
#include <string_view>
#include <vector>

#include "models/matching/matching_function.hpp"
#include "models/matching/meetings.hpp"
#include "sim/api/mean_field.hpp"
#include "sim/api/step.hpp"

namespace steppe::matching {

/// The parameters that every aggregate matching function reads beside its own.
[[nodiscard]] std::vector<ParameterDecl> aggregate_parameters();

/// Whether markets are the whole country, as the parameter `match_segments` says.
[[nodiscard]] Segments segments_of(const ParameterReader& reader);

/// Expected matches of a step: those of a month times its length, never more than there are seekers
/// or vacancies.
[[nodiscard]] inline double in_step(double matches_per_month, double dt, double seekers,
                                    double vacancies) {
  return std::min({matches_per_month * dt, seekers, vacancies});
}

/// The number of matches in a market, drawn: binomial among its seekers, no more than its posts.
/// @param expected in the step
[[nodiscard]] std::int64_t draw_matches(const Step& step, MarketId market, std::int64_t seekers,
                                        std::int64_t posts, double expected);

/// Agents under a matching function.
class Aggregate {
 public:
  Aggregate(Setup& setup, const MatchingFunction& function);
  void run(Step& step);

 private:
  MatchingFunction function_;
  Meetings meetings_;
};

/// The mean-field map of a matching function.
class AggregateMap {
 public:
  /// @throws ConfigError where chances fall with the length of search
  AggregateMap(MeanFieldSetup& setup, std::string_view variant, const MatchingFunction& function);
  void run(MeanFieldStep& step) const;

 private:
  MatchingFunction function_;
  Segments segments_;
};

}  // namespace steppe::matching
