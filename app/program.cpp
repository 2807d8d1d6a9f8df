#include "app/program.hpp"

#include <spdlog/fmt/fmt.h>

#include <cstdio>
#include <exception>

#include "app/command.hpp"
#include "app/terminal.hpp"
#include "sim/core/build_info.hpp"
#include "sim/core/error.hpp"
#include "sim/core/suggest.hpp"

namespace steppe::app {
namespace {

const Registry* g_known_models = nullptr;  ///< set once, before any command runs

std::string help() {
  std::string out =
      "steppe simulates a national labour market, person by person and firm by firm.\n\n"
      "usage: steppe COMMAND ...\n\n";
  for (const auto& command : all_commands()) {
    out += fmt::format("  {:<12} {}\n", command->name(), command->summary());
  }
  out +=
      "\n'steppe COMMAND --help' tells more of each; 'steppe --version' shows the version.\n"
      "A first look: steppe demo\n";
  return out;
}

std::string help(Command& command) {
  OptionSet options;
  command.declare(options);
  std::string out = fmt::format("{}\n\nusage: steppe {} {}\n\n", command.summary(), command.name(),
                                command.usage());
  if (const std::string details = command.details(); !details.empty()) out += details + "\n\n";
  return out + options.help();
}

int usage(const std::string& sentence, const std::string& where) {
  complain(sentence);
  tell(fmt::format("'steppe {}--help' shows what there is\n", where.empty() ? "" : where + " "));
  return kUsage;
}

int dispatch(const Words& words) {
  const auto commands = all_commands();
  if (words.empty()) {
    tell(help());
    return kUsage;
  }
  std::string verb = words.front();
  Words rest(words.begin() + 1, words.end());
  if (verb == "--version" || verb == "version") {
    const BuildInfo& build = build_info();
    print(fmt::format("steppe {}{}\n", build.version,
                      build.commit.empty() ? "" : fmt::format(" ({})", build.commit)));
    return kSuccess;
  }
  if (verb == "help" && !rest.empty()) {
    verb = rest.front();
    rest = {"--help"};
  }
  if (verb == "--help" || verb == "-h" || verb == "help") {
    print(help());
    return kSuccess;
  }
  std::vector<std::string> names;
  for (const auto& command : commands) {
    names.push_back(command->name());
    if (command->name() != verb) continue;
    OptionSet options;
    command->declare(options);
    try {
      if (!options.parse(rest)) {
        print(help(*command));
        return kSuccess;
      }
      return command->run();
    } catch (const UsageError& error) {
      return usage(error.what(), verb);
    }
  }
  const std::string hint = did_you_mean(verb, names);
  return usage(fmt::format("there is no command '{}'{}{}", verb, hint.empty() ? "" : "; ", hint),
               "");
}

/// The only place where an error becomes an exit code.
int guarded(const Words& words) {
  try {
    const int code = dispatch(words);
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
      complain("the results could not be written to standard output");
      return code == kSuccess ? kInternal : code;
    }
    return code;
  } catch (const ConfigError& error) {
    complain(error.what());
    return kInvalidScenario;
  } catch (const DataError& error) {
    complain(error.what());
    return kBadData;
  } catch (const std::bad_alloc&) {
    complain("there is not enough memory; fewer threads (-j) or a coarser --scale need less");
    return kInternal;
  } catch (const std::exception& error) {
    complain(error.what());
    return kInternal;
  }
}

}  // namespace

std::vector<std::unique_ptr<Command>> all_commands() {
  std::vector<std::unique_ptr<Command>> commands;
  for (const auto& make :
       {make_run, make_compare, make_diff, make_validate, make_explain, make_report, make_new,
        make_models, make_schema, make_demo, make_bench, make_doctor, make_completions}) {
    commands.push_back(make());
  }
  return commands;
}

const Registry& known_models() { return *g_known_models; }

int run_program(int argc, char** argv, const Registry& models) {
  g_known_models = &models;
  return guarded(Words(argv + (argc > 0 ? 1 : 0), argv + argc));
}

}  // namespace steppe::app
