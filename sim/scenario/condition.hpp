#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/resolve.hpp"

namespace steppe::detail {

/// What a formula may read.
struct Readable {
  std::vector<IndicatorDecl> names;
  std::string word;    ///< for one of them in messages: `indicator`
  Dim by = Dim::None;  ///< the formula is evaluated for each member: bare names have that key
};

/// The recorded variables and the indicators of the scenario's own, which have to be read before.
[[nodiscard]] std::vector<IndicatorDecl> readable_variables(const Context& context);

/// The formula under a key, as written. Reports what is wrong with it at its very place: what is no
/// formula, names there are not, keys they do not take. Nothing when the key is not given or the
/// text is no formula.
[[nodiscard]] std::optional<std::string> read_formula(Context& context, const Section& section,
                                                      std::string_view key,
                                                      const Readable& readable);

/// A formula that holds or not; warns of shares that are given as per cent.
[[nodiscard]] std::optional<std::string> read_condition(Context& context, const Section& section,
                                                        std::string_view key,
                                                        const Readable& readable);
/// A trigger's condition, on the indicators of the last step.
[[nodiscard]] std::optional<std::string> read_condition(Context& context, const Section& section,
                                                        std::string_view key);

/// The place inside a text value, where the text stands in one line as it is; else the value's.
[[nodiscard]] Mark mark_inside(const Context& context, const Section& section, std::string_view key,
                               int position, int length);

}  // namespace steppe::detail
