// Every lever in a full run of the invented country: it moves what it is there to move, in the
// direction it should, and no ceiling is ever passed.
//
// Paired runs share their random numbers, so that a difference is mostly the lever's. Of eight
// pairs seven must differ in the right direction: a lever without any effect passes never (no
// difference has no direction), one whose effect is chance once in 28 times.

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "sim/engine/simulation.hpp"
#include "sim/population/synthesise.hpp"
#include "sim/scenario/reader.hpp"
#include "support/catch.hpp"
#include "support/ensemble.hpp"

using namespace steppe;

namespace {

using Overrides = std::vector<std::pair<std::string, std::string>>;

constexpr const char* kDemo = "scenarios/examples/demo.yaml";
constexpr int kPairs = 8;
constexpr int kAgreeing = 7;

/// Sum over the months of the last three years, by realization.
std::vector<double> sums(const Overrides& overrides, const std::string& variable,
                         const std::vector<Dim>& dims, std::size_t cell) {
  EnsembleOptions options;
  options.replications = kPairs;
  options.threads = 2;
  std::vector<double> out;
  for (const Recording& recording : test::run_all(test::read(kDemo, overrides), options)) {
    const Table& table = test::table(recording, variable, dims);
    double sum = 0.0;
    for (std::size_t m = 24; m < recording.months.size(); ++m) {
      const double value = table.data[m * table.cells() + cell];
      if (!std::isnan(value)) sum += value;
    }
    out.push_back(sum);
  }
  return out;
}

/// The same of the foreigners of the project alone, who are too few to be seen in their sector.
std::vector<double> project_sums(const Overrides& overrides) {
  class Tap final : public Observer {
   public:
    void on_month(const MonthView& view) override {
      for (const Firm& firm : view.world.firms) sum += firm.project == 0 ? firm.foreigners : 0.0;
    }
    double sum = 0.0;
  };
  const Scenario scenario = test::read(kDemo, overrides);
  const World world = synthesise(scenario);
  std::vector<double> out;
  for (std::uint64_t seed = 1; seed <= kPairs; ++seed) {
    Simulation simulation(scenario, builtin_models(), world, {.seed = seed});
    Tap tap;
    simulation.add_observer(tap);
    simulation.run();
    out.push_back(tap.sum);
  }
  return out;
}

struct Case {
  Overrides moved;
  std::string variable;
  int sign;  ///< of the difference that the move makes
  std::vector<Dim> dims = {};
  std::size_t cell = 0;
  Overrides both = {};  ///< on both sides, where the lever acts with another
};

/// Without fees and caps, so that what one lever does is not hidden by others.
const Overrides kOpen = {{"policy.permits.fee", "0"},
                         {"policy.permits.firm_share", "none"},
                         {"policy.permits.sector_cap.construction", "none"}};
/// Many work without a permit.
const Overrides kIrregular = {{"parameters.irregular_willingness", "0.5"},
                              {"policy.enforcement.inspection_rate", "0.02"}};

std::vector<Case> cases() {
  const std::string foreigners = "foreign_workers";
  const std::string irregular = "irregular_workers";
  return {
      {{{"policy.permits.sector_cap", "50"}}, foreigners, -1},
      {{{"policy.permits.total_cap", "100"}}, foreigners, -1},
      {{{"policy.permits.firm_share", "5 %"}}, foreigners, -1},
      {{{"policy.permits.firm_share.*.from_20", "0"}}, foreigners, -1},
      {{{"policy.permits.firm_share_base", "nationals"}},
       foreigners,
       -1,
       {},
       0,
       {{"policy.permits.firm_share", "25 %"},
        {"policy.permits.fee", "0"},
        {"policy.permits.sector_cap.construction", "none"}}},
      {{{"policy.permits.firm_share_rounding", "up"}},
       foreigners,
       +1,
       {},
       0,
       {{"policy.permits.firm_share", "2 %"}, {"policy.permits.small_firm", "0"}}},
      {{{"policy.permits.small_firm", "0"}},
       foreigners,
       -1,
       {},
       0,
       {{"policy.permits.firm_share", "2 %"}}},
      {{{"policy.permits.exempt_heads.professionals", "3"}},
       foreigners,
       +1,
       {},
       0,
       {{"policy.permits.firm_share", "2 %"}}},
      {{{"policy.permits.firm_size_limit", "20"}}, foreigners, -1, {}, 0, kOpen},
      {{{"policy.permits.peer_rank", "50 %"}}, foreigners, -1, {}, 0, kOpen},
      {{{"policy.permits.resident_share_cap", "0.2 %"}}, foreigners, -1, {}, 0, kOpen},
      {{{"policy.permits.origin_share_cap.neighbour", "0.1 %"}},
       foreigners,
       -1,
       {Dim::Origin},
       0,
       kOpen},
      {{{"policy.permits.origin_ban.neighbour", "banned"}}, foreigners, -1, {Dim::Origin}, 0},
      {{{"policy.permits.occupation.workers", "closed"}}, foreigners, -1, {Dim::Occupation}, 2},
      {{{"policy.permits.intake.construction", "closed"}}, foreigners, -1, {Dim::Sector}, 2},
      {{{"policy.permits.intake.*.capital", "closed"}}, foreigners, -1, {Dim::Region}, 0},
      {{{"policy.permits.points_pass", "10"}},
       foreigners,
       -1,
       {},
       0,
       {{"policy.permits.points_age.from_35", "5"}, {"policy.permits.points_skill.high", "10"}}},
      {{{"policy.permits.border_closed", "1"}}, foreigners, -1},
      {{{"policy.permits.fee", "3000000"}}, foreigners, -1},
      {{{"policy.permits.fee_relief", "1"}}, foreigners, +1},
      {{{"policy.permits.fee_exempt.workers", "yes"}}, foreigners, +1, {Dim::Occupation}, 2},
      {{{"policy.permits.share_fee.*.above_10", "2000000"}}, foreigners, -1},
      {{{"policy.permits.levy.medium.neighbour", "2000000"}}, foreigners, -1},
      {{{"policy.permits.wage_floor", "3000000"}}, foreigners, -1},
      {{{"policy.permits.training_levy", "3000000"}}, foreigners, -1},
      {{{"policy.permits.fund_share", "1"}}, "training_starts", +1},
      {{{"policy.permits.labour_market_test", "180"}}, foreigners, -1},
      {{{"policy.permits.term", "3"}, {"policy.permits.renewal", "none"}}, foreigners, -1},
      {{{"policy.permits.total_limit", "12"}}, foreigners, -1},
      {{{"policy.permits.mobility", "free"}},
       "wage_bill_foreign",
       -1,
       {},
       0,
       {{"parameters.free_worker_premium", "1"}}},
      {{{"policy.permits.allocation", "auction"}},
       "permit_auctions",
       +1,
       {},
       0,
       {{"policy.permits.total_cap", "350"}, {"policy.permits.fee", "0"}}},
      {{{"policy.enforcement.inspection_rate", "0.2"}},
       irregular,
       -1,
       {},
       0,
       {{"parameters.irregular_willingness", "0.5"}, {"policy.permits.fee", "1500000"}}},
      {{{"policy.enforcement.fine", "500000000"}}, irregular, -1, {}, 0, kIrregular},
      {{{"policy.enforcement.expulsion", "0"}}, irregular, +1, {}, 0, kIrregular},
      {{{"policy.enforcement.debarment", "60"}}, "permits", -1, {}, 0, kIrregular},
      {{{"policy.enforcement.entry_ban", "60"}},
       "permits",
       -1,
       {},
       0,
       {{"parameters.irregular_willingness", "0.5"},
        {"parameters.returning_share", "1"},
        {"policy.enforcement.inspection_rate", "0.2"}}},
      {{{"policy.training.places", "2000"}}, "training_starts", +1},
      {{{"policy.training.stipend", "500000"}}, "training_starts", +1},
      {{{"policy.training.apprentices", "5"}}, "training_starts", +1},
      {{{"policy.migration.quota.overseas", "{2022-01-01: 2000}"}},
       "emigration",
       +1,
       {},
       0,
       {{"policy.migration.quota.overseas", "20"}}},
      {{{"policy.migration.tenure.overseas", "6"}},
       "return_migration",
       +1,
       {},
       0,
       {{"policy.migration.quota.overseas", "200"}}},
      {{{"policy.migration.reentry.overseas", "none"}},
       "nationals_abroad",
       -1,
       {Dim::Destination},
       1,
       {{"policy.migration.quota.overseas", "200"},
        {"policy.migration.tenure.overseas", "6"},
        {"parameters.contract_reentry", "1"}}},
      {{{"policy.migration.return_incentive", "100000000"}}, "return_migration", +1},
      {{{"policy.migration.registration_friction.capital", "10"}},
       "population",
       -1,
       {Dim::Region},
       0},
      {{{"policy.migration.fee_cap", "0"}},
       "emigration",
       +1,
       {},
       0,
       {{"parameters.departure_response", "0.5"}}},
      {{{"policy.minimum_wage", "3000000"}}, "real_wage", +1},
      {{{"policy.wages.sector_floor.trade", "3000000"}}, "real_wage", +1},
  };
}

/// What is to be so of the pairs.
void compare(const std::vector<double>& before, const std::vector<double>& after, int sign) {
  int agreeing = 0;
  double sum = 0.0;
  for (std::size_t r = 0; r < before.size(); ++r) {
    agreeing += (after[r] - before[r]) * sign > 0.0;
    sum += (after[r] - before[r]) * sign;
  }
  CHECK(agreeing >= kAgreeing);
  CHECK(sum > 0.0);
}

}  // namespace

