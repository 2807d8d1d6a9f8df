// The figures of the laws that scenarios of Mongolia and of other regimes stand on: each is written
// here once more, as the law has it, and must come out of the files. What a sum in another money
// is in MNT is worked out here from the rates that the regime's head names.

#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <string>
#include <vector>

#include "sim/api/registry.hpp"
#include "sim/scenario/reader.hpp"
#include "support/catch.hpp"
#include "support/ensemble.hpp"

using namespace steppe;

namespace {

namespace fs = std::filesystem;

constexpr double kNone = std::numeric_limits<double>::infinity();

/// The figure of a lever that holds on a date, in its own unit.
/// @param path as a scenario writes it, `permits.firm_share.mining.from_21`
double in_force(const Scenario& scenario, const std::string& path, Date date) {
  const LeverDecl* lever = nullptr;
  for (const VariantDecl& variant : builtin_models().catalogue().variants()) {
    for (const LeverDecl& one : variant.levers) {
      const bool is_it = path == one.name || path.starts_with(one.name + ".");
      if (is_it && (lever == nullptr || one.name.size() > lever->name.size())) lever = &one;
    }
  }
  if (lever == nullptr) FAIL("there is no lever of " << path);
  LeverKey key;
  if (path.size() > lever->name.size()) {
    const std::string keys = path.substr(lever->name.size() + 1);
    const std::size_t dot = std::min(keys.find('.'), keys.size());
    const auto member = [&](Dim dim, const std::string& word) {
      if (is_open(dim)) return open_bound(dim, word).value();
      return word == "*" ? -1 : scenario.dimensions.find(dim, word);
    };
    key.first = member(lever->by, keys.substr(0, dot));
    if (dot < keys.size()) key.second = member(lever->then, keys.substr(dot + 1));
  }
  const LeverTimeline* const timeline = governing(scenario.policy, *lever, key);
  if (timeline == nullptr) return lever->value;
  double minimum_wage = std::numeric_limits<double>::quiet_NaN();
  for (const LeverTimeline& t : scenario.policy) {
    if (t.decl->name == kMinimumWageLever) minimum_wage = t.at(date);
  }
  return timeline->at(date, minimum_wage);
}

/// A regime laid over Mongolia.
Scenario regime(const std::string& name) {
  const fs::path root(STEPPE_SOURCE_DIR);
  const fs::path file =
      fs::temp_directory_path() / ("steppe-law-" + std::to_string(getpid()) + ".yaml");
  std::ofstream(file) << "schema: steppe/1\nextends: ["
                      << (root / "scenarios/mongolia/baseline.yaml").string() << ", "
                      << (root / "scenarios/regimes" / (name + ".yaml")).string() << "]\n";
  auto read = read_scenario(file, builtin_models().catalogue());
  fs::remove(file);
  if (!read) FAIL(to_text(read.error()));
  return std::move(read).value();
}

struct Row {
  std::string lever;
  Date date;
  double value;
  double tolerance = 0.0;  ///< of a figure that is converted and rounded, as a share of it
};

void check(const Scenario& scenario, const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    INFO(row.lever << " on " << to_string(row.date));
    const double value = in_force(scenario, row.lever, row.date);
    if (row.tolerance > 0.0) {
      CHECK_THAT(value, WithinRel(row.value, row.tolerance));
    } else {
      CHECK(value == row.value);
    }
  }
}

constexpr double kRounded = 0.002;  ///< sums in MNT are given in hundreds

}  // namespace

