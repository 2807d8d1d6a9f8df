#include "sim/core/index_set.hpp"

#include <random>
#include <set>
#include <vector>

#include "support/catch.hpp"

using namespace steppe;

namespace {

std::vector<std::size_t> members(const IndexSet& set) {
  std::vector<std::size_t> out;
  set.for_each([&](std::size_t index) { out.push_back(index); });
  return out;
}

}  // namespace

TEST_CASE("core/index_set: holds what a sorted set holds, at every size", "[unit]") {
  std::mt19937 random(4);
  IndexSet set;
  std::set<std::size_t> reference;
  CHECK(members(set).empty());
  for (const std::size_t size : {1u, 64u, 65u, 4096u, 4097u, 300000u}) {
    INFO(size);
    set.resize(size);
    CHECK(set.size() == size);
    for (int n = 0; n < 2000; ++n) {
      const std::size_t index = random() % size;
      const bool member = random() % 3 != 0;
      set.set(index, member);
      member ? void(reference.insert(index)) : void(reference.erase(index));
    }
    CHECK(members(set) == std::vector<std::size_t>(reference.begin(), reference.end()));
    bool same = true;
    for (std::size_t i = 0; i < size; ++i) same = same && set.contains(i) == reference.contains(i);
    CHECK(same);
  }
  for (const std::size_t index : std::vector<std::size_t>(reference.begin(), reference.end())) {
    set.erase(index);
  }
  CHECK(members(set).empty());
}

TEST_CASE("core/index_set: a visit may take its own index out", "[unit]") {
  IndexSet set;
  set.resize(1000);
  for (std::size_t i = 0; i < 1000; i += 3) set.insert(i);
  std::size_t visited = 0;
  set.for_each([&](std::size_t index) {
    ++visited;
    if (index % 2 == 0) set.erase(index);
  });
  CHECK(visited == 334);
  CHECK(members(set).size() == 167);
}
