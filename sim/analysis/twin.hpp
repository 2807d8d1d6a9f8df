#pragma once

#include <string>
#include <vector>

#include "sim/observe/recording.hpp"

namespace steppe {

/// A national total as agents and as the mean field have it.
struct TwinRow {
  std::string variable, unit, label;
  int n = 0;                ///< replications with a value at the end
  double agents = 0.0;      ///< mean over replications, at the end
  double low = 0.0;         ///< 90 % interval over replications, at the end
  double high = 0.0;        ///< …
  double mean_field = 0.0;  ///< at the end
  double rmse = 0.0;        ///< of the agents' mean against the mean field over all months
  [[nodiscard]] double difference() const { return mean_field - agents; }
};

/// Sets replications of agents beside their mean field.
class Twin {
 public:
  /// Takes in a replication of the agents.
  void add(const Recording& agents);

  /// The national totals that both have, in the order in which they are recorded.
  /// @throws ModelError when the mean field has other months than the agents
  [[nodiscard]] std::vector<TwinRow> rows(const Recording& mean_field) const;

 private:
  struct Series {
    Variable variable;
    std::vector<double> values;  ///< [replication × month]
  };
  std::vector<Month> months_;
  std::vector<Series> series_;
};

}  // namespace steppe
