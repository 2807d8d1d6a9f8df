#include "sim/report/parts.hpp"
#include "support/catch.hpp"
#include "unit/report/sample.hpp"

using namespace steppe;
using namespace steppe::report_detail;

TEST_CASE("report/drivers: at most six years are shown, the first and the last among them",
          "[unit][report]") {
  CHECK(shown_years(0).empty());
  for (std::size_t years = 1; years <= 60; ++years) {
    const std::vector<std::size_t> shown = shown_years(years);
    CAPTURE(years);
    CHECK(shown.size() <= 6);
    CHECK(shown.size() >= std::min<std::size_t>(years, 4));
    CHECK(shown.front() == 0);
    CHECK(shown.back() == years - 1);
  }
  CHECK(shown_years(11) == std::vector<std::size_t>{0, 2, 4, 6, 8, 10});
}

TEST_CASE("report/drivers: the table has means, unit, kind and what is held", "[unit][report]") {
  ReportInput input = test::sample_report();
  const ReportOptions english{"en", false};
  const Context context(input, english);
  const std::string section = driver_section(context);
  const auto holds = [&](const std::string& piece) {
    return section.find(piece) != std::string::npos;
  };
  CHECK(holds("World copper price<br><code>copper_price</code>"));
  CHECK(holds("USD/tonne"));
  CHECK(holds("1 of 1 series are held beyond their data"));
  CHECK(holds("data-label=\"2009\">5,163</td>"));
  CHECK(holds("data-label=\"2024\">8,913<br><small>held beyond the data</small>"));
  CHECK(holds(">official</td>"));
  CHECK(held_years(context, input.drivers.front()) == "2021–2024");
  input.drivers.clear();
  CHECK(driver_section(context).empty());
}

TEST_CASE("report/drivers: years are means of the months shown, held where data end",
          "[unit][report]") {
  Scenario scenario;
  DriverSeries series;
  series.name = "copper_price";
  series.unit = "USD/tonne";
  series.quality = "official";
  series.between = DriverSeries::Between::Linear;
  series.points = {{{2009, 7, 15}, 100.0}, {{2010, 12, 15}, 1800.0}};
  scenario.drivers = {{series.name, series}};
  Manifest manifest;
  manifest.hash = std::string(64, '0');
  manifest.first_month = "2010-11";
  manifest.last_month = "2012-02";
  const auto drivers = make_report_input(scenario, manifest, {}).drivers;
  REQUIRE(drivers.size() == 1);
  CHECK(drivers[0].kind == "official");
  REQUIRE(drivers[0].years.size() == 3);
  CHECK(drivers[0].years[0].year == 2010);
  CHECK_THAT(drivers[0].years[0].mean, WithinAbs(1750.0, 5.0));
  CHECK_FALSE(drivers[0].years[0].held);
  CHECK(drivers[0].years[1].mean == 1800.0);
  CHECK(drivers[0].years[1].held);
  CHECK(drivers[0].years[2].held);

  // A step says that it stands.
  scenario.drivers.begin()->second.between = DriverSeries::Between::Step;
  CHECK_FALSE(make_report_input(scenario, manifest, {}).drivers[0].years[2].held);
}
