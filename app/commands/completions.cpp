#include <spdlog/fmt/fmt.h>

#include "app/command.hpp"
#include "app/terminal.hpp"

namespace steppe::app {
namespace {

/// What a shell needs to know of one command.
struct Known {
  std::string name;
  std::string summary;
  std::vector<std::string> options;
  std::vector<OptionSet::Choices> choices;
  std::vector<std::string> words;
};

std::vector<Known> known_commands() {
  std::vector<Known> out;
  for (const auto& command : all_commands()) {
    OptionSet options;
    command->declare(options);
    out.push_back({command->name(), command->summary(), options.names(), options.choices(),
                   command->words()});
  }
  return out;
}

std::string names_of(const std::vector<Known>& commands) {
  std::vector<std::string> names;
  for (const Known& command : commands) names.push_back(command.name);
  return fmt::format("{}", fmt::join(names, " "));
}

std::string bash_script(const std::vector<Known>& commands) {
  std::string out =
      "# bash completion for steppe; load it with: source <(steppe completions bash)\n"
      "_steppe() {\n"
      "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} options= words=\n"
      "  if ((COMP_CWORD == 1)); then\n";
  out += fmt::format("    COMPREPLY=($(compgen -W '{} --help --version' -- \"$word\"))\n",
                     names_of(commands));
  out +=
      "    return\n"
      "  fi\n"
      "  case ${COMP_WORDS[1]}:$before in\n";
  for (const Known& command : commands) {
    for (const auto& choice : command.choices) {
      out += fmt::format("    {}:{}) COMPREPLY=($(compgen -W '{}' -- \"$word\")); return ;;\n",
                         command.name, choice.option, fmt::join(choice.values, " "));
    }
  }
  out += "  esac\n  case ${COMP_WORDS[1]} in\n";
  for (const Known& command : commands) {
    out += fmt::format("    {}) options='{}' words='{}' ;;\n", command.name,
                       fmt::join(command.options, " "), fmt::join(command.words, " "));
  }
  out +=
      "  esac\n"
      "  if [[ $word == -* ]]; then\n"
      "    COMPREPLY=($(compgen -W \"$options\" -- \"$word\"))\n"
      "  elif [[ -n $words ]]; then\n"
      "    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
      "  else\n"
      "    COMPREPLY=($(compgen -f -- \"$word\"))\n"
      "  fi\n"
      "}\n"
      "complete -o filenames -F _steppe steppe\n";
  return out;
}

std::string zsh_script(const std::vector<Known>& commands) {
  std::string out =
      "#compdef steppe\n"
      "# zsh completion for steppe; load it with: source <(steppe completions zsh)\n"
      "_steppe() {\n"
      "  if ((CURRENT == 2)); then\n"
      "    local -a commands=(\n";
  for (const Known& command : commands) {
    std::string summary = command.summary;
    for (std::size_t at = summary.find('\''); at != std::string::npos;
         at = summary.find('\'', at + 4)) {
      summary.replace(at, 1, "'\\''");
    }
    for (std::size_t at = summary.find(':'); at != std::string::npos;
         at = summary.find(':', at + 2)) {
      summary.replace(at, 1, "\\:");
    }
    out += fmt::format("      '{}:{}'\n", command.name, summary);
  }
  out +=
      "    )\n"
      "    _describe command commands\n"
      "    return\n"
      "  fi\n"
      "  case $words[2]:$words[CURRENT-1] in\n";
  for (const Known& command : commands) {
    for (const auto& choice : command.choices) {
      out += fmt::format("    {}:{}) compadd -- {}; return ;;\n", command.name, choice.option,
                         fmt::join(choice.values, " "));
    }
  }
  out += "  esac\n  case $words[2] in\n";
  for (const Known& command : commands) {
    const std::string words = command.words.empty()
                                  ? "_files"
                                  : fmt::format("compadd -- {}", fmt::join(command.words, " "));
    out += fmt::format("    {}) if [[ $PREFIX == -* ]]; then compadd -- {}; else {}; fi ;;\n",
                       command.name, fmt::join(command.options, " "), words);
  }
  out +=
      "  esac\n"
      "}\n"
      "compdef _steppe steppe\n";
  return out;
}

std::string fish_script(const std::vector<Known>& commands) {
  std::string out =
      "# fish completion for steppe; load it with: steppe completions fish | source\n";
  const std::string names = names_of(commands);
  for (const Known& command : commands) {
    std::string summary = command.summary;
    for (std::size_t at = summary.find('\''); at != std::string::npos;
         at = summary.find('\'', at + 2)) {
      summary.replace(at, 1, "\\'");
    }
    out +=
        fmt::format("complete -c steppe -f -n 'not __fish_seen_subcommand_from {}' -a {} -d '{}'\n",
                    names, command.name, summary);
    const std::string when = fmt::format("-n '__fish_seen_subcommand_from {}'", command.name);
    for (const std::string& option : command.options) {
      const bool is_long = option.rfind("--", 0) == 0;
      std::string values;
      for (const auto& choice : command.choices) {
        if (choice.option == option) {
          values = fmt::format(" -x -a '{}'", fmt::join(choice.values, " "));
        }
      }
      out += fmt::format("complete -c steppe {} -{} {}{}\n", when, is_long ? "l" : "s",
                         option.substr(is_long ? 2 : 1), values);
    }
    if (!command.words.empty()) {
      out += fmt::format("complete -c steppe -f {} -a '{}'\n", when, fmt::join(command.words, " "));
    }
  }
  return out;
}

class Completions final : public Command {
 public:
  std::string name() const override { return "completions"; }
  std::string usage() const override { return "bash | zsh | fish"; }
  std::string summary() const override { return "print a completion script for a shell"; }
  std::string details() const override { return "Load it with: source <(steppe completions bash)"; }
  std::vector<std::string> words() const override { return {"bash", "zsh", "fish"}; }
  void declare(OptionSet& options) override { options.arguments("the shell", shell_, 1, 1); }
  int run() override {
    const std::vector<Known> commands = known_commands();
    if (shell_.front() == "bash") {
      print(bash_script(commands));
    } else if (shell_.front() == "zsh") {
      print(zsh_script(commands));
    } else if (shell_.front() == "fish") {
      print(fish_script(commands));
    } else {
      throw UsageError(fmt::format("'{}' is not one of bash, zsh, fish", shell_.front()));
    }
    return kSuccess;
  }

 private:
  std::vector<std::string> shell_;
};

}  // namespace

std::unique_ptr<Command> make_completions() { return std::make_unique<Completions>(); }

}  // namespace steppe::app
