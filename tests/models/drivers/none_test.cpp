#include "support/catch.hpp"
#include "support/small_world.hpp"

namespace steppe {

void register_drivers_none(Registry&);

TEST_CASE("drivers/none: every month reads as the first", "[model]") {
  test::SmallWorld small(36);
  small.driver("price", {{{2000, 1, 15}, 100.0}, {{2002, 12, 15}, 500.0}});
  small.build();
  small.use(&register_drivers_none);
  small.start(1);
  const DriverId price = small.drivers.find("price");
  for (int n = 0; n < 36; ++n) {
    const Month month = Month(2000, 1) + n;
    CHECK(small.drivers.at(price, month) == 100.0);
    CHECK(small.drivers.trailing(price, month, 12, 3) == 100.0);
  }
}

}  // namespace steppe
