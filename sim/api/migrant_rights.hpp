#pragma once

#include "sim/api/measures.hpp"
#include "sim/api/trailing_year.hpp"

namespace steppe {

// How foreign workers, and nationals who leave, fare: inputs to the indicators of the Sustainable
// Development Goals and of migration offices. docs/reference/indicators.md has the formulas, the
// sources, and what is left out. All are missing (NaN) where there is nothing to divide by.

/// 1 − w_F / w_D, of the mean monthly wages of foreigners and nationals on a staff.
/// @see ILO (2020), The migrant pay gap
[[nodiscard]] double migrant_pay_gap(const Measures& m);
/// The same within cells of occupation and sector, averaged with the foreigners in each; cells
/// without a national say nothing and are left out.
[[nodiscard]] double migrant_pay_gap_adjusted(const Measures& m);

/// Foreigners at work without a permit among all foreigners at work.
[[nodiscard]] double irregular_share(const Measures& m);
/// Valid permits that tie their holder to an employer, among all.
/// @param policy of the month; missing where no variant has permits
[[nodiscard]] double tied_permit_share(const Measures& m, const Policy& policy);
/// Valid permits over the ceiling on all of them; missing without one.
[[nodiscard]] double quota_use(const Measures& m, const Policy& policy);

/// Permits renewed in twelve months over those renewed or ended, for whatever reason.
[[nodiscard]] double renewal_rate(const TrailingYear& year);

/// What nationals who left in the month paid to agencies, a head, over the mean monthly income of
/// nationals abroad [months]: an input to SDG indicator 10.7.1, which asks for both of the same
/// person. Missing in a month in which nobody leaves, and without remittances to tell the income.
/// @see ILO and World Bank, metadata of SDG indicator 10.7.1 (2022-05)
[[nodiscard]] double recruitment_cost(const Measures& m);

}  // namespace steppe
