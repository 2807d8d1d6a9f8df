#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace steppe {

/// A set of indices below a size, walked in ascending order at a cost that grows with the members
/// and not with the size: bits, over them a bit for every word that has some, and so on to one
/// word.
class IndexSet {
 public:
  /// Makes room for indices below `size`; members stay. It never shrinks.
  void resize(std::size_t size) {
    if (size <= size_) return;
    size_ = size;
    std::size_t words = size;
    for (std::size_t level = 0; level == 0 || words > 1; ++level) {
      words = (words + kBits - 1) / kBits;
      if (level == levels_.size()) {
        levels_.emplace_back();
        // A new top sums up the level below, which may have members already.
        if (level > 0 && !levels_[level - 1].empty()) {
          levels_[level].assign(1, 0);
          for (std::size_t w = 0; w < levels_[level - 1].size(); ++w) {
            if (levels_[level - 1][w] != 0) {
              if (w / kBits >= levels_[level].size()) levels_[level].resize(w / kBits + 1);
              levels_[level][w / kBits] |= bit(w);
            }
          }
        }
      }
      levels_[level].resize(words);
    }
  }
  [[nodiscard]] std::size_t size() const { return size_; }

  /// @pre index < size(), here and below
  [[nodiscard]] bool contains(std::size_t index) const {
    return (levels_[0][index / kBits] & bit(index)) != 0;
  }
  void insert(std::size_t index) {
    for (auto& level : levels_) {
      std::uint64_t& word = level[index / kBits];
      const bool known = word != 0;
      word |= bit(index);
      if (known) return;
      index /= kBits;
    }
  }
  void erase(std::size_t index) {
    for (auto& level : levels_) {
      std::uint64_t& word = level[index / kBits];
      word &= ~bit(index);
      if (word != 0) return;
      index /= kBits;
    }
  }
  void set(std::size_t index, bool member) {
    if (contains(index) == member) return;
    member ? insert(index) : erase(index);
  }

  /// Calls `visit(index)` for every member in ascending order. `visit` may change the membership of
  /// the index it is given.
  template <class Visit>
  void for_each(Visit&& visit) const {
    if (!levels_.empty()) walk(levels_.size() - 1, 0, visit);
  }

 private:
  static constexpr std::size_t kBits = 64;
  static std::uint64_t bit(std::size_t index) { return std::uint64_t{1} << (index % kBits); }

  template <class Visit>
  void walk(std::size_t level, std::size_t word, Visit& visit) const {
    for (std::uint64_t bits = levels_[level][word]; bits != 0; bits &= bits - 1) {
      const std::size_t index = word * kBits + static_cast<std::size_t>(std::countr_zero(bits));
      if (level == 0) {
        visit(index);
      } else {
        walk(level - 1, index, visit);
      }
    }
  }

  std::size_t size_ = 0;
  std::vector<std::vector<std::uint64_t>> levels_;  ///< members first
};

}  // namespace steppe
