#include "app/options.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <boost/program_options.hpp>
#include <charconv>

#include "sim/core/suggest.hpp"

namespace steppe::app {
namespace {

namespace po = boost::program_options;

constexpr const char* kArguments = "steppe-arguments";  // cannot be typed: options lose it below

/// `; did you mean '--seed'?`, or nothing.
std::string hint_for(const std::string& word, const std::vector<std::string>& names) {
  const std::string hint = did_you_mean(word, names);
  return hint.empty() ? std::string{} : "; " + hint;
}

}  // namespace

OptionSet::Option& OptionSet::add(const std::string& name, const std::string& value,
                                  const std::string& text) {
  Option option;
  const std::size_t comma = name.find(',');
  option.name = name.substr(0, comma);
  if (comma != std::string::npos) option.letter = name.substr(comma + 1);
  option.value = value;
  option.text = text;
  options_.push_back(std::move(option));
  return options_.back();
}

void OptionSet::flag(const std::string& name, const std::string& text, bool& target) {
  add(name, "", text).store = [&target](const std::string&) { target = true; };
}

void OptionSet::text(const std::string& name, const std::string& value, const std::string& text,
                     std::string& target) {
  add(name, value, text).store = [&target](const std::string& word) { target = word; };
}

void OptionSet::choice(const std::string& name, const std::string& text, std::string& target,
                       std::vector<std::string> choices) {
  Option& option = add(name, fmt::format("{}", fmt::join(choices, "|")), text);
  option.choices = choices;
  const std::string shown = "--" + option.name;
  option.store = [&target, choices, shown](const std::string& word) {
    if (std::find(choices.begin(), choices.end(), word) == choices.end()) {
      throw UsageError(fmt::format("{} is '{}', expected one of {}{}", shown, word,
                                   list_of(choices), hint_for(word, choices)));
    }
    target = word;
  };
}

void OptionSet::whole(const std::string& name, const std::string& value, const std::string& text,
                      std::int64_t& target, std::int64_t min, std::int64_t max) {
  Option& option = add(name, value, text);
  const std::string shown = "--" + option.name;
  option.store = [&target, min, max, shown](const std::string& word) {
    std::int64_t number = 0;
    const char* const end = word.data() + word.size();
    const auto [stop, failure] = std::from_chars(word.data(), end, number);
    if (failure != std::errc{} || stop != end || number < min || number > max) {
      throw UsageError(
          fmt::format("{} is '{}', expected a whole number from {} to {}", shown, word, min, max));
    }
    target = number;
  };
}

void OptionSet::list(const std::string& name, const std::string& value, const std::string& text,
                     std::vector<std::string>& target) {
  Option& option = add(name, value, text);
  option.repeats = true;
  option.store = [&target](const std::string& word) { target.push_back(word); };
}

void OptionSet::arguments(const std::string& name, std::vector<std::string>& target,
                          std::size_t least, std::size_t most) {
  argument_name_ = name;
  arguments_ = &target;
  least_ = least;
  most_ = most;
}

bool OptionSet::parse(const Words& words) const {
  po::options_description description;
  description.add_options()("help,h", "");
  for (const Option& option : options_) {
    const std::string name =
        option.letter.empty() ? option.name : option.name + "," + option.letter;
    if (option.value.empty()) {
      description.add_options()(name.c_str(), "");
    } else {
      description.add_options()(name.c_str(), po::value<std::vector<std::string>>()->composing());
    }
  }
  description.add_options()(kArguments, po::value<std::vector<std::string>>());
  po::positional_options_description positional;
  positional.add(kArguments, -1);

  // Guessing would turn `--rep 5` into another option than the one meant.
  const int style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
  std::vector<po::option> parsed;
  try {
    parsed = po::command_line_parser(words)
                 .options(description)
                 .positional(positional)
                 .style(style)
                 .run()
                 .options;
  } catch (const po::unknown_option& error) {
    const std::string name = error.get_option_name();
    throw UsageError(fmt::format("unknown option '{}'{}", name, hint_for(name, names())));
  } catch (const po::invalid_command_line_syntax& error) {
    const std::string name = error.get_option_name();
    throw UsageError(error.kind() == po::invalid_syntax::missing_parameter
                         ? fmt::format("{} needs a value behind it", name)
                         : fmt::format("{} takes no value", name));
  } catch (const po::error& error) {
    throw UsageError(error.what());
  }

  std::vector<std::string> given;
  std::vector<std::string> plain;
  for (const po::option& option : parsed) {
    if (option.string_key == "help") return false;
  }
  for (const po::option& option : parsed) {
    if (option.position_key >= 0) {
      plain.insert(plain.end(), option.value.begin(), option.value.end());
      continue;
    }
    const auto known = std::find_if(options_.begin(), options_.end(),
                                    [&](const Option& o) { return o.name == option.string_key; });
    if (known == options_.end()) {
      throw UsageError(fmt::format("unknown option '--{}'", option.string_key));
    }
    if (!known->repeats && std::find(given.begin(), given.end(), known->name) != given.end()) {
      throw UsageError(fmt::format("--{} is given twice", known->name));
    }
    given.push_back(known->name);
    known->store(option.value.empty() ? std::string{} : option.value.front());
  }
  if (given_ != nullptr) *given_ = given;
  if (arguments_ == nullptr) {
    if (!plain.empty()) throw UsageError(fmt::format("'{}' is one word too many", plain.front()));
    return true;
  }
  if (plain.size() < least_) throw UsageError(fmt::format("{} is missing", argument_name_));
  if (most_ > 0 && plain.size() > most_) {
    throw UsageError(fmt::format("'{}' is one word too many", plain[most_]));
  }
  *arguments_ = plain;
  return true;
}

std::string OptionSet::help() const {
  const auto left_of = [](const Option& option) {
    std::string left = option.letter.empty() ? "    " : fmt::format("-{}, ", option.letter);
    left += "--" + option.name;
    return option.value.empty() ? left : left + " " + option.value;
  };
  Option help;
  help.name = "help";
  help.letter = "h";
  help.text = "show this help";
  std::vector<Option> all = options_;
  all.push_back(help);
  std::size_t width = 0;
  for (const Option& option : all) width = std::max(width, left_of(option).size());
  width = std::min<std::size_t>(width, 34);
  std::string out;
  for (const Option& option : all) {
    const std::string left = left_of(option);
    out += "  " + left;
    out += left.size() > width ? "\n" + std::string(width + 2, ' ')
                               : std::string(width - left.size(), ' ');
    out += "  " + option.text + "\n";
  }
  return out;
}

std::vector<std::string> OptionSet::names() const {
  std::vector<std::string> out{"--help", "-h"};
  for (const Option& option : options_) {
    out.push_back("--" + option.name);
    if (!option.letter.empty()) out.push_back("-" + option.letter);
  }
  return out;
}

std::vector<OptionSet::Choices> OptionSet::choices() const {
  std::vector<Choices> out;
  for (const Option& option : options_) {
    if (!option.choices.empty()) out.push_back({"--" + option.name, option.choices});
  }
  return out;
}

}  // namespace steppe::app
