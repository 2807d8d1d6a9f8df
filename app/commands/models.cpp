#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/command.hpp"
#include "app/describe.hpp"
#include "app/terminal.hpp"
#include "sim/api/registry.hpp"
#include "sim/core/suggest.hpp"

namespace steppe::app {
namespace {

class Models final : public Command {
 public:
  std::string name() const override { return "models"; }
  std::string usage() const override { return "list | describe NAME [options]"; }
  std::string summary() const override { return "the model variants, what they read and assume"; }
  std::string details() const override {
    return "NAME is a variant (urn), a slot (matching), or both (matching/urn).";
  }
  std::vector<std::string> words() const override { return {"list", "describe"}; }
  void declare(OptionSet& options) override {
    options.arguments("list or describe", words_, 1, 2);
    options.flag("json", "print as JSON", json_);
  }
  int run() override {
    const std::string& what = words_.front();
    if (what == "list") {
      if (words_.size() > 1) throw UsageError(fmt::format("'{}' is one word too many", words_[1]));
      return list();
    }
    if (what != "describe") {
      const std::string hint = did_you_mean(what, words());
      throw UsageError(fmt::format("'{}' is neither list nor describe{}{}", what,
                                   hint.empty() ? "" : "; ", hint));
    }
    if (words_.size() < 2) throw UsageError("the NAME to describe is missing");
    return describe(words_[1]);
  }

 private:
  [[nodiscard]] static const Catalogue& catalogue() { return builtin_models().catalogue(); }
  [[nodiscard]] static bool is_default(const VariantDecl& variant) {
    return catalogue().names(variant.slot).front() == variant.name;
  }

  int list() const {
    if (json_) {
      show_json(catalogue().variants());
      return kSuccess;
    }
    for (int i = 0; i < kSlotCount; ++i) {
      const auto slot = static_cast<Slot>(i);
      print(fmt::format("{}\n", to_string(slot)));
      for (const std::string& variant : catalogue().names(slot)) {
        const VariantDecl* found = catalogue().find(slot, variant);
        print(fmt::format("  {:<16} {} {}{}\n", variant, found->has_mean_field ? '*' : ' ',
                          found->summary, is_default(*found) ? " (default)" : ""));
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

  std::vector<std::string> words_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_models() { return std::make_unique<Models>(); }

}  // namespace steppe::app
