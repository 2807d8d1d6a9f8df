#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/report/context.hpp"

/// What every page has around its own content.
namespace steppe::report_detail {

/// A whole document, which needs no other file.
/// @param main what stands between <main> and </main>
/// @param data what the script draws, as JSON
[[nodiscard]] std::string framed(const Context& context, std::string_view script,
                                 const std::string& main, const std::string& data);

/// Says where charts are missing, and why.
[[nodiscard]] std::string script_notes(const Context& context);

/// Links to sections by their ids; the words are those of `section.ID`.
[[nodiscard]] std::string contents(const Context& context,
                                   const std::vector<std::string>& sections);

}  // namespace steppe::report_detail
