#include <string>
#include <vector>

#include "sim/core/error.hpp"
#include "sim/world/world.hpp"

namespace steppe {

void World::verify() const {
  const auto fail = [&](const std::string& what) {
    throw ModelError("accounts do not balance after step " + std::to_string(step) + " (" +
                     to_string(clock_.date(step)) + "): " + what);
  };
  Ledger recount(base_.sizes, clock_.steps());
  std::vector<std::uint32_t> nationals(cells.size()), foreigners(cells.size());
  std::int64_t searching = 0, discouraged = 0;
  for (int range = 0; range < kRangeCount; ++range) {
    for (std::uint32_t n = 0; n < persons.size(range); ++n) {
      const Person& person = persons[make_person_id(range, n)];
      recount.count(person, +1);
      if ((person.status == Status::Employed) == person.employer.is_none()) {
        fail("a person's status and employer disagree");
      }
      if (person.status == Status::Employed) {
        const CellId cell = cell_of(person);
        ++(person.is_national() ? nationals : foreigners)[cell.at()];
      }
      searching += person.is_national() && person.status == Status::Searching;
      discouraged += person.is_national() && person.status == Status::Discouraged;
    }
  }
  if (const char* table = ledger.difference(recount)) {
    fail(std::string("the ledger's ") + table + " differ from a count of the persons");
  }
  if (searching != static_cast<std::int64_t>(searching_.size()) ||
      discouraged != static_cast<std::int64_t>(discouraged_.size())) {
    fail("the lists of seekers differ from a count of the persons");
  }
  for (const auto* const list : {&searching_, &discouraged_}) {
    for (std::size_t at = 0; at < list->size(); ++at) {
      const Seeker& seeker = (*list)[at];
      const Person& person = persons[seeker.id];
      if (list_of(person) != list || person.list_position != at || person.since != seeker.since ||
          person.skill != seeker.skill || person.occupation != seeker.occupation ||
          person.region != seeker.region) {
        fail("a list of seekers says of somebody what the person's record does not");
      }
    }
  }
  std::vector<std::uint32_t> open(cells.size());
  std::vector<std::size_t> listed(markets_.size());
  std::vector<std::int32_t> open_by_sector(vacancy_count_.size()),
      open_by_region(vacancy_region_.size());
  std::int64_t open_total = 0;
  for (const Vacancy& vacancy : vacancies_) {
    if (!vacancy.open) continue;
    const Cell& cell = cells[vacancy.cell.at()];
    const Firm& firm = firms[cell.firm.at()];
    ++open[vacancy.cell.at()];
    ++open_by_sector[firm.sector.at() * base_.sizes.occupations + cell.occupation.at()];
    ++open_by_region[firm.region.at()];
    ++open_total;
    listed[vacancy.market.at()] += vacancy.listed ? 1 : 0;
  }
  if (open_total != open_vacancies_ || open_by_sector != vacancy_count_ ||
      open_by_region != vacancy_region_) {
    fail("open vacancies differ from their counts");
  }
  for (std::size_t m = 0; m < markets_.size(); ++m) {
    if (markets_[m].size() != listed[m]) fail("a market differs from the vacancies listed in it");
  }
  for (std::size_t c = 0; c < cells.size(); ++c) {
    if (cells[c].nationals != nationals[c] || cells[c].foreigners != foreigners[c]) {
      fail("a firm's staff differs from the persons who say they work there");
    }
    if (cells[c].vacancies != open[c]) fail("a firm's vacancies differ from the open ones");
    std::uint32_t staff = 0;
    for (PersonId id = cells[c].first_staff; !id.is_none(); id = persons[id].next_staff) {
      if (persons[id].status != Status::Employed || cell_of(persons[id]).at() != c) {
        fail("a firm's list of staff holds somebody who works elsewhere");
      }
      ++staff;
    }
    if (staff != cells[c].staff()) fail("a firm's list of staff is not as long as its staff");
    if (unsettled_.contains(c) != is_unsettled(cells[c]) ||
        overstaffed_.contains(c) != (cells[c].staff() > cells[c].target)) {
      fail("the cells said to need something are not those that do");
    }
  }
  std::vector<std::int32_t> areas(staff_area_.size());
  for (std::size_t c = 0; c < cells.size(); ++c) {
    const Firm& firm = firms[cells[c].firm.at()];
    areas[area_offset_[firm.sector.at()] + firm.region.at() * firm.n_cells + c - firm.first_cell] +=
        static_cast<std::int32_t>(cells[c].staff());
  }
  if (areas != staff_area_) fail("staff by sector and region differs from the firms'");
  for (const Firm& firm : firms) {
    std::uint32_t n = 0, f = 0, v = 0;
    for (std::uint32_t c = firm.first_cell; c < firm.first_cell + firm.n_cells; ++c) {
      n += cells[c].nationals;
      f += cells[c].foreigners;
      v += cells[c].vacancies;
    }
    if (n != firm.nationals || f != firm.foreigners || v != firm.vacancies) {
      fail("a firm's totals differ from its cells");
    }
  }
}

}  // namespace steppe
