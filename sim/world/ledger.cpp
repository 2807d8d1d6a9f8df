#include "sim/world/ledger.hpp"

#include <algorithm>
#include <numeric>

#include "sim/core/error.hpp"

namespace steppe {
namespace {

/// Birth months from 1900-01 to 2099-12.
constexpr std::size_t kBirthMonths = 2400;

std::size_t cohort_index(int birth_month, Status status, Sex sex) {
  const auto month =
      static_cast<std::size_t>(std::clamp(birth_month, 0, static_cast<int>(kBirthMonths) - 1));
  return (static_cast<std::size_t>(status) * 2 + static_cast<std::size_t>(sex)) * kBirthMonths +
         month;
}

template <class T>
void fill_zero(T& container) {
  std::fill(container.begin(), container.end(), typename T::value_type{0});
}

}  // namespace

Ledger::Ledger(const Sizes& sizes, int steps)
    : sizes_(sizes),
      steps_(steps),
      by_region_(sizes.regions * kStatusCount),
      by_occupation_(sizes.occupations * kStatusCount),
      by_education_(sizes.education * kStatusCount),
      cohorts_(kBirthMonths * kStatusCount * 2),
      staff_(sizes.sectors * sizes.occupations * sizes.origins),
      staff_region_(sizes.regions * sizes.sectors * 2),
      abroad_(sizes.destinations),
      searching_since_(static_cast<std::size_t>(kSpellsBefore + steps + 1)),
      wage_units_(sizes.regions * sizes.sectors * sizes.occupations * 2),
      permits_sector_(sizes.sectors),
      permits_origin_(sizes.origins),
      permits_cell_(sizes.sectors * sizes.occupations * sizes.origins),
      flows_sector_(kFlowCount * sizes.sectors),
      flows_occupation_(kFlowCount * sizes.occupations),
      filled_steps_(sizes.occupations),
      filled_count_(sizes.occupations) {}

std::size_t Ledger::spell_index(int since) const {
  return static_cast<std::size_t>(std::clamp(since, -kSpellsBefore, steps_) + kSpellsBefore);
}

void Ledger::count(const Person& person, int sign) {
  if (person.status == Status::Gone) return;
  const bool foreign = !person.is_national();
  if (foreign) {
    foreigners_ += sign;
    if (person.permit() == Permit::Valid) {
      permits_ += sign;
      permits_sector_[person.sector.at()] += sign;
      permits_origin_[person.origin.at()] += sign;
      permits_cell_[staff_index(person.sector, person.occupation, person.origin)] += sign;
    }
    if (person.permit() == Permit::Irregular) irregular_ += sign;
  } else {
    const auto status = static_cast<std::size_t>(person.status);
    by_status_[status] += sign;
    cohorts_[cohort_index(person.birth_month, person.status, person.sex())] += sign;
    by_education_[person.education.at() * kStatusCount + status] += sign;
    if (person.status == Status::Abroad) {
      abroad_[person.destination.at()] += sign;
      return;
    }
    by_region_[person.region.at() * kStatusCount + status] += sign;
    by_occupation_[person.occupation.at() * kStatusCount + status] += sign;
    if (person.status == Status::Searching) searching_since_[spell_index(person.since)] += sign;
  }
  if (person.status != Status::Employed) return;
  staff_[staff_index(person.sector, person.occupation, person.origin)] += sign;
  staff_region_[(person.region.at() * sizes_.sectors + person.sector.at()) * 2 +
                (foreign ? 1u : 0u)] += sign;
  wage_units_[wage_cell(person.sector, person.occupation, person.region) * 2 +
              (foreign ? 1u : 0u)] += sign * static_cast<std::int64_t>(person.relative_wage);
}

std::int64_t Ledger::nationals(Status status, Sex sex, int from, int to, Month now) const {
  // Age a in completed years: born in months (now − 12(a+1), now − 12a].
  const int earliest = std::max(now.index() - 12 * to + 1, 0);
  const int latest = now.index() - 12 * from;
  if (latest < earliest) return 0;
  const auto* cohorts = cohorts_.data();
  return std::accumulate(cohorts + cohort_index(earliest, status, sex),
                         cohorts + cohort_index(latest, status, sex) + 1, std::int64_t{0});
}

std::int64_t Ledger::searching_for(int step, int from, int to) const {
  std::int64_t sum = 0;
  const int latest = step - from;
  const int earliest = to >= kSpellsBefore + step ? -kSpellsBefore : step - to + 1;
  for (int since = earliest; since <= latest; ++since) {
    sum += searching_since_[spell_index(since)];
  }
  return sum;
}

std::int64_t Ledger::persons() const {
  std::int64_t sum = foreigners_;
  for (const std::int64_t n : by_status_) sum += n;
  return sum;
}

void Ledger::pay(Payment what, Account from, Account to, std::int64_t mnt) {
  payments_[static_cast<std::size_t>(what)] += mnt;
  balances_[static_cast<std::size_t>(from)] -= mnt;
  balances_[static_cast<std::size_t>(to)] += mnt;
}

void Ledger::clear_flows() {
  totals_.fill(0);
  payments_.fill(0);
  fill_zero(flows_sector_);
  fill_zero(flows_occupation_);
  fill_zero(filled_steps_);
  fill_zero(filled_count_);
}

const char* Ledger::difference(const Ledger& other) const {
  if (by_status_ != other.by_status_) return "nationals by status";
  if (by_region_ != other.by_region_) return "nationals by region and status";
  if (by_occupation_ != other.by_occupation_) return "nationals by occupation and status";
  if (by_education_ != other.by_education_) return "nationals by education and status";
  if (cohorts_ != other.cohorts_) return "nationals by birth month, status and sex";
  if (staff_ != other.staff_) return "staff by sector, occupation and origin";
  if (staff_region_ != other.staff_region_) return "staff by region and sector";
  if (abroad_ != other.abroad_) return "nationals abroad by destination";
  if (searching_since_ != other.searching_since_) return "searching nationals by spell";
  if (wage_units_ != other.wage_units_) return "relative wages by cell";
  if (foreigners_ != other.foreigners_) return "foreigners";
  if (permits_ != other.permits_) return "valid permits";
  if (permits_sector_ != other.permits_sector_) return "valid permits by sector";
  if (permits_origin_ != other.permits_origin_) return "valid permits by origin";
  if (permits_cell_ != other.permits_cell_) return "valid permits by sector, occupation and origin";
  if (irregular_ != other.irregular_) return "irregular workers";
  return nullptr;
}

}  // namespace steppe
