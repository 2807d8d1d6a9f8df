#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/api/policy.hpp"
#include "sim/core/declaration.hpp"
#include "sim/core/months.hpp"
#include "sim/core/phase_time.hpp"

namespace steppe {

/// How a variable behaves in time, and so how it is summed, averaged and described.
enum class VariableKind {
  Stock,  ///< at the month's end
  Flow,   ///< over the month
  Rate,   ///< ratio of stocks or flows
  Index,  ///< wages, prices
};

/// What is recorded: one name, one unit, by zero or more dimensions.
struct Variable {
  std::string name;       ///< `unemployment_rate`
  std::string unit;       ///< `person`, `1`, `MNT/month`, `person/month`
  std::string long_name;  ///< English sentence-case label
  VariableKind kind = VariableKind::Stock;
  std::vector<Dim> dims;  ///< in the order of the data's axes after time
  bool in_tidy = true;    ///< also written to tidy.csv and summary.csv (cross tables are not)
  int digits = 0;         ///< digits after the point in text files
};

/// True for a share of a whole, which is shown as per cent; other ratios of unit 1 are not.
/// @param variable its name says it: a rate, a share, or one of a few that have other names
[[nodiscard]] bool is_share(std::string_view variable, std::string_view unit);

/// The values of one variable in one realization: [month × cells], row-major, cells in the order of
/// the dimensions. Missing values are NaN.
struct Table {
  Variable variable;
  std::vector<std::size_t> shape;  ///< sizes of the dimensions; empty for a national total
  std::vector<double> data;
  [[nodiscard]] std::size_t cells() const {
    std::size_t n = 1;
    for (const std::size_t s : shape) n *= s;
    return n;
  }
};

/// What became of a reality check in one realization.
struct RealityOutcome {
  bool judged = false;          ///< its condition had a value in some month
  std::optional<Month> failed;  ///< the first month in which it did not hold
  /// What could nowhere be judged did not hold: a check that looks at nothing must not pass.
  [[nodiscard]] bool held() const { return judged && !failed; }
};

/// Everything one realization leaves behind.
struct Recording {
  std::vector<Month> months;            ///< the reported months
  std::vector<Table> tables;            ///< same variables in the same order in every realization
  std::vector<PhaseTime> phase_times;   ///< in the order the phases ran
  std::vector<LeverUse> levers;         ///< what the levers set by the scenario did
  std::vector<RealityOutcome> reality;  ///< of the scenario's reality checks, in their order
  std::uint64_t persons = 0;            ///< records at the end
  std::uint64_t events = 0;             ///< hires, separations and other changes of status
  std::uint64_t bytes = 0;              ///< of persons, firms and markets at the end
  double seconds = 0.0;                 ///< run time, set-up excluded
  std::uint64_t checks = 0;             ///< accounting checks made, all of which held
};

/// Age bands of the results, by first age: 15–24, 25–34, 35–44, 45–54, 55–64, 65+ and 0–14 first.
inline constexpr int kAgeBandCount = 7;
inline constexpr int kAgeBandStart[kAgeBandCount] = {0, 15, 25, 35, 45, 55, 65};
[[nodiscard]] int age_band(int age_years);
/// `15_24`.
[[nodiscard]] const char* age_band_key(int band);

}  // namespace steppe
