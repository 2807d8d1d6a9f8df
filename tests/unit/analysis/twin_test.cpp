#include "sim/analysis/twin.hpp"

#include <cmath>

#include "sim/core/error.hpp"
#include "support/catch.hpp"

using namespace steppe;

namespace {

Table total(const std::string& name, std::vector<double> data) {
  Table out;
  out.variable.name = name;
  out.variable.unit = "person";
  out.data = std::move(data);
  return out;
}

Recording recording(std::vector<double> employed, std::vector<double> other) {
  Recording out;
  for (std::size_t m = 0; m < employed.size(); ++m) {
    out.months.push_back(Month(2020, 1) + static_cast<int>(m));
  }
  out.tables = {total("employed", std::move(employed)), total("other", std::move(other))};
  return out;
}

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

}  // namespace

TEST_CASE("analysis/twin: the end and the root of mean squares over months", "[unit]") {
  Twin twin;
  twin.add(recording({10.0, 20.0}, {1.0, 1.0}));
  twin.add(recording({14.0, 28.0}, {1.0, 1.0}));
  // Agents' means are 12 and 24; the mean field does not know the other variable.
  const std::vector<TwinRow> rows = twin.rows(recording({15.0, 20.0}, {kNone, kNone}));
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].variable == "employed");
  CHECK(rows[0].n == 2);
  CHECK(rows[0].agents == 24.0);
  CHECK(rows[0].low == 20.0);
  CHECK(rows[0].high == 28.0);
  CHECK(rows[0].mean_field == 20.0);
  CHECK(rows[0].difference() == -4.0);
  CHECK_THAT(rows[0].rmse, WithinAbs(std::sqrt((9.0 + 16.0) / 2.0), 1e-12));
}

TEST_CASE("analysis/twin: other months are refused", "[unit]") {
  Twin twin;
  twin.add(recording({1.0, 2.0}, {1.0, 1.0}));
  CHECK_THROWS_AS(twin.rows(recording({1.0}, {1.0})), ModelError);
}
