#pragma once

#include <Eigen/Core>

#include "models/matching/occupation_weights.hpp"
#include "sim/api/mean_field.hpp"

namespace steppe::matching {

/// The mean field of search over an occupational network, by those without and with a job.
class NetworkField {
 public:
  explicit NetworkField(MeanFieldSetup& setup);
  void run(MeanFieldStep& step);

  /// Probability that a person with β applications in an occupation gets an offer there, where s
  /// applications meet o offers: 1 − Π_{m<β} (1 − min(1, o/(s − m))).
  [[nodiscard]] static double offer_chance(double applications, double offers, int beta);

 private:
  void reach(const MeanFieldStep& step);
  void find_chances();
  void settle(const MeanFieldStep& step);

  OccupationWeights weights_;     ///< W: from × to
  OccupationWeights transposed_;  ///< to × from
  double search_employed_ = 0.0;
  int applications_ = 1;
  int applications_employed_ = 1;
  double wage_pull_ = 0.0;

  // Of the step under way, kept for their memory.
  Eigen::ArrayXd vacancies_;                    ///< those seen [post]
  Eigen::ArrayXd attraction_;                   ///< of an occupation by its wage
  Eigen::ArrayXd pull_;                         ///< what draws applicants to an occupation
  Eigen::ArrayXd reach_;                        ///< W·pull, by the occupation of the seeker
  Eigen::ArrayXd from_search_, from_work_;      ///< those who search, over their reach
  Eigen::ArrayXd to_search_, to_work_;          ///< applicants [person]
  Eigen::ArrayXd sent_;                         ///< applications, by the post's occupation
  Eigen::ArrayXd offers_;                       ///< as many vacancies get one
  Eigen::ArrayXd chance_search_, chance_work_;  ///< of an applicant to be hired
  // Of the next step.
  Eigen::ArrayXd pull_ahead_;   ///< pull if no post is withdrawn and no wage changes
  Eigen::ArrayXd reach_ahead_;  ///< W·pull_ahead
};

}  // namespace steppe::matching
