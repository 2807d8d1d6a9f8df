#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/declaration.hpp"
#include "sim/scenario/scenario.hpp"

namespace steppe {

/// A value in force: what it is, what it means, where it comes from, and who set it before.
struct Explanation {
  std::string path;               ///< `parameters.separation_rate.mining`
  std::string value;              ///< with its unit; a timeline as its points
  std::string meaning;            ///< one line; may be empty
  SourcePlace place;              ///< empty file: a default
  std::vector<Source> sources;    ///< of its parts; an empty one where a part has none
  bool needs_source = false;      ///< a figure, which should have one
  std::vector<Assignment> chain;  ///< all who set it, base first; the last is in force
  /// A figure of which some part has no source.
  [[nodiscard]] bool lacks_source() const {
    return needs_source && std::any_of(sources.begin(), sources.end(),
                                       [](const Source& source) { return source.empty(); });
  }
};

/// Every value in force, in the order of the scenario's sections.
[[nodiscard]] std::vector<Explanation> explain(const Scenario& scenario,
                                               const Catalogue& catalogue);

/// Those whose path is the given one or stands below it; a path may leave out its section
/// (`separation_rate` for `parameters.separation_rate`).
[[nodiscard]] std::vector<Explanation> explanations_at(const std::vector<Explanation>& all,
                                                       std::string_view path);

}  // namespace steppe
