#include "support/catch.hpp"
#include "support/small_world.hpp"

namespace steppe {

void register_drivers_series(Registry&);

TEST_CASE("drivers/series: values at mid-month, held beyond the ends, means over months",
          "[model]") {
  test::SmallWorld small(36);
  small.driver("price", {{{2001, 1, 15}, 100.0}, {{2001, 12, 15}, 434.0}});
  small.build();
  small.use(&register_drivers_series);
  small.start(1);
  const DriverId price = small.drivers.find("price");
  CHECK(small.drivers.at(price, Month(2000, 6)) == 100.0);
  CHECK(small.drivers.at(price, Month(2002, 6)) == 434.0);
  // One unit a day: 334 days lie between the points, and 59 of them before 15 March.
  CHECK_THAT(small.drivers.at(price, Month(2001, 3)), WithinAbs(159.0, 1e-9));
  double sum = 0.0;
  for (int n = 3; n <= 8; ++n) sum += small.drivers.at(price, Month(2001, n));
  CHECK_THAT(small.drivers.trailing(price, Month(2001, 10), 6, 2), WithinAbs(sum / 6.0, 1e-9));
}

}  // namespace steppe
