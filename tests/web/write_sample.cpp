// Writes the page of an invented run, for the browser to open:
//   steppe_write_sample FILE [one|coarse|question|tables|mn|compare|compare-one|compare-mn|options]
#include <cstdio>
#include <exception>
#include <fstream>
#include <string_view>

#include "unit/report/sample.hpp"
#include "unit/report/sample_comparison.hpp"

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fputs(
        "usage: steppe_write_sample FILE "
        "[one|coarse|question|tables|mn|compare|compare-one|compare-mn|options]\n",
        stderr);
    return 2;
  }
  try {
    const std::string_view kind = argc > 2 ? argv[2] : "";
    steppe::test::SampleOptions sample;
    steppe::ReportOptions report;
    if (kind == "one") sample.replications = 1;
    if (kind == "coarse") sample.scale = 100;
    if (kind == "question") sample.question = true;
    if (kind == "tables") report.charts = false;
    if (kind == "mn") report.language = "mn";
    if (kind.starts_with("compare") || kind == "options") {
      steppe::test::ComparisonSampleOptions comparison;
      if (kind == "compare-one") comparison.replications = 1;
      if (kind == "compare-mn") report.language = "mn";
      if (kind == "options") comparison.alternatives = 3;
      std::ofstream(argv[1]) << steppe::comparison_page(steppe::test::sample_comparison(comparison),
                                                        report);
      return 0;
    }
    steppe::write_report(steppe::test::sample_report(sample), argv[1], report);
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "%s\n", problem.what());
    return 1;
  }
  return 0;
}
