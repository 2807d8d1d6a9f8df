#include <algorithm>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/small_world.hpp"

using namespace steppe;

namespace steppe {
void register_wages_adaptive(Registry& registry);
void register_wages_fixed(Registry& registry);
void register_wages_nash(Registry& registry);
void register_wages_nested_ces(Registry& registry);
void register_wages_posting(Registry& registry);
void register_wages_wage_curve(Registry& registry);
}  // namespace steppe

namespace {

struct Rule {
  const char* name;
  test::SmallWorld::Register add;
};
const Rule kRules[] = {
    {"adaptive", register_wages_adaptive}, {"fixed", register_wages_fixed},
    {"nash", register_wages_nash},         {"nested_ces", register_wages_nested_ces},
    {"posting", register_wages_posting},   {"wage_curve", register_wages_wage_curve}};

/// Index of two sectors after each of six months, under floors that come and go.
/// @param floors minimum wage and floor of the second sector, from March, to nothing in May
std::vector<double> indices(const Rule& variant, double minimum, double sector) {
  test::SmallWorld small(6);
  test::SmallWorld::set_members(small.scenario.dimensions.sectors, {"first", "second"});
  small.build();
  for (int n = 0; n < 10; ++n) small.add(Status::Searching, 30);
  small.use(variant.add);
  small.lever("minimum_wage", minimum, {}, {2000, 3, 1});
  small.lever("minimum_wage", 0.0, {}, {2000, 5, 1});
  small.lever("wages.sector_floor", sector, "second", {2000, 3, 1});
  small.lever("wages.sector_floor", 0.0, "second", {2000, 5, 1});
  small.start(1);
  std::vector<double> out;
  for (int month = 0; month < 6; ++month) {
    small.run(1);
    out.insert(out.end(), small.signals.wage_index.begin(), small.signals.wage_index.end());
  }
  return out;
}

}  // namespace

TEST_CASE("wages/floors: every rule of wages stays above the floors, and is otherwise as without",
          "[model][wages]") {
  for (const Rule& variant : kRules) {
    INFO(variant.name);
    const std::vector<double> free = indices(variant, 0.0, 0.0);
    REQUIRE(free.size() == 12);
    const double usual = *std::min_element(free.begin(), free.end());
    for (const auto& [minimum, sector] :
         {std::pair{0.9 * usual, 5000.0}, std::pair{1500.0, 0.0}, std::pair{1500.0, 1700.0},
          std::pair{usual, usual}, std::pair{0.0, 0.5 * usual}}) {
      const std::vector<double> floored = indices(variant, minimum, sector);
      for (std::size_t month = 0; month < 6; ++month) {
        const bool on = month == 2 || month == 3;
        CHECK(floored[2 * month] == std::max(free[2 * month], on ? minimum : 0.0));
        CHECK(floored[2 * month + 1] ==
              std::max({free[2 * month + 1], on ? minimum : 0.0, on ? sector : 0.0}));
      }
    }
  }
}