TEST_CASE("contract/levers: every lever moves what it should, the way it should", "[contract]") {
  for (const Case& one : cases()) {
    Overrides moved = one.both;
    moved.insert(moved.end(), one.moved.begin(), one.moved.end());
    INFO(one.moved.front().first << " = " << one.moved.front().second << ", " << one.variable);
    compare(sums(one.both, one.variable, one.dims, one.cell),
            sums(moved, one.variable, one.dims, one.cell), one.sign);
  }
}

TEST_CASE("contract/levers: levers of a named project move its foreigners", "[contract]") {
  const Overrides open = {{"policy.permits.fee", "0"}, {"parameters.foreign_openness", "0.2"}};
  const Overrides narrow = {{"policy.permits.firm_share", "1 %"},
                            {"policy.permits.fee", "0"},
                            {"parameters.foreign_openness", "0.2"}};
  const Overrides dear = {{"policy.permits.fee", "2000000"},
                          {"parameters.foreign_openness", "0.2"}};
  const std::vector<std::pair<Overrides, int>> moves = {
      {{{"policy.permits.project_grant.southern_mine", "100"}}, +1},
      {{{"policy.permits.national_floor.southern_mine", "100 %"}}, -1},
      {{{"policy.permits.project_fee_relief.southern_mine", "1"}}, +1}};
  const std::vector<Overrides> grounds = {narrow, open, dear};
  for (std::size_t n = 0; n < moves.size(); ++n) {
    INFO(moves[n].first.front().first);
    Overrides moved = grounds[n];
    moved.push_back(moves[n].first.front());
    compare(project_sums(grounds[n]), project_sums(moved), moves[n].second);
  }
}

