#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/options.hpp"

namespace steppe::app {

// Exit codes of the program (docs/reference/command-line.md).
inline constexpr int kSuccess = 0;
inline constexpr int kInternal = 1;
inline constexpr int kUsage = 2;
inline constexpr int kInvalidScenario = 3;
inline constexpr int kBadData = 4;
inline constexpr int kConditionFailed = 5;
inline constexpr int kSomeFailed = 6;
inline constexpr int kInterrupted = 130;

/// One verb of the program.
class Command {
 public:
  virtual ~Command() = default;
  [[nodiscard]] virtual std::string name() const = 0;
  /// What follows the name: `FILE...`.
  [[nodiscard]] virtual std::string usage() const = 0;
  /// One line.
  [[nodiscard]] virtual std::string summary() const = 0;
  /// More for its help; may be empty.
  [[nodiscard]] virtual std::string details() const { return {}; }
  /// Words that can follow the name, for completion; empty: files.
  [[nodiscard]] virtual std::vector<std::string> words() const { return {}; }
  virtual void declare(OptionSet& options) = 0;
  /// @returns the exit code
  virtual int run() = 0;
};

std::unique_ptr<Command> make_run();
std::unique_ptr<Command> make_validate();
std::unique_ptr<Command> make_explain();
std::unique_ptr<Command> make_report();
std::unique_ptr<Command> make_new();
std::unique_ptr<Command> make_models();
std::unique_ptr<Command> make_schema();
std::unique_ptr<Command> make_demo();
std::unique_ptr<Command> make_bench();
std::unique_ptr<Command> make_doctor();
std::unique_ptr<Command> make_completions();

/// All verbs, in the order of the help.
[[nodiscard]] std::vector<std::unique_ptr<Command>> all_commands();

}  // namespace steppe::app
