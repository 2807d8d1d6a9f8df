#pragma once

#include <cstdint>

namespace steppe {

/// A fixed permutation of 32-bit words that leaves no pattern of its argument: Prospector's mix
/// (Wellons 2018). For orders and places that must follow from names alone; random numbers come
/// from Draws.
[[nodiscard]] constexpr std::uint32_t scramble(std::uint32_t word) {
  word ^= word >> 16;
  word *= 0x7FEB352Du;
  word ^= word >> 15;
  word *= 0x846CA68Bu;
  word ^= word >> 16;
  return word;
}

}  // namespace steppe
