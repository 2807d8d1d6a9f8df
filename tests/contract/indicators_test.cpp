#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "sim/api/registry.hpp"
#include "sim/api/shortages.hpp"
#include "sim/observe/own_indicators.hpp"
#include "sim/observe/recorder.hpp"
#include "support/catch.hpp"
#include "support/ensemble.hpp"

using namespace steppe;

namespace {

/// Three years of the invented country with every kind of flow, recorded once.
const Recording& demo() {
  static const Recording recording = [] {
    const Scenario scenario =
        test::read("scenarios/examples/demo.yaml",
                   {{"time.end", "2022-12-31"}, {"policy.permits.total_cap", "400"}});
    EnsembleOptions options;
    options.replications = 1;
    return test::run_all(scenario, options).front();
  }();
  return recording;
}

double value(std::string_view variable, std::size_t month, const std::vector<Dim>& dims = {},
             std::size_t cell = 0) {
  const Table& table = test::table(demo(), variable, dims);
  return table.data[month * table.cells() + cell];
}

/// Of the month and the eleven before it.
double year_of(std::string_view flow, std::size_t month, const std::vector<Dim>& dims = {},
               std::size_t cell = 0) {
  double sum = 0.0;
  for (std::size_t t = month - 11; t <= month; ++t) sum += value(flow, t, dims, cell);
  return sum;
}

constexpr std::size_t kLast = 35;

}  // namespace

// The other side of each comparison is put together from variables recorded apart.
TEST_CASE("contract/indicators: shortages are what vacancies and seekers say", "[contract]") {
  const double filled = year_of("vacancies_filled", kLast);
  const double withdrawn = year_of("vacancies_withdrawn", kLast);
  REQUIRE(withdrawn > 0.0);
  CHECK_THAT(value("fill_rate", kLast), WithinAbs(filled / (filled + withdrawn), 1e-12));
  // The first eleven months have no year behind them.
  CHECK(std::isnan(value("fill_rate", 10)));
  CHECK_FALSE(std::isnan(value("fill_rate", 11)));

  const std::size_t occupations = test::table(demo(), "fill_rate", {Dim::Occupation}).cells();
  REQUIRE(occupations == 4);
  double open = 0.0;
  double matched = 0.0;
  for (std::size_t k = 0; k < occupations; ++k) {
    const double v = value("vacancies", kLast, {Dim::Occupation}, k);
    const double u = value("unemployed", kLast, {Dim::Occupation}, k);
    open += v;
    matched += std::sqrt(v * u);
    CHECK_THAT(value("tightness", kLast, {Dim::Occupation}, k), WithinAbs(v / u, 1e-12));
    const double rate = value("fill_rate", kLast, {Dim::Occupation}, k);
    CHECK((std::isnan(rate) || (rate >= 0.0 && rate <= 1.0)));
  }
  const double searching = value("unemployed", kLast);
  CHECK_THAT(value("mismatch_occupations", kLast),
             WithinAbs(1.0 - matched / std::sqrt(open * searching), 1e-9));
  CHECK(value("mismatch_occupations", kLast) > 0.0);

  const double available = searching + value("discouraged", kLast);
  CHECK_THAT(value("underutilisation_lu3", kLast),
             WithinAbs(available / (available + value("employed", kLast)), 1e-12));
}

// Who searches now came in or was there; who came in left again, or searches still.
TEST_CASE("contract/indicators: supply inflow covers all who have searched for under a year",
          "[contract]") {
  const double opened = year_of("vacancies_opened", kLast);
  const double entered = value("supply_demand_ratio", kLast) * opened;
  const double searching_short =
      value("unemployed", kLast) * (1.0 - value("long_term_share", kLast));
  CHECK(entered >= searching_short);
  // Most who are laid off and all who come home or finish a course come through search.
  CHECK(entered <= year_of("separations", kLast) + 12.0 * value("inactive", kLast));
  CHECK_THAT(entered, WithinAbs(std::round(entered), 1e-6));
}

TEST_CASE("contract/indicators: what is said of migrants follows from permits and pay",
          "[contract]") {
  const double foreigners = value("foreign_workers", kLast);
  REQUIRE(foreigners > 0.0);
  const double staff = value("employed", kLast) - value("herders", kLast);
  const double gap =
      1.0 - value("wage_bill_foreign", kLast) / foreigners / (value("wage_bill", kLast) / staff);
  CHECK_THAT(value("migrant_pay_gap", kLast), WithinAbs(gap, 1e-5));
  CHECK(value("migrant_pay_gap_adjusted", kLast) != value("migrant_pay_gap", kLast));
  CHECK_THAT(value("irregular_share", kLast),
             WithinAbs(value("irregular_workers", kLast) / foreigners, 1e-12));
  CHECK_THAT(value("quota_use", kLast), WithinAbs(value("permits", kLast) / 400.0, 1e-12));
  CHECK(value("tied_permit_share", kLast) == 1.0);
  const double renewed = year_of("permits_renewed", kLast);
  CHECK_THAT(value("renewal_rate", kLast),
             WithinAbs(renewed / (renewed + year_of("permits_ended", kLast)), 1e-12));

  std::size_t month = kLast;
  while (value("emigration", month) == 0.0) --month;
  const double fee = value("departure_fees", month) / value("emigration", month);
  const double share = test::read("scenarios/examples/demo.yaml").parameter("remittance_share");
  const double income = value("remittances_in", month) / share / value("nationals_abroad", month);
  CHECK_THAT(value("recruitment_cost", month), WithinRel(fee / income, 1e-9));
}