TEST_CASE("contract/levers: foreigners have permits or are known to have none, within all ceilings",
          "[contract]") {
  // Permits of the start run on for up to a year where a ceiling lies below their number.
  const Scenario scenario = test::read(kDemo, {{"policy.permits.total_cap", "200"},
                                               {"parameters.foreign_openness", "0.2"},
                                               {"policy.permits.sector_cap", "150"},
                                               {"policy.permits.fee", "0"},
                                               {"policy.permits.firm_share", "none"},
                                               {"policy.permits.resident_share_cap", "2 %"},
                                               {"policy.permits.origin_share_cap", "1.5 %"},
                                               {"parameters.irregular_willingness", "0.2"}});
  Simulation simulation(scenario, builtin_models(), synthesise(scenario), {.seed = 5});
  class Tap final : public Observer {
   public:
    void on_month(const MonthView& view) override {
      const Ledger& ledger = view.world.ledger;
      CHECK(ledger.foreigners() == ledger.permits() + ledger.irregular());
      if (view.world.step < 12) return;
      CHECK(ledger.permits() <= 200);
      std::int64_t sectors = 0;
      for (std::size_t s = 0; s < ledger.sizes().sectors; ++s) {
        CHECK(ledger.permits(SectorId{s}) <= 150);
        sectors += ledger.permits(SectorId{s});
      }
      CHECK(sectors == ledger.permits());
      most = std::max(most, ledger.permits());
    }
    std::int64_t most = 0;
  } tap;
  simulation.add_observer(tap);
  simulation.run();
  // Reached but for applications on their way, of which some come to nothing.
  CHECK(tap.most > 180);
}

