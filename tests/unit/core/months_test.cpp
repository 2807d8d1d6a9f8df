#include "sim/core/months.hpp"

#include <vector>

#include "support/catch.hpp"

using namespace steppe;

TEST_CASE("core/months: a year begins once, whatever the step", "[unit]") {
  for (const StepLength length : {StepLength::Month, StepLength::Week, StepLength::Day}) {
    const Clock clock({2009, 1, 1}, {2012, 12, 31}, length);
    std::vector<int> years;
    for (int step = 0; step < clock.steps(); ++step) {
      if (clock.begins_year(step)) years.push_back(clock.month(step).year());
    }
    CHECK(years == std::vector<int>{2009, 2010, 2011, 2012});
    CHECK(clock.begins_year(0));
  }
}
