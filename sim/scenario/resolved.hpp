#pragma once

#include <string>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace steppe::detail {

/// The scenario as one file without `extends`: every value in force, in the model's units, each
/// with the place it came from as a comment. Places are relative to the scenario's folder, so that
/// the text does not depend on where the program was started.
[[nodiscard]] std::string resolved_yaml(const Scenario& scenario,
                                        const std::vector<const VariantDecl*>& in_force);

/// A place relative to the scenario's folder, as `history.yaml:12`; `default` for none.
[[nodiscard]] std::string place_text(const SourcePlace& place, const Scenario& scenario);

}  // namespace steppe::detail
