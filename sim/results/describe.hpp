#pragma once

#include "sim/observe/recording.hpp"
#include "sim/results/identity.hpp"
#include "sim/results/manifest.hpp"
#include "sim/results/run_info.hpp"
#include "sim/scenario/scenario.hpp"

namespace steppe {

/// Enters the program that runs and the machine it runs on.
void describe_program(Manifest& manifest);

/// Enters what a run is of: program, scenario, options and variables; all but times and files.
/// @param layout a recording of the run, whose values are not read
void describe_run(Manifest& manifest, const Scenario& scenario, const RunInfo& info,
                  const RunIdentity& identity, const Recording& layout);

/// Adds one realization's counts, times and levers.
void account(Manifest& manifest, const Recording& recording);

}  // namespace steppe
