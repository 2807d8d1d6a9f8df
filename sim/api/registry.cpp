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

const Registry::Make& Registry::maker(Slot slot, std::string_view name) const {
  const std::vector<VariantDecl>& variants = catalogue_.variants();
  for (std::size_t i = 0; i < variants.size(); ++i) {
    if (variants[i].slot == slot && variants[i].name == name) return makers_[i];
  }
  throw ConfigError("model." + std::string(to_string(slot)) + " has no variant '" +
                    std::string(name) + "'; `steppe models list` names those there are");
}

}  // namespace steppe
