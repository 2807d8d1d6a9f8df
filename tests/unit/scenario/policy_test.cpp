#include <cmath>

#include "unit/scenario/files.hpp"

using namespace steppe;
using namespace steppe::test;

namespace {

const LeverTimeline& timeline(const Scenario& scenario, std::string_view lever, LeverKey key = {}) {
  for (const LeverTimeline& t : scenario.policy) {
    if (t.decl->name == lever && t.key == key) return t;
  }
  FAIL("there is no timeline of " << lever << " for key " << key.first << ", " << key.second);
  return scenario.policy.front();
}

Scenario with(const Folder& folder, const std::string& policy) {
  return read_valid(folder.write("a.yaml", kSmall + policy));
}

Scenario over(const Folder& folder, const std::string& base, const std::string& top) {
  folder.write("base.yaml", kSmall + base);
  return read_valid(folder.write("top.yaml", "schema: steppe/1\nextends: base.yaml\n" + top));
}

}  // namespace

TEST_CASE("scenario/policy: a value stands until the next one", "[unit]") {
  const Folder folder;
  const Scenario s = with(folder,
                          "policy:\n  - {lever: permits.term, unit: years, "
                          "timeline: {2022-01-01: 2, 2021-01-01: 1}}\n");
  const LeverTimeline& t = timeline(s, "permits.term");
  CHECK(t.at({2020, 12, 31}) == 12.0);  // the declared value
  CHECK(t.at({2021, 1, 1}) == 12.0);
  CHECK(t.at({2021, 12, 31}) == 12.0);
  CHECK(t.at({2022, 1, 1}) == 24.0);
  CHECK(t.at({2050, 1, 1}) == 24.0);
}

TEST_CASE("scenario/policy: a ramp moves from what was to what is to be", "[unit]") {
  const Folder folder;
  const Scenario s = with(folder,
                          "policy:\n  - {lever: permits.fee, unit: MNT/month, ramp: 12 months, "
                          "timeline: {2021-01-01: 1200, 2021-07-02: 0}}\n");
  const LeverTimeline& t = timeline(s, "permits.fee");
  CHECK(t.at({2020, 12, 31}) == 0.0);
  CHECK(t.at({2021, 1, 1}) == 0.0);
  CHECK_THAT(t.at({2021, 7, 2}), WithinRel(600.0, 0.01));  // half-way, when the next begins
  CHECK_THAT(t.at({2022, 1, 1}), WithinRel(300.0, 0.02));  // half of the way down from there
  CHECK(t.at({2022, 7, 3}) == 0.0);
}

TEST_CASE("scenario/policy: there is no ramp between a limit and none", "[unit]") {
  const Folder folder;
  const Scenario s = with(folder,
                          "policy:\n  - {lever: permits.sector_cap.mining, ramp: 12 months, "
                          "timeline: {2021-01-01: 100 person, 2023-01-01: none}}\n");
  const LeverTimeline& t = timeline(s, "permits.sector_cap", 0);
  CHECK(std::isinf(t.at({2020, 1, 1})));
  CHECK(t.at({2021, 1, 1}) == 100.0);
  CHECK(std::isinf(t.at({2023, 1, 1})));
}

TEST_CASE("scenario/policy: after its end date what was below returns", "[unit]") {
  const Folder folder;
  const std::string base =
      "policy:\n  - {lever: permits.fee, unit: MNT/month, "
      "timeline: {2020-01-01: 100, 2022-01-01: 200, 2023-01-01: 300}}\n";
  const Scenario s = over(folder, base,
                          "policy:\n  - {lever: permits.fee, unit: MNT/month, "
                          "timeline: {2021-07-01: 7}, until: 2022-06-30}\n");
  const LeverTimeline& t = timeline(s, "permits.fee");
  CHECK(t.at({2020, 6, 1}) == 100.0);
  CHECK(t.at({2021, 7, 1}) == 7.0);
  CHECK(t.at({2022, 6, 30}) == 7.0);
  CHECK(t.at({2022, 7, 1}) == 200.0);
  CHECK(t.at({2023, 1, 1}) == 300.0);
  const Scenario alone = with(folder,
                              "policy:\n  - {lever: permits.term, unit: months, "
                              "timeline: {2021-01-01: 6}, until: 2021-12-31}\n");
  CHECK(timeline(alone, "permits.term").at({2021, 12, 31}) == 6.0);
  CHECK(timeline(alone, "permits.term").at({2022, 1, 1}) == 12.0);
}

