#include <spdlog/fmt/fmt.h>

#include <algorithm>

#include "sim/core/error.hpp"
#include "sim/report/comparison_report.hpp"
#include "sim/report/kept_scenario.hpp"
#include "sim/report/lever_names.hpp"
#include "sim/results/files.hpp"

namespace steppe {
namespace {

namespace fs = std::filesystem;

Scenario read_part(const ComparisonFolder& folder, std::size_t part, const Catalogue& catalogue) {
  const auto& [name, manifest] = folder.parts()[part];
  return report_detail::read_kept_scenario(folder.path(), folder.scenario_file(part), manifest.run,
                                           catalogue, "the scenario '" + name + "'");
}

/// The lever that a path of the scenario stands for: `policy.permits.sector_cap.mining`.
void name_lever(const Scenario& scenario, ChangedAssumption& changed) {
  constexpr std::string_view kPolicy = "policy.";
  if (!changed.change.path.starts_with(kPolicy)) return;
  const std::string path = changed.change.path.substr(kPolicy.size());
  for (const LeverTimeline& lever : scenario.policy) {
    const LeverName name = report_detail::name_of(lever, scenario.dimensions);
    if (report_detail::lever_path(name) != path) continue;
    changed.lever = name;
    changed.choices = lever.decl->choices;
    return;
  }
}

std::vector<ChangedAssumption> changes_of(const Scenario& base, const Scenario& alternative,
                                          const Catalogue& catalogue) {
  std::vector<ChangedAssumption> out;
  for (AssumptionChange& change :
       differences(explain(base, catalogue), explain(alternative, catalogue))) {
    ChangedAssumption changed;
    changed.change = std::move(change);
    name_lever(alternative, changed);
    if (!changed.lever) name_lever(base, changed);
    // Folders would differ between the run and its copy of the inputs.
    for (FigureChange& figure : changed.change.figures) {
      for (FigureSide* const side : {&figure.old, &figure.fresh}) {
        side->place.file = fs::path(side->place.file).filename().string();
      }
    }
    out.push_back(std::move(changed));
  }
  return out;
}

/// What repeats the comparison, typed in the folder that holds its folder: the options as given,
/// the scenarios from its inputs.
std::vector<std::string> repeat_command(const ComparisonFolder& folder) {
  std::vector<std::string> words = {"steppe", "compare"};
  for (const auto& part : folder.parts()) {
    words.push_back(folder.name() + '/' + part.manifest.scenario_input);
  }
  const std::vector<std::string>& given = folder.parts().front().manifest.run.command;
  const auto options = given.begin() + static_cast<std::ptrdiff_t>(
                                           std::min(given.size(), 2 + folder.parts().size()));
  words.insert(words.end(), options, given.end());
  return words;
}

ReportInput part_input(const ComparisonFolder& folder, std::size_t part, const Scenario& scenario) {
  ReportInput input =
      make_report_input(scenario, folder.parts()[part].manifest, folder.summary(part));
  input.run_name = folder.name();
  return input;
}

Differences taken(std::vector<Differences>& all, const std::string& scenario,
                  const fs::path& file) {
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const Differences& d) { return d.scenario == scenario; });
  if (found == all.end()) {
    throw IoError(fmt::format("'{}' has no rows of '{}'; make the comparison anew with --force",
                              file.string(), scenario));
  }
  return std::move(*found);
}

/// True when a change of `policy.PATH` bears on what a lever did under these keys.
bool bears_on(const AssumptionChange& change, const LeverName& lever) {
  const std::string path = "policy." + lever.lever;
  if (!change.path.starts_with(path)) return false;
  std::string_view rest = std::string_view(change.path).substr(path.size());
  for (const DimKey& key : {lever.key, lever.also}) {
    if (rest.empty() || key.first == Dim::None) continue;
    if (rest.front() != '.') return false;
    rest.remove_prefix(1);
    const std::string_view member = rest.substr(0, rest.find('.'));
    if (member != key.second && member != "*") return false;
    rest.remove_prefix(member.size());
  }
  return rest.empty() || rest.front() == '.';
}

}  // namespace

void mark_changed_levers(ReportInput& input, const std::vector<AssumptionChange>& changes) {
  for (LeverOutcome& lever : input.levers) {
    lever.own = std::any_of(changes.begin(), changes.end(), [&](const AssumptionChange& change) {
      return bears_on(change, lever);
    });
  }
  std::stable_partition(input.levers.begin(), input.levers.end(),
                        [](const LeverOutcome& lever) { return lever.own; });
}

ComparisonInput read_comparison(const ComparisonFolder& folder, const Catalogue& catalogue) {
  Outcome outcome = read_outcome(folder.path());
  read_people(folder.path() / "people.csv", outcome);
  auto months = read_differences(folder.path() / "differences.csv");
  auto window = read_differences(folder.path() / "window.csv");

  ComparisonInput input;
  input.name = folder.name();
  input.window = outcome.window;
  input.confidence = outcome.confidence;
  input.command = repeat_command(folder);
  if (outcome.alternatives.size() + 1 != folder.parts().size()) {
    throw IoError(fmt::format(
        "'{}' tells of {} alternatives and manifest.json of {}; make the comparison anew with "
        "--force",
        (folder.path() / "verdicts.json").string(), outcome.alternatives.size(),
        folder.parts().size() - 1));
  }
  const Scenario base = read_part(folder, 0, catalogue);
  input.base = part_input(folder, 0, base);
  for (std::size_t part = 1; part < folder.parts().size(); ++part) {
    const Scenario scenario = read_part(folder, part, catalogue);
    const std::string& name = folder.parts()[part].name;
    ComparedAlternative one;
    one.run = part_input(folder, part, scenario);
    one.outcome = std::move(outcome.alternatives.at(part - 1));
    one.months = taken(months, name, folder.path() / "differences.csv");
    one.window = taken(window, name, folder.path() / "window.csv");
    one.changes = changes_of(base, scenario, catalogue);
    std::vector<AssumptionChange> changes;
    for (const ChangedAssumption& changed : one.changes) changes.push_back(changed.change);
    mark_changed_levers(one.run, changes);
    input.alternatives.push_back(std::move(one));
  }
  return input;
}

void add_comparison_report(const ComparisonFolder& folder, const Catalogue& catalogue) {
  const ComparisonInput input = read_comparison(folder, catalogue);
  const ReportOptions options{folder.parts().front().manifest.run.language, true};
  OutputFile page(folder.path() / "report.html", folder.path() / "report.html");
  page.write(comparison_page(input, options));
  page.close();
  write_comparison_workbook(input, folder.path() / "summary.xlsx", options);
}

std::string rebuild_comparison_report(const ComparisonFolder& folder, const Catalogue& catalogue,
                                      std::string_view language) {
  const std::string lang{
      language.empty() ? std::string_view(folder.parts().front().manifest.run.language) : language};
  return comparison_page(read_comparison(folder, catalogue), {lang, true});
}

}  // namespace steppe
