#pragma once

#include <atomic>
#include <chrono>
#include <string>
#include <string_view>

#include "sim/core/diagnostics.hpp"

namespace steppe::app {

/// Results go to stdout.
void print(std::string_view text);
/// Everything else goes to stderr.
void tell(std::string_view text);
/// `steppe: …` and a line end, to stderr.
void complain(std::string_view sentence);
/// Diagnostics to stderr, in colour where a reader sees them.
void tell(const Diagnostics& diagnostics);

/// True when stderr is a terminal and NO_COLOR is not set.
[[nodiscard]] bool has_colour();

/// How far a long job is, on stderr: on a terminal one line that is written over, else a line for
/// every tenth.
class Progress {
 public:
  /// @param quiet show nothing
  explicit Progress(bool quiet);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// @param done,total in any unit that grows evenly
  /// @param text       in front of the percentage: `3/20 replications`
  void update(double done, double total, const std::string& text);
  /// Removes the line from a terminal.
  void clear();

 private:
  using Time = std::chrono::steady_clock;
  bool quiet_;
  bool terminal_;
  bool shown_ = false;
  int last_tenth_ = 0;
  Time::time_point start_;
  Time::time_point last_;
};

/// Set by the first Ctrl-C (or SIGTERM); the second ends the program at once.
[[nodiscard]] const std::atomic<bool>& interrupted();
void watch_for_interrupts();

}  // namespace steppe::app