TEST_CASE("contract/laws: Mongolia's rules are those of its laws, year by year",
          "[contract][unit]") {
  check(test::read("scenarios/mongolia/history.yaml"),
        {
            // The workplace fee: twice the minimum wage.
            {"minimum_wage", {2010, 6, 1}, 108000},
            {"permits.fee", {2010, 6, 1}, 216000},
            {"permits.fee", {2011, 4, 4}, 216000},
            {"permits.fee", {2011, 4, 5}, 280800},
            {"permits.fee", {2013, 9, 1}, 384000},
            {"permits.fee", {2017, 1, 1}, 480000},
            {"permits.fee", {2019, 1, 1}, 640000},
            {"permits.fee", {2020, 1, 1}, 840000},
            {"permits.fee", {2021, 1, 1}, 840000},
            {"permits.fee", {2022, 12, 31}, 840000},
            {"permits.fee", {2023, 1, 1}, 1100000},
            {"permits.fee", {2024, 1, 1}, 1320000},
            // Shares of the staff, of Mongolians from 2020, none from 8 June 2022.
            {"permits.firm_share.education", {2010, 1, 1}, 0.05},
            {"permits.firm_share.education", {2022, 6, 7}, 0.05},
            {"permits.firm_share.education", {2022, 6, 8}, kNone},
            {"permits.firm_share.extraterritorial", {2009, 6, 1}, 0.30},
            {"permits.firm_share.mining", {2012, 12, 31}, 0.25},
            {"permits.firm_share.mining", {2013, 1, 1}, 0.20},
            {"permits.firm_share.mining", {2020, 12, 31}, 0.20},
            {"permits.firm_share.mining", {2021, 1, 1}, 0.05},
            {"permits.firm_share.mining", {2022, 6, 8}, kNone},
            {"permits.firm_share.trade", {2013, 1, 1}, 0.20},
            {"permits.firm_share.manufacturing", {2020, 6, 1}, 0.15},
            {"permits.firm_share_base", {2019, 12, 31}, 0},
            {"permits.firm_share_base", {2020, 1, 1}, 1},
            {"permits.small_firm", {2013, 6, 1}, 20},
            {"permits.exempt_heads.managers", {2019, 12, 31}, 0},
            {"permits.exempt_heads.managers", {2020, 1, 1}, 3},
            {"permits.exempt_heads.managers", {2022, 6, 8}, 0},
            // Heads, from 2023.
            {"permits.total_cap", {2022, 12, 31}, kNone},
            {"permits.total_cap", {2023, 1, 1}, 20351},
            {"permits.sector_cap.mining", {2022, 12, 31}, kNone},
            {"permits.sector_cap.mining", {2023, 1, 1}, 8000},
            {"permits.sector_cap.construction", {2023, 1, 1}, 3644},
            {"permits.sector_cap.ict", {2023, 1, 1}, 2},
            {"permits.sector_cap.real_estate", {2023, 1, 1}, 3},
            {"permits.sector_cap.trade", {2023, 1, 1}, kNone},
            // The law of 2021: a search of 14 days, a year at a time, five years in all.
            {"permits.labour_market_test.craft_trades", {2022, 6, 30}, 0},
            {"permits.labour_market_test.craft_trades", {2022, 7, 1}, 14},
            {"permits.labour_market_test.managers", {2022, 7, 1}, 0},
            {"permits.term", {2022, 7, 1}, 12},
            {"permits.total_limit.craft_trades", {2022, 6, 30}, kNone},
            {"permits.total_limit.craft_trades", {2022, 7, 1}, 60},
            {"permits.total_limit.managers", {2022, 7, 1}, kNone},
            // Foreigners among residents, and one citizenship.
            {"permits.resident_share_cap", {2010, 6, 1}, 0.03},
            {"permits.origin_share_cap.china", {2010, 6, 1}, 0.01},
            {"permits.origin_ban.korea_north", {2017, 12, 21}, 0},
            {"permits.origin_ban.korea_north", {2017, 12, 22}, 1},
            {"permits.border_closed", {2020, 6, 1}, 1},
            {"permits.border_closed", {2022, 6, 1}, 0},
            // MNT 352.5 million over 2008 persons.
            {"enforcement.fine", {2013, 6, 1}, 352.5e6 / 2008.0, 0.001},
            // Korea's places: 3100 in 2010, 9000 in the five years from mid-2010, 1500 in 2017, 188
            // in the first quarter of 2023.
            {"migration.quota.korea", {2010, 6, 1}, 3100},
            {"migration.quota.korea", {2012, 6, 1}, 9000.0 / 5.0},
            {"migration.quota.korea", {2017, 1, 1}, 1500},
            {"migration.quota.korea", {2020, 6, 1}, 0},
            {"migration.quota.korea", {2023, 1, 1}, 4.0 * 188.0, 0.01},
            // The capital took no registrations in 2017-19.
            {"migration.registration_friction.ulaanbaatar", {2016, 12, 31}, 0},
            {"migration.registration_friction.ulaanbaatar", {2018, 6, 1}, 1},
            {"migration.registration_friction.ulaanbaatar", {2020, 1, 1}, 0},
        });
  check(test::read("scenarios/mongolia/baseline.yaml"),
        {{"permits.fee", {2025, 3, 31}, 1320000},
         {"permits.fee", {2025, 4, 1}, 1584000},
         {"permits.sector_cap.construction", {2030, 1, 1}, 3644}});
}

TEST_CASE("contract/laws: what planners ask of construction and mining is what the files say",
          "[contract][unit]") {
  const Date before{2026, 6, 30};
  const Date during{2026, 10, 1};
  const Date after{2029, 7, 1};
  check(test::read("scenarios/mongolia/quotas.yaml"),
        {{"permits.sector_cap.construction", before, 3644},
         {"permits.sector_cap.construction", during, 3644.0 / 2.0},
         {"permits.sector_cap.construction", after, 3644},
         {"permits.sector_cap.mining", during, 8000.0 / 2.0},
         {"permits.sector_cap.mining", after, 8000}});
  check(test::read("scenarios/mongolia/fee.yaml"),
        {{"permits.fee", {2025, 12, 31}, 2.0 * 792000.0}, {"permits.fee", during, 840000}});
  check(test::read("scenarios/mongolia/package.yaml"),
        {{"permits.fee_relief.construction", before, 0.0},
         {"permits.fee_relief.construction", during, 0.5},
         {"permits.fee_relief.mining", {2029, 6, 30}, 0.5},
         {"permits.fee_relief.mining", after, 0.0},
         {"permits.fee_relief.trade", during, 0.0},
         {"training.places.construction", during, 2.0 * 4989.0},
         {"training.places.mining", during, 2.0 * 2495.0},
         {"training.stipend", during, 840000.0 / 2.0}});
}

