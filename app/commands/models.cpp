#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "app/command.hpp"
#include "app/program.hpp"
#include "app/terminal.hpp"
#include "sim/core/suggest.hpp"

namespace steppe::app {
namespace {

using Json = nlohmann::ordered_json;

Json limit(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

std::string number(double value) {
  return std::isinf(value) ? (value > 0 ? "none" : "-inf") : fmt::format("{}", value);
}

std::string range(double min, double max) {
  if (std::isfinite(min) && std::isfinite(max)) return fmt::format("{} to {}", min, max);
  if (std::isfinite(min)) return fmt::format("at least {}", min);
  if (std::isfinite(max)) return fmt::format("at most {}", max);
  return "any";
}

/// In the words of a scenario's `uncertainty`; null when there is none.
Json prior_json(const Distribution& prior) {
  switch (prior.kind) {
    case DistributionKind::Normal:
      return {{"dist", "normal"}, {"mean", prior.a}, {"sd", prior.b}};
    case DistributionKind::LogNormal:
      return {{"dist", "log_normal"}, {"mean", prior.a}, {"sd", prior.b}};
    case DistributionKind::Beta:
      return {{"dist", "beta"}, {"mean", prior.a}, {"sd", prior.b}};
    case DistributionKind::Uniform:
      return {{"dist", "uniform"}, {"low", prior.a}, {"high", prior.b}};
    case DistributionKind::Triangular:
      return {{"dist", "triangular"}, {"low", prior.a}, {"mode", prior.c}, {"high", prior.b}};
    case DistributionKind::None:
      break;
  }
  return nullptr;
}

Json as_json(const VariantDecl& variant, bool is_default) {
  Json parameters = Json::array();
  for (const ParameterDecl& p : variant.parameters) {
    Json by_key = Json::object();
    for (const auto& [key, value] : p.by_key) by_key[key] = value;
    parameters.push_back({{"name", p.name},
                          {"symbol", p.symbol},
                          {"unit", p.unit},
                          {"default", limit(p.value)},
                          {"by_key", std::move(by_key)},
                          {"min", limit(p.min)},
                          {"max", limit(p.max)},
                          {"by", to_string(p.by)},
                          {"prior", prior_json(p.prior)},
                          {"source", p.source},
                          {"summary", p.summary}});
  }
  Json levers = Json::array();
  for (const LeverDecl& l : variant.levers) {
    levers.push_back({{"name", l.name},
                      {"unit", l.unit},
                      {"default", limit(l.value)},
                      {"min", limit(l.min)},
                      {"max", limit(l.max)},
                      {"by", to_string(l.by)},
                      {"then", to_string(l.then)},
                      {"choices", l.choices},
                      {"source", l.source},
                      {"summary", l.summary}});
  }
  Json drivers = Json::array();
  for (const DriverDecl& d : variant.drivers) {
    drivers.push_back({{"name", d.name}, {"unit", d.unit}, {"summary", d.summary}});
  }
  return {{"slot", to_string(variant.slot)}, {"name", variant.name},
          {"default", is_default},           {"summary", variant.summary},
          {"reference", variant.reference},  {"parameters", std::move(parameters)},
          {"levers", std::move(levers)},     {"drivers", std::move(drivers)},
          {"needs", variant.needs},          {"gives", variant.gives}};
}

std::string as_text(const VariantDecl& variant) {
  std::string out =
      fmt::format("{}/{}\n  {}\n", to_string(variant.slot), variant.name, variant.summary);
  if (!variant.reference.empty()) out += fmt::format("  after: {}\n", variant.reference);
  const auto head = [&](const char* title, bool empty) {
    if (!empty) out += fmt::format("\n{}\n", title);
  };
  const auto by = [](Dim dim) {
    return dim == Dim::None ? std::string{} : fmt::format(", by {}", to_string(dim));
  };
  head("parameters", variant.parameters.empty());
  for (const ParameterDecl& p : variant.parameters) {
    out += fmt::format("  {}{} = {} {} ({}{})\n      {}\n      source: {}\n", p.name,
                       p.symbol.empty() ? "" : fmt::format(" [{}]", p.symbol), number(p.value),
                       p.unit, range(p.min, p.max), by(p.by), p.summary, p.source);
    for (const auto& [key, value] : p.by_key) {
      out += fmt::format("      {}.{} = {}\n", p.name, key, number(value));
    }
  }
  head("levers", variant.levers.empty());
  for (const LeverDecl& l : variant.levers) {
    if (!l.choices.empty()) {
      out += fmt::format("  {} = {} ({}{})\n      {}\n", l.name, l.choices.front(),
                         list_of(l.choices, l.choices.size()), by(l.by), l.summary);
      continue;
    }
    out += fmt::format("  {} = {} {} ({}{}{})\n      {}\n", l.name, number(l.value), l.unit,
                       range(l.min, l.max), by(l.by), by(l.then), l.summary);
  }
  head("drivers", variant.drivers.empty());
  for (const DriverDecl& d : variant.drivers) {
    out += fmt::format("  {} [{}]  {}\n", d.name, d.unit, d.summary);
  }
  return out;
}

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
  [[nodiscard]] static const Catalogue& catalogue() { return known_models().catalogue(); }
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
        print(fmt::format("  {:<16} {}{}\n", variant, found->summary,
                          is_default(*found) ? " (default)" : ""));
      }
    }
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
      print((i > 0 ? "\n" : "") + as_text(found[i]));
    }
    return kSuccess;
  }

  static void show_json(const std::vector<VariantDecl>& variants) {
    Json out = Json::array();
    for (const VariantDecl& variant : variants)
      out.push_back(as_json(variant, is_default(variant)));
    print(out.dump(2) + "\n");
  }

  std::vector<std::string> words_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_models() { return std::make_unique<Models>(); }

}  // namespace steppe::app
