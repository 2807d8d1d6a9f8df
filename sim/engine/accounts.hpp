#pragma once

#include "sim/api/step.hpp"

namespace steppe {

/// Books the step's wages from firms to nationals and foreigners: whole MNT, from the sums of
/// relative wages by cell and the indices in force. Costs by wage cells, not by persons.
void book_wages(const Step& step);

/// Checks what World::verify() cannot know: permits against the foreigners who hold them.
/// @throws ModelError naming the account that does not balance
void check_permits(const Step& step);

}  // namespace steppe
