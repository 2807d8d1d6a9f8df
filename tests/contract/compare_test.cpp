#include <cmath>

#include "sim/analysis/comparison.hpp"
#include "support/catch.hpp"
#include "support/ensemble.hpp"

using namespace steppe;

TEST_CASE("contract/compare: before their first difference scenarios differ by exactly 0",
          "[contract]") {
  EnsembleOptions options;
  options.replications = 2;
  options.scale = 100.0;
  Comparison comparison(2, options.replications);
  std::size_t part = 0;
  for (const char* file : {"scenarios/mongolia/baseline.yaml", "scenarios/mongolia/fee.yaml"}) {
    int r = 0;
    for (const Recording& recording : test::run_all(test::read(file), options)) {
      comparison.add(part, r++, recording);
    }
    ++part;
  }
  const Month fee_is_halved(2026, 1);
  std::size_t unequal_before = 0;
  std::size_t unequal_after = 0;
  for (std::size_t v = 0; v < comparison.variables().size(); ++v) {
    for (std::size_t cell = 0; cell < comparison.variables()[v].cells; ++cell) {
      for (std::size_t m = 0; m < comparison.months().size(); ++m) {
        const Pairs pairs = comparison.pairs(1, v, cell, {m, m + 1});
        for (const double difference : pairs.differences()) {
          if (std::isnan(difference) || difference == 0.0) continue;
          ++(comparison.months()[m] < fee_is_halved ? unequal_before : unequal_after);
        }
      }
    }
  }
  CHECK(unequal_before == 0);
  CHECK(unequal_after > 1000);
}
