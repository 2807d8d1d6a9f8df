#pragma once

#include <string>

#include "sim/report/report.hpp"

namespace steppe::report_detail {

/// The name of a lever's timeline.
[[nodiscard]] LeverName name_of(const LeverTimeline& lever, const Dimensions& dimensions);

/// Takes the keys into a name from how they are written: `.mining.from_21`.
void set_keys(LeverName& name, const LeverDecl& decl, const std::string& text);

/// `permits.sector_cap.construction`.
[[nodiscard]] std::string lever_path(const LeverName& lever);

}  // namespace steppe::report_detail
