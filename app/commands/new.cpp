#include <spdlog/fmt/fmt.h>

#include <filesystem>

#include "app/command.hpp"
#include "app/scenarios.hpp"
#include "app/terminal.hpp"
#include "sim/results/files.hpp"

namespace steppe::app {
namespace {

namespace fs = std::filesystem;

std::string over_base(const std::string& title, const std::string& base) {
  return fmt::format(
      R"(# {0}: what changes against {1}. Say here what the question is.
schema: steppe/1
name: {{en: "{0}"}}
question: {{en: "What happens if ...?"}}
extends: {1}

# Everything the base holds stays in force unless this file changes it; 'steppe explain' shows what
# that is. Take the '#' away from what you need.

# policy:
#   - lever: permits.fee            # 'steppe models describe foreign_hiring' lists the levers
#     unit: MNT/month
#     timeline: {{2026-01-01: 792000}}
#     ramp: 12 months
#     until: 2030-12-31
#     source: {{kind: assumption, note: Why this figure.}}

# parameters:
#   separation_rate.mining: {{value: 0.02, unit: 1/month, source: {{kind: assumption}}}}

# time: {{end: 2030-12-31}}
)",
      title, base);
}

std::string from_nothing(const std::string& title) {
  return fmt::format(
      R"(# {0}: a small textbook market to start from. Every figure is an assumption.
schema: steppe/1
name: {{en: "{0}"}}
question: {{en: "What happens if ...?"}}
time: {{start: 2020-01-01, end: 2024-12-31, step: month}}

# Slots left out keep their default variant; 'steppe models list' shows all.
model: {{drivers: none, demand: fixed, foreign_hiring: none, wages: fixed, training: none,
        demography: fixed, migration: none}}

population:
  textbook: {{persons: 20000, firms: 1000, staff: 19, unemployed: 5 %}}

# 'steppe models describe separations' lists the parameters.
# parameters:
#   separation_rate: {{value: 0.006, unit: 1/month, source: {{kind: assumption}}}}
)",
      title);
}

/// The base as the new file will name it.
std::string base_for(const fs::path& file, const std::string& wanted) {
  const fs::path bundled = bundled_scenarios();
  std::vector<fs::path> candidates{wanted, wanted + ".yaml"};
  if (!bundled.empty()) {
    candidates.push_back(bundled / wanted);
    candidates.push_back(bundled / (wanted + ".yaml"));
  }
  for (const fs::path& candidate : candidates) {
    std::error_code failure;
    if (!fs::is_regular_file(candidate, failure)) continue;
    const fs::path folder = fs::absolute(file).lexically_normal().parent_path();
    const fs::path base = fs::absolute(candidate).lexically_normal();
    const fs::path relative = base.lexically_relative(folder);
    return (relative.empty() ? base : relative).generic_string();
  }
  throw UsageError(
      fmt::format("--from: there is no scenario {}; a path is expected, or one that "
                  "comes with the program, as mongolia/baseline",
                  wanted));
}

class New final : public Command {
 public:
  std::string name() const override { return "new"; }
  std::string usage() const override { return "NAME [--from BASE]"; }
  std::string summary() const override { return "start a scenario file from a template"; }
  std::string details() const override {
    return "Writes NAME.yaml. BASE is a scenario file, or one that comes with the program, as\n"
           "mongolia/baseline; without it the new file is a small market of its own.";
  }
  void declare(OptionSet& options) override {
    options.arguments("NAME", names_, 1, 1);
    options.text("from", "BASE", "the scenario that the new one changes", base_);
  }
  int run() override {
    fs::path file = names_.front();
    if (file.extension() != ".yaml") file += ".yaml";
    const std::string stem = file.stem().string();
    const bool plain =
        !stem.empty() && stem.find_first_not_of(
                             "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") ==
                             std::string::npos;
    if (!plain || stem.front() == '-') {
      throw UsageError(fmt::format("NAME is '{}', expected letters, digits, _ and -", stem));
    }
    std::error_code failure;
    if (fs::exists(fs::symlink_status(file, failure))) {
      throw UsageError(
          fmt::format("{} is there already and stays; choose another name", file.string()));
    }
    const std::string text =
        base_.empty() ? from_nothing(stem) : over_base(stem, base_for(file, base_));
    OutputFile out(file, file);
    out.write(text);
    out.close();
    print(fmt::format("{}\n", file.string()));
    tell(fmt::format("edit it, then: steppe validate {0} && steppe run {0}\n", file.string()));
    return kSuccess;
  }

 private:
  std::vector<std::string> names_;
  std::string base_;
};

}  // namespace

std::unique_ptr<Command> make_new() { return std::make_unique<New>(); }

}  // namespace steppe::app
