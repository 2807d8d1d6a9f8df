#include "models/matching/ways.hpp"

#include <algorithm>
#include <cmath>

namespace steppe::matching {
namespace {

std::size_t open_in(const World& world, RegionId region, OccupationId occupation) {
  return world.market(world.market_id(region, occupation)).size() +
         world.market(world.national_market(occupation)).size();
}

}  // namespace

Ways::Ways(const Setup& setup)
    : wage_pull_(setup.parameter("wage_pull")),
      weights_(occupation_weights(setup.scenario.network, setup.world.base().skill_level,
                                  setup.parameter("own_occupation"))),
      occupations_(setup.world.base().sizes.occupations),
      attraction_(occupations_, 1.0),
      everywhere_(occupations_) {
  const std::size_t regions = setup.world.base().sizes.regions;
  pull_.resize(regions * occupations_);
  ready_.resize(pull_.size());
  sums_.resize(regions * static_cast<std::size_t>(weights_.nonZeros()));
}

void Ways::begin(const Step& step) {
  const World& world = step.world;
  std::fill(ready_.begin(), ready_.end(), std::uint8_t{0});
  if (wage_pull_ != 0.0) weigh_wages(step);
  for (std::size_t k = 0; k < occupations_; ++k) {
    everywhere_[k] = world.market(world.national_market(OccupationId{k})).size() > 0;
  }
  for (std::size_t r = 0; r < world.base().sizes.regions; ++r) {
    for (std::size_t k = 0; k < occupations_; ++k) {
      pull_[r * occupations_ + k] =
          attraction_[k] * static_cast<double>(open_in(world, RegionId{r}, OccupationId{k}));
    }
  }
}

void Ways::weigh_wages(const Step& step) {
  // Mean over regions and sectors of the occupation's wage index.
  std::fill(attraction_.begin(), attraction_.end(), 0.0);
  const std::vector<double>& index = step.signals.wage_index;
  for (std::size_t c = 0; c < index.size(); ++c) attraction_[c % occupations_] += index[c];
  for (double& a : attraction_) a = std::pow(a, wage_pull_);
}

void Ways::add_up(std::size_t source) {
  const std::size_t region = source / occupations_;
  const double* pull = pull_.data() + region * occupations_;
  const int* row = weights_.outerIndexPtr() + source % occupations_;
  double* sums = sums_.data() + region * static_cast<std::size_t>(weights_.nonZeros());
  double sum = 0.0;
  for (int way = row[0]; way < row[1]; ++way) {
    sum += weights_.valuePtr()[way] * pull[weights_.innerIndexPtr()[way]];
    sums[way] = sum;
  }
  ready_[source] = 1;
}

OccupationId Ways::find(OccupationId occupation, RegionId region, std::uint32_t word) {
  const std::size_t source = region.at() * occupations_ + occupation.at();
  if (ready_[source] == 0) add_up(source);
  const int* row = weights_.outerIndexPtr() + occupation.at();
  const double* first =
      sums_.data() + region.at() * static_cast<std::size_t>(weights_.nonZeros()) + row[0];
  auto left = static_cast<std::size_t>(row[1] - row[0]);
  const double* last = first + left - 1;
  if (*last <= 0.0) return OccupationId::none();
  const double sought = word * 0x1.0p-32 * *last;
  // The first sum above what is sought, by halves. Which half cannot be predicted: no branch.
  const double* found = first;
  while (left > 1) {
    const std::size_t half = left / 2;
    found += half * static_cast<std::size_t>(found[half - 1] <= sought);
    left -= half;
  }
  // Rounding may lead beyond the last sum: back to the last way with vacancies.
  if (*found <= sought) found = std::lower_bound(first, last, *last);
  return OccupationId{static_cast<std::size_t>(weights_.innerIndexPtr()[row[0] + (found - first)])};
}

VacancyId Ways::choose(const World& world, RegionId region, OccupationId occupation,
                       std::uint32_t word) {
  const MarketTable& here = world.market(world.market_id(region, occupation));
  const MarketTable& national = world.market(world.national_market(occupation));
  const std::uint64_t all = here.size() + national.size();
  const std::uint64_t at = (std::uint64_t{word} * all) >> 32;
  // What is left of the word after the choice of the table is uniform again.
  const auto rest = static_cast<std::uint32_t>(std::uint64_t{word} * all);
  if (at < here.size()) {
    return here.choose(static_cast<std::uint32_t>(((at << 32) + rest) / here.size()));
  }
  return national.choose(
      static_cast<std::uint32_t>((((at - here.size()) << 32) + rest) / national.size()));
}

}  // namespace steppe::matching
