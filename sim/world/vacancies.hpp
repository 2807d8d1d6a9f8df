#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/core/ids.hpp"

namespace steppe {

/// One open post.
struct Vacancy {
  CellId cell;
  MarketId market;
  std::int32_t opened = 0;      ///< step
  std::uint32_t place_key = 0;  ///< from firm and number; decides the place in the market's table
  VacancyId next_in_cell;
  VacancyId previous_in_cell;
  std::uint32_t place = 0;  ///< index in the table, when listed
  bool open = false;        ///< false: the record is free for reuse
  bool listed = false;      ///< visible to seekers
  bool promised = false;    ///< kept for a foreign worker whose permit is under way
};

/// The open vacancies of one market, in a table of places in which a seeker draws.
///
/// A vacancy's place comes from its own key, and empty places are drawn again, so the draw is
/// uniform over vacancies while one vacancy more or less leaves (nearly) all other seekers' choices
/// as they were: what paired scenarios need. The size doubles when the table fills, and halves,
/// with slack, when it is next searched (see settle()); keys give the high bits of the place, so
/// that both moves keep each vacancy near its fraction of the table.
class MarketTable {
 public:
  void insert(VacancyId id, std::vector<Vacancy>& pool);
  void erase(VacancyId id, const std::vector<Vacancy>& pool);
  /// Makes a table that has emptied smaller. Markets that fill and empty within a step would
  /// otherwise move all they hold several times in each.
  void settle(std::vector<Vacancy>& pool);
  [[nodiscard]] std::size_t size() const { return count_; }
  /// One listed vacancy, uniformly. @pre size() > 0
  /// @param word 32 random bits
  [[nodiscard]] VacancyId choose(std::uint32_t word) const;
  /// A draw in a market: what it starts from and what it comes to.
  struct Choice {
    const MarketTable* market = nullptr;  ///< size() > 0
    std::uint32_t word = 0;               ///< 32 random bits; used up
    VacancyId vacancy;
  };
  /// Makes all the choices, each as choose() would. Those that met an empty place draw again
  /// together, so that none waits for the outcome of another.
  static void choose(std::span<Choice> choices);

 private:
  /// The first place at which to look.
  [[nodiscard]] VacancyId look(std::uint32_t word) const { return places_[place_of(word)]; }
  [[nodiscard]] VacancyId look_again(std::uint32_t& word) const;
  [[nodiscard]] VacancyId scan_from(std::uint32_t word) const;
  [[nodiscard]] std::size_t place_of(std::uint32_t word) const { return word >> (32 - log2_size_); }
  void place(VacancyId id, std::vector<Vacancy>& pool);
  void resize(int log2_size, std::vector<Vacancy>& pool);
  std::vector<VacancyId> places_;
  std::vector<VacancyId>
      spare_;  ///< the places before the last change of size, as room for the next
  int log2_size_ = -1;
  std::size_t count_ = 0;
};

}  // namespace steppe
