#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/core/ids.hpp"
#include "sim/core/months.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/world/calendar.hpp"
#include "sim/world/firm.hpp"
#include "sim/world/ledger.hpp"
#include "sim/world/person.hpp"
#include "sim/world/vacancies.hpp"

namespace steppe {

/// What the country looked like in the base year; made by the synthesis, never changed by a run.
struct Base {
  Sizes sizes;
  double weight = 1.0;  ///< persons a record stands for
  /// Occupations a sector employs, by sector: cells of its firms are in this order.
  std::vector<std::vector<OccupationId>> staffing;
  /// a_sk: shares of a sector's posts, parallel to `staffing`, each summing to 1.
  std::vector<std::vector<double>> staffing_share;
  /// N_s(0): posts wanted by sector in the first year's mean, projects excluded [records].
  std::vector<double> posts;
  /// w_sk(0): monthly wage of nationals by sector × occupation [MNT/month].
  std::vector<double> wage;
  /// Standard deviation of the logarithm of a person's relative wage.
  double wage_spread = 0.0;
  /// Skill level of each occupation: 0 low, 1 medium, 2 high.
  std::vector<std::uint8_t> skill_level;
  /// Share of an origin among foreign workers by origin (index 0 unused), from the record.
  std::vector<double> origin_share;
  SectorId self_employed_sector{std::uint8_t{0}};  ///< of herders
  OccupationId self_employed_occupation{std::uint16_t{0}};
  std::vector<bool> rural;  ///< by region: herding possible
  int working_age = 15;     ///< years
  /// Births per woman-month and deaths per person-month by age in years (0–110) × sex; may be
  /// empty.
  std::vector<double> fertility;        ///< by age
  std::vector<double> mortality;        ///< age × 2 + sex
  std::vector<double> training_places;  ///< persons a year by field, in records
};

/// The state of the country, and the only operations that change it. Each keeps the accounts: the
/// stock tables, the firms' and cells' counts and the lists always agree (see verify()).
class World {
 public:
  World() = default;
  World(Base base, const Clock& clock);

  const Base& base() const { return base_; }
  const Clock& clock() const { return clock_; }
  double weight() const { return base_.weight; }

  PersonStore persons;      ///< read freely; change fields that no account knows only
  std::vector<Firm> firms;  ///< `posts`, `share`, `quality` may be set by demand
  std::vector<Cell> cells;  ///< `full`, `target` may be set by demand
  Calendar calendar;
  Ledger ledger;

  // --- building (population/) ---------------------------------------------------------------
  /// Adds a firm with a cell for every occupation of its sector.
  FirmId add_firm(SectorId sector, RegionId region);
  /// Adds a person as it is, in any status but Employed, and counts it.
  PersonId add_person(int range, const Person& person);
  /// Puts a person added before on a firm's staff; no flow is counted.
  void place_in_job(PersonId person, CellId cell);

  // --- time ------------------------------------------------------------------------------------
  /// The step in progress. Vacancies opened and statuses begun in it are not yet searched on.
  int step = 0;
  Month month;

  // --- persons ----------------------------------------------------------------------------------
  /// Changes status outside jobs (neither from nor to Employed). Sets `since` to this step.
  void set_status(PersonId id, Status to);
  /// A national or foreigner without a job takes the vacancy, which closes. Counts a hire.
  /// @param relative_wage to the cell's index
  void hire(PersonId id, VacancyId vacancy, double relative_wage);
  /// Ends a job. `to` is the status after it (Gone for foreigners who leave). Counts a Separation
  /// and `why` (Layoff or Exit) when given. A permit ends with the job.
  void separate(PersonId id, Status to, Flow why = Flow::Separation);
  /// Dies or leaves the country for good: from any status.
  void remove(PersonId id, Flow why);
  void relocate(PersonId id, RegionId region);
  void emigrate(PersonId id, DestinationId destination);
  void return_home(PersonId id, Status to);
  void set_occupation(PersonId id, OccupationId occupation, double skill);
  void set_education(PersonId id, EducationId education);
  /// Grants or renews a permit until `end` (step); `first` marks a new total clock.
  void set_permit(PersonId id, Permit permit, int end_step);
  void set_relative_wage(PersonId id, double value);

  /// Skill today: grows towards the norm's ceiling on the job, decays without work.
  [[nodiscard]] double skill(const Person& person) const;
  double skill_growth = 0.0;   ///< per step on the job; set by training
  double skill_decay = 0.0;    ///< per step without work
  double skill_ceiling = 2.0;  ///< growth stops here

  /// Searching and discouraged nationals, in an order that depends on history: walk it only with
  /// addressed draws.
  const std::vector<PersonId>& searching() const { return searching_; }
  const std::vector<PersonId>& discouraged() const { return discouraged_; }

  // --- vacancies --------------------------------------------------------------------------------
  VacancyId open_vacancy(CellId cell);
  /// Closes without a hire. Counts a withdrawal.
  void withdraw(VacancyId id);
  /// Keeps a vacancy for a permit applicant: it stays open but seekers no longer see it; or back.
  void promise(VacancyId id, bool on);
  const std::vector<Vacancy>& vacancies() const { return vacancies_; }
  const Vacancy& vacancy(VacancyId id) const { return vacancies_[id.at()]; }
  [[nodiscard]] std::int64_t open_vacancies() const { return open_vacancies_; }
  const MarketTable& market(MarketId id) const { return markets_[id.at()]; }
  std::size_t market_count() const { return markets_.size(); }
  /// The market of an occupation in a region; `national_market` for fly-in vacancies.
  MarketId market_id(RegionId region, OccupationId occupation) const {
    return MarketId{
        static_cast<std::uint32_t>(region.at() * base_.sizes.occupations + occupation.at())};
  }
  MarketId national_market(OccupationId occupation) const {
    return MarketId{static_cast<std::uint32_t>(base_.sizes.regions * base_.sizes.occupations +
                                               occupation.at())};
  }
  /// Open vacancies by sector × occupation, promised ones included [records].
  std::int64_t vacancies_of(SectorId sector, OccupationId occupation) const {
    return vacancy_count_[sector.at() * base_.sizes.occupations + occupation.at()];
  }
  std::int64_t vacancies_in(RegionId region) const { return vacancy_region_[region.at()]; }

  /// Makes what was opened in the step before visible to seekers (or at once in same-step search).
  void reveal_vacancies();

  // --- accounts -------------------------------------------------------------------------------
  /// Recounts everything from the records and compares with what was kept.
  /// @throws ModelError naming the first account that does not balance.
  void verify() const;
  [[nodiscard]] std::size_t bytes() const;
  std::uint64_t events = 0;  ///< changes of status so far

 private:
  void leave_list(Person& person);
  void enter_list(PersonId id, Person& person);
  void link_staff(PersonId id, Person& person, Cell& cell);
  /// @param replace the post counts as lost and is posted again at once if still wanted
  void unlink_staff(Person& person, bool replace);
  CellId cell_of(const Person& person) const;
  void close(VacancyId id);
  template <class Change>
  void change(PersonId id, Change&& how);

  Base base_;
  Clock clock_;
  std::vector<PersonId> searching_, discouraged_;
  std::vector<Vacancy> vacancies_;
  std::vector<VacancyId> free_vacancies_, unrevealed_;
  std::vector<MarketTable> markets_;
  std::vector<std::int32_t> vacancy_count_, vacancy_region_;
  std::vector<std::int16_t> cell_offset_;  ///< sector × occupation → cell within a firm, or -1
  std::int64_t open_vacancies_ = 0;
};

}  // namespace steppe
