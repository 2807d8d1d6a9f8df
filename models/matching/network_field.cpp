#include "models/matching/network_field.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "models/matching/large_market.hpp"
#include "models/matching/search.hpp"
#include "sim/population/base.hpp"

namespace steppe::matching {

using Eigen::ArrayXd;

NetworkField::NetworkField(MeanFieldSetup& setup)
    : search_employed_(setup.parameter("search_on_the_job")),
      applications_(setup.whole("applications_searching")),
      applications_employed_(setup.whole("applications_employed")),
      wage_pull_(setup.parameter("wage_pull")) {
  require_for_map(setup, "network", "duration_dependence", 0.0);
  const OccupationNetwork& network = setup.scenario.network;
  const Eigen::Index n = setup.start.employed.size();
  const double own = setup.parameter("own_occupation");
  std::vector<Eigen::Triplet<double>> entries;
  if (network.empty()) {
    const std::vector<double> dense =
        occupation_weights(network, skill_levels(setup.scenario.dimensions), own);
    for (Eigen::Index i = 0; i < n; ++i) {
      for (Eigen::Index j = 0; j < n; ++j) {
        entries.emplace_back(i, j, dense[static_cast<std::size_t>(i * n + j)]);
      }
    }
  } else {
    for (Eigen::Index i = 0; i < n; ++i) entries.emplace_back(i, i, own);
    for (const OccupationNetwork::Edge& edge : network.edges) {
      entries.emplace_back(edge.from, edge.to, (1.0 - own) * edge.weight);
    }
  }
  weights_.resize(n, n);
  weights_.setFromTriplets(entries.begin(), entries.end());
  transposed_ = weights_.transpose();
}

double NetworkField::offer_chance(double applications, double offers, int beta) {
  double none = 1.0;
  for (int m = 0; m < beta; ++m) {
    const double left = applications - m;
    if (left <= offers) return 1.0;
    none *= 1.0 - offers / left;
  }
  return 1.0 - none;
}

void NetworkField::run(MeanFieldStep& step) {
  MeanField& f = step.field;
  const ArrayXd vacancies = step.visible();
  ArrayXd pull = vacancies;  // what draws applicants to an occupation
  if (wage_pull_ != 0.0) pull *= f.wage.pow(wage_pull_);
  const ArrayXd all = (weights_ * pull.matrix()).array();
  // Where nothing is open within reach nobody applies.
  const auto spread = [&](const ArrayXd& who) -> ArrayXd {
    return (all > 0.0).select(who / all.max(1e-300), ArrayXd::Zero(who.size()));
  };
  const ArrayXd from_search = spread(step.seekers());
  const ArrayXd to_search = pull * (transposed_ * from_search.matrix()).array();
  ArrayXd from_work, to_work;
  ArrayXd sent = applications_ * to_search;
  if (search_employed_ > 0.0) {
    const double share = 1.0 - std::pow(1.0 - search_employed_, step.dt);
    from_work = spread(share * (f.employed - f.separations).max(0.0));
    to_work = pull * (transposed_ * from_work.matrix()).array();
    sent += applications_employed_ * to_work;
  }
  const Eigen::Index n = vacancies.size();
  ArrayXd chance = ArrayXd::Zero(n);
  ArrayXd chance_work = ArrayXd::Zero(n);
  for (Eigen::Index j = 0; j < n; ++j) {
    if (sent[j] <= 0.0 || vacancies[j] <= 0.0) continue;
    const double offers = -vacancies[j] * std::expm1(-sent[j] / vacancies[j]);
    chance[j] =
        applications_ == 1 ? offers / sent[j] : offer_chance(sent[j], offers, applications_);
    double taken = to_search[j] * chance[j];
    if (search_employed_ > 0.0) {
      chance_work[j] = offer_chance(sent[j], offers, applications_employed_);
      taken += to_work[j] * chance_work[j];
    }
    // Fewer applicants than one applicant's applications: the product would give everybody an
    // offer, more than there are.
    if (taken > offers) {
      chance[j] *= offers / taken;
      chance_work[j] *= offers / taken;
    }
  }
  f.hires = to_search * chance;
  f.found = from_search * (weights_ * (pull * chance).matrix()).array();
  if (search_employed_ > 0.0) {
    f.moves_in = to_work * chance_work;
    f.moves_out = from_work * (weights_ * (pull * chance_work).matrix()).array();
  }
}

}  // namespace steppe::matching
