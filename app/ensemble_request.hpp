#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "app/options.hpp"
#include "sim/parallel/ensemble.hpp"
#include "sim/results/run_info.hpp"

namespace steppe::app {

/// What every command that runs replications asks for.
struct EnsembleRequest {
  std::vector<std::pair<std::string, std::string>> overrides;  ///< `--set`, in order
  std::int64_t replications = 20;
  std::int64_t seed = 1;
  std::int64_t threads = 0;  ///< 0: as many as the machine has
  std::int64_t scale = 1;
  std::string language = "en";  ///< of the page
  std::filesystem::path output = "runs";
  bool force = false;
  bool json = false;
  bool quiet = false;
};

/// Declares the options for replications, seed, threads and scale.
/// @param replications what they are, for the help
void declare_ensemble(OptionSet& options, EnsembleRequest& request,
                      const std::string& replications);

/// How its replications are run: on no more threads than there are of them.
[[nodiscard]] EnsembleOptions options_of(const EnsembleRequest& request);

/// What the results say of the request.
/// @param command words that repeat it, up to what is asked for here, which is added
/// @param draws   false where nothing is drawn, and the options of replications are not taken
[[nodiscard]] RunInfo info_of(const EnsembleRequest& request, std::vector<std::string> command,
                              bool draws = true);

}  // namespace steppe::app
