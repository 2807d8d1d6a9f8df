#pragma once

#include <string>
#include <vector>

#include "sim/results/run_folder.hpp"

namespace steppe::app {

/// One figure of the headline: a variable at the end of the run.
struct HeadlineFigure {
  std::string variable;
  std::string label;
  std::string unit;
  std::string month;
  double mean = 0.0, p05 = 0.0, p95 = 0.0;
  double first = 0.0;  ///< mean of the first reported month
  std::string first_month;
  int n = 0;  ///< realizations
};

/// A variable of the headline and what it is called there.
struct HeadlineMeasure {
  const char* variable;
  const char* label;
};
[[nodiscard]] const std::vector<HeadlineMeasure>& headline_measures();

/// The main figures of a run, with the interval over its realizations.
[[nodiscard]] std::vector<HeadlineFigure> headline(const RunFolder& folder);
/// As a table for readers.
[[nodiscard]] std::string headline_text(const std::vector<HeadlineFigure>& figures,
                                        bool with_intervals);

}  // namespace steppe::app
