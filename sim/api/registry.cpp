#include "sim/api/registry.hpp"

#include "sim/api/indicators.hpp"
#include "sim/core/error.hpp"
#include "sim/population/settings.hpp"

namespace steppe {

Registry::Registry() {
  for (const ParameterDecl& setting : population_settings()) catalogue_.add_setting(setting);
  for (const IndicatorName& known : indicator_names()) {
    catalogue_.add_indicator({known.name, known.by, known.share});
  }
}

std::size_t Registry::find(Slot slot, std::string_view name) const {
  const std::vector<VariantDecl>& variants = catalogue_.variants();
  for (std::size_t i = 0; i < variants.size(); ++i) {
    if (variants[i].slot == slot && variants[i].name == name) return i;
  }
  throw ConfigError("model." + std::string(to_string(slot)) + " has no variant '" +
                    std::string(name) + "'; `steppe models list` names those there are");
}

const Registry::Make& Registry::maker(Slot slot, std::string_view name) const {
  return makers_[find(slot, name)];
}

const Registry::MakeMeanField& Registry::map_maker(Slot slot, std::string_view name) const {
  const MakeMeanField& map = maps_[find(slot, name)];
  if (!map) {
    throw ConfigError("model." + std::string(to_string(slot)) + " is '" + std::string(name) +
                      "', which has no mean field: run it with --engine agents, or choose one of "
                      "those that `steppe models list` marks");
  }
  return map;
}

}  // namespace steppe
