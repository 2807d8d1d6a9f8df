#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "bench/macro/measure.hpp"

namespace steppe::bench {

/// What a row's figure counts per second; a command's is its time.
enum class Figure { PersonSteps, Replications, Seconds };

/// A line of the table.
struct Row {
  std::string id;  ///< `w1/1e6`
  std::string title;
  Job job;
  Figure figure = Figure::PersonSteps;
  int repeats = 5;
};

/// A ratio of two rows' medians, larger is better.
struct Ratio {
  std::string title;
  std::string above, below;  ///< ids
  bool of_time = false;  ///< time of `below` ÷ time of `above`; else of figures, above ÷ below
};

struct Plan {
  std::vector<Row> rows;
  std::vector<Ratio> ratios;
};

/// @param scenarios folder of the bundled scenarios
/// @param scratch   an empty folder for what commands write; the network of W3 is put there
/// @param quick     small sizes and few repeats: a look in a minute or two
/// @param huge      also 10⁸ persons (some 8 GB)
[[nodiscard]] Plan make_plan(const std::filesystem::path& scenarios,
                             const std::filesystem::path& scratch, bool quick, bool huge);

}  // namespace steppe::bench
