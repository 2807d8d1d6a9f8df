#pragma once

#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

namespace steppe::app {

using Words = std::vector<std::string>;

/// The command line asks for something that cannot be meant (exit code 2).
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The options and arguments of one command. Values go to the variables they were declared with,
/// which hold the defaults before.
class OptionSet {
 public:
  /// @param name of the option, with a letter behind a comma: `replications,n`
  void flag(const std::string& name, const std::string& text, bool& target);
  void text(const std::string& name, const std::string& value, const std::string& text,
            std::string& target);
  void choice(const std::string& name, const std::string& text, std::string& target,
              std::vector<std::string> choices);
  void whole(const std::string& name, const std::string& value, const std::string& text,
             std::int64_t& target, std::int64_t min, std::int64_t max);
  /// May be given several times.
  void list(const std::string& name, const std::string& value, const std::string& text,
            std::vector<std::string>& target);
  /// The words that are no options. @param most 0: any number
  void arguments(const std::string& name, std::vector<std::string>& target, std::size_t least,
                 std::size_t most);

  /// Tells which options were given, by name, when the words are read.
  void note_given(std::vector<std::string>& names) { given_ = &names; }

  /// Reads the words after the command's name.
  /// @returns false when help is asked for
  /// @throws UsageError
  [[nodiscard]] bool parse(const Words& words) const;

  /// The options, a line each.
  [[nodiscard]] std::string help() const;
  /// `--replications`, `-n`, …
  [[nodiscard]] std::vector<std::string> names() const;
  struct Choices {
    std::string option;
    std::vector<std::string> values;
  };
  [[nodiscard]] std::vector<Choices> choices() const;

 private:
  struct Option {
    std::string name;
    std::string letter;
    std::string value;  ///< name of the value in the help; empty: a flag
    std::string text;
    std::vector<std::string> choices;
    bool repeats = false;
    std::function<void(const std::string&)> store;
  };
  Option& add(const std::string& name, const std::string& value, const std::string& text);

  std::vector<Option> options_;
  std::string argument_name_;
  std::vector<std::string>* arguments_ = nullptr;
  std::vector<std::string>* given_ = nullptr;
  std::size_t least_ = 0;
  std::size_t most_ = 0;
};

}  // namespace steppe::app
