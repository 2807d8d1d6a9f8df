#pragma once

#include "sim/api/registry.hpp"

namespace steppe::app {

/// The whole command line over given models: what `main` of the program, or of one with variants of
/// its own, consists of. Once a process.
///
/// @param models all that commands know of models; must outlive the call
/// @returns the exit code; errors are told on standard error and never thrown
[[nodiscard]] int run_program(int argc, char** argv, const Registry& models);

/// The models given to run_program(): what commands read scenarios with and run. Only `bench`, with
/// workloads of steppe's own, asks for the built-in ones. @pre run_program() is under way
[[nodiscard]] const Registry& known_models();

}  // namespace steppe::app
