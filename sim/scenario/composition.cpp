#include <algorithm>

#include "sim/scenario/resolve.hpp"

namespace steppe::detail {
namespace {

bool is_given(const Scenario& scenario, const std::string& name) {
  const auto driver = scenario.drivers.lower_bound(name);  // or one of its keys, `name.key`
  if (driver != scenario.drivers.end() &&
      (driver->first == name || driver->first.starts_with(name + '.'))) {
    return true;
  }
  const auto found = scenario.parameters.find(name);
  if (found == scenario.parameters.end()) return false;
  const std::vector<SourcePlace>& places = found->second.places;
  return std::any_of(places.begin(), places.end(),
                     [](const SourcePlace& place) { return !place.file.empty(); });
}

void check_network(Context& context, const Section& root) {
  if (!root.has("network")) return;
  std::vector<std::string> followers;
  for (const VariantDecl& variant : context.catalogue.variants()) {
    if (!variant.follows_network) continue;
    if (context.is_in_force(variant)) return;
    followers.push_back(std::string(to_string(variant.slot)) + "/" + variant.name);
  }
  if (followers.empty()) return;
  context.faults.warning(root.mark("network"),
                         {"model.network_idle",
                          "network: no variant of this model follows its edges; {names} would",
                          {{"names", list_of(followers)}}});
}

}  // namespace

void check_composition(Context& context, const Section& root) {
  // What a layer leaves out another may give.
  if (context.partial) return;
  check_network(context, root);
  const Section model = root.record("model");
  for (const VariantDecl* variant : context.in_force()) {
    if (!variant->relies) continue;
    const std::vector<std::string>& names = variant->relies->on;
    const bool given = std::any_of(names.begin(), names.end(), [&](const std::string& name) {
      // One that could not be read is told of as what it is.
      return name == "network" ? root.has("network") : is_given(context.scenario, name);
    });
    if (given) continue;
    context.faults.warning(model.mark(std::string(to_string(variant->slot))),
                           variant->relies->otherwise);
  }
}

}  // namespace steppe::detail
