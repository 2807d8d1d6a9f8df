#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "sim/core/ids.hpp"
#include "sim/core/months.hpp"
#include "sim/world/person.hpp"

namespace steppe {

/// What happens to persons, posts and permits in a step; counted in all, by sector and by
/// occupation.
enum class Flow : std::uint8_t {
  HireNational,
  HireForeign,
  Separation,  ///< every end of a job of a national or foreigner, layoffs and exits included
  Layoff,
  Exit,  ///< retirement or leaving the labour force from a job
  VacancyOpened,
  VacancyFilled,
  VacancyWithdrawn,
  PermitIssued,
  PermitRenewed,
  PermitExpired,  ///< ended for whatever reason: term, layoff, expulsion, return, project end
  PermitRefused,  ///< an application that a ceiling or rule stopped
  Expelled,
  Birth,
  Death,
  Arrival,    ///< foreigners entering the country
  Departure,  ///< foreigners leaving it
  Emigration,
  ReturnMigration,
  InternalMove,
  TrainingStart,
  TrainingEnd,
  HerdingEntry,
  HerdingExit,  ///< for another status, work or life abroad; deaths are deaths
  SearchEntry,  ///< nationals who begin to search, from whatever they did before
  JobToJob,     ///< nationals who leave one job for another at once; also a Separation and a hire
};
inline constexpr std::size_t kFlowCount = 26;

/// Who pays and who is paid; every payment is one debit and one credit of whole MNT.
enum class Account : std::uint8_t { Firms, Nationals, Foreigners, Government, Abroad };
inline constexpr std::size_t kAccountCount = 5;

/// What is paid for.
enum class Payment : std::uint8_t {
  WagesNationals,
  WagesForeigners,
  WorkplaceFee,
  RecruitmentCost,
  Fine,
  RemittanceIn,
  RemittanceOut,
  Stipend,
  ReturnIncentive,
  PermitAuction,
  DepartureFee,
};
inline constexpr std::size_t kPaymentCount = 11;

/// Sizes of the country's dimensions.
struct Sizes {
  std::size_t sectors = 1, occupations = 1, regions = 1,
              origins = 1;  ///< origins: nationals counted
  std::size_t destinations = 0, education = 1, fields = 0;
};

/// Stocks and flows, kept at every change of a person, never by counting the population.
///
/// Stocks are tables of whole numbers of records (one record stands for World::weight persons).
class Ledger {
 public:
  Ledger() = default;
  /// @param steps steps of the run (durations up to this plus what began before are told apart)
  Ledger(const Sizes& sizes, int steps);

  /// Enters a person's classification into the stock tables (sign +1) or takes it out (-1).
  void count(const Person& person, int sign);

  // Stocks, in records.
  [[nodiscard]] std::int64_t nationals(Status status) const {
    return by_status_[static_cast<std::size_t>(status)];
  }
  [[nodiscard]] std::int64_t nationals(Status status, RegionId region) const {
    return by_region_[region.at() * kStatusCount + static_cast<std::size_t>(status)];
  }
  [[nodiscard]] std::int64_t nationals(Status status, OccupationId occupation) const {
    return by_occupation_[occupation.at() * kStatusCount + static_cast<std::size_t>(status)];
  }
  [[nodiscard]] std::int64_t nationals(Status status, EducationId education) const {
    return by_education_[education.at() * kStatusCount + static_cast<std::size_t>(status)];
  }
  /// Nationals of a sex whose age in years lies in [from, to) at `now`; derived from birth months.
  [[nodiscard]] std::int64_t nationals(Status status, Sex sex, int from, int to, Month now) const;
  /// Staff by sector × occupation × origin (nationals are origin 0).
  [[nodiscard]] std::int64_t staff(SectorId sector, OccupationId occupation,
                                   OriginId origin) const {
    return staff_[staff_index(sector, occupation, origin)];
  }
  /// Staff by region × sector, nationals or foreigners. Region is that of residence.
  [[nodiscard]] std::int64_t staff(RegionId region, SectorId sector, bool foreign) const {
    return staff_region_[(region.at() * sizes_.sectors + sector.at()) * 2 + (foreign ? 1u : 0u)];
  }
  [[nodiscard]] std::int64_t foreigners() const { return foreigners_; }
  [[nodiscard]] std::int64_t permits() const { return permits_; }
  [[nodiscard]] std::int64_t permits(SectorId sector) const { return permits_sector_[sector.at()]; }
  [[nodiscard]] std::int64_t permits(OriginId origin) const { return permits_origin_[origin.at()]; }
  [[nodiscard]] std::int64_t permits(SectorId sector, OccupationId occupation,
                                     OriginId origin) const {
    return permits_cell_[staff_index(sector, occupation, origin)];
  }
  [[nodiscard]] std::int64_t irregular() const { return irregular_; }
  [[nodiscard]] std::int64_t abroad(DestinationId destination) const {
    return abroad_[destination.at()];
  }
  /// Searching nationals whose spell has lasted at least `from` and less than `to` steps at `step`.
  [[nodiscard]] std::int64_t searching_for(int step, int from, int to) const;
  /// Persons in the country plus nationals abroad.
  [[nodiscard]] std::int64_t persons() const;
  [[nodiscard]] std::int64_t residents() const {
    return persons() - by_status_[static_cast<std::size_t>(Status::Abroad)];
  }
  /// Sum of relative wages (units of kWageUnit) on the staff of a sector × occupation × region
  /// cell.
  [[nodiscard]] std::int64_t wage_units(SectorId sector, OccupationId occupation, RegionId region,
                                        bool foreign) const {
    return wage_units_[wage_cell(sector, occupation, region) * 2 + (foreign ? 1u : 0u)];
  }
  [[nodiscard]] std::size_t wage_cell(SectorId sector, OccupationId occupation,
                                      RegionId region) const {
    return (region.at() * sizes_.sectors + sector.at()) * sizes_.occupations + occupation.at();
  }

