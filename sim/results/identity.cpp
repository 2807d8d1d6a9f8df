#include "sim/results/identity.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>

#include "sim/core/build_info.hpp"
#include "sim/results/sha256.hpp"

namespace steppe {
namespace fs = std::filesystem;
namespace {

fs::path plain(const fs::path& file) { return fs::absolute(file).lexically_normal(); }

/// The innermost folder that holds all the files.
fs::path common_folder(const std::vector<fs::path>& files) {
  if (files.empty()) return {};
  fs::path folder = files.front().parent_path();
  for (const fs::path& file : files) {
    const fs::path other = file.parent_path();
    const auto end = std::mismatch(folder.begin(), folder.end(), other.begin(), other.end()).first;
    fs::path shared;
    for (auto part = folder.begin(); part != end; ++part) shared /= *part;
    folder = shared;
  }
  return folder;
}

}  // namespace

std::vector<InputFile> list_inputs(const std::vector<fs::path>& read) {
  std::vector<fs::path> files;
  for (const fs::path& input : read) {
    const fs::path file = plain(input);
    if (std::find(files.begin(), files.end(), file) == files.end()) files.push_back(file);
  }
  std::sort(files.begin(), files.end());  // the order of reading is nobody's business
  const fs::path root = common_folder(files);
  std::vector<InputFile> inputs;
  for (const fs::path& file : files) {
    inputs.push_back({file, file.lexically_relative(root), sha256_of_file(file)});
  }
  return inputs;
}

fs::path inside_of(const std::vector<InputFile>& inputs, const fs::path& file) {
  if (file.empty()) return {};
  const auto found = std::find_if(inputs.begin(), inputs.end(), [&](const InputFile& input) {
    return input.source == plain(file);
  });
  return found == inputs.end() ? fs::path{} : found->inside;
}

RunIdentity identify(const Scenario& scenario, const RunInfo& info) {
  RunIdentity identity;
  identity.inputs = list_inputs(scenario.inputs);
  identity.scenario_input = inside_of(identity.inputs, scenario.file);
  Sha256 data;
  for (const InputFile& input : identity.inputs) {
    data.add(fmt::format("{}  {}\n", input.sha256, input.inside.generic_string()));
  }
  identity.data_sha256 = data.hex();
  identity.scenario_sha256 = sha256_of(scenario.resolved_yaml);

  const BuildInfo& build = build_info();
  identity.hash = sha256_of(fmt::format(
      "steppe-run/1\nscenario {}\ndata {}\nversion {}\nsources {}\ncompiler {}\nbuild {} {} {}\n"
      "seed {}\nreplications {}\ndraws {}\nscale {}\nlanguage {}\nmodel {}\n",
      identity.scenario_sha256, identity.data_sha256, build.version, build.source_hash,
      build.compiler, build.build_type, build.flags, build.instruction_set, info.seed,
      info.replications, info.draws, info.scale, info.language, info.model));
  return identity;
}

}  // namespace steppe
