#include "sim/scenario/explain.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/command.hpp"
#include "app/program.hpp"
#include "app/scenarios.hpp"
#include "app/sources.hpp"
#include "app/terminal.hpp"
#include "sim/core/suggest.hpp"
#include "sim/results/run_folder.hpp"

namespace steppe::app {
namespace {

using Json = nlohmann::ordered_json;

std::string as_text(const Explanation& e) {
  std::string out = fmt::format("{} = {}\n", e.path, e.value);
  if (!e.meaning.empty()) out += fmt::format("  meaning  {}\n", e.meaning);
  for (const Source& source : e.sources) {
    if (e.needs_source || !source.empty()) {
      out += fmt::format("  source   {}\n", source_text(source));
    }
  }
  out += fmt::format("  set at   {}\n", place_text(e.place));
  for (std::size_t i = 0; i + 1 < e.chain.size(); ++i) {
    out += fmt::format("  earlier  {} in {}\n", e.chain[i].text, place_text(e.chain[i].place));
  }
  return out;
}

Json as_json(const Explanation& e) {
  Json chain = Json::array();
  for (const Assignment& a : e.chain) {
    chain.push_back({{"value", a.text}, {"place", place_text(a.place)}});
  }
  Json sources = Json::array();
  for (const Source& source : e.sources) {
    if (!source.empty())
      sources.push_back({{"source", source_text(source)}, {"kind", source.kind}});
  }
  return {{"path", e.path},
          {"value", e.value},
          {"meaning", e.meaning},
          {"place", place_text(e.place)},
          {"sources", std::move(sources)},
          {"lacks_source", e.lacks_source()},
          {"set_by", std::move(chain)}};
}

class Explain final : public Command {
 public:
  std::string name() const override { return "explain"; }
  std::string usage() const override { return "FILE|RUN [PATH] [options]"; }
  std::string summary() const override {
    return "a value, its unit and source, and who set it before";
  }
  std::string details() const override {
    return "PATH names a value or a group of them: permits.fee, "
           "parameters.separation_rate.mining,\n"
           "drivers. Without one, every value in force is listed in a line. A run folder is "
           "explained\n"
           "as it was run.";
  }
  void declare(OptionSet& options) override {
    options.arguments("FILE or RUN", words_, 1, 2);
    options.list("set", "PATH=VALUE", "change a value, as in time.end=2015-12-31", sets_);
    options.flag("unsourced", "list the figures that have no source", unsourced_);
    options.flag("json", "print as JSON", json_);
  }

  int run() override {
    std::filesystem::path file = words_.front();
    auto overrides = parse_overrides(sets_);
    if (std::filesystem::is_directory(file)) {
      const RunFolder folder = RunFolder::open(file);
      file = folder.scenario_file();
      const auto& made_with = folder.manifest().run.overrides;
      overrides.insert(overrides.begin(), made_with.begin(), made_with.end());
    }
    const ReadOutcome read = read_or_tell(file, overrides, true);
    if (!read.scenario) return read.exit_code;
    const auto all = explain(*read.scenario, known_models().catalogue());
    std::vector<Explanation> found = words_.size() > 1 ? explanations_at(all, words_[1]) : all;
    if (found.empty()) {
      std::vector<std::string> paths;
      for (const Explanation& e : all) {
        paths.push_back(e.path);
        paths.push_back(e.path.substr(e.path.find('.') + 1));
      }
      const std::string hint = did_you_mean(words_[1], paths);
      complain(fmt::format("the scenario has no value '{}'{}{}", words_[1],
                           hint.empty() ? "" : "; ", hint));
      return kUsage;
    }
    if (unsourced_) {
      std::erase_if(found, [](const Explanation& e) { return !e.lacks_source(); });
    }
    show(found);
    return kSuccess;
  }

 private:
  void show(const std::vector<Explanation>& found) const {
    if (json_) {
      Json out = Json::array();
      for (const Explanation& e : found) out.push_back(as_json(e));
      print(out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
      return;
    }
    const bool brief = words_.size() == 1;
    for (const Explanation& e : found) {
      print(brief ? fmt::format("{} = {}  [{}]\n", e.path, e.value, place_text(e.place))
                  : as_text(e));
    }
    if (unsourced_) {
      tell(found.empty() ? std::string("every figure has a source\n")
                         : fmt::format("{} figures have no source\n", found.size()));
    }
  }

  std::vector<std::string> words_;
  std::vector<std::string> sets_;
  bool unsourced_ = false;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_explain() { return std::make_unique<Explain>(); }

}  // namespace steppe::app
