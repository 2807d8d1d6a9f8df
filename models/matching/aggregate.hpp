#pragma once

#include <algorithm>
#include <string_view>
#include <vector>

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
/// @param per_month called with seekers and vacancies, gives matches [1/month]
template <class Function>
void run_aggregate(Step& step, Meetings& meetings, const Function& per_month) {
  meetings.run_by_lot(step, [&](MarketId market, std::int64_t seekers, std::int64_t posts) {
    const auto u = static_cast<double>(seekers);
    const auto v = static_cast<double>(posts);
    return draw_matches(step, market, seekers, posts, in_step(per_month(u, v), step.dt, u, v));
  });
}

/// The mean-field map of a matching function.
template <class Function>
class AggregateMap {
 public:
  /// @throws ConfigError where chances fall with the length of search
  AggregateMap(MeanFieldSetup& setup, std::string_view variant, Function per_month);
  void run(MeanFieldStep& step) const;

 private:
  Function per_month_;
  Segments segments_;
};

/// @throws ConfigError where chances fall with the length of search
void require_even_chances(const MeanFieldSetup& setup, std::string_view variant);

template <class Function>
AggregateMap<Function>::AggregateMap(MeanFieldSetup& setup, std::string_view variant,
                                     Function per_month)
    : per_month_(per_month), segments_(segments_of(setup)) {
  require_even_chances(setup, variant);
}

template <class Function>
void AggregateMap<Function>::run(MeanFieldStep& step) const {
  const Eigen::ArrayXd seekers = step.seekers();
  const Eigen::ArrayXd visible = step.visible();
  steppe::MeanField& field = step.field;
  if (segments_ == Segments::Country) {
    const double u = seekers.sum();
    const double v = visible.sum();
    if (u <= 0.0 || v <= 0.0) return;
    const double matches = in_step(per_month_(u, v), step.dt, u, v);
    field.found = seekers * (matches / u);
    field.hires = visible * (matches / v);
    return;
  }
  for (Eigen::Index k = 0; k < seekers.size(); ++k) {
    if (seekers[k] <= 0.0 || visible[k] <= 0.0) continue;
    field.hires[k] = in_step(per_month_(seekers[k], visible[k]), step.dt, seekers[k], visible[k]);
  }
  field.found = field.hires;
}

}  // namespace steppe::matching
