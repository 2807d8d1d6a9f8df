#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <new>

#include "sim/engine/simulation.hpp"
#include "sim/population/synthesise.hpp"
#include "support/catch.hpp"
#include "support/textbook.hpp"

using namespace steppe;

namespace {

std::atomic<std::uint64_t> g_allocations{0};

}  // namespace

// For the whole test program. Records of persons come from another allocator (LargePages); only
// births and arrivals add any.
void* operator new(std::size_t size) {
  ++g_allocations;
  if (void* const memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
// A sanitizer has one of its own, which would not be freed by what stands below.
void* operator new(std::size_t size, const std::nothrow_t& /*tag*/) noexcept {
  ++g_allocations;
  return std::malloc(size == 0 ? 1 : size);
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t /*size*/) noexcept { std::free(memory); }

TEST_CASE("engine/simulation: steps allocate nothing once vectors have their room", "[unit]") {
  test::Textbook world;
  world.months = 120;
  world.same_step_search = true;
  world.model = {{Slot::Separations, "age_tenure"}, {Slot::Matching, "urn"}};
  const Scenario scenario = test::make_scenario(world, builtin_models());
  Simulation simulation(scenario, builtin_models(), synthesise(scenario), {.seed = 5});
  for (int month = 0; month < 60; ++month) simulation.step();
  const std::uint64_t before = g_allocations;
  for (int month = 60; month < 120; ++month) simulation.step();
  // A vector may still meet a month with more in it than any before; a phase that makes one of its
  // own in every step would be seen sixty times.
  CHECK(g_allocations - before < 10);
}