TEST_CASE("contract/levers: Mongolia's fee and caps are those of the law in every year",
          "[contract]") {
  const Scenario history = test::read("scenarios/mongolia/history.yaml");
  const auto timeline = [&](const char* name, LeverKey key = {}) -> const LeverTimeline& {
    for (const LeverTimeline& t : history.policy) {
      if (t.decl->name == name && t.key == key) return t;
    }
    FAIL("no timeline of " << name);
    return history.policy.front();
  };
  const LeverTimeline& fee = timeline("permits.fee");
  const LeverTimeline& wage = timeline("minimum_wage");
  const std::vector<std::pair<Date, double>> fees = {
      {{2011, 4, 30}, 280800.0}, {{2013, 12, 1}, 384000.0}, {{2017, 1, 1}, 480000.0},
      {{2019, 1, 1}, 640000.0},  {{2020, 6, 1}, 840000.0},  {{2022, 12, 1}, 840000.0},
      {{2023, 1, 1}, 1100000.0}, {{2024, 1, 1}, 1320000.0}};
  for (const auto& [date, amount] : fees) {
    INFO(to_string(date));
    CHECK(fee.at(date, wage.at(date)) == amount);
  }
  const Dimensions& dims = history.dimensions;
  const auto sector = [&](const char* key) { return LeverKey{dims.find(Dim::Sector, key)}; };
  const Date in_force{2023, 6, 1};
  CHECK(timeline("permits.total_cap").at(in_force) == 20351.0);
  CHECK(timeline("permits.sector_cap", sector("mining")).at(in_force) == 8000.0);
  CHECK(timeline("permits.sector_cap", sector("construction")).at(in_force) == 3644.0);
  CHECK(timeline("permits.sector_cap", sector("ict")).at(in_force) == 2.0);
  CHECK(timeline("permits.sector_cap", sector("real_estate")).at(in_force) == 3.0);
  CHECK(std::isinf(timeline("permits.total_cap").at({2022, 12, 31})));
  const LeverDecl& share = *timeline("permits.firm_share").decl;
  const auto allowed = [&](const char* key, Date date) {
    return governing(history.policy, share, {dims.find(Dim::Sector, key), 100})->at(date);
  };
  CHECK(allowed("education", {2015, 1, 1}) == 0.05);
  CHECK(allowed("mining", {2012, 6, 1}) == 0.25);
  CHECK(allowed("mining", {2013, 6, 1}) == 0.2);
  CHECK(allowed("trade", {2013, 6, 1}) == 0.2);
  CHECK(allowed("extraterritorial", {2010, 1, 1}) == 0.3);
  CHECK(std::isinf(allowed("mining", {2022, 7, 1})));
  CHECK(timeline("permits.labour_market_test").at({2022, 8, 1}) == 14.0);
  CHECK(timeline("permits.total_limit").at({2022, 8, 1}) == 60.0);
}

TEST_CASE("contract/levers: every regime can be laid over Mongolia, and changes its rules",
          "[contract]") {
  namespace fs = std::filesystem;
  const fs::path root(STEPPE_SOURCE_DIR);
  const fs::path file =
      fs::temp_directory_path() / ("steppe-regime-" + std::to_string(getpid()) + ".yaml");
  int regimes = 0;
  for (const auto& entry : fs::directory_iterator(root / "scenarios/regimes")) {
    INFO(entry.path());
    std::ofstream(file) << "schema: steppe/1\nextends: ["
                        << (root / "scenarios/mongolia/baseline.yaml").string() << ", "
                        << entry.path().string() << "]\n";
    const auto read = read_scenario(file, builtin_models().catalogue());
    REQUIRE(read);
    CHECK(read->warnings.empty());
    const bool changes =
        std::any_of(read->policy.begin(), read->policy.end(), [&](const LeverTimeline& timeline) {
          return fs::path(timeline.place.file).filename() == entry.path().filename();
        });
    CHECK(changes);
    ++regimes;
  }
  fs::remove(file);
  CHECK(regimes >= 8);
}
