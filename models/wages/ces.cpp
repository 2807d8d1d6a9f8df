#include "models/wages/ces.hpp"

#include <cmath>

namespace steppe::wages {
namespace {

/// The sum behind a CES aggregate, term by term: a weight times exp of ρ × a log change. At ρ = 0,
/// elasticity 1, the aggregate is geometric.
class LogAggregate {
 public:
  explicit LogAggregate(double elasticity) : rho_((elasticity - 1.0) / elasticity) {}
  void add(double weight, double log_change) {
    sum_ += rho_ == 0.0 ? weight * log_change : weight * std::expm1(rho_ * log_change);
  }
  /// Log change of the aggregate; weights must sum to 1.
  [[nodiscard]] double log_change() const { return rho_ == 0.0 ? sum_ : std::log1p(sum_) / rho_; }

 private:
  double rho_, sum_ = 0.0;
};

}  // namespace

void NestedCes::log_changes(std::span<const GroupLabour> now, std::span<GroupWages> out) const {
  LogAggregate all(e_.skills);
  for (std::size_t g = 0; g < reference_.size(); ++g) {
    const GroupReference& before = reference_[g];
    const double natives = std::log(now[g].natives / before.labour.natives);
    const double foreigners = std::log(now[g].foreigners / before.labour.foreigners);
    LogAggregate group(e_.origins);
    group.add(1.0 - before.foreign_bill, natives);
    group.add(before.foreign_bill, foreigners);
    const double labour = group.log_change();
    all.add(before.bill, labour);
    // What the group itself adds; the whole labour's part is the same for all and comes below.
    out[g].natives = (labour - natives) / e_.origins - labour / e_.skills;
    out[g].foreigners = (labour - foreigners) / e_.origins - labour / e_.skills;
  }
  const double labour = all.log_change();
  const double common = labour / e_.skills - (e_.elastic_capital ? 0.0 : e_.capital_share * labour);
  for (std::size_t g = 0; g < reference_.size(); ++g) {
    out[g].natives += common;
    out[g].foreigners += common;
  }
}

}  // namespace steppe::wages
