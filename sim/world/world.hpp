#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/core/ids.hpp"
#include "sim/core/index_set.hpp"
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

/// Somebody in a list of seekers, with all that a search asks of the person, so that records are
/// touched for those alone to whom something happens.
struct Seeker {
  PersonId id;
  std::int32_t since = 0;  ///< here and below: the person's own
  std::uint16_t skill = 0;
  OccupationId occupation{std::uint16_t{0}};
  RegionId region{std::uint8_t{0}};
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

  PersonStore persons;  ///< read freely; change fields that no account knows only
  std::vector<Firm, LargePages<Firm>> firms;  ///< `posts`, `share` may be set by demand
  std::vector<Cell, LargePages<Cell>> cells;  ///< `full` may be set by demand
  Calendar calendar;
  Ledger ledger;

  // --- building (population/) ---------------------------------------------------------------
  /// Adds a firm with a cell for every occupation of its sector.
  FirmId add_firm(SectorId sector, RegionId region);
  /// Adds a firm that opens in the place of another, in its sector and region, and goes on with its
  /// random numbers; what the other has is not touched.
  FirmId succeed(FirmId former);
  /// What addresses a cell's random numbers: as Firm::line, whose cell it was at the start.
  [[nodiscard]] std::uint32_t draw_key(CellId id) const { return cell_keys_[id.at()]; }
  /// Makes room for so many firms in all, with as many cells each as the present ones have.
  void reserve_firms(std::size_t count);
  /// Adds a person as it is, in any status but Employed, and counts it.
  PersonId add_person(int range, const Person& person);
  /// Keeps the first `count` addresses of an empty range for settle_person(); nobody stands there.
  void allot(int range, std::uint32_t count) { persons.allot(range, count); }
  /// As add_person(), at an address that was kept.
  void settle_person(PersonId id, const Person& person);
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
  /// Order among those hired by one cell in one step. Where a step fills many posts of a cell,
  /// hires cost least in descending order of this number: each then stands first on the staff list.
  [[nodiscard]] static std::uint32_t staff_order(PersonId id, std::int32_t since);
  /// Somebody at work takes the vacancy of another post at once. Counts JobToJob, a Separation and
  /// a hire; the post left counts as lost, as after any leaving.
  void change_job(PersonId id, VacancyId vacancy, double relative_wage);
  /// Ends a job. `to` is the status after it (Gone for foreigners who leave). Counts a Separation
  /// and `why` (Layoff or Exit) when given. A permit ends with the job.
  void separate(PersonId id, Status to, Flow why = Flow::Separation);
  /// Dies or leaves the country for good: from any status.
  void remove(PersonId id, Flow why);
  void relocate(PersonId id, RegionId region);
  void emigrate(PersonId id, DestinationId destination);
  void return_home(PersonId id, Status to);
  void set_occupation(PersonId id, OccupationId occupation, double skill);
  /// A child reaches working age: inactive, with the education it will attain and the occupation it
  /// will look for.
  void come_of_age(PersonId id, EducationId education, OccupationId occupation, double skill);
  void set_education(PersonId id, EducationId education);
  /// Grants, renews or ends a permit. @param end_step the step in which it ends
  void set_permit(PersonId id, Permit permit, int end_step);

  /// Skill today: grows towards the norm's ceiling on the job, decays without work.
  [[nodiscard]] double skill(const Person& person) const;
  [[nodiscard]] double skill(const Seeker& seeker) const {
    return seeker.skill * kSkillUnit * kept(step - seeker.since);
  }
  /// @param growth  gained in a step on the job, up to `ceiling`
  /// @param decay   rate of decay in a step without work
  void set_skill_rules(double growth, double decay, double ceiling);

  /// Searching and discouraged nationals, in an order that depends on history: walk it only with
  /// addressed draws.
  const std::vector<Seeker>& searching() const { return searching_; }
  const std::vector<Seeker>& discouraged() const { return discouraged_; }

