#include "sim/scenario/reader.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>

#include "sim/scenario/assignments.hpp"
#include "sim/scenario/resolve.hpp"
#include "sim/scenario/resolved.hpp"

namespace steppe {
namespace {

using detail::Context;
using detail::Faults;
using detail::Layer;
using detail::Layers;

/// A file marked as a layer holds changes only and has nothing to run.
bool is_overlay(const Layers& layers, const detail::Section& root, bool allowed, Faults& faults) {
  if (!root.flag("overlay").value_or(false)) return false;
  if (!allowed) {
    faults.error(root.mark("overlay"),
                 fmt::format("{} is a layer (overlay: true) and cannot be run alone; name it in "
                             "another file's 'extends'",
                             faults.name(layers.main_file)));
  }
  return true;
}

bool flagged(const detail::NodePtr& root) {
  const detail::NodePtr overlay = root->find("overlay");
  return overlay != nullptr && overlay->is_text() && overlay->text == "true";
}

/// Paths of what was read: scenario files as they were met, then tables.
std::vector<std::filesystem::path> inputs_of(const Context& context) {
  std::vector<std::filesystem::path> inputs;
  std::vector<const Layer*> files;
  for (const Layer& layer : context.layers.stack) {
    if (!layer.is_override) files.push_back(&layer);
  }
  std::sort(files.begin(), files.end(),
            [](const Layer* a, const Layer* b) { return a->file < b->file; });
  for (const Layer* layer : files) inputs.push_back(layer->path);
  inputs.insert(inputs.end(), context.table_paths.begin(), context.table_paths.end());
  return inputs;
}

}  // namespace

Expected<Scenario, Diagnostics> read_scenario(const std::filesystem::path& file,
                                              const Catalogue& catalogue,
                                              const ReadOptions& options) {
  Faults faults;
  const Layers layers = detail::read_layers(file, options.overrides, faults);
  const bool readable = !layers.stack.empty() && layers.stack.front().file >= 0 &&
                        std::any_of(layers.stack.begin(), layers.stack.end(),
                                    [&](const Layer& l) { return l.file == layers.main_file; });
  if (!readable) return Unexpected{faults.sorted()};

  Scenario scenario;
  scenario.file = file.string();
  scenario.key = file.stem().string();
  for (const Layer& layer : layers.stack) {
    if (!layer.is_override) scenario.layers.push_back(layer.path.string());
  }
  const bool partial = flagged(layers.merged) || layers.incomplete;
  const detail::Section root(detail::scenario_form(), layers.merged, "",
                             {layers.main_file, 1, 1, 1}, faults, partial);
  scenario.overlay = is_overlay(layers, root, options.allow_overlay, faults);
  Context context{faults, catalogue, layers, scenario, partial};
  detail::read_head(context, root);
  detail::read_parameters(context);
  detail::read_series(context);
  detail::read_projects(context, root);
  detail::read_policy(context);
  detail::check_conflicts(context);
  detail::check_composition(context, root);
  detail::read_population(context, root);
  detail::read_record(context, root);
  // Formulas over occupations whose table could not be read would be told of for nothing.
  if (!root.has("network") || partial || !scenario.network.employment.empty()) {
    detail::read_indicators(context, root);
    detail::read_reality_checks(context, root);
  }
  if (faults.has_errors()) return Unexpected{faults.sorted()};

  scenario.warnings = faults.sorted();
  scenario.assignments = detail::assignments_of(layers, faults);
  scenario.inputs = inputs_of(context);
  scenario.resolved_yaml = detail::resolved_yaml(scenario, context.in_force());
  return scenario;
}

}  // namespace steppe
