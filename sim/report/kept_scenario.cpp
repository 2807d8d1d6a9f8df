#include "sim/report/kept_scenario.hpp"

#include <spdlog/fmt/fmt.h>

#include <utility>

#include "sim/core/error.hpp"
#include "sim/scenario/reader.hpp"

namespace steppe::report_detail {

Scenario read_kept_scenario(const std::filesystem::path& folder, const std::filesystem::path& file,
                            const RunInfo& info, const Catalogue& catalogue,
                            const std::string& what) {
  ReadOptions options;
  options.overrides = info.overrides;
  auto scenario = read_scenario(file, catalogue, options);
  if (!scenario) {
    throw ConfigError(
        fmt::format("{} kept in '{}' no longer reads with this version of steppe:\n{}", what,
                    folder.string(), to_text(scenario.error())));
  }
  return std::move(scenario).value();
}

}  // namespace steppe::report_detail