TEST_CASE("contract/indicators: formulas may read whatever a country records", "[contract]") {
  const auto& known = builtin_models().catalogue().variables();
  for (const Table& table : demo().tables) {
    if (table.variable.dims.size() > 1) continue;
    INFO(table.variable.name);
    const Dim by = table.variable.dims.empty() ? Dim::None : table.variable.dims.front();
    CHECK(std::any_of(known.begin(), known.end(), [&](const IndicatorDecl& decl) {
      return decl.name == table.variable.name && decl.by == by;
    }));
  }
}

namespace {

/// Four months of employment by sector and of vacancies.
Recording made_up() {
  Recording recording;
  recording.months = {Month(2020, 1), Month(2020, 2), Month(2020, 3), Month(2020, 4)};
  const auto add = [&](const char* name, std::vector<Dim> dims, std::vector<std::size_t> shape,
                       std::vector<double> data) {
    recording.tables.push_back(
        {{name, "person", name, VariableKind::Stock, std::move(dims), true, 0},
         std::move(shape),
         std::move(data)});
  };
  add("employed", {}, {}, {30, 40, 50, 60});
  add("employed", {Dim::Sector}, {2}, {10, 20, 15, 25, 20, 30, 25, 35});
  add("vacancies", {}, {}, {3, 0, 5, 6});
  return recording;
}

Scenario two_sectors() {
  Scenario scenario;
  for (const char* key : {"mining", "trade"}) {
    Member member;
    member.key = key;
    scenario.dimensions.sectors.push_back(member);
  }
  return scenario;
}

OwnIndicator own(const char* name, const char* formula, Dim by = Dim::None, int smooth = 1,
                 int lag = 0) {
  OwnIndicator one;
  one.name = name;
  one.formula = formula;
  one.unit = "1";
  one.by = by;
  one.smooth_months = smooth;
  one.lag_months = lag;
  return one;
}

RealityCheck expects(const char* condition) {
  RealityCheck check;
  check.expect = condition;
  return check;
}

}  // namespace

TEST_CASE("observe/own_indicators: a formula is read month by month, and by member", "[unit]") {
  Scenario scenario = two_sectors();
  scenario.indicators = {
      own("per_post", "employed / vacancies"), own("mined", "employed(mining)"),
      own("share", "employed / (employed(mining) + employed(trade))", Dim::Sector),
      own("of_share", "2 * share(trade)"), own("calm", "employed", Dim::None, 2, 1)};
  Recording recording = made_up();
  add_own_indicators(scenario, recording);
  const auto data = [&](const char* name) {
    for (const Table& table : recording.tables) {
      if (table.variable.name == name) return table.data;
    }
    return std::vector<double>{};
  };
  const auto per_post = data("per_post");
  REQUIRE(per_post.size() == 4);
  CHECK(per_post[0] == 10.0);
  CHECK(std::isnan(per_post[1]));  // nothing to divide by, which is not zero
  CHECK(per_post[2] == 10.0);
  CHECK(data("mined") == std::vector<double>{10, 15, 20, 25});
  const auto share = data("share");
  REQUIRE(share.size() == 8);
  CHECK(share[0] == 10.0 / 30.0);
  CHECK(share[7] == 35.0 / 60.0);
  CHECK(data("of_share").front() == 2.0 * (20.0 / 30.0));
  const auto calm = data("calm");
  CHECK(std::isnan(calm[0]));
  CHECK(std::isnan(calm[1]));
  CHECK(calm[2] == 35.0);
  CHECK(calm[3] == 45.0);
}

TEST_CASE("observe/own_indicators: a reality check fails in its first bad month", "[unit]") {
  Scenario scenario = two_sectors();
  scenario.reality_checks = {expects("employed < 50"), expects("employed / vacancies == 10"),
                             expects("vacancies / 0 > 1"), expects("employed(mining) >= 20")};
  scenario.reality_checks.push_back(expects("employed(mining) >= 20"));
  scenario.reality_checks.back().from = Date{2020, 3, 1};
  scenario.reality_checks.push_back(expects("employed < 50"));
  scenario.reality_checks.back().until = Date{2020, 2, 29};
  const auto outcomes = judge_reality(scenario, made_up());
  REQUIRE(outcomes.size() == 6);
  CHECK_FALSE(outcomes[0].held());
  CHECK(outcomes[0].failed == Month(2020, 3));
  CHECK(outcomes[1].held());        // a month without a value is no mistake …
  CHECK_FALSE(outcomes[2].held());  // … but a check that never had one says nothing
  CHECK_FALSE(outcomes[2].failed.has_value());
  CHECK(outcomes[3].failed == Month(2020, 1));
  CHECK(outcomes[4].held());
  CHECK(outcomes[5].held());
}
