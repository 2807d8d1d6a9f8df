#include "sim/core/draws.hpp"

#include <Random123/philox.h>

#include <vector>

#include "support/catch.hpp"

using namespace steppe;

namespace {

constexpr Purpose kTest{"tests/draws"};

}  // namespace

TEST_CASE("core/draws: a block is Philox4x32-10 at (entity, step, purpose, draw)", "[unit]") {
  // The library's published known answer, so that a changed library is noticed.
  const r123::Philox4x32::ctr_type known = r123::Philox4x32{}(
      {{0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u}}, {{0xa4093822u, 0x299f31d0u}});
  CHECK(known[0] == 0xd16cfe09u);
  CHECK(known[1] == 0x94fdccebu);
  CHECK(known[2] == 0x5001e420u);
  CHECK(known[3] == 0x24126ea1u);

  // The key is a block of its own: (replicate, "step", 0, 0) under the seed.
  const auto key = r123::Philox4x32{}({{5u, 0x73746570u, 0u, 0u}}, {{7u, 1u}});
  Draws draws((std::uint64_t{1} << 32) + 7u, 5);
  draws.set_step(9);
  const auto expected = r123::Philox4x32{}({{11u, 9u, kTest.value(), 3u}}, {{key[0], key[1]}});
  const Draws::Block block = draws.block(kTest, 11, 3);
  for (std::size_t w = 0; w < 4; ++w) CHECK(block[w] == expected[w]);
}

TEST_CASE("core/draws: many blocks at once are the same words as one by one", "[unit]") {
  Draws draws(3, 8);
  draws.set_step(77);
  for (const std::size_t n : {0u, 1u, 7u, 8u, 9u, 16u, 61u}) {
    std::vector<Draws::Block> of_one(n), of_many(n);
    std::vector<std::uint32_t> entities(n);
    for (std::size_t i = 0; i < n; ++i) {
      entities[i] = static_cast<std::uint32_t>(0x9E3779B1u * (i + 1));
    }
    draws.blocks(kTest, 0xFFFFFFF0u, 0xFFFFFFFAu, of_one);
    draws.blocks(kTest, entities, of_many);
    bool same = true;
    for (std::size_t i = 0; i < n; ++i) {
      const auto draw = 0xFFFFFFFAu + static_cast<std::uint32_t>(i);
      same = same && of_one[i] == draws.block(kTest, 0xFFFFFFF0u, draw);
      same = same && of_many[i] == draws.block(kTest, entities[i]);
    }
    CHECK(same);
  }
}

TEST_CASE("core/draws: seeds, replicates, steps, entities and purposes are told apart", "[unit]") {
  Draws draws(1, 0);
  const Draws::Block here = draws.block(kTest, 4);
  CHECK(here != Draws(2, 0).block(kTest, 4));
  CHECK(here != Draws(1, 1).block(kTest, 4));
  CHECK(here != draws.block(kTest, 5));
  CHECK(here != draws.block(kTest, 4, 1));
  CHECK(here != draws.block(kTest.with(1), 4));
  CHECK(here == draws.block(kTest.with(0), 4));
  draws.set_step(1);
  CHECK(here != draws.block(kTest, 4));
}
