#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/explain.hpp"

namespace steppe {

/// One of two figures, and who set it where.
struct FigureSide {
  std::string value;  ///< empty: not set there
  SourcePlace place;  ///< empty file: a default
  std::vector<Source> sources;
};

/// One figure that two scenarios hold differently.
struct FigureChange {
  std::optional<Date> from;   ///< first day on which they differ; none: from the start on
  std::optional<Date> until;  ///< last day; none: to the end, or a single date
  std::string label;          ///< instead of dates: `row 3`, `fly_in`
  std::string when;           ///< condition under which the figures hold, empty for always
  FigureSide old, fresh;
};

/// A value that two scenarios hold differently.
struct AssumptionChange {
  std::string section;  ///< `policy`
  std::string path;     ///< `policy.permits.sector_cap.construction`
  std::string unit;     ///< of the figures, where it is not part of them
  std::string meaning;
  bool stands = false;                ///< figures stand from a date until another
  std::vector<FigureChange> figures;  ///< at least one
  /// False where only what is worked out or checked of a run differs, and not the run.
  [[nodiscard]] bool moves_world() const {
    return section != "indicators" && section != "reality_checks";
  }
};

/// What two scenarios assume differently, in the order model, time, parameters, policy, drivers,
/// projects, population, observation, dimensions, and what they work out and check differently:
/// indicators, reality_checks. Names, questions and descriptions, what is written out and what is
/// recorded are none of these; nor is where an equal figure comes from.
///
/// @param a,b all values in force of the two, as explain() lists them
[[nodiscard]] std::vector<AssumptionChange> differences(const std::vector<Explanation>& a,
                                                        const std::vector<Explanation>& b);

/// The first day on which anything differs; none: from the start on, or nothing does. Only figures
/// that stand from a date on tell theirs: one of a series bends the line before it too.
[[nodiscard]] std::optional<Date> first_difference(const std::vector<AssumptionChange>& changes);

}  // namespace steppe
