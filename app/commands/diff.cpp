#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/command.hpp"
#include "app/program.hpp"
#include "app/scenarios.hpp"
#include "app/sources.hpp"
#include "app/terminal.hpp"
#include "sim/scenario/difference.hpp"

namespace steppe::app {
namespace {

using Json = nlohmann::ordered_json;

/// Rows and members of a list shown; a table that differs may differ in thousands.
constexpr std::size_t kShownRows = 5;

std::string or_unset(const std::string& value) { return value.empty() ? "not set" : value; }

/// `2026-07-01 to 2029-06-30`, `from 2026-07-01`, `row 3`; empty for a value without dates.
std::string where_of(const FigureChange& change, bool stands) {
  std::string out = change.label;
  if (stands && change.from && change.until) {
    out = fmt::format("{} to {}", to_string(*change.from), to_string(*change.until));
  } else if (stands && change.from) {
    out = "from " + to_string(*change.from);
  } else if (change.from) {
    out = to_string(*change.from);
  } else if (change.until) {
    out = "to " + to_string(*change.until);
  }
  if (change.when.empty()) return out;
  const std::string condition = change.when == "otherwise" ? "otherwise" : "while " + change.when;
  return out.empty() ? condition : out + ", " + condition;
}

/// `quota.yaml:19; Half of the quota of 2023 (assumption)`.
std::string origin_text(const FigureSide& side) {
  std::string out = place_text(side.place);
  for (const Source& source : side.sources) {
    if (!source.empty()) out += "; " + source_text(source);
  }
  return out;
}

/// Who set the figures of one side, each once.
std::string origins_text(const char* name, const AssumptionChange& change,
                         FigureSide FigureChange::*side) {
  std::vector<std::string> origins;
  for (const FigureChange& figure : change.figures) {
    if ((figure.*side).value.empty()) continue;
    std::string text = origin_text(figure.*side);
    if (std::find(origins.begin(), origins.end(), text) == origins.end()) {
      origins.push_back(std::move(text));
    }
  }
  std::string out;
  for (const std::string& origin : origins) out += fmt::format("    {} {}\n", name, origin);
  return out;
}

std::string as_text(const AssumptionChange& change) {
  std::string out = change.path.substr(change.path.find('.') + 1);
  if (!change.unit.empty() && change.unit != "1") out += fmt::format(" [{}]", change.unit);
  if (!change.meaning.empty()) out += "  " + change.meaning;
  out = "  " + out + "\n";
  std::size_t rows = 0;
  for (const FigureChange& figure : change.figures) {
    const bool is_row = !figure.from && !figure.label.empty();
    if (is_row && ++rows > kShownRows) continue;
    const std::string where = where_of(figure, change.stands);
    out += fmt::format("    {}{}{} → {}\n", where, where.empty() ? "" : "  ",
                       or_unset(figure.old.value), or_unset(figure.fresh.value));
  }
  if (rows > kShownRows) out += fmt::format("    … and {} more\n", rows - kShownRows);
  return out + origins_text("old:", change, &FigureChange::old) +
         origins_text("new:", change, &FigureChange::fresh);
}

Json side_json(const FigureSide& side) {
  if (side.value.empty()) return nullptr;
  Json sources = Json::array();
  for (const Source& source : side.sources) {
    if (!source.empty()) {
      sources.push_back({{"source", source_text(source)}, {"kind", source.kind}});
    }
  }
  return {
      {"value", side.value}, {"place", place_text(side.place)}, {"sources", std::move(sources)}};
}

Json as_json(const AssumptionChange& change) {
  const auto text_or_null = [](const std::string& text) {
    return text.empty() ? Json(nullptr) : Json(text);
  };
  const auto date_or_null = [](const std::optional<Date>& date) {
    return date ? Json(to_string(*date)) : Json(nullptr);
  };
  Json figures = Json::array();
  for (const FigureChange& figure : change.figures) {
    figures.push_back({{"from", date_or_null(figure.from)},
                       {"until", date_or_null(figure.until)},
                       {"label", text_or_null(figure.label)},
                       {"when", text_or_null(figure.when)},
                       {"old", side_json(figure.old)},
                       {"new", side_json(figure.fresh)}});
  }
  return {{"section", change.section},
          {"path", change.path},
          {"unit", text_or_null(change.unit)},
          {"meaning", change.meaning},
          {"changes", std::move(figures)}};
}

class Diff final : public Command {
 public:
  std::string name() const override { return "diff"; }
  std::string usage() const override { return "A B [options]"; }
  std::string summary() const override { return "what two scenarios assume differently"; }
  std::string details() const override {
    return "Only what differs is told: the old and the new figure, unit, dates, and for both\n"
           "sides who set it where and from which source. Nothing is run.";
  }
  void declare(OptionSet& options) override {
    options.arguments("A or B", files_, 2, 2);
    options.list("set", "PATH=VALUE", "change a value of both, as in time.end=2015-12-31", sets_);
    options.flag("json", "print as JSON", json_);
  }

  int run() override {
    const auto overrides = parse_overrides(sets_);
    std::vector<std::vector<Explanation>> values;
    int code = kSuccess;
    for (const std::string& file : files_) {
      const ReadOutcome read = read_or_tell(file, overrides, true);
      // A mistake in a scenario weighs more than one in a table, as within one file.
      if (!read.scenario && code != kInvalidScenario) code = read.exit_code;
      if (read.scenario) {
        values.push_back(explain(*read.scenario, known_models().catalogue()));
      }
    }
    if (code != kSuccess) return code;
    show(differences(values[0], values[1]));
    return kSuccess;
  }

 private:
  void show(const std::vector<AssumptionChange>& changes) const {
    if (json_) {
      Json out = Json::array();
      for (const AssumptionChange& change : changes) out.push_back(as_json(change));
      print(out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
      return;
    }
    if (changes.empty()) {
      print(fmt::format("{} and {} assume the same\n", files_[0], files_[1]));
      return;
    }
    std::string section;
    for (const AssumptionChange& change : changes) {
      if (change.section != section) print(change.section + "\n");
      section = change.section;
      print(as_text(change));
    }
  }

  std::vector<std::string> files_;
  std::vector<std::string> sets_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_diff() { return std::make_unique<Diff>(); }

}  // namespace steppe::app
