#pragma once

#include <cstdint>

#include "sim/api/step.hpp"

namespace steppe {

/// Books the step's wages from firms to nationals and foreigners: whole MNT, from the sums of
/// relative wages by cell and the indices in force. Costs by wage cells, not by persons.
void book_wages(const Step& step);

/// Compares wages that were paid for the step [MNT] with what the firms' staff earns, person by
/// person. @throws ModelError when they differ
void check_wages(const Step& step, std::int64_t paid_nationals, std::int64_t paid_foreigners);

/// Checks what World::verify() cannot know: permits against the foreigners who hold them.
/// @throws ModelError naming the account that does not balance
void check_permits(const Step& step);

}  // namespace steppe
