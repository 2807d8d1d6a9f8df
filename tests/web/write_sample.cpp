// Writes the page of an invented run, for the browser to open:
//   steppe_write_sample FILE [one|coarse|question|tables|mn]
#include <cstdio>
#include <exception>
#include <string_view>

#include "unit/report/sample.hpp"

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fputs("usage: steppe_write_sample FILE [one|coarse|question|tables|mn]\n", stderr);
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
    steppe::write_report(steppe::test::sample_report(sample), argv[1], report);
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "%s\n", problem.what());
    return 1;
  }
  return 0;
}
