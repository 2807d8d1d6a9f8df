#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace steppe {

/// Letters to insert, delete, replace or swap with their neighbour to turn one word into the other.
[[nodiscard]] int edit_distance(std::string_view a, std::string_view b);

/// The candidate nearest to a mistyped word, or empty when none is near enough to be meant.
[[nodiscard]] std::string nearest(std::string_view word,
                                  const std::vector<std::string>& candidates);

/// `did you mean 'x'?`, or empty.
[[nodiscard]] std::string did_you_mean(std::string_view word,
                                       const std::vector<std::string>& candidates);

/// `a, b, c`, cut short after `most` with `… (n more)`.
[[nodiscard]] std::string list_of(const std::vector<std::string>& words, std::size_t most = 12);

}  // namespace steppe
