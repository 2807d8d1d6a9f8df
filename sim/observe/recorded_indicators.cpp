#include "sim/api/migrant_rights.hpp"
#include "sim/api/shortages.hpp"
#include "sim/observe/recorder.hpp"

namespace steppe {
namespace {

// Digits in text files: more for the country, whose figures are quoted.
constexpr int kNationalDigits = 6;
constexpr int kCellDigits = 4;

// Twenty replicates of a country have to stay under 200 MB, nearly all of it tidy.csv: there the
// first measure of shortage stands by occupation, as those read it who train and recruit.
constexpr bool kInTidy = true;
constexpr bool kInNetcdfOnly = false;

}  // namespace

void Recorder::add_indicators() {
  const auto national = [&](const char* name, const char* unit, const char* text, auto value) {
    add({name, unit, text, VariableKind::Rate, {}, true, kNationalDigits},
        [value](const Measures& m, const MonthView& view, double* out) { *out = value(m, view); });
  };
  const auto by = [&](const char* name, const char* unit, const char* text, Dim dim, bool in_tidy,
                      auto value) {
    add({name, unit, text, VariableKind::Rate, {dim}, in_tidy, kCellDigits},
        [value, n = extent(dim)](const Measures& m, const MonthView&, double* out) {
          for (std::size_t i = 0; i < n; ++i) out[i] = value(m, i);
        });
  };

  const char* text = "Vacancies filled among those filled or withdrawn, last twelve months";
  national("fill_rate", "1", text,
           [this](const Measures&, const MonthView&) { return fill_rate(year_); });
  by("fill_rate", "1", text, Dim::Sector, kInNetcdfOnly,
     [this](const Measures&, std::size_t i) { return fill_rate(year_, SectorId{i}); });
  by("fill_rate", "1", text, Dim::Occupation, kInTidy,
     [this](const Measures&, std::size_t i) { return fill_rate(year_, OccupationId{i}); });

  text = "Nationals who began to search over vacancies opened, last twelve months";
  national("supply_demand_ratio", "1", text,
           [this](const Measures&, const MonthView&) { return supply_demand_ratio(year_); });
  by("supply_demand_ratio", "1", text, Dim::Occupation, kInTidy,
     [this](const Measures&, std::size_t i) {
       return supply_demand_ratio(year_, OccupationId{i});
     });

  by("vacancy_rate", "1", "Unfilled posts over posts filled or not", Dim::Occupation, kInTidy,
     [](const Measures& m, std::size_t i) { return vacancy_rate(m, OccupationId{i}); });
  by("tightness", "1", "Unfilled posts per searching national", Dim::Occupation, kInNetcdfOnly,
     [](const Measures& m, std::size_t i) { return tightness(m, OccupationId{i}); });

  national("mismatch_occupations", "1", "Hires lost to mismatch of occupations, as a share",
           [](const Measures& m, const MonthView&) { return mismatch_of_occupations(m); });
  national("mismatch_regions", "1", "Hires lost to mismatch of regions, as a share",
           [](const Measures& m, const MonthView&) { return mismatch_of_regions(m); });

  text = "Nationals searching or available, over these and the employed (LU3)";
  national("underutilisation_lu3", "1", text,
           [](const Measures& m, const MonthView&) { return underutilisation_lu3(m); });
  by("underutilisation_lu3", "1", text, Dim::Region, kInNetcdfOnly,
     [](const Measures& m, std::size_t i) { return underutilisation_lu3(m, RegionId{i}); });

  national("migrant_pay_gap", "1", "Foreigners' mean wage below nationals', as a share of theirs",
           [](const Measures& m, const MonthView&) { return migrant_pay_gap(m); });
  national("migrant_pay_gap_adjusted", "1",
           "Foreigners' mean wage below nationals', within occupation and sector",
           [](const Measures& m, const MonthView&) { return migrant_pay_gap_adjusted(m); });
  national("irregular_share", "1", "Foreigners without a permit among foreigners at work",
           [](const Measures& m, const MonthView&) { return irregular_share(m); });
  national(
      "tied_permit_share", "1", "Permits that tie their holder to an employer, among all",
      [](const Measures& m, const MonthView& view) { return tied_permit_share(m, view.policy); });
  national("quota_use", "1", "Valid permits over the ceiling on all of them",
           [](const Measures& m, const MonthView& view) { return quota_use(m, view.policy); });

  national("renewal_rate", "1", "Permits renewed among those renewed or ended, last twelve months",
           [this](const Measures&, const MonthView&) { return renewal_rate(year_); });
  national("recruitment_cost", "month",
           "Paid to agencies by nationals who leave, in months of the mean income abroad",
           [](const Measures& m, const MonthView&) { return recruitment_cost(m); });
}

}  // namespace steppe
