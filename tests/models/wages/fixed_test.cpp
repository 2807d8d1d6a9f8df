#include "support/catch.hpp"
#include "support/small_world.hpp"

namespace steppe {

void register_wages_fixed(Registry&);

TEST_CASE("wages/fixed: unemployment and prices move no wage", "[model][wages]") {
  test::SmallWorld small(60);
  small.driver("price_index", {{{2000, 1, 15}, 1.0}, {{2004, 12, 15}, 3.0}});
  small.build();
  small.use(&register_wages_fixed);
  for (int n = 0; n < 100; ++n) small.add(Status::Searching, 30);
  small.start(1);
  const std::vector<double> before = small.signals.wage_index;
  small.run(60);
  CHECK(small.signals.wage_index == before);
  CHECK(small.signals.price_index == 1.0);
  CHECK(small.signals.foreign_wage_ratio == std::vector<double>{1.0});
}

}  // namespace steppe
