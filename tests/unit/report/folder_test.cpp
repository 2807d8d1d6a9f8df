#include <filesystem>

#include "sim/core/error.hpp"
#include "sim/parallel/ensemble.hpp"
#include "sim/report/report.hpp"
#include "sim/results/writer.hpp"
#include "sim/scenario/reader.hpp"
#include "support/catch.hpp"
#include "unit/results/synthetic.hpp"

using namespace steppe;
namespace fs = std::filesystem;

namespace {

const fs::path kExamples = fs::path(STEPPE_SOURCE_DIR) / "scenarios" / "examples";

RunFolder run_demo(const fs::path& file, const fs::path& out, int threads) {
  ReadOptions read_options;
  read_options.overrides = {{"name.en", "Demo </script> & \"co\""}};
  const auto scenario = read_scenario(file, builtin_models().catalogue(), read_options);
  REQUIRE(scenario);
  RunInfo info;
  info.replications = 2;
  info.threads = threads;
  info.overrides = read_options.overrides;
  info.command = {"steppe", "run", file.string()};
  EnsembleOptions options;
  options.replications = 2;
  options.threads = threads;
  RunWriter writer(*scenario, info, out);
  (void)run_ensemble(
      *scenario, builtin_models(), options,
      [&](int realization, Recording&& recording) { writer.add(realization, recording); });
  return writer.finish([&](const RunFolder& unsealed) { add_report(*scenario, unsealed); });
}

}  // namespace

TEST_CASE("report/folder: the page can be made again from the run folder alone", "[unit][report]") {
  const test::TempFolder temp;
  const RunFolder folder = run_demo(kExamples / "demo.yaml", temp / "runs", 1);
  const std::string page = test::slurp(folder.path() / "report.html");
  CHECK(page.find("id=\"fig-unemployment\"") != std::string::npos);
  fs::rename(folder.path(), temp / "elsewhere");
  const RunFolder moved = RunFolder::open(temp / "elsewhere");
  CHECK(rebuild_report(moved, builtin_models().catalogue()) == page);
  const std::string mongolian = rebuild_report(moved, builtin_models().catalogue(), "mn");
  CHECK(mongolian.find("<html lang=\"mn\">") != std::string::npos);
}

TEST_CASE("report/folder: threads and the place of the files leave no trace in the page",
          "[unit][report]") {
  const test::TempFolder temp;
  const RunFolder here = run_demo(kExamples / "demo.yaml", temp / "a", 1);
  fs::copy(kExamples, temp / "copy", fs::copy_options::recursive);
  const RunFolder there = run_demo(temp / "copy" / "demo.yaml", temp / "b", 2);
  CHECK(here.name() == there.name());
  CHECK(test::slurp(here.path() / "report.html") == test::slurp(there.path() / "report.html"));
}

TEST_CASE("report/folder: a folder that lacks its parts is refused in a sentence",
          "[unit][report]") {
  const test::TempFolder temp;
  const RunFolder folder = run_demo(kExamples / "demo.yaml", temp / "runs", 1);
  test::spit(folder.scenario_file(), "schema: steppe/1\nnonsense: 1\n");
  CHECK_THROWS_WITH(rebuild_report(folder, builtin_models().catalogue()),
                    ContainsSubstring("no longer reads"));
  fs::remove(folder.path() / "summary.csv");
  CHECK_THROWS_AS(rebuild_report(folder, builtin_models().catalogue()), Error);
}

TEST_CASE("report/folder: a place that cannot be written is an error", "[unit][report]") {
  const test::TempFolder temp;
  test::spit(temp / "file", "x");
  CHECK_THROWS_AS(write_report({}, temp / "file" / "report.html"), IoError);
}