TEST_CASE("contract/laws: other countries' rules are those of their laws", "[contract][unit]") {
  const Date on{2027, 1, 1};
  const double wage = 890000.0;  // Mongolia's minimum wage in 2027
  const double usd = 3390.0;     // MNT, 2024

  const double sgd = usd / 1.34;
  check(regime("singapore"), {{"permits.firm_share.construction", on, 5.0 / 6.0, kRounded},
                              {"permits.firm_share_base", on, 0},
                              {"permits.levy.high.russia", on, 500.0 * sgd, kRounded},
                              {"permits.levy.low.russia", on, 900.0 * sgd, kRounded},
                              {"permits.levy.high.china", on, 300.0 * sgd, kRounded},
                              {"permits.levy.low.china", on, 700.0 * sgd, kRounded},
                              {"permits.fee", on, 0}});
  const double ringgit = usd / 4.6;
  check(regime("malaysia"),
        {{"permits.share_fee.trade", on, 1850.0 / 12.0 * ringgit, kRounded},
         {"permits.share_fee.agriculture", on, 640.0 / 12.0 * ringgit, kRounded},
         {"permits.share_fee.trade.above_15", on, 2.0 * 113600.0}});
  const double riyal = usd / 3.75;
  check(regime("saudi_arabia"), {{"permits.peer_rank.trade.from_50", on, 0.20},
                                 {"permits.peer_window", on, 13.0 * 7.0 * 12.0 / 365.25, kRounded},
                                 {"permits.share_fee.trade", on, 700.0 * riyal, kRounded},
                                 {"permits.share_fee.trade.above_50", on, 800.0 * riyal, kRounded},
                                 {"permits.share_fee_for", on, 0}});
  check(regime("qatar"),
        {{"permits.mobility", on, 1}, {"permits.notice", on, 1}, {"permits.wage_floor", on, wage}});
  check(regime("korea"), {{"permits.firm_size_limit.trade", on, 300},
                          {"permits.labour_market_test.craft_trades", on, 14},
                          {"permits.term", on, 4 * 12 + 10},
                          {"permits.total_limit.craft_trades", on, 4 * 12 + 10}});
  check(regime("australia"), {{"permits.labour_market_test.craft_trades", on, 28},
                              {"permits.wage_floor", on, wage * 70000.0 / 45900.0, 0.005},
                              {"permits.training_levy", on, wage * 1200.0 / 45900.0, 0.01},
                              {"permits.training_levy.from_50", on, wage * 1800.0 / 45900.0, 0.01},
                              {"permits.occupation.elementary", on, 1}});
  check(regime("australia_points"), {{"permits.points_pass", on, 65},
                                     {"permits.points_age.from_18", on, 25},
                                     {"permits.points_age.from_25", on, 30},
                                     {"permits.points_age.from_33", on, 25},
                                     {"permits.points_age.from_40", on, 15},
                                     {"permits.points_age.from_45", on, 0},
                                     {"permits.points_region.umnugovi", on, 15}});
  const Scenario canada = regime("canada");
  check(canada, {{"permits.firm_share.trade", on, 0.10},
                 {"permits.firm_share.construction", on, 0.20},
                 {"permits.firm_share.health", on, 0.20},
                 {"permits.firm_share.hotels_restaurants", on, 0.20},
                 {"permits.term", on, 12},
                 {"permits.labour_market_test.craft_trades", on, 28, 1e-9},
                 {"permits.intake.trade.ulaanbaatar", on, 1},
                 {"permits.intake.construction.ulaanbaatar", on, 0},
                 {"permits.intake.trade.khovd", on, 0}});
  int under_condition = 0;
  for (const LeverTimeline& t : canada.policy) {
    if (t.when == "unemployment_rate(ulaanbaatar) >= 0.06") ++under_condition;
  }
  CHECK(under_condition > 0);
  check(regime("mongolia_2020"), {{"permits.firm_share.education", on, 0.05},
                                  {"permits.firm_share.manufacturing", on, 0.15},
                                  {"permits.firm_share.mining.from_10", on, 0.05},
                                  {"permits.firm_share.mining.from_21", on, 0.10},
                                  {"permits.firm_share.mining.from_31", on, 0.20},
                                  {"permits.firm_share.mining.from_51", on, 0.30},
                                  {"permits.firm_share.mining.from_201", on, 0.30},
                                  {"permits.firm_share_base", on, 1},
                                  {"permits.exempt_heads.managers", on, 3},
                                  {"permits.fee", on, 2.0 * wage}});
}
