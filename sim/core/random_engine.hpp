#pragma once

#include <array>
#include <cstdint>
#include <limits>

#include "sim/core/draws.hpp"

namespace steppe {

/// A stream of random words at one address, in the form in which libraries of distributions want
/// them (UniformRandomBitGenerator). Two streams of the same address are the same.
class RandomEngine {
 public:
  using result_type = std::uint32_t;
  RandomEngine(const Draws& draws, Purpose purpose, std::uint32_t entity)
      : draws_(draws), purpose_(purpose), entity_(entity) {}
  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }
  result_type operator()() {
    if (at_ == block_.size()) {
      block_ = draws_.block(purpose_, entity_, next_++);
      at_ = 0;
    }
    return block_[at_++];
  }

 private:
  const Draws& draws_;
  Purpose purpose_;
  std::uint32_t entity_;
  std::uint32_t next_ = 0;
  Draws::Block block_{};
  std::size_t at_ = block_.size();
};

}  // namespace steppe
