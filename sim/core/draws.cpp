#include "sim/core/draws.hpp"

#include <Random123/philox.h>

#include <cmath>
#include <numbers>

namespace steppe {
namespace {

using Philox = r123::Philox4x32;

}  // namespace

Draws::Draws(std::uint64_t seed, std::uint32_t replicate) : key_{} {
  // The key has room for 64 bits; seed and replicate need 96. One Philox block mixes them, so
  // that replicate 1 of seed 7 shares no key with replicate 0 of seed 8.
  const Philox::ctr_type counter{{replicate, 0x73746570u, 0u, 0u}};
  const Philox::key_type key{
      {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)}};
  const Philox::ctr_type mixed = Philox{}(counter, key);
  key_ = {mixed[0], mixed[1]};
}

Draws::Block Draws::block(Purpose purpose, std::uint32_t entity, std::uint32_t draw) const {
  const Philox::ctr_type counter{{entity, step_, purpose.value(), draw}};
  const Philox::key_type key{{key_[0], key_[1]}};
  const Philox::ctr_type out = Philox{}(counter, key);
  return {out[0], out[1], out[2], out[3]};
}

double Draws::normal(Purpose purpose, std::uint32_t entity, std::uint32_t draw) const {
  const auto [u, v] = uniform_pair(purpose, entity, draw);
  // 1 - u lies in (0, 1], so the logarithm is finite.
  return std::sqrt(-2.0 * std::log(1.0 - u)) * std::cos(2.0 * std::numbers::pi * v);
}

}  // namespace steppe