TEST_CASE("scenario/policy: a ramp below an entry has gone on when the entry ends", "[unit]") {
  const Folder folder;
  const std::string base =
      "policy:\n  - {lever: permits.fee, unit: MNT/month, ramp: 24 months, "
      "timeline: {2021-01-01: 2400}}\n";
  const Scenario s = over(folder, base,
                          "policy:\n  - {lever: permits.fee, unit: MNT/month, "
                          "timeline: {2021-02-01: 5}, until: 2021-12-31}\n");
  const LeverTimeline& t = timeline(s, "permits.fee");
  CHECK(t.at({2021, 6, 1}) == 5.0);
  CHECK_THAT(t.at({2022, 1, 1}), WithinRel(1200.0, 0.01));
  CHECK_THAT(t.at({2022, 7, 1}), WithinRel(1800.0, 0.02));
  CHECK_THAT(t.at({2023, 6, 1}), WithinRel(2400.0, 1e-9));
}

TEST_CASE("scenario/policy: a later entry keeps the earlier points of the base", "[unit]") {
  const Folder folder;
  const std::string base =
      "policy:\n  - {lever: permits.fee, unit: MNT/month, "
      "timeline: {2020-01-01: 100, 2022-01-01: 200}, source: {title: Law}}\n";
  const Scenario s = over(folder, base,
                          "policy:\n  - {lever: permits.fee, unit: MNT/month, "
                          "timeline: {2021-01-01: 50}}\n");
  const LeverTimeline& t = timeline(s, "permits.fee");
  CHECK(t.at({2020, 6, 1}) == 100.0);
  CHECK(t.at({2021, 6, 1}) == 50.0);
  CHECK(t.at({2023, 6, 1}) == 50.0);
  REQUIRE(t.sources().size() == 2);
  CHECK(t.sources()[0].title == "Law");
  CHECK(t.sources()[1].empty());
  CHECK(t.points[0].place.line == 10);
  const Scenario r = over(folder, base,
                          "policy:\n  - {lever: permits.fee, unit: MNT/month, replace: true, "
                          "timeline: {2021-01-01: 50}}\n");
  CHECK(timeline(r, "permits.fee").at({2020, 6, 1}) == 0.0);
  const Scenario v = over(folder, base, "policy:\n  - {lever: permits.fee, value: 9 MNT/month}\n");
  CHECK(timeline(v, "permits.fee").at({2020, 1, 1}) == 9.0);
  CHECK(timeline(v, "permits.fee").at({2023, 1, 1}) == 9.0);
}

TEST_CASE("scenario/policy: the bare name sets all keys, a key's own entry is stronger", "[unit]") {
  const Folder folder;
  const std::string base =
      "policy:\n"
      "  - {lever: permits.sector_cap.mining, timeline: {2021-01-01: 10 person}}\n"
      "  - {lever: permits.sector_cap, timeline: {2020-01-01: 99 person}}\n";
  const Scenario s = with(folder, base);
  CHECK(timeline(s, "permits.sector_cap").at({2022, 1, 1}) == 99.0);
  CHECK(timeline(s, "permits.sector_cap", 0).at({2020, 6, 1}) == 99.0);
  CHECK(timeline(s, "permits.sector_cap", 0).at({2022, 1, 1}) == 10.0);
  // A later file that lifts all caps lifts the one with a key too.
  const Scenario o = over(
      folder, base, "policy:\n  - {lever: permits.sector_cap, timeline: {2023-01-01: none}}\n");
  CHECK(timeline(o, "permits.sector_cap", 0).at({2022, 1, 1}) == 10.0);
  CHECK(std::isinf(timeline(o, "permits.sector_cap", 0).at({2023, 1, 1})));
}

TEST_CASE("scenario/policy: a trigger keeps both what holds and what holds otherwise", "[unit]") {
  const Folder folder;
  const std::string base =
      "policy:\n  - {lever: permits.fee, unit: MNT/month, timeline: {2020-01-01: 100}}\n";
  const Scenario s = over(folder, base,
                          "policy:\n  - {lever: permits.fee, unit: MNT/month, "
                          "timeline: {2021-01-01: 5}, until: 2021-12-31, "
                          "when: unemployment_rate > 8 / 100}\n");
  const LeverTimeline& t = timeline(s, "permits.fee");
  CHECK(t.when == "unemployment_rate > 8 / 100");
  CHECK(t.at({2020, 6, 1}) == 100.0);
  CHECK(t.at({2021, 6, 1}) == 5.0);
  CHECK(t.at({2022, 6, 1}) == 100.0);
  CHECK(t.otherwise_at({2021, 6, 1}) == 100.0);
}

