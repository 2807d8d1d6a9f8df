#include "sim/world/person.hpp"

#include <algorithm>

#include "sim/core/error.hpp"

namespace steppe {

PersonId PersonStore::add(int range, const Person& person) {
  auto& records = ranges_[static_cast<std::size_t>(range)];
  // The last number is left out: with the last range it would spell "none".
  if (records.size() >= (std::size_t{1} << kNumberBits) - 1) {
    throw ModelError("an address range of persons is full: choose a coarser scale (--scale)");
  }
  records.push_back(person);
  const auto number = static_cast<std::uint32_t>(records.size() - 1);
  if (range == static_cast<int>(Range::Start)) note(number, person);
  return make_person_id(range, number);
}

void PersonStore::allot(int range, std::uint32_t count) {
  Person nobody;
  nobody.status = Status::Gone;
  ranges_[static_cast<std::size_t>(range)].assign(count, nobody);
}

void PersonStore::settle(PersonId id, const Person& person) {
  (*this)[id] = person;
  if (range_of(id) == static_cast<int>(Range::Start)) note(number_of(id), person);
}

void PersonStore::note(std::uint32_t number, const Person& person) {
  const std::size_t at = number / kStretch;
  if (at >= known_.size()) known_.resize(at + 1);
  Known& known = known_[at];
  known.first_birth = std::min(known.first_birth, person.birth_month);
  known.last_birth = std::max(known.last_birth, person.birth_month);
  (person.sex() == Sex::Female ? known.women : known.men) = true;
  (person.is_national() ? known.nationals : known.foreigners) = true;
}

Stretch PersonStore::stretch(int range, std::uint32_t first, Month start, Month now) const {
  Stretch who;
  if (range == static_cast<int>(Range::Start)) {
    const Known& known = known_[first / kStretch];
    who.youngest = std::max(0, (now.index() - known.last_birth) / 12);
    who.oldest = std::max(0, (now.index() - known.first_birth) / 12);
    who.women = known.women;
    who.men = known.men;
    who.nationals = known.nationals;
    who.foreigners = known.foreigners;
  } else if (range == static_cast<int>(Range::Births)) {
    who.oldest = std::max(0, (now - start) / 12);
    who.foreigners = false;
  } else {
    who.nationals = false;
  }
  return who;
}

std::size_t PersonStore::records() const {
  std::size_t sum = 0;
  for (const auto& range : ranges_) sum += range.size();
  return sum;
}

std::size_t PersonStore::bytes() const {
  std::size_t sum = 0;
  for (const auto& range : ranges_) sum += range.capacity() * sizeof(Person);
  return sum;
}

}  // namespace steppe
