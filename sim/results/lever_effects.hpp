#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "sim/observe/recording.hpp"

namespace steppe {

/// What a lever did over all realizations of a run.
struct LeverEffect {
  std::string lever;                       ///< declared name
  std::string key;                         ///< of its dimension, or empty
  bool read = true;                        ///< false: no part of the chosen model reads it
  int realizations = 0;                    ///< in which it was in force, or was read by nobody
  bool ceiling = false;                    ///< it is one; the next four lines are about that
  int bound_in = 0;                        ///< realizations in which the ceiling stopped somebody
  double least_use = 0.0, most_use = 0.0;  ///< range of the realizations' largest amount ÷ ceiling
  std::int64_t fewest_steps = 0, most_steps = 0;  ///< range of the steps in which it stopped one
  double refused = 0.0;  ///< applications stopped, mean of the realizations [person]
  std::string when;      ///< its condition, empty when it has none …
  std::int64_t fewest_on = 0,
               most_on = 0;  ///< … and the range of the steps in which that changed it
  bool operator==(const LeverEffect&) const = default;
};

/// Enters one realization's figures: into the lever's effects, or as new ones at the end.
inline void add_uses(std::vector<LeverEffect>& effects, const std::vector<LeverUse>& uses) {
  for (const LeverUse& use : uses) {
    auto found = std::find_if(effects.begin(), effects.end(), [&](const LeverEffect& effect) {
      return effect.lever == use.lever && effect.key == use.key;
    });
    if (found == effects.end()) {
      found = effects.emplace(effects.end());
      found->lever = use.lever;
      found->key = use.key;
      found->read = use.read;
      found->ceiling = use.ceiling;
      found->least_use = use.highest_use;
      found->fewest_steps = use.steps_bound;
      found->when = use.when;
      found->fewest_on = use.steps_on;
    }
    found->least_use = std::min(found->least_use, use.highest_use);
    found->most_use = std::max(found->most_use, use.highest_use);
    found->fewest_steps = std::min(found->fewest_steps, use.steps_bound);
    found->most_steps = std::max(found->most_steps, use.steps_bound);
    found->fewest_on = std::min(found->fewest_on, use.steps_on);
    found->most_on = std::max(found->most_on, use.steps_on);
    found->bound_in += use.steps_bound > 0;
    ++found->realizations;
    found->refused += (use.refused - found->refused) / found->realizations;
  }
}

}  // namespace steppe
