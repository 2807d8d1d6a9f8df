#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "sim/core/ids.hpp"

namespace steppe::cohort {

inline constexpr int kAges = 111;  ///< 0 to 110 years
inline constexpr std::size_t kSexes = 2;

/// Place in a table by age in years × sex.
[[nodiscard]] inline std::size_t by_age(int age, Sex sex) {
  return static_cast<std::size_t>(std::clamp(age, 0, kAges - 1)) * kSexes +
         static_cast<std::size_t>(sex);
}

/// Participation is measured in bands of five years from 15 to 75; beyond, in one.
inline constexpr int kBandWidth = 5;
inline constexpr int kFirstBandAge = 15;
inline constexpr int kLastBandAge = 75;
inline constexpr std::size_t kBands = (kLastBandAge - kFirstBandAge) / kBandWidth + 1;

[[nodiscard]] inline std::size_t band_of(int age) {
  return static_cast<std::size_t>((std::min(age, kLastBandAge) - kFirstBandAge) / kBandWidth);
}

/// Persons of a band, the inactive without those at school.
struct Band {
  double work = 0.0, herding = 0.0, searching = 0.0, discouraged = 0.0, inactive = 0.0;
  [[nodiscard]] double active() const { return work + herding + searching + discouraged; }
  [[nodiscard]] double share() const {
    return active() > 0.0 ? active() / (active() + inactive) : 0.0;
  }
};
using Bands = std::array<std::array<Band, kBands>, kSexes>;  ///< by sex

/// Hazards of leaving the labour force [1/month].
struct Exits {
  std::vector<double> work;  ///< from a staff, by age × 2 + sex; empty: none
  double searching = 0.0;
  double discouraged = 0.0;
};

struct Participation {
  std::vector<double> share;  ///< p by age × 2 + sex
  std::vector<double> entry;  ///< e by age × 2 + sex [1/month]
};

/// Hazards of entry that keep participation by age and sex as it is while cohorts move along the
/// profile: dp/da = e (1 − p) − x p, cut to [0, highest].
[[nodiscard]] inline Participation balance_entry(const Bands& bands, const Exits& exits,
                                                 double highest) {
  Participation out;
  out.share.assign(kAges * kSexes, 0.0);
  out.entry.assign(kAges * kSexes, 0.0);
  for (std::size_t sex = 0; sex < kSexes; ++sex) {
    for (int age = kFirstBandAge; age < kAges; ++age) {
      const std::size_t cell = by_age(age, static_cast<Sex>(sex));
      // Between the middles of the bands participation is linear, beyond them flat.
      const double at = std::clamp((age + 0.5 - kFirstBandAge) / kBandWidth - 0.5, 0.0,
                                   static_cast<double>(kBands - 1));
      const auto left = std::min(static_cast<std::size_t>(at), kBands - 2);
      const double slope = bands[sex][left + 1].share() - bands[sex][left].share();
      const double p = bands[sex][left].share() + slope * (at - static_cast<double>(left));
      const bool flat = at == 0.0 || at == static_cast<double>(kBands - 1);
      const double rise = flat ? 0.0 : slope / (kBandWidth * 12.0);
      const Band& band = bands[sex][band_of(age)];
      const double leaving = (exits.work.empty() ? 0.0 : exits.work[cell] * band.work) +
                             exits.searching * band.searching +
                             exits.discouraged * band.discouraged;
      const double x = band.active() > 0.0 ? leaving / band.active() : 0.0;
      out.share[cell] = p;
      // Where everybody takes part the balance has no solution; the ceiling decides.
      out.entry[cell] = std::clamp((x * p + rise) / std::max(1.0 - p, 1e-3), 0.0, highest);
    }
  }
  return out;
}

}  // namespace steppe::cohort
