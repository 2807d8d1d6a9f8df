#pragma once

#include <Eigen/Core>
#include <vector>

#include "sim/api/mean_field.hpp"
#include "sim/api/step.hpp"

namespace steppe::wages {

/// Log of the strict unemployment rate among nationals of a region, herders counted as employed.
/// Half a person keeps it finite where nobody searches.
[[nodiscard]] double log_unemployment(const Ledger& ledger, RegionId region);

/// Open vacancies over those who search, by last occupation: the whole country's. Where nobody
/// searches, over one who does.
[[nodiscard]] std::vector<double> tightness(const World& world);

/// Stocks of a mean field once the flows of the step under way have moved them: what wages see.
struct Stocks {
  Eigen::ArrayXd employed, searching, vacancies;
};
[[nodiscard]] Stocks stocks_after(const MeanFieldStep& step);
/// As above, of a mean field.
[[nodiscard]] Eigen::ArrayXd tightness(const Stocks& stocks);

}  // namespace steppe::wages
