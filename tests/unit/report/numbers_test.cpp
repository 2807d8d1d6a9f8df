#include "sim/report/numbers.hpp"

#include <cmath>
#include <limits>

#include "support/catch.hpp"

using namespace steppe;
using report_detail::digit_place;
using report_detail::Numbers;
using report_detail::place_for_digits;
using report_detail::Words;

namespace {
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
}

TEST_CASE("report/numbers: no digit is printed below the Monte Carlo error", "[unit][report]") {
  CHECK(digit_place(137.0, 1.0) == 100.0);
  CHECK(digit_place(22.0, 1.0) == 10.0);
  CHECK(digit_place(0.004, 0.001) == 0.001);
  CHECK(digit_place(1000.0, 1.0) == 1000.0);
  CHECK(digit_place(999.999, 1.0) == 100.0);
  CHECK(digit_place(0.001, 0.0001) == 0.001);
  for (double error = 1e-3; error < 1e7; error *= 1.37) {
    const double place = digit_place(error, 1e-6);
    CAPTURE(error, place);
    CHECK(place <= error);
    CHECK(place * 10.0 > error);
  }
}

TEST_CASE("report/numbers: a small or unknown error leaves the finest place worth reading",
          "[unit][report]") {
  CHECK(digit_place(1e-9, 0.1) == 0.1);
  CHECK(digit_place(0.0, 1.0) == 1.0);
  CHECK(digit_place(kNan, 1.0) == 1.0);
  CHECK(place_for_digits(1234567.0, 3, 1.0) == 10000.0);
  CHECK(place_for_digits(12.0, 3, 1.0) == 1.0);
  CHECK(place_for_digits(0.0, 3, 0.1) == 0.1);
}

TEST_CASE("report/numbers: English writes 1,480.5 and a true minus", "[unit][report]") {
  const Words words("en");
  const Numbers numbers(words);
  CHECK(numbers.number(1480.52, 0.1) == "1,480.5");
  CHECK(numbers.number(-1480.0, 10.0) == "\u22121,480");
  CHECK(numbers.number(1484.0, 10.0, true) == "+1,480");
  CHECK(numbers.number(3504123.0, 1000.0) == "3,504,000");
  CHECK(numbers.number(999.6, 1.0) == "1,000");
  CHECK(numbers.number(kNan, 1.0) == "–");
  CHECK(numbers.number(std::numeric_limits<double>::infinity(), 1.0) == "no limit");
  CHECK(numbers.interval(-1690.0, 1240.0, 10.0, true) == "\u22121,690 to +1,240");
  CHECK(numbers.interval(kNan, 1.0, 1.0) == "–");
}

TEST_CASE("report/numbers: what rounds to zero has no sign", "[unit][report]") {
  const Words words("en");
  const Numbers numbers(words);
  CHECK(numbers.number(-0.004, 0.01) == "0.00");
  CHECK(numbers.number(0.004, 0.01, true) == "0.00");
  CHECK(numbers.number(-4.0, 10.0, true) == "0");
}

TEST_CASE("report/numbers: Mongolian groups with a narrow no-break space", "[unit][report]") {
  const Words words("mn");
  const Numbers numbers(words);
  CHECK(numbers.number(1480.52, 0.1) == "1\u202F480.5");
  CHECK(numbers.interval(1.0, 2.0, 1.0) == "1 … 2");
  CHECK(numbers.date({2027, 1, 5}) == "2027.01.05");
  CHECK(numbers.month(Month(2027, 3)) == "2027.03");
}

TEST_CASE("report/numbers: dates and periods in English", "[unit][report]") {
  const Words words("en");
  const Numbers numbers(words);
  CHECK(numbers.date({2027, 1, 5}) == "5 Jan 2027");
  CHECK(numbers.month(Month(2027, 12)) == "Dec 2027");
  CHECK(numbers.period("2012") == "2012");
  CHECK(numbers.period("2012-Q3") == "2012 Q3");
  CHECK(numbers.period("2012-11") == "Nov 2012");
}

TEST_CASE("report/numbers: figures people wrote keep their digits", "[unit][report]") {
  const Words words("en");
  const Numbers numbers(words);
  CHECK(numbers.plain(0.25) == "0.25");
  CHECK(numbers.plain(280800.0) == "280,800");
  CHECK(numbers.plain(0.0) == "0");
  CHECK(numbers.plain(5.9) == "5.9");
}
