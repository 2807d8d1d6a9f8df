#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "sim/api/step.hpp"

namespace steppe::arrivals {

// What is alike in every variant that lets foreigners in: who comes, what is sent home, and those
// who go home by chance.

/// What arrivals are like.
struct Traits {
  double male_share = 0.5;
  double skill = 1.0;  ///< relative to the occupation's norm
};

/// @throws ConfigError when there are more origins than address ranges for arrivals.
/// @param variant for the message
void check_origins(const Sizes& sizes, std::string_view variant);

/// Month of birth (Month::index()) of who would come, at an age even over those of foreign workers.
/// @param key addresses the random number
[[nodiscard]] std::int16_t birth_month(const Step& step, std::uint32_t key);

/// Somebody enters the country and takes the vacancy; the permit is the caller's to set.
/// @param relative_wage to the foreign wage of the post's cell
PersonId bring_in(Step& step, VacancyId vacancy, OriginId origin, std::int16_t birth_month,
                  const Traits& traits, double relative_wage);

/// As above with a permit that is issued at once, at the foreign wage of the cell.
/// @param recruitment_cost paid by the employer to those who find him [foreign monthly wages]
PersonId settle_in(Step& step, VacancyId vacancy, OriginId origin, std::int16_t birth_month,
                   const Traits& traits, double recruitment_cost);
/// The monthly wage of a foreigner in a post, as indices stand [MNT/month].
[[nodiscard]] double foreign_wage(const Step& step, SectorId sector, OccupationId occupation,
                                  RegionId region);

/// Foreigners at work go home at a hazard that is the same for all [1/month].
void go_home(Step& step, double rate);

/// Books what foreigners send home. @param share of their wages
void send_home_money(Step& step, double share);

/// Foreigners on a staff, by origin (index 0 is 0) [records].
[[nodiscard]] std::vector<std::int64_t> stock_by_origin(const Ledger& ledger);
/// Foreigners on the staff by sector × occupation, as a share; 0 where nobody works.
[[nodiscard]] std::vector<double> foreign_shares(const Ledger& ledger);

}  // namespace steppe::arrivals
