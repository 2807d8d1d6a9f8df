#include "sim/world/vacancies.hpp"

namespace steppe {
namespace {

constexpr int kSmallestLog2 = 2;
/// Load above which the table doubles and below which it halves. The gap between half of the upper
/// and the lower is the slack that keeps a market from resizing back and forth.
constexpr std::size_t kFullest = 2;    // doubles when count > size / 2
constexpr std::size_t kEmptiest = 16;  // halves when count < size / 16

std::size_t place_from(std::uint32_t word, int log2_size) {
  return log2_size == 0 ? 0 : word >> (32 - log2_size);
}

}  // namespace

void MarketTable::insert(VacancyId id, std::vector<Vacancy>& pool) {
  if (log2_size_ < 0) resize(kSmallestLog2, pool);
  if ((count_ + 1) * kFullest > places_.size()) resize(log2_size_ + 1, pool);
  place(id, pool);
  ++count_;
}

void MarketTable::place(VacancyId id, std::vector<Vacancy>& pool) {
  Vacancy& vacancy = pool[id.at()];
  std::size_t at = place_from(vacancy.place_key, log2_size_);
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

VacancyId MarketTable::choose(std::uint32_t word, const Draws& draws, Purpose purpose,
                              std::uint32_t entity) const {
  const VacancyId id = places_[place_from(word, log2_size_)];
  return id.is_none() ? look_further(draws, purpose, entity) : id;
}

VacancyId MarketTable::look_further(const Draws& draws, Purpose purpose,
                                    std::uint32_t entity) const {
  // A table is never emptier than 1/16, so 64 words leave a chance of (15/16)^64 ≈ 1.6 % at
  // the very worst and far less as a rule; the scan behind it ends the search.
  constexpr std::uint32_t kBlocks = 16;
  std::size_t at = 0;
  for (std::uint32_t draw = 0; draw < kBlocks; ++draw) {
    for (const std::uint32_t word : draws.block(purpose, entity, draw)) {
      at = place_from(word, log2_size_);
      if (!places_[at].is_none()) return places_[at];
    }
  }
  while (places_[at].is_none()) at = (at + 1) & (places_.size() - 1);
  return places_[at];
}

}  // namespace steppe
