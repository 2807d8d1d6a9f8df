#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace steppe::test {

/// What the program did.
struct Outcome {
  int code = -1;  ///< exit code; 128 + the signal when one ended it
  std::string out;
  std::string err;
};

/// Runs the program that was built, in a folder, with the words of a command line.
///
/// @param interrupt_after seconds after which it is sent SIGINT; below 0: never
[[nodiscard]] Outcome run_program(const std::filesystem::path& folder,
                                  const std::vector<std::string>& words,
                                  double interrupt_after = -1.0);

}  // namespace steppe::test
