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
       "1: every occupation of a region is a market; 0: the whole country is one",
       {}}};
  for (ParameterDecl& shared : search_parameters()) parameters.push_back(std::move(shared));
  return parameters;
}

Segments segments_of(const ParameterReader& reader) {
  return reader.parameter("match_segments") >= 0.5 ? Segments::OccupationByRegion
                                                   : Segments::Country;
}

std::int64_t draw_matches(const Step& step, MarketId market, std::int64_t seekers,
                          std::int64_t posts, double expected) {
  const double chance = std::min(1.0, expected / static_cast<double>(seekers));
  RandomEngine engine(step.draws, kMatches, market.value());
  boost::random::binomial_distribution<std::int64_t> matches(seekers, chance);
  return std::min(matches(engine), posts);
}

void require_even_chances(const MeanFieldSetup& setup, std::string_view variant) {
  require_for_map(setup, variant, "duration_dependence", 0.0);
}

}  // namespace steppe::matching