TEST_CASE("scenario/policy: an override of a lever is an entry of its own", "[unit]") {
  const Folder folder;
  const auto file = folder.write(
      "a.yaml",
      std::string(kSmall) + "policy:\n  - {lever: permits.fee, unit: MNT/month, value: 100}\n");
  ReadOptions options;
  options.overrides = {{"policy.permits.fee", "{2022-01-01: 7, 2023-01-01: 8 MNT/month}"},
                       {"policy.permits.term", "1 year"}};
  const Scenario s = read_valid(file, options);
  CHECK(timeline(s, "permits.fee").at({2021, 1, 1}) == 100.0);
  CHECK(timeline(s, "permits.fee").at({2022, 1, 1}) == 7.0);
  CHECK(timeline(s, "permits.fee").at({2023, 1, 1}) == 8.0);
  CHECK(timeline(s, "permits.term").at({2020, 1, 1}) == 12.0);
}

TEST_CASE("scenario/policy: a lever by sector and size of firm", "[unit]") {
  const Folder folder;
  const Scenario s = with(folder,
                          "policy:\n"
                          "  - {lever: permits.firm_share.mining.from_51, value: 30 %}\n"
                          "  - {lever: permits.firm_share.*.from_21, value: 10 %}\n"
                          "  - {lever: permits.firm_share.mining, value: 20 %}\n"
                          "  - {lever: permits.firm_share, value: 5 %}\n");
  const LeverDecl& lever = *timeline(s, "permits.firm_share").decl;
  const auto share = [&](int sector, int staff) {
    return governing(s.policy, lever, {sector, staff})->at({2022, 1, 1});
  };
  CHECK(share(1, 20) == 0.05);
  CHECK(share(1, 21) == 0.1);
  CHECK(share(1, 1000) == 0.1);
  CHECK(share(0, 20) == 0.2);
  CHECK(share(0, 21) == 0.2);  // the sector's own figure is stronger than all sectors' class
  CHECK(share(0, 50) == 0.2);
  CHECK(share(0, 51) == 0.3);
  CHECK(lever_key_text(lever, {0, 51}, s.dimensions) == ".mining.from_51");
  CHECK(lever_key_text(lever, {-1, 21}, s.dimensions) == ".*.from_21");
}

TEST_CASE("scenario/policy: a later file speaks for all that it covers", "[unit]") {
  const Folder folder;
  const std::string base =
      "policy:\n"
      "  - {lever: permits.firm_share.mining.from_51, value: 30 %}\n"
      "  - {lever: permits.firm_share.mining, value: 20 %}\n"
      "  - {lever: permits.firm_share, value: 5 %}\n";
  const auto share = [&](const std::string& top, int sector, int staff) {
    const Scenario s = over(folder, base, top);
    const LeverDecl& lever = *timeline(s, "permits.firm_share").decl;
    return governing(s.policy, lever, {sector, staff})->at({2022, 1, 1});
  };
  const std::string large = "policy:\n  - {lever: permits.firm_share.*.from_100, value: 50 %}\n";
  CHECK(share(large, 1, 99) == 0.05);
  CHECK(share(large, 1, 100) == 0.5);
  CHECK(share(large, 0, 51) == 0.3);
  CHECK(share(large, 0, 100) == 0.5);
  const std::string mining = "policy:\n  - {lever: permits.firm_share.mining, value: 1 %}\n";
  CHECK(share(mining, 0, 51) == 0.01);
  CHECK(share(mining, 1, 51) == 0.05);
  const std::string all = "policy:\n  - {lever: permits.firm_share, value: none}\n";
  CHECK(std::isinf(share(all, 0, 51)));
  CHECK(std::isinf(share(all, 0, 0)));
}

TEST_CASE("scenario/policy: what is no class of a lever is told", "[unit]") {
  const Folder folder;
  const auto refused = [&](const std::string& lever) {
    return read_faulty(folder.write(
        "a.yaml", std::string(kSmall) + "policy:\n  - {lever: " + lever + ", value: 10 %}\n"));
  };
  CHECK_THAT(refused("permits.firm_share.mining.21_30"),
             ContainsSubstring("a class like from_10 expected"));
  CHECK_THAT(refused("permits.firm_share.mining.from_021"), ContainsSubstring("from_10 expected"));
  CHECK_THAT(refused("permits.firm_share.from_21"), ContainsSubstring("'from_21' is no sector"));
  CHECK_THAT(refused("permits.sector_cap.mining.from_21"), ContainsSubstring("permits.sector_cap"));
}

