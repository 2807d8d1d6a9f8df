#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "sim/core/error.hpp"
#include "sim/report/report.hpp"
#include "support/catch.hpp"
#include "unit/report/sample.hpp"

using namespace steppe;
namespace fs = std::filesystem;

namespace {

/// The bytes of a workbook, written into a folder that is gone afterwards.
std::string workbook(const ReportInput& input, const std::string& language = "en") {
  const fs::path file =
      fs::temp_directory_path() / ("steppe-workbook-" + std::to_string(getpid()) + ".xlsx");
  write_workbook(input, file, {language, true});
  std::ifstream in(file, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), {}};
  fs::remove(file);
  return bytes;
}

}  // namespace

TEST_CASE("report/workbook: the same input gives the same bytes, another figure others",
          "[unit][report]") {
  const ReportInput input = test::sample_report({.months = 24});
  const std::string first = workbook(input);
  REQUIRE(first.size() > 1000);
  CHECK(first.substr(0, 2) == "PK");
  CHECK(workbook(input) == first);
  CHECK(workbook(input, "mn") != first);
  ReportInput other = input;
  other.summary.series.front().mean.front() += 1.0;
  CHECK(workbook(other) != first);
}

TEST_CASE("report/workbook: a place that cannot be written is told", "[unit][report]") {
  CHECK_THROWS_AS(write_workbook(test::sample_report({.months = 24}), "/nowhere/at/all.xlsx"),
                  IoError);
}
