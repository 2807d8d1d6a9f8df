#pragma once

#include <Eigen/Core>
#include <Eigen/SparseCore>

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
  using Matrix = Eigen::SparseMatrix<double, Eigen::RowMajor>;
  Matrix weights_;     ///< W: from × to
  Matrix transposed_;  ///< to × from
  double search_employed_ = 0.0;
  int applications_ = 1;
  int applications_employed_ = 1;
  double wage_pull_ = 0.0;
};

}  // namespace steppe::matching