  // Stages (see in_stages) that ask the memory for a cell …
  void fetch_cell(CellId id) const { prefetch_record(&cells[id.at()]); }
  // … for what the end of a job will touch …
  void fetch_person(PersonId id) const { persons.prefetch(id); }
  void fetch_firm_of(PersonId id) const;
  void fetch_cell_of(PersonId id) const;
  // … and for what filling a vacancy will.
  void fetch_vacancy(VacancyId id) const { prefetch_record(&vacancies_[id.at()]); }
  void fetch_cell_of(VacancyId id) const;
  void fetch_firm_of(VacancyId id) const;

  // --- posts ------------------------------------------------------------------------------------
  /// L*_jk: sets a cell's desired staff.
  void want(CellId id, std::uint32_t target);
  /// The posts counted as lost have been dealt with.
  void forget_lost(CellId id);
  /// Cells whose staff and vacancies together are not what they want, or that lost somebody. Where
  /// a cell is not in here nobody is to be laid off and nothing to be posted or withdrawn.
  const IndexSet& unsettled() const { return unsettled_; }
  /// Cells with more staff than they want.
  const IndexSet& overstaffed() const { return overstaffed_; }
  /// Staff of a sector's firms in a region by slot of the staffing list; the sum over cells.
  [[nodiscard]] std::int64_t staff_of(SectorId sector, RegionId region, std::size_t slot) const {
    return staff_area_[area_offset_[sector.at()] +
                       region.at() * base_.staffing[sector.at()].size() + slot];
  }

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
  /// Changes of persons so far: of status, and of region, permit, occupation or education.
  std::uint64_t events = 0;

 private:
  void welcome(PersonId id);
  void take_post(PersonId id, VacancyId vacancy, double relative_wage);
  /// The list of seekers a person stands in, or none.
  [[nodiscard]] const std::vector<Seeker>* list_of(const Person& person) const;
  std::vector<Seeker>* list_of(const Person& person);
  void leave_list(Person& person);
  void enter_list(PersonId id, Person& person);
  void link_staff(PersonId id, Person& person, CellId cell);
  /// @param replace the post counts as lost and is posted again at once if still wanted
  void unlink_staff(Person& person, bool replace);
  CellId cell_of(const Person& person) const;
  /// Keeps the sets of cells true for one that has changed.
  void judge(CellId id) {
    const Cell& cell = cells[id.at()];
    unsettled_.set(id.at(), is_unsettled(cell));
    overstaffed_.set(id.at(), cell.staff() > cell.target);
  }
  /// One more (+1) or less on the staff of a cell.
  void count_staff(CellId id, const Person& person, int sign);
  /// What is left of a skill after so many steps without work.
  [[nodiscard]] double kept(int steps) const {
    if (steps <= 0 || decayed_.empty()) return 1.0;
    return decayed_[std::min(static_cast<std::size_t>(steps), decayed_.size() - 1)];
  }
  static bool is_unsettled(const Cell& cell) {
    return cell.staff() + cell.vacancies != cell.target || cell.lost > 0;
  }
  void close(VacancyId id);
  /// Counts somebody who is about to leave herding; nothing for others.
  void leave_herds(const Person& person) {
    if (person.status == Status::Herding) ledger.flow(Flow::HerdingExit, person);
  }
  template <class Change>
  void change(PersonId id, Change&& how);

  Base base_;
  Clock clock_;
  std::vector<Seeker> searching_, discouraged_;
  double skill_growth_ = 0.0;
  double skill_decay_ = 0.0;
  double skill_ceiling_ = 2.0;
  std::vector<double> decayed_;  ///< what is left of a skill by steps without work
  std::vector<Vacancy> vacancies_;
  std::vector<VacancyId> free_vacancies_, unrevealed_;
  std::vector<MarketTable> markets_;
  std::vector<std::int32_t> vacancy_count_, vacancy_region_;
  std::vector<std::int16_t> cell_offset_;  ///< sector × occupation → cell within a firm, or -1
  std::vector<std::uint32_t> cell_keys_;   ///< see draw_key()
  IndexSet unsettled_, overstaffed_;
  std::vector<std::size_t> area_offset_;  ///< by sector
  std::vector<std::int32_t> staff_area_;  ///< sector × region × slot
  std::int64_t open_vacancies_ = 0;
};

}  // namespace steppe
