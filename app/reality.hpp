#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "app/ensemble_request.hpp"
#include "sim/core/diagnostics.hpp"
#include "sim/scenario/scenario.hpp"

namespace steppe::app {

/// How the reality checks of a scenario are run.
struct RealityRequest : EnsembleRequest {
  std::filesystem::path file;
};

/// Reads the scenario under what each of its reality checks is given.
/// @returns what is wrong with the values given, at their places
[[nodiscard]] Diagnostics check_given(const RealityRequest& request, const Scenario& scenario);

struct RealityReport {
  Diagnostics failed;             ///< a sentence for each check that does not hold, at its place
  std::vector<std::string> held;  ///< and for each that does
  bool interrupted = false;
  std::vector<std::string> failures;  ///< replications that did not finish, and why
};

/// Runs the scenario once for each set of values given by its reality checks, and as it is for
/// those without; judges them all.
[[nodiscard]] RealityReport judge(const RealityRequest& request, const Scenario& scenario);

}  // namespace steppe::app
