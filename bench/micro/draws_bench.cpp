#include "bench/measure.hpp"
#include "sim/core/draws.hpp"

namespace steppe::bench {
namespace {

constexpr std::uint32_t kDraws = 4'000'000;
constexpr Purpose kPurpose{"bench"};

double uniforms() {
  const Draws draws(1, 0);
  double sum = 0.0;
  for (std::uint32_t entity = 0; entity < kDraws; ++entity) sum += draws.uniform(kPurpose, entity);
  keep(sum);
  return kDraws;
}

double blocks() {
  const Draws draws(1, 0);
  std::uint32_t sum = 0;
  for (std::uint32_t entity = 0; entity < kDraws; ++entity) {
    for (const std::uint32_t word : draws.block(kPurpose, entity)) sum += word;
  }
  keep(sum);
  return 4.0 * kDraws;
}

double normals() {
  const Draws draws(1, 0);
  double sum = 0.0;
  for (std::uint32_t entity = 0; entity < kDraws; ++entity) sum += draws.normal(kPurpose, entity);
  keep(sum);
  return kDraws;
}

}  // namespace

std::vector<Case> draws_cases() {
  return {{"draws/block", "words", blocks},
          {"draws/uniform", "numbers", uniforms},
          {"draws/normal", "numbers", normals}};
}

}  // namespace steppe::bench
