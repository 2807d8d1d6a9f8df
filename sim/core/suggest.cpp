#include "sim/core/suggest.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>

namespace steppe {

int edit_distance(std::string_view a, std::string_view b) {
  const std::size_t width = b.size() + 1;
  std::vector<int> row(width), previous(width), before(width);
  for (std::size_t j = 0; j < width; ++j) previous[j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = static_cast<int>(i);
    for (std::size_t j = 1; j < width; ++j) {
      const int change = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({row[j - 1] + 1, previous[j] + 1, previous[j - 1] + change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
    before.swap(previous);
    previous.swap(row);
  }
  return previous[width - 1];
}

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
  // A third of the letters may be wrong; beyond that the guess annoys more than it helps.
  constexpr std::size_t kLongest = 80;
  if (word.empty() || word.size() > kLongest) return {};
  std::string best;
  int best_distance = std::max(1, static_cast<int>(word.size()) / 3) + 1;
  for (const std::string& candidate : candidates) {
    const int gap = static_cast<int>(candidate.size()) - static_cast<int>(word.size());
    if (gap >= best_distance || -gap >= best_distance) continue;
    const int distance = edit_distance(word, candidate);
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  if (!best.empty()) return best;
  // A word left unfinished, or given without its first part: `fee` for `permits.fee`.
  constexpr std::size_t kShortest = 3;
  if (word.size() < kShortest) return {};
  for (const std::string& candidate : candidates) {
    const bool ends = candidate.size() > word.size() + 1 &&
                      candidate.compare(candidate.size() - word.size(), word.size(), word) == 0 &&
                      candidate[candidate.size() - word.size() - 1] == '.';
    if (candidate.rfind(word, 0) == 0 || ends) return candidate;
  }
  return {};
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates) {
  const std::string found = nearest(word, candidates);
  return found.empty() ? std::string{} : fmt::format("did you mean '{}'?", found);
}

std::string list_of(const std::vector<std::string>& words, std::size_t most) {
  std::string out;
  const std::size_t shown = words.size() <= most + 1 ? words.size() : most;
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) out += ", ";
    out += words[i];
  }
  if (shown < words.size()) out += fmt::format(" … ({} more)", words.size() - shown);
  return out;
}

}  // namespace steppe
