#include "app/ensemble_request.hpp"

#include <algorithm>
#include <initializer_list>
#include <thread>

namespace steppe::app {

void declare_ensemble(OptionSet& options, EnsembleRequest& request,
                      const std::string& replications) {
  options.whole("replications,n", "N", replications + " (20)", request.replications, 1, 100000);
  // JSON and CSV readers hold whole numbers up to 2⁵³ exactly.
  options.whole("seed", "N", "start of the random numbers (1)", request.seed, 0,
                std::int64_t{9007199254740992});
  options.whole("threads,j", "N", "threads, one replication each (as many as the machine has)",
                request.threads, 1, 4096);
  options.whole("scale", "N", "persons one record stands for (1)", request.scale, 1, 10000);
}

EnsembleOptions options_of(const EnsembleRequest& request) {
  const std::int64_t machine = std::max(1u, std::thread::hardware_concurrency());
  const std::int64_t wanted = request.threads > 0 ? request.threads : machine;
  EnsembleOptions options;
  options.replications = static_cast<int>(request.replications);
  options.seed = static_cast<std::uint64_t>(request.seed);
  options.threads = static_cast<int>(std::min(wanted, request.replications));
  options.scale = static_cast<double>(request.scale);
  return options;
}

RunInfo info_of(const EnsembleRequest& request, std::vector<std::string> command, bool draws) {
  RunInfo info;
  info.seed = static_cast<std::uint64_t>(request.seed);
  info.replications = static_cast<int>(request.replications);
  info.threads = options_of(request).threads;
  info.scale = request.scale;
  info.language = request.language;
  info.overrides = request.overrides;
  info.command = std::move(command);
  const auto add = [&](std::initializer_list<std::string> words) {
    info.command.insert(info.command.end(), words);
  };
  if (draws) {
    add({"-n", std::to_string(request.replications), "--seed", std::to_string(request.seed)});
  }
  if (draws && request.scale != 1) add({"--scale", std::to_string(request.scale)});
  if (request.language != "en") add({"--lang", request.language});
  for (const auto& [path, value] : request.overrides) add({"--set", path + "=" + value});
  return info;
}

}  // namespace steppe::app
