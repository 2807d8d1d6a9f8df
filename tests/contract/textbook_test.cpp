// What the textbook scenarios say of themselves: every file of the folder is run, with agents and,
// where all its variants have one, as a mean field, and its own checks have to hold.

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "sim/api/registry.hpp"
#include "sim/meanfield/mean_field_recording.hpp"
#include "sim/results/checks.hpp"
#include "support/catch.hpp"
#include "support/ensemble.hpp"

using namespace steppe;

namespace {

namespace fs = std::filesystem;

using Values = std::vector<std::pair<std::string, std::string>>;

/// The scenarios, in the order of their names, by their path in the checkout.
std::vector<std::string> textbook() {
  std::vector<std::string> out;
  const fs::path root(STEPPE_SOURCE_DIR);
  for (const auto& entry : fs::directory_iterator(root / "scenarios/textbook")) {
    if (entry.path().extension() != ".yaml") continue;
    out.push_back("scenarios/textbook/" + entry.path().filename().string());
  }
  std::sort(out.begin(), out.end());
  return out;
}

/// The checks of a scenario by what they are given.
std::map<Values, std::vector<std::size_t>> by_given(const Scenario& scenario) {
  std::map<Values, std::vector<std::size_t>> out;
  for (std::size_t i = 0; i < scenario.reality_checks.size(); ++i) {
    out[scenario.reality_checks[i].given].push_back(i);
  }
  return out;
}

bool has_mean_field(const Scenario& scenario) {
  for (int s = 0; s < kSlotCount; ++s) {
    const auto slot = static_cast<Slot>(s);
    const std::string& name = scenario.model[static_cast<std::size_t>(s)];
    if (!builtin_models().catalogue().find(slot, name)->has_mean_field) return false;
  }
  // Nobody is out of the labour force in a mean field.
  const auto staying = scenario.parameters.find("staying_share");
  return staying == scenario.parameters.end() || staying->second.values.front() == 1.0;
}

void check_held(const Scenario& scenario, const std::vector<std::size_t>& checks,
                const std::vector<Recording>& recordings) {
  for (const std::size_t i : checks) {
    RealityTally tally(scenario.reality_checks[i]);
    for (std::size_t n = 0; n < recordings.size(); ++n) {
      tally.add(static_cast<int>(n), recordings[n].reality[i]);
    }
    INFO(tally.message().text);
    CHECK(tally.held());
  }
}

void check_agents(const std::string& file, int replications) {
  for (const auto& [given, checks] : by_given(test::read(file))) {
    const Scenario scenario = test::read(file, given);
    EnsembleOptions options;
    options.replications = replications;
    options.threads = 2;
    check_held(scenario, checks, test::run_all(scenario, options));
  }
}

}  // namespace

TEST_CASE("contract/textbook: every scenario says what it expects and where from", "[contract]") {
  const std::vector<std::string> files = textbook();
  REQUIRE(files.size() > 3);
  for (const std::string& file : files) {
    INFO(file);
    const Scenario scenario = test::read(file);
    CHECK(to_text(scenario.warnings) == "");
    CHECK_FALSE(scenario.reality_checks.empty());
    // One that needs no values, so that `steppe run` judges it.
    CHECK(by_given(scenario).contains({}));
    // English and Mongolian.
    CHECK(scenario.name.texts.size() == 2);
    CHECK(scenario.question.texts.size() == 2);
  }
}

TEST_CASE("contract/textbook: mean fields have what the theories say", "[contract]") {
  int run = 0;
  for (const std::string& file : textbook()) {
    INFO(file);
    for (const auto& [given, checks] : by_given(test::read(file))) {
      const Scenario scenario = test::read(file, given);
      if (!has_mean_field(scenario)) continue;
      std::vector<Recording> recordings;
      recordings.push_back(record_mean_field(scenario, builtin_models()).value());
      check_held(scenario, checks, recordings);
      ++run;
    }
  }
  CHECK(run > 0);
}

// Some sixty comparisons, the narrowest at 3.7 and 4 standard errors, the others at five and more:
// false alarm 6e-4.
TEST_CASE("contract/textbook: agents have what the theories say", "[contract]") {
  for (const std::string& file : textbook()) {
    INFO(file);
    check_agents(file, 1);
  }
}

TEST_CASE("contract/textbook: the example keeps its labour force", "[contract]") {
  check_agents("scenarios/examples/textbook.yaml", 1);
}

// Four times as many: false alarm 1e-4.
TEST_CASE("contract/textbook: agents of several replications do", "[contract][slow]") {
  for (const std::string& file : textbook()) {
    INFO(file);
    check_agents(file, 4);
  }
}
