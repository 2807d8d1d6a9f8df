#include "sim/scenario/values.hpp"

#include <cmath>

#include "sim/core/units.hpp"
#include "support/catch.hpp"

using namespace steppe;
using namespace steppe::detail;

TEST_CASE("core/units: compatible units convert", "[unit]") {
  CHECK_THAT(conversion("year", "month").value(), WithinRel(12.0, 1e-12));
  CHECK_THAT(conversion("1/year", "1/month").value(), WithinRel(1.0 / 12.0, 1e-12));
  CHECK_THAT(conversion("person/year", "person/month").value(), WithinRel(1.0 / 12.0, 1e-12));
  CHECK_THAT(conversion("%", "1").value(), WithinRel(0.01, 1e-12));
  CHECK_THAT(conversion("%/year", "1/month").value(), WithinRel(0.01 / 12.0, 1e-12));
  CHECK_THAT(conversion("weeks", "days").value(), WithinRel(7.0, 1e-12));
  CHECK_THAT(conversion("kilotonnes/year", "tonnes/month").value(), WithinRel(1000.0 / 12, 1e-12));
  CHECK_THAT(conversion("months", "month").value(), WithinRel(1.0, 1e-12));
  CHECK_THAT(conversion("MNT/month", "MNT/year").value(), WithinRel(12.0, 1e-12));
  CHECK_THAT(conversion("month*MNT/month", "MNT").value(), WithinRel(1.0, 1e-12));
  CHECK_THAT(conversion("month^2/month", "month").value(), WithinRel(1.0, 1e-12));
}

TEST_CASE("core/units: different kinds do not convert", "[unit]") {
  CHECK_FALSE(conversion("MNT/month", "USD/month"));
  CHECK_FALSE(conversion("MNT", "MNT/month"));
  CHECK_FALSE(conversion("person", "post"));
  CHECK_FALSE(conversion("1/month", "month"));
  CHECK_FALSE(conversion("furlong", "1"));
}

TEST_CASE("core/units: a text that is no unit is told", "[unit]") {
  CHECK_THAT(Unit::parse("montsh").error(), ContainsSubstring("did you mean 'month'?"));
  CHECK_THAT(Unit::parse("mnt/month").error(), ContainsSubstring("did you mean 'MNT'?"));
  CHECK_THAT(Unit::parse("1/").error(), ContainsSubstring("a name is missing"));
  CHECK_THAT(Unit::parse("").error(), ContainsSubstring("a name is missing"));
  CHECK_THAT(Unit::parse("month^x").error(), ContainsSubstring("no power"));
  CHECK_FALSE(Unit::parse("month^99"));
}

TEST_CASE("scenario/values: quantities split into number and unit", "[unit]") {
  const auto check = [](const char* text, double value, const char* unit) {
    INFO(text);
    const auto quantity = parse_quantity(text);
    REQUIRE(quantity);
    CHECK(quantity->value == value);
    CHECK(quantity->unit == unit);
  };
  check("30 %", 30.0, "%");
  check("30%", 30.0, "%");
  check("0.006 1/month", 0.006, "1/month");
  check("0.5/month", 0.5, "1/month");
  check("12 months", 12.0, "months");
  check("350000 MNT/month", 350000.0, "MNT/month");
  check("-1.5e3", -1500.0, "");
  check("+2", 2.0, "");
  check(".5", 0.5, "");
  check("0", 0.0, "");
  check("0.5", 0.5, "");
  check("  7 person/year ", 7.0, "person/year");
  CHECK(std::isinf(parse_quantity("none")->value));
  CHECK(std::isinf(parse_quantity("inf")->value));
  CHECK(std::isinf(parse_quantity("no limit")->value));
}

TEST_CASE("scenario/values: numbers that YAML readers disagree on are refused", "[unit]") {
  CHECK_THAT(parse_quantity("010").error(), ContainsSubstring("octal"));
  CHECK_THAT(parse_quantity("-007").error(), ContainsSubstring("write -7"));
  CHECK_THAT(parse_quantity("0x1F").error(), ContainsSubstring("decimal digits"));
  CHECK_THAT(parse_quantity("0o17").error(), ContainsSubstring("decimal digits"));
  CHECK_THAT(parse_quantity("1,5").error(), ContainsSubstring("a point for the fraction"));
  CHECK_THAT(parse_quantity("1_000").error(), ContainsSubstring("digits alone"));
  for (const char* text : {"", "nan", ".nan", "five", "1e999", "-", "5 persn", "5 /", "12:30:45"}) {
    INFO(text);
    CHECK_FALSE(parse_quantity(text));
  }
}

TEST_CASE("scenario/values: dates may leave out the day or the month", "[unit]") {
  CHECK(parse_date("2026-07-01")->first_day() == Date{2026, 7, 1});
  CHECK(parse_date("2026-07")->first_day() == Date{2026, 7, 1});
  CHECK(parse_date("2026-02")->last_day() == Date{2026, 2, 28});
  CHECK(parse_date("2024-02")->last_day() == Date{2024, 2, 29});
  CHECK(parse_date("2026")->first_day() == Date{2026, 1, 1});
  CHECK(parse_date("2026")->last_day() == Date{2026, 12, 31});
  CHECK(parse_date("2026")->middle() == Date{2026, 7, 1});
  CHECK(parse_date("2026-03")->middle() == Date{2026, 3, 1});
  CHECK(parse_date("2026-Q3")->middle() == Date{2026, 8, 1});
  for (const char* text :
       {"2026-13", "2026-00", "2026-02-30", "2025-02-29", "2026-7-1", "26-07-01", "2026/07/01",
        "2026-07-01T00", "2026-Q5", "2026-Q0", "1899", "2200", "", "now", "2026-07-0x"}) {
    INFO(text);
    CHECK_FALSE(parse_date(text));
  }
}

TEST_CASE("scenario/values: numbers are written as people write them", "[unit]") {
  CHECK(number_text(350000.0) == "350000");
  CHECK(number_text(0.006) == "0.006");
  CHECK(number_text(-2.5) == "-2.5");
  CHECK(number_text(1e-7) == "1e-07");
  CHECK(number_text(0.0) == "0");
  CHECK(number_text(std::numeric_limits<double>::infinity()) == "inf");
}
