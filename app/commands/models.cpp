#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/benchmark.hpp"
#include "app/command.hpp"
#include "app/describe.hpp"
#include "app/layout.hpp"
#include "app/program.hpp"
#include "app/scenarios.hpp"
#include "app/terminal.hpp"
#include "app/twin.hpp"
#include "sim/core/suggest.hpp"
#include "sim/report/report.hpp"

namespace steppe::app {
namespace {

/// What can be asked of models, and the options each takes.
struct Verb {
  const char* name;
  std::vector<std::string> options;
  const char* argument;   ///< what stands behind it, or empty
  bool optional = false;  ///< whether it may be left out
};

const std::vector<Verb>& verbs() {
  static const std::vector<Verb> all = [] {
    std::vector<Verb> out{
        {"list", {"json"}, "SLOT", true},
        {"describe", {"json"}, "NAME to describe"},
        {"twin", {"json", "quiet", "replications", "seed", "scale", "threads", "set"}, "FILE"},
        {"benchmark",
         {"json", "quiet", "replications", "seed", "scale", "threads", "set", "composition",
          "score-from", "score-to", "output", "force", "lang"},
         "FILE"}};
    for (int s = 0; s < kSlotCount; ++s) {
      out.back().options.emplace_back(to_string(static_cast<Slot>(s)));
    }
    return out;
  }();
  return all;
}

class Models final : public Command {
 public:
  std::string name() const override { return "models"; }
  std::string usage() const override {
    return "list [SLOT] | describe NAME | twin FILE | benchmark FILE [options]";
  }
  std::string summary() const override {
    return "the model variants: what they assume, and how they meet the record";
  }
  std::string details() const override {
    return "list and describe tell what there is; SLOT is a slot (matching), NAME a variant (urn), "
           "a\n"
           "slot, or both (matching/urn). They take --json alone.\n\n"
           "twin runs a scenario with agents and as their mean field, and tells how near the two "
           "are;\n"
           "every variant of the scenario must have a map.\n\n"
           "benchmark runs compositions of variants on one scenario, with the same seeds and the "
           "same\n"
           "start population, and scores each against the scenario's record. An option by the name "
           "of\n"
           "a slot lists the variants to try there, or says all; several make the cross product. "
           "What\n"
           "does not fit is told and left out. The folder is OUTPUT/benchmark-NAME-HASH; one that "
           "is\n"
           "there already is kept.";
  }
  std::vector<std::string> words() const override {
    std::vector<std::string> out;
    for (const Verb& verb : verbs()) out.emplace_back(verb.name);
    return out;
  }
  void declare(OptionSet& options) override {
    options.arguments("list, describe, twin or benchmark", words_, 1, 2);
    options.note_given(given_);
    declare_ensemble(options, request_, "runs with other random numbers");
    options.list("set", "PATH=VALUE", "change a value, as in time.end=2015-12-31", sets_);
    for (int s = 0; s < kSlotCount; ++s) {
      const std::string slot{to_string(static_cast<Slot>(s))};
      options.text(slot, "A,B", "variants of " + slot + " to try",
                   request_.wanted.by_slot[static_cast<std::size_t>(s)]);
    }
    options.list("composition", "SLOT=A,SLOT=B", "one more composition to try, or: scenario",
                 request_.wanted.compositions);
    options.text("score-from", "PERIOD", "score figures from then on (a year after the start)",
                 request_.score_from);
    options.text("score-to", "PERIOD", "score figures up to then (the record's end)",
                 request_.score_to);
    options.text("output,o", "DIR", "where the benchmark's folder goes (runs)", output_);
    options.choice("lang", "language of the page (en)", request_.language, report_languages());
    options.flag("force", "make the benchmark anew when it is there", request_.force);
    options.flag("json", "print as JSON", json_);
    options.flag("quiet,q", "no progress and no warnings", request_.quiet);
  }
  int run() override {
    const std::string& what = words_.front();
    const auto verb =
        std::find_if(verbs().begin(), verbs().end(), [&](const Verb& v) { return v.name == what; });
    if (verb == verbs().end()) {
      const std::string hint = did_you_mean(what, words());
      throw UsageError(fmt::format("'{}' is none of {}{}{}", what, list_of(words()),
                                   hint.empty() ? "" : "; ", hint));
    }
    require(*verb);
    if (what == "list") return list(words_.size() > 1 ? words_[1] : std::string{});
    if (what == "describe") return describe(words_[1]);
    request_.file = words_[1];
    request_.overrides = parse_overrides(sets_);
    request_.json = json_;
    if (!output_.empty()) request_.output = output_;
    if (what == "benchmark") return benchmark(request_);
    TwinRequest both;
    static_cast<EnsembleRequest&>(both) = request_;
    both.file = request_.file;
    return twin(both);
  }

