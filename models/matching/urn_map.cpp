#include "models/matching/urn_map.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "models/matching/large_market.hpp"
#include "models/matching/occupation_weights.hpp"
#include "models/matching/several_applications.hpp"
#include "sim/population/base.hpp"

namespace steppe::matching {

UrnMap::UrnMap(MeanFieldSetup& setup) : applications_(setup.whole("applications")) {
  require_for_map(setup, "urn", "duration_dependence", 0.0);
  require_for_map(setup, "urn", "skill_tolerance", 1.0);
  const std::vector<double> weights =
      dense(occupation_weights(setup.scenario.network, skill_levels(setup.scenario.dimensions),
                               setup.parameter("own_occupation")));
  const Eigen::Index n = setup.start.employed.size();
  // Skill that counts less elsewhere would let those of the occupation go first.
  if (n > 1) require_for_map(setup, "urn", "skill_transfer", 1.0);
  weights_ =
      Eigen::Map<const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>(
          weights.data(), n, n);
}

void UrnMap::run(MeanFieldStep& step) const {
  const Eigen::ArrayXd seekers = step.seekers();
  const Eigen::ArrayXd visible = step.visible();
  steppe::MeanField& field = step.field;
  const Eigen::Index n = seekers.size();
  // q_ij: where an application from i goes; nobody applies where nothing is within reach.
  Eigen::ArrayXXd share = weights_.array().rowwise() * visible.transpose();
  for (Eigen::Index i = 0; i < n; ++i) {
    const double sum = share.row(i).sum();
    if (sum > 0.0) share.row(i) /= sum;
  }
  const Eigen::ArrayXd sent =
      applications_ * (share.matrix().transpose() * seekers.matrix()).array();
  // p_j: that an application brings an offer.
  Eigen::ArrayXd chance = Eigen::ArrayXd::Zero(n);
  for (Eigen::Index j = 0; j < n; ++j) {
    if (sent[j] <= 0.0 || visible[j] <= 0.0) continue;
    chance[j] = -visible[j] * std::expm1(-sent[j] / visible[j]) / sent[j];
  }
  if (applications_ == 1) {
    field.hires = sent * chance;
    field.found = seekers * (share.matrix() * chance.matrix()).array();
    return;
  }
  // The best paid offer is taken: of those with offers, whose best is in a class of equal wages is
  // whoever has one there and none above.
  std::vector<Eigen::Index> by_wage(static_cast<std::size_t>(n));
  std::iota(by_wage.begin(), by_wage.end(), Eigen::Index{0});
  std::stable_sort(by_wage.begin(), by_wage.end(),
                   [&](Eigen::Index a, Eigen::Index b) { return field.wage[a] > field.wage[b]; });
  for (Eigen::Index i = 0; i < n; ++i) {
    double offered = 0.0;  // chance that an application brings an offer so well paid
    double without = 1.0;  // that none does
    for (std::size_t first = 0; first < by_wage.size();) {
      std::size_t last = first;
      double in_class = 0.0;
      for (; last < by_wage.size() && field.wage[by_wage[last]] == field.wage[by_wage[first]];
           ++last) {
        in_class += share(i, by_wage[last]) * chance[by_wage[last]];
      }
      offered += in_class;
      const double still_without = std::pow(std::max(0.0, 1.0 - offered), applications_);
      const double taken = seekers[i] * (without - still_without);
      for (std::size_t k = first; in_class > 0.0 && k < last; ++k) {
        const Eigen::Index j = by_wage[k];
        field.hires[j] += taken * share(i, j) * chance[j] / in_class;
      }
      without = still_without;
      first = last;
    }
    field.found[i] = seekers[i] * (1.0 - without);
  }
}

}  // namespace steppe::matching
