#pragma once

#include <Eigen/Core>
#include <array>
#include <cstddef>
#include <vector>

#include "sim/population/settings.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/world/ledger.hpp"

namespace steppe {

/// Single years of age are told apart up to this one, which holds all who are older.
inline constexpr int kAgeMax = 100;
inline constexpr std::size_t kAges = kAgeMax + 1;
inline constexpr int kWorkingAge = 15;

/// Persons of one sex between two ages in years, both included.
struct AgeBand {
  int lo = 0;
  int hi = 0;
  std::size_t sex = 0;
  double records = 0.0;
};

/// The country's tables after the rules of observation: what the start population shall look like,
/// in records (persons ÷ scale) that are not whole yet.
struct Country {
  Sizes sizes;
  double scale = 1.0;
  double coverage = 1.0;

  std::vector<AgeBand> residents;
  std::vector<double> region;  ///< residents by region
  double employed = 0.0;       ///< nationals at work, self-employed included
  double searching = 0.0;
  double discouraged = 0.0;
  std::vector<AgeBand> employed_bands;    ///< empty without a table; sums to `employed`
  std::vector<double> unemployment_odds;  ///< by region: jobless persons per person at work
  std::array<double, 3> duration{};  ///< searching for < 6, 6–11 and ≥ 12 months, sums to 1

  std::vector<double> sector;         ///< nationals at work; sums to `employed`
  Eigen::ArrayXXd sector_region;      ///< share of a sector's posts, rows sum to 1
  Eigen::ArrayXXd sector_occupation;  ///< share of a sector's workers, rows sum to 1
  double self_employed = 0.0;
  std::size_t self_employed_sector = 0;
  std::size_t self_employed_occupation = 0;
  Eigen::ArrayXXd occupation_education;  ///< rows sum to 1

  double foreign = 0.0;
  std::vector<double> foreign_sector, foreign_occupation;  ///< shares; empty without a table
  std::vector<double> foreign_origin;                      ///< shares, index 0 (nationals) is 0
  std::vector<double> abroad;                              ///< by destination

  std::vector<double> wage_sector;      ///< [MNT/month]
  std::vector<double> wage_occupation;  ///< relative
  double wage_spread = 0.0;
  std::vector<double> fertility;  ///< births per woman-month by age, 0–110; empty without a table
  std::vector<double> mortality;  ///< deaths per person-month, age × 2 + sex; empty without a table
  std::vector<double> training_places;  ///< records a year by field
};

/// Reads the tables and applies the rules: survey heads ÷ coverage, sectors scaled to the published
/// total, those counted as unemployed only by the national definition taken as discouraged.
///
/// @throws DataError with file and line for what a table has wrong
[[nodiscard]] Country read_country(const Scenario& scenario, const PopulationSettings& settings,
                                   double scale);

}  // namespace steppe
