#pragma once

#include <string_view>
#include <vector>

#include "sim/core/declaration.hpp"
#include "sim/scenario/scenario.hpp"

namespace steppe {

/// The numbers a scenario may give under `population.settings`, each declared once.
[[nodiscard]] const std::vector<ParameterDecl>& population_settings();

/// Reads `population.settings` by the declarations.
class PopulationSettings {
 public:
  /// @throws ConfigError for a setting that is not declared, or out of its range
  explicit PopulationSettings(const Scenario& scenario);
  /// The value in force: as set, else the default. @throws ModelError for an undeclared name.
  [[nodiscard]] double operator()(std::string_view name) const;
  /// The value for one member of the setting's dimension: `name.key`, else `name`, else the
  /// default.
  [[nodiscard]] double operator()(std::string_view name, std::string_view key) const;
  [[nodiscard]] bool has(std::string_view name) const;

 private:
  const Scenario& scenario_;
};

}  // namespace steppe
