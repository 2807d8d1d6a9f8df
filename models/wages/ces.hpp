#pragma once

#include <span>
#include <vector>

namespace steppe::wages {

/// Labour of one skill group.
struct GroupLabour {
  double natives = 0.0, foreigners = 0.0;
};

/// A skill group where marginal products are measured from.
struct GroupReference {
  GroupLabour labour;         ///< both positive
  double bill = 0.0;          ///< of the whole wage bill, this group's part
  double foreign_bill = 0.0;  ///< of the group's wage bill, the foreigners' part
};

/// Changes of log wages.
struct GroupWages {
  double natives = 0.0, foreigners = 0.0;
};

/// Marginal products of Y = K^α L^(1−α), where L is a CES aggregate of skill groups and each group
/// one of natives and foreigners, against a reference at which wage bills are known: those take the
/// place of the weights θ and φ of the aggregates.
///
/// @see Card (2009), American Economic Review 99(2), 1–21; Ottaviano and Peri (2012), Journal of
///      the European Economic Association 10(1), 152–197
class NestedCes {
 public:
  struct Elasticities {
    double capital_share = 1.0 / 3.0;  ///< α
    double skills = 2.0;               ///< σE, between skill groups
    double origins = 20.0;             ///< σN, between natives and foreigners of a group
    bool elastic_capital = false;      ///< K follows L; else K stays
  };
  NestedCes(Elasticities elasticities, std::vector<GroupReference> reference)
      : e_(elasticities), reference_(std::move(reference)) {}
  /// @param now one entry a group, all labour positive
  /// @param out likewise, overwritten
  void log_changes(std::span<const GroupLabour> now, std::span<GroupWages> out) const;

 private:
  Elasticities e_;
  std::vector<GroupReference> reference_;
};

}  // namespace steppe::wages
