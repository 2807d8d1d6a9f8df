#include "app/scenarios.hpp"

#include <spdlog/fmt/fmt.h>

#include <system_error>

#include "app/options.hpp"
#include "app/program.hpp"
#include "app/terminal.hpp"

namespace steppe::app {

ReadOutcome read_or_tell(const std::filesystem::path& file,
                         const std::vector<std::pair<std::string, std::string>>& overrides,
                         bool quiet) {
  ReadOptions options;
  options.overrides = overrides;
  auto read = read_scenario(file, known_models().catalogue(), options);
  if (!read) {
    tell(read.error());
    return {std::nullopt, exit_code(read.error())};
  }
  if (!quiet) tell(read->warnings);
  return {std::move(read).value(), 0};
}

std::vector<std::pair<std::string, std::string>> parse_overrides(
    const std::vector<std::string>& words) {
  std::vector<std::pair<std::string, std::string>> overrides;
  for (const std::string& word : words) {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos || equals == 0) {
      throw UsageError(
          fmt::format("--set is '{}', expected PATH=VALUE, as in time.end=2015-12-31", word));
    }
    if (word.find('\n') != std::string::npos) throw UsageError("--set holds a line break");
    overrides.emplace_back(word.substr(0, equals), word.substr(equals + 1));
  }
  return overrides;
}

std::filesystem::path bundled_scenarios() {
  namespace fs = std::filesystem;
  std::error_code failure;
  const fs::path program = fs::read_symlink("/proc/self/exe", failure);
  if (!failure) {
    const fs::path installed =
        (program.parent_path() / STEPPE_SCENARIOS_FROM_PROGRAM).lexically_normal();
    if (fs::is_directory(installed / "examples", failure)) return installed;
  }
  const fs::path checkout = STEPPE_SCENARIOS_IN_CHECKOUT;
  return fs::is_directory(checkout / "examples", failure) ? checkout : fs::path{};
}

}  // namespace steppe::app
