#include "sim/world/vacancies.hpp"

#include <array>
#include <utility>

#include "sim/core/scramble.hpp"

namespace steppe {
namespace {

constexpr int kSmallestLog2 = 2;
/// Load above which the table doubles and below which it is halved. The gap between half of the
/// upper and the lower is the slack that keeps a market from resizing back and forth.
constexpr std::size_t kFullest = 2;    // doubles when count > size / 2
constexpr std::size_t kEmptiest = 16;  // halves when count < size / 16

/// Draws again after which a seeker scans.
constexpr int kDraws = 1 << 14;

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

void MarketTable::erase(VacancyId id, const std::vector<Vacancy>& pool) {
  places_[pool[id.at()].place] = VacancyId::none();
  --count_;
}

void MarketTable::settle(std::vector<Vacancy>& pool) {
  int log2_size = log2_size_;
  while (log2_size > kSmallestLog2 && count_ * kEmptiest < std::size_t{1} << log2_size) --log2_size;
  if (log2_size < log2_size_) resize(log2_size, pool);
}

void MarketTable::resize(int log2_size, std::vector<Vacancy>& pool) {
  places_.swap(spare_);
  places_.assign(std::size_t{1} << log2_size, VacancyId::none());
  log2_size_ = log2_size;
  for (const VacancyId id : spare_) {
    if (!id.is_none()) place(id, pool);
  }
}

/// An empty place is drawn again. Each draw scrambles the word by the counter-and-mix of SplitMix
/// (Steele, Lea and Flood 2014) with Prospector's 32-bit mix, so that no place follows another.
VacancyId MarketTable::look_again(std::uint32_t& word) const {
  word += 0x9E3779B9u;
  return look(scramble(word));
}

/// Not uniform, but hardly ever reached: by one draw in 10⁷ from a table that is 1/1024 full, and
/// searches begin at 1/16 or more.
VacancyId MarketTable::scan_from(std::uint32_t word) const {
  std::size_t at = place_of(scramble(word));
  while (places_[at].is_none()) at = (at + 1) & (places_.size() - 1);
  return places_[at];
}

VacancyId MarketTable::choose(std::uint32_t word) const {
  Choice choice{this, word, {}};
  choose(std::span(&choice, 1));
  return choice.vacancy;
}

void MarketTable::choose(std::span<Choice> choices) {
  constexpr std::size_t kTogether = 64;
  std::array<std::uint8_t, kTogether> open;
  for (; choices.size() > kTogether; choices = choices.subspan(kTogether)) {
    choose(choices.first(kTogether));
  }
  // Places are noted whether or not they are empty, and kept when they are: no branch to
  // mispredict.
  std::size_t left = 0;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    Choice& choice = choices[i];
    choice.vacancy = choice.market->look(choice.word);
    open[left] = static_cast<std::uint8_t>(i);
    left += choice.vacancy.is_none();
  }
  for (int draw = 0; draw < kDraws && left > 0; ++draw) {
    const std::size_t before = std::exchange(left, 0);
    for (std::size_t n = 0; n < before; ++n) {
      Choice& choice = choices[open[n]];
      choice.vacancy = choice.market->look_again(choice.word);
      open[left] = open[n];
      left += choice.vacancy.is_none();
    }
  }
  for (std::size_t n = 0; n < left; ++n) {
    Choice& choice = choices[open[n]];
    choice.vacancy = choice.market->scan_from(choice.word);
  }
}

}  // namespace steppe
