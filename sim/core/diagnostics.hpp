#pragma once

#include <string>
#include <vector>

#include "sim/core/message.hpp"

namespace steppe {

/// A place in a file. Lines and columns count from one; 0 means "the file as a whole".
struct SourcePlace {
  std::string file;  ///< as the user named it (relative paths stay relative)
  int line = 0;
  int column = 0;
  bool operator==(const SourcePlace&) const = default;
};

enum class Severity { Error, Warning };

/// What kind of mistake it is, which decides the exit code: Scenario 3, Data 4.
enum class FaultKind { Scenario, Data };

/// One mistake in a scenario file or a data table, located.
struct Diagnostic {
  Severity severity = Severity::Error;
  FaultKind kind = FaultKind::Scenario;
  SourcePlace place;
  Message message;          ///< what is wrong and what was expected
  std::string suggestion;   ///< `did you mean 'x'?`, or empty
  std::string source_line;  ///< the line as written, for the caret; may be empty
  int length = 1;           ///< characters to underline from place.column
};

using Diagnostics = std::vector<Diagnostic>;

/// True when at least one entry is an error (warnings alone do not stop a run).
[[nodiscard]] bool has_errors(const Diagnostics& diagnostics);

/// 3 when a scenario file is at fault, 4 when only data tables are, 0 without errors.
[[nodiscard]] int exit_code(const Diagnostics& diagnostics);

/// `file:line:column: error: message`, the source line with a caret, the suggestion; one block an
/// entry, warnings before errors, in the order of the files, then lines, and a closing count.
[[nodiscard]] std::string to_text(const Diagnostics& diagnostics);

}  // namespace steppe
