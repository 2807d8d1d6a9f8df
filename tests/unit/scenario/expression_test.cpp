#include "sim/core/expression.hpp"

#include <cmath>
#include <limits>

#include "support/catch.hpp"

using namespace steppe;

namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

/// `u` 0.1, `v` 2, `zero` 0, `gone` missing, `rate(key)` by key.
double value_of(const Indicator& indicator) {
  if (indicator.name == "u") return 0.1;
  if (indicator.name == "v") return 2.0;
  if (indicator.name == "zero") return 0.0;
  if (indicator.name == "rate" && indicator.keys == std::vector<std::string>{"mining"}) return 0.3;
  if (indicator.name == "rate" && indicator.keys == std::vector<std::string>{"mining", "low"}) {
    return 0.7;
  }
  return kMissing;
}

double evaluated(const char* text) {
  INFO(text);
  const auto expression = Expression::parse(text);
  if (!expression) FAIL(expression.error().message);
  return expression->evaluate(value_of);
}

ExpressionError refused(const char* text) {
  INFO(text);
  const auto expression = Expression::parse(text);
  REQUIRE_FALSE(expression);
  return expression.error();
}

}  // namespace

TEST_CASE("core/expression: formulas give what algebra gives", "[unit]") {
  CHECK(evaluated("1 + 2 * 3") == 7.0);
  CHECK(evaluated("(1 + 2) * 3") == 9.0);
  CHECK(evaluated("-v ^ 2") == -4.0);
  CHECK(evaluated("2 ^ 3 ^ 2") == 512.0);
  CHECK(evaluated("v - 1 - 1") == 0.0);
  CHECK(evaluated("8 / 2 / 2") == 2.0);
  CHECK(evaluated("1e3 * v") == 2000.0);
  CHECK(evaluated("max(u, v, 1) - min(u, v)") == 1.9);
  CHECK(evaluated("sqrt(4) + abs(-1) + exp(0) + log(1)") == 4.0);
  CHECK(evaluated("u > 0.05 && v < 3") == 1.0);
  CHECK(evaluated("u >= 0.1 || zero") == 1.0);
  CHECK(evaluated("!(u == 0.1)") == 0.0);
  CHECK(evaluated("u != v") == 1.0);
  CHECK(evaluated("u\n  > 0.05") == 1.0);
}

TEST_CASE("core/expression: keys in brackets make one value", "[unit]") {
  CHECK(evaluated("rate(mining)") == 0.3);
  CHECK(evaluated("rate( mining ) + rate(mining, low)") == 1.0);
  CHECK_THAT(evaluated("rate(mining) + rate(mining) - rate( mining)"), WithinRel(0.3, 1e-12));
  const auto expression = Expression::parse("rate(mining) > u + rate(mining)").value();
  REQUIRE(expression.indicators().size() == 2);
  CHECK(expression.indicators()[0].name == "rate");
  CHECK(expression.indicators()[0].keys == std::vector<std::string>{"mining"});
  CHECK(expression.indicators()[1].name == "u");
  CHECK(expression.indicators()[1].position == 15);
}

TEST_CASE("core/expression: a division by zero is missing, not infinite", "[unit]") {
  CHECK(std::isnan(evaluated("1 / zero")));
  CHECK(std::isnan(evaluated("1 / zero > 0.05")));
  CHECK(std::isnan(evaluated("log(0)")));
  CHECK(std::isnan(evaluated("sqrt(-1)")));
  CHECK(std::isnan(evaluated("max(1, gone)")));
  CHECK_FALSE(Expression::parse("1 / zero > 0.05")->holds(value_of));
  CHECK_FALSE(Expression::parse("!(1 / zero > 0.05)")->holds(value_of));
}

TEST_CASE("core/expression: a missing value decides only what depends on it", "[unit]") {
  CHECK(std::isnan(evaluated("gone > 1")));
  CHECK(evaluated("gone > 1 && u > 1") == 0.0);
  CHECK(evaluated("gone > 1 || u > 0") == 1.0);
  CHECK(std::isnan(evaluated("gone > 1 && u > 0")));
}

TEST_CASE("core/expression: errors name the place", "[unit]") {
  CHECK(refused("u +").position == 2);
  CHECK(refused("u > 2 $ 3").position == 6);
  CHECK(refused("u = 2").position == 2);
  CHECK_THAT(refused("u = 2").message, ContainsSubstring("'=='"));
  CHECK(refused("u v").position == 2);
  CHECK(refused("(u").message == "a closing bracket is missing");
  CHECK(refused("").message == "the formula is empty");
  CHECK(refused("rate()").position == 0);
  CHECK_THAT(refused("sqroot(u + 1)").message, ContainsSubstring("did you mean 'sqrt'?"));
  CHECK(refused("1 + rate(1.5)").position == 4);
  CHECK(refused("a # b").position == 2);
  CHECK(refused("1, 2").message == "one formula belongs here, not a list");
  CHECK_FALSE(Expression::parse("\"text\""));
  CHECK_FALSE(Expression::parse("u ? 1 : 2"));
  CHECK_FALSE(Expression::parse("u := 2"));
}
