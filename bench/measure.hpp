#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace steppe::bench {

/// One measurable piece of work.
struct Case {
  std::string name;
  std::string unit;              ///< what `work` counts, as "draws" or "person-months"
  std::function<double()> work;  ///< does the work once and returns how many units it was
};

/// Keeps the compiler from dropping a result nobody looks at.
template <class T>
void keep(const T& value) {
  asm volatile("" : : "g"(&value) : "memory");
}

/// The cases of each file, in the order they are run.
std::vector<Case> draws_cases();

}  // namespace steppe::bench
