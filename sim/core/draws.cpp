#include "sim/core/draws.hpp"

#include <Random123/philox.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace steppe {
namespace {

using Philox = r123::Philox4x32;

/// Counters worked on side by side.
constexpr std::size_t kLanes = 8;

#if defined(__x86_64__)

__attribute__((target("avx2"))) __m256i low_halves(__m256i even, __m256i odd) {
  return _mm256_blend_epi32(even, _mm256_slli_epi64(odd, 32), 0b10101010);
}

__attribute__((target("avx2"))) __m256i spread(std::uint32_t word) {
  return _mm256_set1_epi32(static_cast<int>(word));
}

__attribute__((target("avx2"))) __m256i high_halves(__m256i even, __m256i odd) {
  return _mm256_blend_epi32(_mm256_srli_epi64(even, 32), odd, 0b10101010);
}

/// Philox4x32-10 on eight counters, whose first and last words differ from lane to lane. Whole
/// numbers only, so the words are Random123's to the bit (tests/unit/core/draws_test.cpp).
__attribute__((target("avx2"))) void eight_blocks(const std::uint32_t* entities,
                                                  const std::uint32_t* draws, std::uint32_t step,
                                                  std::uint32_t purpose, std::uint32_t key_0,
                                                  std::uint32_t key_1, Draws::Block* out) {
  __m256i a = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(entities));
  __m256i b = spread(step), c = spread(purpose);
  __m256i d = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(draws));
  const __m256i multiplier_a = spread(PHILOX_M4x32_0), multiplier_c = spread(PHILOX_M4x32_1);
  for (int round = 0; round < 10; ++round) {
    const __m256i even_a = _mm256_mul_epu32(a, multiplier_a);
    const __m256i odd_a = _mm256_mul_epu32(_mm256_srli_epi64(a, 32), multiplier_a);
    const __m256i even_c = _mm256_mul_epu32(c, multiplier_c);
    const __m256i odd_c = _mm256_mul_epu32(_mm256_srli_epi64(c, 32), multiplier_c);
    a = _mm256_xor_si256(_mm256_xor_si256(high_halves(even_c, odd_c), b), spread(key_0));
    c = _mm256_xor_si256(_mm256_xor_si256(high_halves(even_a, odd_a), d), spread(key_1));
    b = low_halves(even_c, odd_c);
    d = low_halves(even_a, odd_a);
    key_0 += PHILOX_W32_0;
    key_1 += PHILOX_W32_1;
  }
  // From one register a word to one block a lane.
  const __m256i ab_low = _mm256_unpacklo_epi32(a, b), ab_high = _mm256_unpackhi_epi32(a, b);
  const __m256i cd_low = _mm256_unpacklo_epi32(c, d), cd_high = _mm256_unpackhi_epi32(c, d);
  const __m256i rows[] = {
      _mm256_unpacklo_epi64(ab_low, cd_low), _mm256_unpackhi_epi64(ab_low, cd_low),
      _mm256_unpacklo_epi64(ab_high, cd_high), _mm256_unpackhi_epi64(ab_high, cd_high)};
  for (std::size_t row = 0; row < 4; ++row) {
    _mm_storeu_si128(reinterpret_cast<__m128i*>(out[row].data()),
                     _mm256_castsi256_si128(rows[row]));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(out[row + 4].data()),
                     _mm256_extracti128_si256(rows[row], 1));
  }
}

bool has_wide_lanes() {
  static const bool has = __builtin_cpu_supports("avx2") != 0;
  return has;
}

#else

void eight_blocks(const std::uint32_t*, const std::uint32_t*, std::uint32_t, std::uint32_t,
                  std::uint32_t, std::uint32_t, Draws::Block*) {}
bool has_wide_lanes() { return false; }

#endif

}  // namespace

Draws::Draws(std::uint64_t seed, std::uint32_t realization) : key_{} {
  // The key has room for 64 bits; seed and realization need 96. One Philox block mixes them, so
  // that realization 1 of seed 7 shares no key with realization 0 of seed 8.
  const Philox::ctr_type counter{{realization, 0x73746570u, 0u, 0u}};
  const Philox::key_type key{
      {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)}};
  const Philox::ctr_type mixed = Philox{}(counter, key);
  key_ = {mixed[0], mixed[1]};
}

Draws::Block Draws::block(Purpose purpose, std::uint32_t entity, std::uint32_t draw) const {
  ++count_;
  const Philox::ctr_type counter{{entity, step_, purpose.value(), draw}};
  const Philox::key_type key{{key_[0], key_[1]}};
  const Philox::ctr_type out = Philox{}(counter, key);
  return {out[0], out[1], out[2], out[3]};
}

void Draws::blocks(Purpose purpose, std::uint32_t entity, std::uint32_t first_draw,
                   std::span<Block> out) const {
  std::size_t done = 0;
  if (has_wide_lanes()) {
    count_ += out.size() / kLanes * kLanes;
    std::array<std::uint32_t, kLanes> entities, draws;
    entities.fill(entity);
    for (; done + kLanes <= out.size(); done += kLanes) {
      for (std::size_t lane = 0; lane < kLanes; ++lane) {
        draws[lane] = first_draw + static_cast<std::uint32_t>(done + lane);
      }
      eight_blocks(entities.data(), draws.data(), step_, purpose.value(), key_[0], key_[1],
                   out.data() + done);
    }
  }
  for (; done < out.size(); ++done) {
    out[done] = block(purpose, entity, first_draw + static_cast<std::uint32_t>(done));
  }
}

void Draws::blocks(Purpose purpose, std::span<const std::uint32_t> entities,
                   std::span<Block> out) const {
  std::size_t done = 0;
  if (has_wide_lanes()) {
    count_ += out.size() / kLanes * kLanes;
    constexpr std::array<std::uint32_t, kLanes> draws{};
    for (; done + kLanes <= out.size(); done += kLanes) {
      eight_blocks(entities.data() + done, draws.data(), step_, purpose.value(), key_[0], key_[1],
                   out.data() + done);
    }
  }
  for (; done < out.size(); ++done) out[done] = block(purpose, entities[done]);
}

double Draws::normal(Purpose purpose, std::uint32_t entity, std::uint32_t draw) const {
  const auto [u, v] = uniform_pair(purpose, entity, draw);
  // 1 - u lies in (0, 1], so the logarithm is finite.
  return std::sqrt(-2.0 * std::log(1.0 - u)) * std::cos(2.0 * std::numbers::pi * v);
}

}  // namespace steppe
