#pragma once

// Catch2 2.13 (Debian 12) and 3 (Debian 13) behind one face: include only this header.

#if __has_include(<catch2/catch_test_macros.hpp>)

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators_all.hpp>
#include <catch2/matchers/catch_matchers_all.hpp>

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::EndsWith;
using Catch::Matchers::StartsWith;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

#else

#include <catch2/catch.hpp>

using Catch::Matchers::EndsWith;
using Catch::Matchers::StartsWith;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

/// Version 2 calls it Contains, which in version 3 means something else.
inline auto ContainsSubstring(
    const std::string& text, Catch::CaseSensitive::Choice sensitivity = Catch::CaseSensitive::Yes) {
  return Catch::Matchers::Contains(text, sensitivity);
}

#endif
