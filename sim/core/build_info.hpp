#pragma once

#include <string_view>

namespace steppe {

/// How this program was built, as the manifest records it.
struct BuildInfo {
  std::string_view version;          ///< of the project, "major.minor.patch"
  std::string_view commit;           ///< git commit; "-modified" appended when the sources differ
                                     ///< from it; empty when built outside a checkout
  std::string_view source_hash;      ///< SHA-256 over the sources of the program, in hex
  std::string_view compiler;         ///< name and version
  std::string_view build_type;       ///< CMake's: Release, Debug, ...
  std::string_view flags;            ///< compiler flags that can touch results
  std::string_view instruction_set;  ///< what the compiler was allowed to use, as "x86_64 sse2"
};

/// Facts fixed when the library was compiled. Thread-safe.
const BuildInfo& build_info();

}  // namespace steppe
