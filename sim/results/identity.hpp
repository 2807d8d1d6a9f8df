#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sim/results/run_info.hpp"
#include "sim/scenario/scenario.hpp"

namespace steppe {

/// A file the scenario was read from, and where its copy belongs.
struct InputFile {
  std::filesystem::path source;
  std::filesystem::path inside;  ///< below inputs/; the files lie to one another as they did
  std::string sha256;
};

/// Files as they are to be copied, each once, sorted. @throws IoError when one cannot be read
[[nodiscard]] std::vector<InputFile> list_inputs(const std::vector<std::filesystem::path>& files);
/// Where the copy of a file belongs; empty when it is not among them.
[[nodiscard]] std::filesystem::path inside_of(const std::vector<InputFile>& inputs,
                                              const std::filesystem::path& file);

/// What makes a run the run it is.
struct RunIdentity {
  std::string hash;             ///< over everything the bytes of the results depend on
  std::string scenario_sha256;  ///< of the resolved scenario
  std::string data_sha256;      ///< over names and contents of the inputs
  std::vector<InputFile> inputs;
  std::filesystem::path scenario_input;  ///< the main file below inputs/; empty when not read
};

/// @throws IoError when an input file cannot be read
[[nodiscard]] RunIdentity identify(const Scenario& scenario, const RunInfo& info);

}  // namespace steppe
