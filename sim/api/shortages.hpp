#pragma once

#include "sim/api/measures.hpp"
#include "sim/api/trailing_year.hpp"

namespace steppe {

// What statistical offices and agencies measure shortage, mismatch and unused labour by.
// docs/reference/indicators.md has the formulas, the sources, and what is left out. All are missing
// (NaN) where there is nothing to divide by.

/// Share of the vacancies that came to an end in twelve months because somebody was hired; the
/// others were withdrawn. The primary measure of shortage of Australia's list of occupations.
/// @see National Skills Commission, Skills Priority List Key Findings Report 2022, "Vacancy fill
///      rates as an indicator of skill shortages"
[[nodiscard]] double fill_rate(const TrailingYear& year);
[[nodiscard]] double fill_rate(const TrailingYear& year, SectorId sector);
[[nodiscard]] double fill_rate(const TrailingYear& year, OccupationId occupation);

/// Nationals who began to search over vacancies opened, both in twelve months: the ratio of supply
/// to demand inflow by which ROA grades the labour market for newcomers, here for the year past.
/// @see ROA, project Education and Labour Market (POA), "Indicator Toekomstig
///      Arbeidsmarktperspectief"
[[nodiscard]] double supply_demand_ratio(const TrailingYear& year);
[[nodiscard]] double supply_demand_ratio(const TrailingYear& year, OccupationId occupation);

/// Weight of vacancies in the matching function of the mismatch index; the paper's own, estimated
/// values lie near it.
inline constexpr double kMismatchVacancyShare = 0.5;

/// Share of hires lost because seekers and vacancies stand in different occupations (or regions):
/// 1 − Σ (v_i/V)^α (u_i/U)^(1−α), α = kMismatchVacancyShare. Seekers are those who search.
/// @see Şahin, Song, Topa, Violante (2014), American Economic Review 104(11), 3529–3564
[[nodiscard]] double mismatch_of_occupations(const Measures& m);
[[nodiscard]] double mismatch_of_regions(const Measures& m);

/// LU3: nationals who search or are available without searching, over these and the employed.
/// @see 19th International Conference of Labour Statisticians (2013), Resolution I, par. 73
[[nodiscard]] double underutilisation_lu3(const Measures& m);
[[nodiscard]] double underutilisation_lu3(const Measures& m, RegionId region);

/// Unfilled posts among all of an occupation; herders hold none.
[[nodiscard]] double vacancy_rate(const Measures& m, OccupationId occupation);
/// Unfilled posts per national who searches in an occupation.
[[nodiscard]] double tightness(const Measures& m, OccupationId occupation);

}  // namespace steppe
