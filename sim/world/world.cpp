#include "sim/world/world.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "sim/core/error.hpp"
#include "sim/core/scramble.hpp"

namespace steppe {

World::World(Base base, const Clock& clock)
    : calendar(clock.steps()),
      ledger(base.sizes, clock.steps()),
      month(clock.month(0)),
      base_(std::move(base)),
      clock_(clock),
      markets_((base_.sizes.regions + 1) * base_.sizes.occupations),
      vacancy_count_(base_.sizes.sectors * base_.sizes.occupations),
      vacancy_region_(base_.sizes.regions),
      cell_offset_(base_.sizes.sectors * base_.sizes.occupations, std::int16_t{-1}) {
  std::size_t areas = 0;
  for (std::size_t s = 0; s < base_.staffing.size(); ++s) {
    area_offset_.push_back(areas);
    areas += base_.sizes.regions * base_.staffing[s].size();
    for (std::size_t slot = 0; slot < base_.staffing[s].size(); ++slot) {
      cell_offset_[s * base_.sizes.occupations + base_.staffing[s][slot].at()] =
          static_cast<std::int16_t>(slot);
    }
  }
  staff_area_.resize(areas);
}

// --- building -----------------------------------------------------------------------------------

FirmId World::add_firm(SectorId sector, RegionId region) {
  const FirmId id{firms.size()};
  Firm firm;
  firm.sector = sector;
  firm.region = region;
  firm.first_cell = static_cast<std::uint32_t>(cells.size());
  const std::vector<OccupationId>& occupations = base_.staffing[sector.at()];
  firm.n_cells = static_cast<std::uint16_t>(occupations.size());
  for (const OccupationId occupation : occupations) {
    Cell cell;
    cell.firm = id;
    cell.occupation = occupation;
    cell_keys_.push_back(static_cast<std::uint32_t>(cells.size()));
    cells.push_back(cell);
  }
  firm.line = id.value();
  unsettled_.resize(cells.size());
  overstaffed_.resize(cells.size());
  firms.push_back(firm);
  return id;
}

FirmId World::succeed(FirmId former_id) {
  const Firm former = firms[former_id.at()];
  const FirmId id = add_firm(former.sector, former.region);
  Firm& firm = firms[id.at()];
  firm.line = former.line;
  firm.next_vacancy_number = former.next_vacancy_number;
  for (std::uint32_t slot = 0; slot < firm.n_cells; ++slot) {
    cell_keys_[firm.first_cell + slot] = cell_keys_[former.first_cell + slot];
  }
  return id;
}

void World::reserve_firms(std::size_t count) {
  const double per_firm =
      firms.empty() ? 1.0 : static_cast<double>(cells.size()) / static_cast<double>(firms.size());
  firms.reserve(count);
  cells.reserve(static_cast<std::size_t>(static_cast<double>(count) * per_firm) + 1);
  cell_keys_.reserve(cells.capacity());
}

PersonId World::add_person(int range, const Person& person) {
  const PersonId id = persons.add(range, person);
  welcome(id);
  return id;
}

void World::settle_person(PersonId id, const Person& person) {
  persons.settle(id, person);
  welcome(id);
}

void World::welcome(PersonId id) {
  Person& record = persons[id];
  enter_list(id, record);
  ledger.count(record, +1);
}

void World::place_in_job(PersonId id, CellId cell_id) {
  Person& person = persons[id];
  ledger.count(person, -1);
  leave_list(person);
  Cell& cell = cells[cell_id.at()];
  const Firm& firm = firms[cell.firm.at()];
  person.status = Status::Employed;
  person.occupation = cell.occupation;
  person.sector = firm.sector;
  person.employer = cell.firm;
  link_staff(id, person, cell_id);
  judge(cell_id);
  ledger.count(person, +1);
}

// --- lists --------------------------------------------------------------------------------------

const std::vector<Seeker>* World::list_of(const Person& person) const {
  if (!person.is_national()) return nullptr;
  if (person.status == Status::Searching) return &searching_;
  return person.status == Status::Discouraged ? &discouraged_ : nullptr;
}

std::vector<Seeker>* World::list_of(const Person& person) {
  return const_cast<std::vector<Seeker>*>(std::as_const(*this).list_of(person));
}

void World::enter_list(PersonId id, Person& person) {
  std::vector<Seeker>* list = list_of(person);
  if (list == nullptr) return;
  person.list_position = static_cast<std::uint32_t>(list->size());
  list->push_back({id, person.since, person.skill, person.occupation, person.region});
}

void World::leave_list(Person& person) {
  std::vector<Seeker>* list = list_of(person);
  if (list == nullptr) return;
  Seeker& freed = (*list)[person.list_position];
  freed = list->back();
  persons[freed.id].list_position = person.list_position;
  list->pop_back();
  // Those at the end are the next to be moved.
  constexpr std::size_t kAhead = 8;
  if (list->size() >= kAhead) persons.prefetch((*list)[list->size() - kAhead].id);
}

void World::count_staff(CellId id, const Person& person, int sign) {
  Cell& cell = cells[id.at()];
  Firm& firm = firms[cell.firm.at()];
  const auto change = static_cast<std::uint32_t>(sign);  // wraps round, as unsigned numbers may
  (person.is_national() ? cell.nationals : cell.foreigners) += change;
  (person.is_national() ? firm.nationals : firm.foreigners) += change;
  staff_area_[area_offset_[firm.sector.at()] + firm.region.at() * firm.n_cells +
              (id.value() - firm.first_cell)] += sign;
}

std::uint32_t World::staff_order(PersonId id, std::int32_t since) {
  return scramble(id.value() ^ scramble(static_cast<std::uint32_t>(since)));
}

void World::link_staff(PersonId id, Person& person, CellId cell_id) {
  Cell& cell = cells[cell_id.at()];
  // The latest hired stand first, and those of one step in an order of their own: which of them is
  // found first in a step's lists depends on what happened to others.
  PersonId before = PersonId::none();
  PersonId after = cell.first_staff;
  while (!after.is_none() && persons[after].since == person.since &&
         staff_order(after, person.since) < staff_order(id, person.since)) {
    before = after;
    after = persons[after].next_staff;
  }
  person.previous_staff = before;
  person.next_staff = after;
  if (!after.is_none()) persons[after].previous_staff = id;
  (before.is_none() ? cell.first_staff : persons[before].next_staff) = id;
  count_staff(cell_id, person, +1);
}

void World::unlink_staff(Person& person, bool replace) {
  const CellId cell_id = cell_of(person);
  Cell& cell = cells[cell_id.at()];
  if (replace && cell.lost < std::numeric_limits<std::uint16_t>::max()) ++cell.lost;
  if (person.previous_staff.is_none()) {
    cell.first_staff = person.next_staff;
  } else {
    persons[person.previous_staff].next_staff = person.next_staff;
  }
  if (!person.next_staff.is_none()) {
    persons[person.next_staff].previous_staff = person.previous_staff;
  }
  person.next_staff = PersonId::none();
  person.previous_staff = PersonId::none();
  count_staff(cell_id, person, -1);
  judge(cell_id);
  person.employer = FirmId::none();
}

CellId World::cell_of(const Person& person) const {
  const Firm& firm = firms[person.employer.at()];
  const std::int16_t offset =
      cell_offset_[firm.sector.at() * base_.sizes.occupations + person.occupation.at()];
  return CellId{firm.first_cell + static_cast<std::uint32_t>(offset)};
}

// --- persons ------------------------------------------------------------------------------------

template <class Change>
void World::change(PersonId id, Change&& how) {
  Person& person = persons[id];
  ledger.count(person, -1);
  leave_list(person);
  const Status before = person.status;
  how(person);
  if (person.status == Status::Searching && before != Status::Searching && person.is_national()) {
    ledger.flow(Flow::SearchEntry, person);
  }
  enter_list(id, person);
  ledger.count(person, +1);
  ++events;
}

void World::set_status(PersonId id, Status to) {
  const double now = skill(persons[id]);
  leave_herds(persons[id]);
  if (to == Status::Herding) ledger.flow(Flow::HerdingEntry, persons[id]);
  change(id, [&](Person& person) {
    person.skill = to_fixed(now, kSkillUnit);
    person.status = to;
    person.since = step;
    ++person.stamp;
  });
}

void World::hire(PersonId id, VacancyId vacancy, double relative_wage) {
  leave_herds(persons[id]);
  take_post(id, vacancy, relative_wage);
}

void World::change_job(PersonId id, VacancyId vacancy, double relative_wage) {
  ledger.flow(Flow::Separation, persons[id]);
  ledger.flow(Flow::JobToJob, persons[id]);
  take_post(id, vacancy, relative_wage);
}

void World::take_post(PersonId id, VacancyId vacancy_id, double relative_wage) {
  const Vacancy vacancy = vacancies_[vacancy_id.at()];
  Cell& cell = cells[vacancy.cell.at()];
  const double now = skill(persons[id]);
  change(id, [&](Person& person) {
    const Firm& firm = firms[cell.firm.at()];
    if (person.status == Status::Employed) unlink_staff(person, true);
    person.skill = to_fixed(now, kSkillUnit);
    person.status = Status::Employed;
    person.since = step;
    person.occupation = cell.occupation;
    person.sector = firm.sector;
    person.employer = cell.firm;
    person.relative_wage = to_fixed(relative_wage, kWageUnit);
    // Dated events of a former status are void; a foreigner's permit event is set after the hire.
    ++person.stamp;
    link_staff(id, person, vacancy.cell);
  });
  const Person& person = persons[id];
  ledger.flow(person.is_national() ? Flow::HireNational : Flow::HireForeign, person);
  ledger.flow(Flow::VacancyFilled, person);
  ledger.filled_after(cell.occupation, step - vacancy.opened);
  close(vacancy_id);
}

void World::separate(PersonId id, Status to, Flow why) {
  const double now = skill(persons[id]);
  ledger.flow(Flow::Separation, persons[id]);
  if (why != Flow::Separation) ledger.flow(why, persons[id]);
  if (!persons[id].is_national() && persons[id].permit() == Permit::Valid) {
    ledger.flow(Flow::PermitExpired, persons[id]);
  }
  if (to == Status::Gone) ledger.flow(Flow::Departure, persons[id]);
  change(id, [&](Person& person) {
    unlink_staff(person, why != Flow::Layoff);
    person.skill = to_fixed(now, kSkillUnit);
    person.status = to;
    person.since = step;
    ++person.stamp;
    if (!person.is_national()) person.set_permit(Permit::None);
  });
}

void World::remove(PersonId id, Flow why) {
  ledger.flow(why, persons[id]);
  if (persons[id].status == Status::Employed) ledger.flow(Flow::Separation, persons[id]);
  if (!persons[id].is_national() && persons[id].permit() == Permit::Valid) {
    ledger.flow(Flow::PermitExpired, persons[id]);
  }
  change(id, [&](Person& person) {
    if (person.status == Status::Employed) unlink_staff(person, true);
    person.status = Status::Gone;
    person.since = step;
    person.set_permit(Permit::None);
    ++person.stamp;
  });
}

void World::relocate(PersonId id, RegionId region) {
  change(id, [&](Person& person) { person.region = region; });
  ledger.flow(Flow::InternalMove, persons[id]);
}

void World::emigrate(PersonId id, DestinationId destination) {
  const double now = skill(persons[id]);
  leave_herds(persons[id]);
  ledger.flow(Flow::Emigration, persons[id]);
  if (persons[id].status == Status::Employed) ledger.flow(Flow::Separation, persons[id]);
  change(id, [&](Person& person) {
    if (person.status == Status::Employed) unlink_staff(person, true);
    person.skill = to_fixed(now, kSkillUnit);
    person.status = Status::Abroad;
    person.destination = destination;
    person.since = step;
    ++person.stamp;
  });
}

void World::return_home(PersonId id, Status to) {
  ledger.flow(Flow::ReturnMigration, persons[id]);
  change(id, [&](Person& person) {
    person.status = to;
    person.since = step;
    person.set_returned();
    ++person.stamp;
  });
}

void World::set_occupation(PersonId id, OccupationId occupation, double new_skill) {
  if (persons[id].status == Status::Employed) {
    throw ModelError("set_occupation: a person in a job changes occupation only by being hired");
  }
  change(id, [&](Person& person) {
    person.occupation = occupation;
    person.skill = to_fixed(new_skill, kSkillUnit);
  });
}

void World::come_of_age(PersonId id, EducationId education, OccupationId occupation,
                        double new_skill) {
  change(id, [&](Person& person) {
    person.status = Status::Inactive;
    person.since = step;
    ++person.stamp;
    person.education = education;
    person.occupation = occupation;
    person.skill = to_fixed(new_skill, kSkillUnit);
  });
}

void World::set_education(PersonId id, EducationId education) {
  change(id, [&](Person& person) { person.education = education; });
}

void World::set_permit(PersonId id, Permit permit, int end_step) {
  change(id, [&](Person& person) {
    person.set_permit(permit);
    person.contract_end = end_step;
    ++person.stamp;
  });
}

void World::set_skill_rules(double growth, double decay, double ceiling) {
  skill_growth_ = growth;
  skill_decay_ = decay;
  skill_ceiling_ = ceiling;
  decayed_.clear();
  if (decay == 0.0) return;
  // Nobody is without work for longer than fifty years before the run and all of it.
  const int longest = clock_.steps() + clock_.steps_in(600.0);
  for (int steps = 0; steps <= longest; ++steps) {
    decayed_.push_back(std::exp(-decay * steps));
  }
}

double World::skill(const Person& person) const {
  const double base = person.skill * kSkillUnit;
  const int steps = step - person.since;
  if (steps <= 0) return base;
  switch (person.status) {
    case Status::Employed:
      if (skill_growth_ == 0.0) return base;
      return std::max(base, std::min(base + skill_growth_ * steps, skill_ceiling_));
    case Status::Searching:
    case Status::Discouraged:
    case Status::Inactive:
      return base * kept(steps);
    default:
      return base;
  }
}

// --- memory -------------------------------------------------------------------------------------

void World::fetch_firm_of(PersonId id) const {
  const Person& person = persons[id];
  if (!person.employer.is_none()) prefetch_record(&firms[person.employer.at()]);
  if (!person.previous_staff.is_none()) persons.prefetch(person.previous_staff);
  if (!person.next_staff.is_none()) persons.prefetch(person.next_staff);
}

void World::fetch_cell_of(PersonId id) const {
  const Person& person = persons[id];
  if (!person.employer.is_none()) prefetch_record(&cells[cell_of(person).at()]);
}

void World::fetch_cell_of(VacancyId id) const {
  prefetch_record(&cells[vacancies_[id.at()].cell.at()]);
}

void World::fetch_firm_of(VacancyId id) const {
  const Cell& cell = cells[vacancies_[id.at()].cell.at()];
  prefetch_record(&firms[cell.firm.at()]);
  if (!cell.first_staff.is_none()) persons.prefetch(cell.first_staff);
}

std::size_t World::bytes() const {
  return persons.bytes() + firms.capacity() * sizeof(Firm) + cells.capacity() * sizeof(Cell) +
         cell_keys_.capacity() * sizeof(std::uint32_t) + vacancies_.capacity() * sizeof(Vacancy) +
         (searching_.capacity() + discouraged_.capacity()) * sizeof(Seeker);
}

// --- posts --------------------------------------------------------------------------------------

void World::want(CellId id, std::uint32_t target) {
  cells[id.at()].target = target;
  judge(id);
}

void World::forget_lost(CellId id) {
  cells[id.at()].lost = 0;
  judge(id);
}

// --- vacancies ----------------------------------------------------------------------------------

VacancyId World::open_vacancy(CellId cell_id) {
  VacancyId id;
  if (free_vacancies_.empty()) {
    id = VacancyId{vacancies_.size()};
    vacancies_.emplace_back();
  } else {
    id = free_vacancies_.back();
    free_vacancies_.pop_back();
  }
  Cell& cell = cells[cell_id.at()];
  Firm& firm = firms[cell.firm.at()];
  Vacancy& vacancy = vacancies_[id.at()];
  vacancy = Vacancy{};
  vacancy.cell = cell_id;
  vacancy.market = firm.recruits_nationally ? national_market(cell.occupation)
                                            : market_id(firm.region, cell.occupation);
  vacancy.opened = step;
  vacancy.place_key =
      scramble(firm.line * 0x9E3779B1u ^ (firm.next_vacancy_number++ * 0x85EBCA77u));
  vacancy.next_in_cell = cell.first_vacancy;
  if (!cell.first_vacancy.is_none()) vacancies_[cell.first_vacancy.at()].previous_in_cell = id;
  cell.first_vacancy = id;
  vacancy.open = true;
  ++cell.vacancies;
  ++firm.vacancies;
  ++vacancy_count_[firm.sector.at() * base_.sizes.occupations + cell.occupation.at()];
  ++vacancy_region_[firm.region.at()];
  ++open_vacancies_;
  judge(cell_id);
  unrevealed_.push_back(id);
  ledger.flow(Flow::VacancyOpened, firm.sector, cell.occupation);
  return id;
}

void World::close(VacancyId id) {
  Vacancy& vacancy = vacancies_[id.at()];
  if (vacancy.listed) markets_[vacancy.market.at()].erase(id, vacancies_);
  Cell& cell = cells[vacancy.cell.at()];
  Firm& firm = firms[cell.firm.at()];
  if (vacancy.previous_in_cell.is_none()) {
    cell.first_vacancy = vacancy.next_in_cell;
  } else {
    vacancies_[vacancy.previous_in_cell.at()].next_in_cell = vacancy.next_in_cell;
  }
  if (!vacancy.next_in_cell.is_none()) {
    vacancies_[vacancy.next_in_cell.at()].previous_in_cell = vacancy.previous_in_cell;
  }
  --cell.vacancies;
  --firm.vacancies;
  --vacancy_count_[firm.sector.at() * base_.sizes.occupations + cell.occupation.at()];
  --vacancy_region_[firm.region.at()];
  --open_vacancies_;
  judge(vacancy.cell);
  vacancy.open = false;
  vacancy.listed = false;
  free_vacancies_.push_back(id);
}

void World::withdraw(VacancyId id) {
  const Vacancy& vacancy = vacancies_[id.at()];
  const Cell& cell = cells[vacancy.cell.at()];
  const Firm& firm = firms[cell.firm.at()];
  ledger.flow(Flow::VacancyWithdrawn, firm.sector, cell.occupation);
  close(id);
}

void World::promise(VacancyId id, bool on) {
  Vacancy& vacancy = vacancies_[id.at()];
  vacancy.promised = on;
  if (on && vacancy.listed) {
    markets_[vacancy.market.at()].erase(id, vacancies_);
    vacancy.listed = false;
  } else if (!on && !vacancy.listed) {
    unrevealed_.push_back(id);
  }
}

void World::reveal_vacancies() {
  for (const VacancyId id : unrevealed_) {
    Vacancy& vacancy = vacancies_[id.at()];
    // Withdrawn or promised in the meantime; or the record was reused and stands here twice.
    if (!vacancy.open || vacancy.promised || vacancy.listed) continue;
    markets_[vacancy.market.at()].insert(id, vacancies_);
    vacancy.listed = true;
  }
  unrevealed_.clear();
  for (MarketTable& market : markets_) market.settle(vacancies_);
}

}  // namespace steppe
