#include "sim/parallel/ensemble.hpp"

#include <cstdint>
#include <vector>

#include "support/catch.hpp"
#include "support/textbook.hpp"

using namespace steppe;

TEST_CASE("engine/ensemble: progress counts every thread's steps, results come in order",
          "[unit]") {
  test::Textbook book;
  book.persons = 2000;
  book.firms = 100;
  book.months = 24;
  const Scenario scenario = test::make_scenario(book, builtin_models());
  for (const int threads : {1, 2}) {
    INFO(threads << " threads");
    EnsembleOptions options;
    options.replications = 5;
    options.threads = threads;
    std::vector<int> consumed;
    std::vector<EnsembleProgress> told;
    const EnsembleSummary summary = run_ensemble(
        scenario, builtin_models(), options,
        [&](int realization, Recording&& /*recording*/) { consumed.push_back(realization); },
        [&](const EnsembleProgress& progress) { told.push_back(progress); });
    CHECK(summary.finished == 5);
    CHECK(consumed == std::vector<int>{0, 1, 2, 3, 4});
    REQUIRE(told.size() == 5 * 24);
    for (std::size_t i = 0; i < told.size(); ++i) {
      REQUIRE(told[i].steps_done == static_cast<std::int64_t>(i) + 1);
      REQUIRE(told[i].steps_total == 5 * 24);
      REQUIRE(told[i].finished * 24 <= told[i].steps_done);
    }
    // One thread has consumed all but the last when the last step is told.
    if (threads == 1) CHECK(told.back().finished == 4);
  }
}
