#pragma once

#include <atomic>
#include <functional>
#include <optional>

#include "sim/api/registry.hpp"
#include "sim/observe/recording.hpp"
#include "sim/scenario/scenario.hpp"

namespace steppe {

/// Runs the mean field of a scenario and records it month by month in the tables of a run of
/// agents. What a mean field does not know, such as ages or permits, is missing in every month.
///
/// @param after_step called after every step with the number of those run; may be empty
/// @param stop       looked at between steps; nothing is returned when it is set before the end
/// @throws ConfigError as MeanFieldSimulation
[[nodiscard]] std::optional<Recording> record_mean_field(
    const Scenario& scenario, const Registry& models,
    const std::function<void(int)>& after_step = {}, const std::atomic<bool>* stop = nullptr);

}  // namespace steppe
