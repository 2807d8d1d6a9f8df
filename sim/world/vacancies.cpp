#include "sim/world/vacancies.hpp"

namespace steppe {
namespace {

constexpr int kSmallestLog2 = 2;
/// Load above which the table doubles and below which it halves. The gap between half of the upper
/// and the lower is the slack that keeps a market from resizing back and forth.
constexpr std::size_t kFullest = 2;    // doubles when count > size / 2
constexpr std::size_t kEmptiest = 16;  // halves when count < size / 16

}  // namespace

void MarketTable::insert(VacancyId id, std::vector<Vacancy>& pool) {
  if (log2_size_ < 0) resize(kSmallestLog2, pool);
  if ((count_ + 1) * kFullest > places_.size()) resize(log2_size_ + 1, pool);
  place(id, pool);
  ++count_;
}

void MarketTable::place(VacancyId id, std::vector<Vacancy>& pool) {
  Vacancy& vacancy = pool[id.at()];
  std::size_t at = place_of(vacancy.place_key);
  while (!places_[at].is_none()) at = (at + 1) & (places_.size() - 1);
  places_[at] = id;
  vacancy.place = static_cast<std::uint32_t>(at);
}

void MarketTable::erase(VacancyId id, std::vector<Vacancy>& pool) {
  places_[pool[id.at()].place] = VacancyId::none();
  --count_;
  if (log2_size_ > kSmallestLog2 && count_ * kEmptiest < places_.size()) {
    resize(log2_size_ - 1, pool);
  }
}

void MarketTable::resize(int log2_size, std::vector<Vacancy>& pool) {
  std::vector<VacancyId> old(std::size_t{1} << log2_size);
  old.swap(places_);
  log2_size_ = log2_size;
  for (const VacancyId id : old) {
    if (!id.is_none()) place(id, pool);
  }
}

VacancyId MarketTable::look_further(std::uint32_t word) const {
  // An empty place is drawn again. Each draw scrambles the word by the counter-and-mix of
  // SplitMix (Steele, Lea and Flood 2014) with Prospector's 32-bit mix, so that no place follows
  // another; a table is never emptier than 1/16, so the scan behind it is hardly ever reached.
  constexpr int kDraws = 64;
  std::size_t at = 0;
  for (int draw = 0; draw < kDraws; ++draw) {
    word += 0x9E3779B9u;
    std::uint32_t mixed = word;
    mixed ^= mixed >> 16;
    mixed *= 0x7FEB352Du;
    mixed ^= mixed >> 15;
    mixed *= 0x846CA68Bu;
    mixed ^= mixed >> 16;
    at = place_of(mixed);
    if (!places_[at].is_none()) return places_[at];
  }
  while (places_[at].is_none()) at = (at + 1) & (places_.size() - 1);
  return places_[at];
}

}  // namespace steppe
