#include "sim/analysis/verdict.hpp"

#include "support/catch.hpp"

using namespace steppe;

namespace {

Estimate estimate(double base, double difference, double low, double high) {
  Estimate e;
  e.n = 20;
  e.base = base;
  e.alternative = base + difference;
  e.difference = difference;
  e.se = (high - low) / 3.46;
  e.interval = {low, high};
  return e;
}

const Shown kRate = shown_as("unemployment_rate", "1", 0.06);
const Shown kHeads = shown_as("employed", "person", 1e6);

}  // namespace

TEST_CASE("analysis/verdict: the rule is the stated one", "[unit]") {
  CHECK(judge(estimate(0.06, 0.002, 0.001, 0.003), kRate) == Verdict::LikelyHigher);
  CHECK(judge(estimate(0.06, -0.002, -0.003, -0.001), kRate) == Verdict::LikelyLower);
  CHECK(judge(estimate(0.06, 0.001, -0.001, 0.003), kRate) == Verdict::Unclear);
  // Half of the last digit shown of a rate, 0.01 %, is 0.00005.
  CHECK(judge(estimate(0.06, 0.0, -0.000049, 0.000049), kRate) == Verdict::NoDetectableChange);
  CHECK(judge(estimate(0.06, 0.00003, 0.00001, 0.00005), kRate) == Verdict::NoDetectableChange);
  CHECK(judge(estimate(0.06, 0.0, -0.000049, 0.000051), kRate) == Verdict::Unclear);
  CHECK(judge(estimate(0.06, 0.0, -0.000051, 0.000049), kRate) == Verdict::Unclear);
  CHECK(judge(estimate(1e6, 0.2, -0.1, 0.5), kHeads) == Verdict::NoDetectableChange);
  CHECK(judge(estimate(1e6, 0.2, -0.1, 0.6), kHeads) == Verdict::Unclear);
}

TEST_CASE("analysis/verdict: without an interval only equal pairs say something", "[unit]") {
  CHECK(judge(paired({5}, {6}, 0.9), kHeads) == Verdict::Unclear);
  CHECK(judge(paired({5}, {5}, 0.9), kHeads) == Verdict::NoDetectableChange);
  CHECK_THAT(verdict_sentence("people", paired({5}, {6}, 0.9), kHeads, 0.9),
             ContainsSubstring("one replication gives no interval"));
}

TEST_CASE("analysis/verdict: sentences name size, interval and levels", "[unit]") {
  CHECK(verdict_sentence("unemployment, searching", estimate(0.06, -0.002, -0.003, -0.001), kRate,
                         0.9) ==
        "Unemployment, searching: likely lower, by 0.20 percentage points (90 % interval 0.10 to "
        "0.30): 5.80 instead of 6.00 %.");
  CHECK(verdict_sentence("nationals at work", estimate(1428000, 1200, -300, 2700), kHeads, 0.95) ==
        "Nationals at work: unclear; a change between -300 and +2 700 persons fits (95 % "
        "interval).");
  CHECK(verdict_sentence("nationals at work", paired({100, 200}, {100, 200}, 0.9), kHeads, 0.9) ==
        "Nationals at work: no detectable change from 150 persons.");
}

TEST_CASE("analysis/verdict: figures are shown with the digits of their kind", "[unit]") {
  CHECK(kRate.text(0.06126) == "6.13");
  CHECK(kHeads.text(1234567.4) == "1 234 567");
  CHECK(kHeads.text(-999.6) == "-1 000");
  CHECK(kHeads.text(-0.4) == "0");
  CHECK(kHeads.signed_text(0.4) == "0");
  CHECK(kHeads.signed_text(123456.0) == "+123 456");
  // Two digits of an error of 359, but nothing that the kind has not.
  CHECK(kHeads.to_error(359.0).text(706.0) == "710");
  CHECK(kHeads.to_error(0.5).text(7.4) == "7");
  CHECK(kRate.to_error(0.0123).text(0.06126) == "6.1");
  CHECK(kRate.to_error(0.0).text(0.06126) == "6.13");
  const Shown money = shown_as("real_wage", "MNT/month", 1512345.0);
  CHECK(money.text(1512345.0) == "1 512 300");
  CHECK(money.half_digit() == 50.0);
  CHECK(shown_as("real_wage", "MNT/month", 512.0).text(512.4) == "512");
  CHECK(verdict_named(to_string(Verdict::LikelyLower)) == Verdict::LikelyLower);
}

TEST_CASE("analysis/verdict: persons and posts of few records are told apart", "[unit]") {
  CHECK(rests_on_few("person", 29.9, 1));
  CHECK_FALSE(rests_on_few("person", 30.0, 1));
  CHECK(rests_on_few("post", 299.0, 10));
  CHECK_FALSE(rests_on_few("post", 300.0, 10));
  CHECK_FALSE(rests_on_few("1", 0.05, 10));  // a rate does not say how many stand behind it
}
