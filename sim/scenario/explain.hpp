#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/declaration.hpp"
#include "sim/scenario/scenario.hpp"

namespace steppe {

/// One figure of a value that has several: of a timeline from its date on, of a series at its date,
/// of anything else under its label.
struct ExplainedFigure {
  std::optional<Date> date;  ///< none: of a timeline, what stands before its first date
  std::string label;         ///< where there are no dates: `row 3`, a key
  std::string value;         ///< in full, without the unit
  SourcePlace place = {};    ///< of a timeline's figures, which layers set one by one …
  Source source = {};        ///< … each with its source
};

/// A value in force: what it is, what it means, where it comes from, and who set it before.
struct Explanation {
  std::string path;     ///< `parameters.separation_rate.mining`
  std::string value;    ///< with its unit; a timeline as its points; long ones shortened
  std::string meaning;  ///< one line; may be empty
  std::string unit;     ///< of `figures`
  /// Where `value` stands for several figures: all of them, so that two scenarios can be compared.
  std::vector<ExplainedFigure> figures;
  std::string when;                        ///< condition of a timeline, empty for always …
  std::vector<ExplainedFigure> otherwise;  ///< … and its figures while that does not hold
  bool stands = false;                     ///< a timeline, whose figures stand until the next
  SourcePlace place;                       ///< empty file: a default
  std::vector<Source> sources;             ///< of its parts; an empty one where a part has none
  bool needs_source = false;               ///< a figure, which should have one
  std::vector<Assignment> chain;           ///< all who set it, base first; the last is in force
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
