#pragma once

#include <string>
#include <vector>

#include "sim/report/figures.hpp"

namespace steppe::report_detail {

/// The sentence at the top of the page: how the four headline series move over the run.
[[nodiscard]] std::string headline(const Context& context, const std::vector<Panel>& panels);

/// `Unemployment falls from 11.6% to 5.9%`: as much as the intervals support.
[[nodiscard]] std::string level_finding(const Context& context, const Panel& panel);

/// `Unfilled posts: Mining up from 900 to 2,100; Construction without clear change (… and …)`.
[[nodiscard]] std::string pair_finding(const Context& context, std::string_view topic,
                                       const Figure& figure);

/// Which industries gain and lose most, when their changes are clear of chance.
[[nodiscard]] std::string sector_finding(const Context& context, const Figure& figure);

/// The occupation whose posts stay open longest, when it stands clear of the next.
[[nodiscard]] std::string slowest_finding(const Context& context, const Figure& figure);

/// The first letter made a capital, in Latin and Cyrillic.
[[nodiscard]] std::string capitalised(std::string text);

}  // namespace steppe::report_detail
