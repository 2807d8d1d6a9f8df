#include "sim/results/run_folder.hpp"

#include <spdlog/fmt/fmt.h>

#include <map>

#include "sim/core/error.hpp"
#include "sim/results/files.hpp"
#include "sim/results/sha256.hpp"

namespace steppe {
namespace fs = std::filesystem;

RunFolder RunFolder::open(const fs::path& folder) {
  const fs::path file = folder / "manifest.json";
  std::error_code ignored;
  if (!fs::is_regular_file(file, ignored)) {
    throw IoError(
        fmt::format("'{}' is no run folder: it holds no manifest.json; name a folder that "
                    "'steppe run' wrote",
                    folder.string()));
  }
  try {
    return {folder, parse_manifest(read_all(file))};
  } catch (const IoError& problem) {
    throw IoError(fmt::format("'{}': {}", file.string(), problem.what()));
  }
}

std::string RunFolder::name() const {
  return fmt::format("{}-{}", manifest_.scenario_key, manifest_.hash.substr(0, 8));
}

fs::path RunFolder::scenario_file() const { return path_ / manifest_.scenario_input; }

Summary RunFolder::summary() const { return read_summary(path_ / "summary.csv"); }

std::string RunFolder::text(const fs::path& file) const { return read_all(path_ / file); }

std::vector<std::string> verify(const RunFolder& folder) {
  std::vector<std::string> faults;
  std::map<std::string, const FileRecord*> listed;
  for (const FileRecord& file : folder.manifest().files) listed[file.path] = &file;
  for (const fs::path& path : files_below(folder.path())) {
    const std::string name = path.generic_string();
    if (name == "manifest.json") continue;
    const auto found = listed.find(name);
    if (found == listed.end()) {
      faults.push_back(fmt::format("'{}' is not in the manifest", name));
      continue;
    }
    if (sha256_of_file(folder.path() / path) != found->second->sha256) {
      faults.push_back(fmt::format("'{}' differs from what the run wrote", name));
    }
    listed.erase(found);
  }
  for (const auto& [name, file] : listed) faults.push_back(fmt::format("'{}' is missing", name));
  return faults;
}

}  // namespace steppe
