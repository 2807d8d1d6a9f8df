#include "sim/results/checks.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sim/results/writer.hpp"
#include "support/catch.hpp"
#include "unit/results/synthetic.hpp"

using namespace steppe;

namespace {

RealityCheck expects(const char* condition, double share = 1.0) {
  RealityCheck check;
  check.expect = condition;
  check.share = share;
  return check;
}

RealityOutcome outcome(bool judged, std::optional<Month> failed = {}) {
  RealityOutcome one;
  one.judged = judged;
  one.failed = failed;
  return one;
}

}  // namespace

TEST_CASE("results/checks: a tally names the share that fails and the first month", "[unit]") {
  RealityTally tally(expects("hires > 8"));
  tally.add(0, outcome(true));
  CHECK(tally.held());
  tally.add(1, outcome(true, Month(2012, 5)));
  tally.add(2, outcome(true, Month(2011, 11)));
  tally.add(3, outcome(true));
  CHECK_FALSE(tally.held());
  CHECK(tally.failed() == std::vector<int>{1, 2});
  CHECK(tally.message().text ==
        "reality check 'hires > 8' fails in 2 of 4 replications (50 %), first in 2011-11");
}

TEST_CASE("results/checks: a share of the replications may be asked for", "[unit]") {
  RealityTally most(expects("hires > 8", 0.9));
  for (int r = 0; r < 9; ++r) most.add(r, outcome(true));
  most.add(9, outcome(true, Month(2012, 5)));
  CHECK(most.held());
  most.add(10, outcome(true, Month(2012, 5)));
  CHECK_FALSE(most.held());
}

TEST_CASE("results/checks: what has no value in any month does not hold", "[unit]") {
  RealityTally nothing(expects("hires > 8"));
  nothing.add(0, outcome(false));
  CHECK_FALSE(nothing.held());
  CHECK_THAT(nothing.message().text, ContainsSubstring("it has a value in no month"));
}

TEST_CASE("results/writer: reality checks stand in checks.json and among the warnings", "[unit]") {
  const test::TempFolder folder;
  Scenario scenario = test::small_scenario(folder / "in");
  scenario.reality_checks = {expects("hires > 8"), expects("hires >= 0"), expects("hires > 9")};
  scenario.reality_checks[2].given = {{"policy.permits.fee", "0"}};
  RunWriter writer(scenario, test::small_info(), folder / "out");
  for (int r = 0; r < 2; ++r) {
    Recording recording = test::small_recording(r);
    recording.reality = {outcome(true, r == 0 ? std::optional{Month(2009, 1)} : std::nullopt),
                         outcome(true), outcome(true, Month(2009, 1))};
    writer.add(r, recording);
  }
  const RunFolder run = writer.finish();
  const std::string sentence =
      "reality check 'hires > 8' fails in 1 of 2 replications (50 %), first in 2009-01";
  CHECK(failed_reality_checks(run) == std::vector<std::string>{sentence});
  const auto& warnings = run.manifest().warnings;
  REQUIRE(warnings.size() == 1);
  CHECK(warnings[0].sentence() == sentence);
  CHECK(warnings[0].message.code == "check.fails");
  const auto checks = nlohmann::json::parse(run.text("checks.json")).at("checks");
  REQUIRE(checks.size() == 4);  // what is given something is judged elsewhere
  CHECK(checks[2].at("expect") == "hires > 8");
  CHECK(checks[2].at("held") == false);
  CHECK(checks[2].at("failed") == std::vector<int>{0});
  CHECK(checks[2].at("first") == "2009-01");
  CHECK(checks[3].at("held") == true);
  CHECK(checks[3].at("first").is_null());
}
