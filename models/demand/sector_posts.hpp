#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "sim/api/step.hpp"
#include "sim/core/declaration.hpp"

namespace steppe::drivers {

/// Parameters and series of the variant drivers.
[[nodiscard]] VariantDecl declaration();

/// Posts that sectors and projects want: what series, trends and seasons make of the start.
class SectorPosts {
 public:
  explicit SectorPosts(Setup& setup);
  /// N_s: posts wanted in a sector in the step's month, projects left out [records].
  [[nodiscard]] double of_sector(const Step& step, std::size_t sector) const;
  /// Posts wanted by a project of the scenario on the 15th of the step's month [records].
  [[nodiscard]] static double of_project(const Step& step, std::size_t project);

 private:
  /// One way in which a series moves a sector's posts.
  struct Channel {
    DriverId driver;
    std::vector<double> elasticity;  ///< by sector
    int smoothing = 1;               ///< trailing months averaged
    int lag = 0;                     ///< months
    double reference = 1.0;          ///< mean of the smoothed, lagged series over the first year
  };

  Month first_month_;
  std::vector<Channel> channels_;
  std::vector<double> trend_;                   ///< by sector [1/month]
  std::vector<std::array<double, 12>> season_;  ///< by sector, mean 1
};

}  // namespace steppe::drivers
