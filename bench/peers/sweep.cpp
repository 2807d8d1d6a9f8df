// W1 and W4 as one program can do them that does nothing else: arrays, a sweep over everybody for
// separations without a branch, and lists of those who search.
#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <vector>

#include "bench/peers/peer.hpp"

namespace {

/// 32 random bits of a counter: the mix of Prospector's `lowbias32`, which vectorises.
inline std::uint32_t mix(std::uint32_t x) {
  x ^= x >> 16;
  x *= 0x7FEB352Du;
  x ^= x >> 15;
  x *= 0x846CA68Bu;
  x ^= x >> 16;
  return x;
}

constexpr std::size_t kBlock = 1024;
constexpr std::int32_t kNone = -1;

/// Marks in a block those at work whose job ends.
[[gnu::target_clones("avx2", "default")]] void mark_leavers(const std::int32_t* employer,
                                                            std::uint32_t first, std::uint32_t key,
                                                            std::uint32_t threshold,
                                                            std::uint8_t* leaves) {
  for (std::uint32_t i = 0; i < kBlock; ++i) {
    leaves[i] =
        static_cast<std::uint8_t>((mix((first + i) ^ key) < threshold) & (employer[i] >= 0));
  }
}

}  // namespace

int main(int argc, char** argv) {
  const peer::Workload w = peer::workload(argc, argv);
  const double begin = peer::now();
  const std::size_t n = w.persons;
  const auto firms = static_cast<std::uint32_t>(n / 20);
  const std::size_t jobs =
      std::min<std::size_t>(n, std::size_t{firms} * static_cast<std::size_t>(w.target));
  // Whole blocks: nobody stands in what is left of the last.
  std::vector<std::int32_t> employer((n + kBlock - 1) / kBlock * kBlock, kNone), staff(firms);
  std::vector<std::uint32_t> seekers, vacancies;
  for (std::size_t i = 0; i < n; ++i) {
    if (i < jobs) {
      employer[i] = static_cast<std::int32_t>(i % firms);
      ++staff[i % firms];
    } else {
      seekers.push_back(static_cast<std::uint32_t>(i));
    }
  }
  const double ready = peer::now();

  const auto threshold = static_cast<std::uint32_t>(w.separation * 0x1.0p32);
  std::array<std::uint8_t, kBlock> leaves{};
  std::vector<std::uint64_t> best;
  std::vector<double> unemployed, vacant;
  for (int t = 0; t < w.steps; ++t) {
    const std::uint32_t key = mix(static_cast<std::uint32_t>(w.seed) * 0x9E3779B9u +
                                  static_cast<std::uint32_t>(t) * 0x85EBCA77u);
    for (std::size_t first = 0; first < n; first += kBlock) {
      mark_leavers(employer.data() + first, static_cast<std::uint32_t>(first), key, threshold,
                   leaves.data());
      for (std::size_t eight = 0; eight < kBlock; eight += 8) {
        std::uint64_t marks = 0;
        std::memcpy(&marks, leaves.data() + eight, 8);
        for (; marks != 0; marks &= marks - 1) {
          const std::size_t i =
              first + eight + static_cast<std::size_t>(std::countr_zero(marks)) / 8;
          --staff[static_cast<std::size_t>(employer[i])];
          employer[i] = kNone;
          seekers.push_back(static_cast<std::uint32_t>(i));
        }
      }
    }
    vacancies.clear();
    for (std::uint32_t j = 0; j < firms; ++j) {
      for (int open = staff[j]; open < w.target; ++open) vacancies.push_back(j);
    }
    if (!vacancies.empty()) {
      // The applicant with the largest number is hired: a uniform choice.
      best.assign(vacancies.size(), 0);
      for (std::size_t k = 0; k < seekers.size(); ++k) {
        const std::uint32_t word = mix(seekers[k] ^ key ^ 0xA511E9B3u);
        const auto v = static_cast<std::size_t>((std::uint64_t{word} * vacancies.size()) >> 32);
        const std::uint64_t bid = (std::uint64_t{mix(word + 0x9E3779B9u)} << 32) | (k + 1);
        best[v] = std::max(best[v], bid);
      }
      for (std::size_t v = 0; v < best.size(); ++v) {
        if (best[v] == 0) continue;
        employer[seekers[(best[v] & 0xFFFFFFFFu) - 1]] = static_cast<std::int32_t>(vacancies[v]);
        ++staff[vacancies[v]];
      }
      std::size_t kept = 0;
      for (const std::uint32_t seeker : seekers) {
        seekers[kept] = seeker;
        kept += static_cast<std::size_t>(employer[seeker] < 0);
      }
      seekers.resize(kept);
    }
    const auto searching = static_cast<double>(seekers.size());
    unemployed.push_back(searching / static_cast<double>(n));
    vacant.push_back((static_cast<double>(firms) * w.target - static_cast<double>(n) + searching) /
                     static_cast<double>(n));
  }
  peer::report("sweep", w, ready - begin, peer::now() - ready, unemployed, vacant);
}
