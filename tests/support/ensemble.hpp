#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "sim/observe/recording.hpp"
#include "sim/parallel/ensemble.hpp"
#include "sim/scenario/scenario.hpp"

namespace steppe::test {

/// A scenario of the checkout, `scenarios/...`. Fails the test with its diagnostics when it is not
/// valid.
[[nodiscard]] Scenario read(const std::string& path_in_checkout,
                            const std::vector<std::pair<std::string, std::string>>& overrides = {});

/// All recordings of an ensemble, in realization order. Fails the test when a realization failed.
[[nodiscard]] std::vector<Recording> run_all(const Scenario& scenario,
                                             const EnsembleOptions& options);

/// The table of a variable by the dimensions. Fails the test when there is none.
[[nodiscard]] const Table& table(const Recording& recording, std::string_view variable,
                                 const std::vector<Dim>& dims = {});

/// Mean over the months of a year and over the recordings of one cell.
[[nodiscard]] double annual_mean(const std::vector<Recording>& recordings,
                                 std::string_view variable, int year,
                                 const std::vector<Dim>& dims = {}, std::size_t cell = 0);

/// Mean over the recordings of one cell in one month.
[[nodiscard]] double in_month(const std::vector<Recording>& recordings, std::string_view variable,
                              Month month, const std::vector<Dim>& dims = {}, std::size_t cell = 0);

}  // namespace steppe::test
