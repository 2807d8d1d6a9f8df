#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <string_view>
#include <vector>

#include "sim/core/declaration.hpp"

namespace steppe::permits {

/// Parameters, levers and series of the variant permit_queue.
[[nodiscard]] VariantDecl declaration();
/// Its levers.
[[nodiscard]] std::vector<LeverDecl> levers();
/// Values of them that contradict each other.
[[nodiscard]] std::vector<LeverConflict> conflicts();

// What other variants of the slot share with it.
/// Its parameters of these names, in their order. @throws ModelError when it has none of a name.
[[nodiscard]] std::vector<ParameterDecl> parameters(std::initializer_list<std::string_view> names);
/// Those of its levers that say who may enter: all that Ceilings reads, the border and the
/// labour-market test.
[[nodiscard]] std::vector<LeverDecl> levers_of_entry();
/// Those that say what a permit costs: all that Charges reads.
[[nodiscard]] std::vector<LeverDecl> levers_of_charges();
/// The contradictions of which every side is among the levers.
[[nodiscard]] std::vector<LeverConflict> conflicts_among(const std::vector<LeverDecl>& levers);

/// What becomes of the fraction of a head that a share of a staff gives; in the order of the words
/// of permits.firm_share_rounding.
enum class Rounding : std::uint8_t { Down, Nearest, Up };

/// How many foreigners a firm may have on its staff under a share of its staff; no limit (a large
/// number) when the share is infinite.
///
/// A firm with fewer than `small` nationals may always have one.
/// @param local_base the share is of nationals instead of all staff
[[nodiscard]] inline std::int64_t firm_ceiling(double share, bool local_base,
                                               std::int64_t nationals, std::int64_t foreigners,
                                               double small, Rounding rounding = Rounding::Down) {
  if (!std::isfinite(share)) return std::numeric_limits<std::int64_t>::max();
  const auto base = static_cast<double>(local_base ? nationals : nationals + foreigners);
  // A share given as a decimal fraction may miss the whole number it means by a rounding error.
  constexpr double kError = 1e-12;
  const double heads = share * base;
  const double whole = rounding == Rounding::Up        ? std::ceil(heads * (1.0 - kError))
                       : rounding == Rounding::Nearest ? std::floor(heads * (1.0 + kError) + 0.5)
                                                       : std::floor(heads * (1.0 + kError));
  const auto ceiling = static_cast<std::int64_t>(whole);
  return static_cast<double>(nationals) < small ? std::max<std::int64_t>(ceiling, 1) : ceiling;
}

/// Whether one more head fits under a ceiling in persons.
/// @param records heads counted already, in records of `weight` persons
[[nodiscard]] inline bool fits(std::int64_t records, double weight, double ceiling) {
  return (static_cast<double>(records) + 1.0) * weight <= ceiling * (1.0 + 1e-12);
}

/// Steps a vacancy must have stood before it may go abroad: the labour-market test rounded up, and
/// one at least, since nationals search on it only then.
[[nodiscard]] inline int test_steps(double days, double months_per_step) {
  constexpr double kDaysPerMonth = 365.25 / 12.0;
  return std::max(1, static_cast<int>(std::ceil(days / (kDaysPerMonth * months_per_step) - 1e-9)));
}

/// What a post costs a month; wages in MNT/month, durations in months.
struct Costs {
  double vacancy = 0.0;      ///< output lost by a month of vacancy [national wages]
  double recruitment = 0.0;  ///< of bringing somebody from abroad [foreign monthly wages]
  double permit = 0.0;       ///< of a permit's paperwork [national monthly wages]
  double duration = 1.0;     ///< expected length of the job

  /// Waiting `wait` months for a national and training the one who comes for `training` wages.
  [[nodiscard]] double local(double wage, double wait, double training) const {
    return wage * (1.0 + (vacancy * wait + training) / duration);
  }
  /// Bringing a foreigner.
  [[nodiscard]] double foreign(double wage, double foreign_wage, double fee) const {
    return foreign_wage + fee + (recruitment * foreign_wage + permit * wage) / duration;
  }
  /// Keeping a foreigner whose permit is to be renewed.
  [[nodiscard]] double renewed(double wage, double foreign_wage, double fee) const {
    return foreign_wage + fee + permit * wage / duration;
  }
  /// Hiring one without a permit: no fee, but what is expected to be lost by inspection.
  [[nodiscard]] double irregular(double foreign_wage, double expected_loss) const {
    return foreign_wage + recruitment * foreign_wage / duration + expected_loss;
  }
};

/// Share of employers for whom abroad is the cheaper way: a logit in the log of relative cost. A
/// scale of 0 is the bare comparison.
[[nodiscard]] inline double prefers_foreign(double foreign, double local, double scale) {
  if (scale <= 0.0) return foreign < local ? 1.0 : 0.0;
  return 1.0 / (1.0 + std::pow(foreign / local, 1.0 / scale));
}

}  // namespace steppe::permits
