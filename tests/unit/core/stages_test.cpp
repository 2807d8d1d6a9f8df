#include "sim/core/stages.hpp"

#include <array>
#include <vector>

#include "support/catch.hpp"

using namespace steppe;

TEST_CASE("core/stages: every item passes every stage once, in order", "[unit]") {
  for (const std::size_t n : {0u, 1u, 5u, 12u, 13u, 100u}) {
    std::vector<int> items(n);
    for (std::size_t i = 0; i < n; ++i) items[i] = static_cast<int>(i);
    std::array<std::vector<int>, 3> seen;
    bool before = true;
    in_stages(
        std::span(items), [&](int item) { seen[0].push_back(item); },
        [&](int item) {
          before = before && static_cast<std::size_t>(item) < seen[0].size();
          seen[1].push_back(item);
        },
        [&](int item) {
          before = before && static_cast<std::size_t>(item) < seen[1].size();
          seen[2].push_back(item);
        });
    for (const auto& stage : seen) CHECK(stage == items);
    CHECK(before);
  }
}
