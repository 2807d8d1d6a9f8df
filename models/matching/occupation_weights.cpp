#include "models/matching/occupation_weights.hpp"

#include <cmath>
#include <cstdlib>

namespace steppe::matching {
namespace {

using Entries = std::vector<Eigen::Triplet<double>>;

Entries along_edges(const OccupationNetwork& network, std::size_t occupations, double own) {
  Entries entries;
  for (std::size_t k = 0; k < occupations; ++k) entries.emplace_back(k, k, own);
  for (const OccupationNetwork::Edge& edge : network.edges) {
    entries.emplace_back(edge.from, edge.to, (1.0 - own) * edge.weight);
  }
  return entries;
}

Entries by_nearness(const std::vector<std::uint8_t>& level, double own) {
  Entries entries;
  std::vector<double> near(level.size());
  for (std::size_t from = 0; from < level.size(); ++from) {
    double sum = 0.0;
    for (std::size_t to = 0; to < level.size(); ++to) {
      if (to == from) continue;
      const int apart = std::abs(static_cast<int>(level[from]) - static_cast<int>(level[to]));
      near[to] = std::pow(0.25, apart);
      sum += near[to];
    }
    for (std::size_t to = 0; to < level.size(); ++to) {
      if (to != from) entries.emplace_back(from, to, near[to] * ((1.0 - own) / sum));
    }
    entries.emplace_back(from, from, sum > 0.0 ? own : 1.0);
  }
  return entries;
}

}  // namespace

OccupationWeights occupation_weights(const OccupationNetwork& network,
                                     const std::vector<std::uint8_t>& levels, double own) {
  const Entries entries =
      network.empty() ? by_nearness(levels, own) : along_edges(network, levels.size(), own);
  const auto n = static_cast<Eigen::Index>(levels.size());
  OccupationWeights weights(n, n);
  weights.setFromTriplets(entries.begin(), entries.end());
  weights.prune([](Eigen::Index, Eigen::Index, double weight) { return weight > 0.0; });
  return weights;
}

std::vector<double> dense(const OccupationWeights& weights) {
  std::vector<double> all(static_cast<std::size_t>(weights.size()));
  Eigen::Map<Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>(
      all.data(), weights.rows(), weights.cols()) = weights;
  return all;
}

ParameterDecl own_occupation_parameter() {
  return {"own_occupation",
          "T_kk",
          "1",
          0.55,
          0.0,
          1.0,
          Dim::None,
          {},
          "del Rio-Chanona et al. (2021), r = 0.55",
          "Weight of the own occupation among those a seeker applies in; the rest is for related "
          "ones",
          {}};
}

}  // namespace steppe::matching
