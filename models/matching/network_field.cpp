#include "models/matching/network_field.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "models/matching/large_market.hpp"
#include "sim/population/base.hpp"

namespace steppe::matching {

using Eigen::ArrayXd;

namespace {

/// Products of a matrix with K vectors, in one pass over the matrix: reading it costs more than
/// multiplying. Each has the same bits whatever K is. Four sums a row, so that no addition waits
/// for the one before it.
template <std::size_t K>
void multiply(const OccupationWeights& matrix, const std::array<const ArrayXd*, K>& vectors,
              const std::array<ArrayXd*, K>& products) {
  using Entry = Eigen::Array<double, static_cast<int>(K), 1>;
  Eigen::Array<double, static_cast<int>(K), Eigen::Dynamic> all(K, matrix.cols());
  for (std::size_t k = 0; k < K; ++k) {
    all.row(static_cast<Eigen::Index>(k)) = vectors[k]->transpose();
    products[k]->resize(matrix.rows());
  }
  const double* value = matrix.valuePtr();
  const int* column = matrix.innerIndexPtr();
  for (Eigen::Index i = 0; i < matrix.rows(); ++i) {
    std::array<Entry, 4> sums;
    sums.fill(Entry::Zero());
    int at = matrix.outerIndexPtr()[i];
    const int end = matrix.outerIndexPtr()[i + 1];
    for (; at + 4 <= end; at += 4) {
      for (int s = 0; s < 4; ++s) {
        sums[static_cast<std::size_t>(s)] += value[at + s] * all.col(column[at + s]);
      }
    }
    for (; at < end; ++at) sums[0] += value[at] * all.col(column[at]);
    const Entry sum = (sums[0] + sums[1]) + (sums[2] + sums[3]);
    for (std::size_t k = 0; k < K; ++k) (*products[k])[i] = sum[static_cast<Eigen::Index>(k)];
  }
}

}  // namespace

NetworkField::NetworkField(MeanFieldSetup& setup)
    : search_employed_(setup.parameter("search_on_the_job")),
      applications_(setup.whole("applications_searching")),
      applications_employed_(setup.whole("applications_employed")),
      wage_pull_(setup.parameter("wage_pull")) {
  require_for_map(setup, "network", "duration_dependence", 0.0);
  weights_ = occupation_weights(setup.scenario.network, skill_levels(setup.scenario.dimensions),
                                setup.parameter("own_occupation"));
  transposed_ = weights_.transpose();
  const Eigen::Index n = setup.start.employed.size();
  attraction_ = ArrayXd::Ones(n);
  pull_ahead_ = ArrayXd::Constant(n, -1.0);  // nothing is known ahead of the first step
  chance_search_.resize(n);
  chance_work_.resize(n);
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
  reach(step);
  const MeanField& f = step.field;
  // Where nothing is open within reach nobody applies.
  const auto spread = [&](const auto& who) -> ArrayXd {
    return (reach_ > 0.0).select(who / reach_.max(1e-300), ArrayXd::Zero(reach_.size()));
  };
  from_search_ = spread(step.seekers());
  if (search_employed_ > 0.0) {
    const double share = 1.0 - std::pow(1.0 - search_employed_, step.dt);
    from_work_ = spread(share * (f.employed - f.separations).max(0.0));
    multiply<2>(transposed_, {&from_search_, &from_work_}, {&to_search_, &to_work_});
    to_work_ *= pull_;
  } else {
    multiply<1>(transposed_, {&from_search_}, {&to_search_});
  }
  to_search_ *= pull_;
  find_chances();
  settle(step);
}

/// What is open within reach of each occupation.
void NetworkField::reach(const MeanFieldStep& step) {
  vacancies_ = step.visible();
  if (wage_pull_ != 0.0) attraction_ = step.field.wage.pow(wage_pull_);
  pull_ = attraction_ * vacancies_;
  if ((pull_ == pull_ahead_).all()) {
    reach_.swap(reach_ahead_);
  } else {
    multiply<1>(weights_, {&pull_}, {&reach_});
  }
}

/// The chances of applicants to be hired.
void NetworkField::find_chances() {
  const bool at_work = search_employed_ > 0.0;
  sent_ = applications_ * to_search_;
  if (at_work) sent_ += applications_employed_ * to_work_;
  // Without vacancies nobody applies: the bounds below only keep 0/0 away.
  offers_ = -vacancies_ * (-sent_ / vacancies_.max(1e-300)).expm1();
  if (applications_ == 1 && !at_work) {
    chance_search_ = offers_ / sent_.max(1e-300);
    return;
  }
  for (Eigen::Index j = 0; j < sent_.size(); ++j) {
    chance_search_[j] = chance_work_[j] = 0.0;
    if (sent_[j] <= 0.0) continue;
    chance_search_[j] = applications_ == 1 ? offers_[j] / sent_[j]
                                           : offer_chance(sent_[j], offers_[j], applications_);
    double taken = to_search_[j] * chance_search_[j];
    if (at_work) {
      chance_work_[j] = offer_chance(sent_[j], offers_[j], applications_employed_);
      taken += to_work_[j] * chance_work_[j];
    }
    // Fewer applicants than one applicant's applications: the product would give everybody an
    // offer, more than there are.
    if (taken > offers_[j]) {
      chance_search_[j] *= offers_[j] / taken;
      chance_work_[j] *= offers_[j] / taken;
    }
  }
}

/// Who is hired, by both occupations. The next step's reach is made in the same pass.
void NetworkField::settle(const MeanFieldStep& step) {
  MeanField& f = step.field;
  f.hires = to_search_ * chance_search_;
  if (search_employed_ > 0.0) f.moves_in = to_work_ * chance_work_;
  pull_ahead_ = attraction_ * f.vacancies_after();
  chance_search_ *= pull_;
  if (search_employed_ > 0.0) {
    chance_work_ *= pull_;
    multiply<3>(weights_, {&chance_search_, &chance_work_, &pull_ahead_},
                {&f.found, &f.moves_out, &reach_ahead_});
    f.moves_out *= from_work_;
  } else {
    multiply<2>(weights_, {&chance_search_, &pull_ahead_}, {&f.found, &reach_ahead_});
  }
  f.found *= from_search_;
}

}  // namespace steppe::matching
