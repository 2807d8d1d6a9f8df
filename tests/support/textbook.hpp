#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <utility>

#include "sim/api/registry.hpp"
#include "sim/scenario/scenario.hpp"

namespace steppe::test {

/// A world from a few numbers: one region, one sector, one occupation unless said otherwise; every
/// slot `none` or `fixed` unless `model` names another variant; parameters at their defaults unless
/// set.
struct Textbook {
  std::int64_t persons = 20000;
  std::int64_t firms = 1000;
  double staff = 19.0;
  double unemployed = -1.0;
  int months = 60;
  int regions = 1, sectors = 1, occupations = 1, origins = 0, destinations = 0, fields = 0;
  bool same_step_search = false;
  StepLength step = StepLength::Month;
  std::vector<std::pair<Slot, std::string>> model = {};
  /// name → value for all keys of its dimension
  std::vector<std::pair<std::string, double>> parameters = {};
  std::vector<std::pair<std::string, double>> settings = {};
};

/// The scenario of a textbook world, as the reader would make it. `registry` must outlive it.
[[nodiscard]] Scenario make_scenario(const Textbook& textbook, const Registry& registry);

}  // namespace steppe::test
