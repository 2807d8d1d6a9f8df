#include "models/matching/aggregate.hpp"

#include <boost/random/binomial_distribution.hpp>

#include "models/matching/large_market.hpp"
#include "sim/core/random_engine.hpp"

namespace steppe::matching {
namespace {

constexpr Purpose kMatches{"matching/aggregate/matches"};

}  // namespace

std::vector<ParameterDecl> aggregate_parameters() {
  std::vector<ParameterDecl> parameters = {
      {"match_segments",
       "",
       "1",
       1.0,
       0.0,
       1.0,
       Dim::None,
       {},
       "assumption",
       "Whether the whole country is one market, or every occupation of a region",
       {},
       false,
       {"country", "occupations"}}};
  for (ParameterDecl& shared : search_parameters()) parameters.push_back(std::move(shared));
  return parameters;
}

Segments segments_of(const ParameterReader& reader) {
  return reader.is("match_segments", "occupations") ? Segments::OccupationByRegion
                                                    : Segments::Country;
}

std::int64_t draw_matches(const Step& step, MarketId market, std::int64_t seekers,
                          std::int64_t posts, double expected) {
  const double chance = std::min(1.0, expected / static_cast<double>(seekers));
  RandomEngine engine(step.draws, kMatches, market.value());
  boost::random::binomial_distribution<std::int64_t> matches(seekers, chance);
  return std::min(matches(engine), posts);
}

Aggregate::Aggregate(Setup& setup, const MatchingFunction& function)
    : function_(function), meetings_(setup, segments_of(setup)) {
  setup.signals.filling_rate = [function](double tightness) { return function.filling(tightness); };
}

void Aggregate::run(Step& step) {
  meetings_.run_by_lot(step, [&](MarketId market, std::int64_t seekers, std::int64_t posts) {
    const auto u = static_cast<double>(seekers);
    const auto v = static_cast<double>(posts);
    return draw_matches(step, market, seekers, posts, in_step(function_(u, v), step.dt, u, v));
  });
}

AggregateMap::AggregateMap(MeanFieldSetup& setup, std::string_view variant,
                           const MatchingFunction& function)
    : function_(function), segments_(segments_of(setup)) {
  require_for_map(setup, variant, "duration_dependence", 0.0);
  setup.start.filling_rate = [function](double tightness) { return function.filling(tightness); };
}

void AggregateMap::run(MeanFieldStep& step) const {
  const Eigen::ArrayXd seekers = step.seekers();
  const Eigen::ArrayXd visible = step.visible();
  MeanField& field = step.field;
  if (segments_ == Segments::Country) {
    const double u = seekers.sum();
    const double v = visible.sum();
    if (u <= 0.0 || v <= 0.0) return;
    const double matches = in_step(function_(u, v), step.dt, u, v);
    field.found = seekers * (matches / u);
    field.hires = visible * (matches / v);
    return;
  }
  for (Eigen::Index k = 0; k < seekers.size(); ++k) {
    if (seekers[k] <= 0.0 || visible[k] <= 0.0) continue;
    field.hires[k] = in_step(function_(seekers[k], visible[k]), step.dt, seekers[k], visible[k]);
  }
  field.found = field.hires;
}

}  // namespace steppe::matching