TEST_CASE("scenario/policy: a choice is written as a word", "[unit]") {
  const Folder folder;
  const Scenario s = with(folder,
                          "policy:\n  - {lever: permits.firm_share_base, "
                          "timeline: {2020-01-01: staff, 2022-01-01: nationals}}\n");
  CHECK(timeline(s, "permits.firm_share_base").at({2021, 1, 1}) == 0.0);
  CHECK(timeline(s, "permits.firm_share_base").at({2022, 1, 1}) == 1.0);
  CHECK_THAT(s.resolved_yaml, ContainsSubstring("2022-01-01: nationals"));
  const auto refused = [&](const std::string& rest) {
    return read_faulty(folder.write(
        "b.yaml", std::string(kSmall) + "policy:\n  - {lever: permits.firm_share_base, " + rest));
  };
  CHECK_THAT(refused("value: national}\n"), ContainsSubstring("expected staff, nationals"));
  CHECK_THAT(refused("value: national}\n"), ContainsSubstring("did you mean 'nationals'?"));
  CHECK_THAT(refused("value: 1}\n"), ContainsSubstring("expected staff, nationals"));
  CHECK_THAT(refused("value: staff, ramp: 12 months}\n"), ContainsSubstring("equal steps"));
}

TEST_CASE("scenario/policy: a fee in minimum wages", "[unit]") {
  const Folder folder;
  const Scenario s = with(folder,
                          "policy:\n  - {lever: permits.fee, unit: minimum_wage/month, "
                          "timeline: {2020-01-01: 2, 2022-01-01: 1}, ramp: 12 months}\n"
                          "  - {lever: minimum_wage, unit: MNT/month, value: 300}\n");
  const LeverTimeline& t = timeline(s, "permits.fee");
  CHECK(t.at({2021, 1, 1}, 300.0) == 600.0);
  CHECK_THAT(t.at({2022, 7, 2}, 300.0), WithinRel(450.0, 0.01));
  CHECK(t.at({2023, 1, 2}, 400.0) == 400.0);
  CHECK(std::isnan(t.at({2021, 1, 1})));  // without the wage there is no amount
  CHECK_THAT(s.resolved_yaml, ContainsSubstring("2020-01-01: 2 minimum_wage/month"));
  // Behind the number as well.
  const Scenario v =
      with(folder, "policy:\n  - {lever: permits.fee, value: 1.5 minimum_wage/month}\n");
  CHECK(timeline(v, "permits.fee").at({2021, 1, 1}, 300.0) == 450.0);
  // After an end date the other unit returns.
  const Scenario o =
      over(folder, "policy:\n  - {lever: permits.fee, value: 2 minimum_wage/month}\n",
           "policy:\n  - {lever: permits.fee, unit: MNT/month, "
           "timeline: {2021-01-01: 7}, until: 2021-12-31}\n");
  CHECK(timeline(o, "permits.fee").at({2021, 6, 1}, 300.0) == 7.0);
  CHECK(timeline(o, "permits.fee").at({2022, 6, 1}, 300.0) == 600.0);
  const auto refused = [&](const std::string& text) {
    return read_faulty(folder.write("c.yaml", std::string(kSmall) + text));
  };
  CHECK_THAT(refused("policy:\n  - {lever: permits.term, value: 2 minimum_wage/month}\n"),
             ContainsSubstring("'months' expected"));
  CHECK_THAT(refused("policy:\n  - {lever: permits.fee, timeline: {2020-01-01: 2 "
                     "minimum_wage/month, 2021-01-01: 5 MNT/month}}\n"),
             ContainsSubstring("'minimum_wage/month' expected"));
}

TEST_CASE("scenario/policy: a multiple of a minimum wage that the model has not", "[unit]") {
  const Folder folder;
  const std::string fee = "policy:\n  - {lever: permits.fee, value: 2 minimum_wage/month}\n";
  const std::string model = "model: {wages: fixed, foreign_hiring: ";
  CHECK_THAT(read_faulty(folder.write("a.yaml", kSmall + model + "permit_queue}\n" + fee)),
             ContainsSubstring("the chosen model has no minimum wage"));
  // Nobody reads the fee: then it is not wrong but without effect.
  const Scenario s = read_valid(folder.write("b.yaml", kSmall + model + "none}\n" + fee));
  CHECK_THAT(to_text(s.warnings), ContainsSubstring("no effect: permits.fee"));
}