 private:
  /// @throws UsageError for a word too many or too few, and for an option that is another verb's
  void require(const Verb& verb) const {
    const bool takes_one = *verb.argument != '\0';
    if (!takes_one && words_.size() > 1) {
      throw UsageError(fmt::format("'{}' is one word too many", words_[1]));
    }
    if (takes_one && !verb.optional && words_.size() < 2) {
      throw UsageError(fmt::format("the {} is missing", verb.argument));
    }
    for (const std::string& option : given_) {
      if (std::find(verb.options.begin(), verb.options.end(), option) == verb.options.end()) {
        throw UsageError(fmt::format("models {} has no option --{}", verb.name, option));
      }
    }
  }
  [[nodiscard]] static const Catalogue& catalogue() { return known_models().catalogue(); }
  [[nodiscard]] static bool is_default(const VariantDecl& variant) {
    return catalogue().names(variant.slot).front() == variant.name;
  }

  /// @param wanted a slot; empty: all. @throws UsageError for what is no slot
  int list(const std::string& wanted) const {
    std::vector<Slot> slots;
    std::vector<std::string> names;
    for (int i = 0; i < kSlotCount; ++i) {
      const auto slot = static_cast<Slot>(i);
      names.emplace_back(to_string(slot));
      if (wanted.empty() || wanted == names.back()) slots.push_back(slot);
    }
    if (slots.empty()) {
      const std::string hint = did_you_mean(wanted, names);
      throw UsageError(fmt::format("there is no slot '{}'; there are {}{}{}", wanted,
                                   list_of(names, names.size()), hint.empty() ? "" : "; ", hint));
    }
    std::vector<VariantDecl> found;
    std::size_t width = 0;
    for (const VariantDecl& variant : catalogue().variants()) {
      width = std::max(width, variant.name.size());
      if (std::find(slots.begin(), slots.end(), variant.slot) != slots.end()) {
        found.push_back(variant);
      }
    }
    if (json_) {
      show_json(found);
      return kSuccess;
    }
    for (const Slot slot : slots) {
      print(fmt::format("{}\n", to_string(slot)));
      for (const VariantDecl& variant : found) {
        if (variant.slot != slot) continue;
        const std::string head =
            fmt::format("  {:<{}} {} ", variant.name, width, variant.has_mean_field ? '*' : ' ');
        print(wrapped(variant.summary + (is_default(variant) ? " (default)" : ""), head,
                      head.size()));
      }
    }
    print("\n* has a mean field, for steppe run --engine mean_field\n");
    return kSuccess;
  }

  int describe(const std::string& wanted) const {
    std::vector<VariantDecl> found;
    std::vector<std::string> names;
    for (const VariantDecl& variant : catalogue().variants()) {
      const std::string slot{to_string(variant.slot)};
      if (wanted == variant.name || wanted == slot || wanted == slot + "/" + variant.name) {
        found.push_back(variant);
      }
      names.insert(names.end(), {variant.name, slot, slot + "/" + variant.name});
    }
    if (found.empty()) {
      const std::string hint = did_you_mean(wanted, names);
      throw UsageError(fmt::format("there is no variant or slot '{}'{}{}", wanted,
                                   hint.empty() ? "" : "; ", hint));
    }
    if (json_) {
      show_json(found);
      return kSuccess;
    }
    for (std::size_t i = 0; i < found.size(); ++i) {
      print((i > 0 ? "\n" : "") + variant_text(found[i]));
    }
    return kSuccess;
  }

  static void show_json(const std::vector<VariantDecl>& variants) {
    nlohmann::ordered_json out = nlohmann::ordered_json::array();
    for (const VariantDecl& variant : variants)
      out.push_back(variant_json(variant, is_default(variant)));
    print(out.dump(2) + "\n");
  }

  BenchmarkRequest request_;
  std::vector<std::string> words_;
  std::vector<std::string> sets_;
  std::vector<std::string> given_;
  std::string output_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_models() { return std::make_unique<Models>(); }

}  // namespace steppe::app