  // Flows since the last clear_flows(), in records.
  void flow(Flow kind, const Person& person) { flow(kind, person.sector, person.occupation); }
  void flow(Flow kind, SectorId sector, OccupationId occupation) {
    ++totals_[static_cast<std::size_t>(kind)];
    ++flows_sector_[at(kind, sector.at(), sizes_.sectors)];
    ++flows_occupation_[at(kind, occupation.at(), sizes_.occupations)];
  }
  [[nodiscard]] std::int64_t total(Flow kind) const {
    return totals_[static_cast<std::size_t>(kind)];
  }
  [[nodiscard]] std::int64_t by(Flow kind, SectorId id) const {
    return flows_sector_[at(kind, id.at(), sizes_.sectors)];
  }
  [[nodiscard]] std::int64_t by(Flow kind, OccupationId id) const {
    return flows_occupation_[at(kind, id.at(), sizes_.occupations)];
  }

  /// Waiting times of vacancies filled since the last clear, in steps, by occupation.
  void filled_after(OccupationId occupation, int steps) {
    filled_steps_[occupation.at()] += steps;
    ++filled_count_[occupation.at()];
  }
  [[nodiscard]] std::int64_t filled_steps(OccupationId id) const { return filled_steps_[id.at()]; }
  [[nodiscard]] std::int64_t filled_count(OccupationId id) const { return filled_count_[id.at()]; }

  /// Moves whole MNT (of records; multiply by the weight for the country) between accounts.
  void pay(Payment what, Account from, Account to, std::int64_t mnt);
  [[nodiscard]] std::int64_t paid(Payment what) const {
    return payments_[static_cast<std::size_t>(what)];
  }
  [[nodiscard]] std::int64_t balance(Account account) const {
    return balances_[static_cast<std::size_t>(account)];
  }

  /// Forgets flows and payments of the period (balances stay).
  void clear_flows();
  [[nodiscard]] const Sizes& sizes() const { return sizes_; }

  /// True when both hold the same stocks; tells the first table that differs.
  [[nodiscard]] const char* difference(const Ledger& other) const;

 private:
  [[nodiscard]] static std::size_t at(Flow kind, std::size_t id, std::size_t n) {
    return static_cast<std::size_t>(kind) * n + id;
  }
  [[nodiscard]] std::size_t staff_index(SectorId sector, OccupationId occupation,
                                        OriginId origin) const {
    return (sector.at() * sizes_.occupations + occupation.at()) * sizes_.origins + origin.at();
  }
  [[nodiscard]] std::size_t spell_index(int since) const;

  Sizes sizes_;
  int steps_ = 0;
  std::array<std::int64_t, kStatusCount> by_status_{};
  std::vector<std::int32_t> by_region_, by_occupation_, by_education_;
  std::vector<std::int32_t> cohorts_;  ///< status × sex × birth month
  std::vector<std::int32_t> staff_, staff_region_, abroad_;
  std::vector<std::int32_t> searching_since_;
  std::vector<std::int64_t> wage_units_;
  std::vector<std::int32_t> permits_sector_, permits_origin_;
  std::vector<std::int32_t> permits_cell_;  ///< sector × occupation × origin
  std::int64_t foreigners_ = 0, permits_ = 0, irregular_ = 0;

  std::array<std::int64_t, kFlowCount> totals_{};
  std::vector<std::int64_t> flows_sector_, flows_occupation_;
  std::vector<std::int64_t> filled_steps_, filled_count_;
  std::array<std::int64_t, kPaymentCount> payments_{};
  std::array<std::int64_t, kAccountCount> balances_{};
};

/// Spells that began up to this many steps before the run are told apart by their first step.
inline constexpr int kSpellsBefore = 600;

}  // namespace steppe
