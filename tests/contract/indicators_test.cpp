#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "sim/api/shortages.hpp"
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
