#include <cmath>

#include "unit/scenario/files.hpp"

using namespace steppe;
using namespace steppe::test;

namespace {

const LeverTimeline& timeline(const Scenario& scenario, std::string_view lever, int key = -1) {
  for (const LeverTimeline& t : scenario.policy) {
    if (t.decl->name == lever && t.key == key) return t;
  }
  FAIL("there is no timeline of " << lever << " for key " << key);
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
