#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>

#include "sim/core/units.hpp"
#include "sim/scenario/resolve.hpp"

namespace steppe::detail {
namespace {

ParameterValue defaults_of(const ParameterDecl& decl, const Dimensions& dimensions) {
  ParameterValue value;
  value.decl = &decl;
  const std::size_t n = decl.by == Dim::None ? 1 : dimensions.of(decl.by).size();
  value.values.assign(n, decl.value);
  value.places.assign(n, SourcePlace{});
  value.sources.assign(n, declared_source(decl.source));
  value.uncertainty.assign(n, decl.prior);
  for (const auto& [key, figure] : decl.by_key) {
    const int index = dimensions.find(decl.by, key);
    if (index >= 0) value.values[static_cast<std::size_t>(index)] = figure;
  }
  return value;
}

/// One entry of `parameters`, read.
struct Entry {
  std::optional<double> value;
  SourcePlace place;
  std::optional<Distribution> uncertainty;
  std::optional<Source> source;
};

class UncertaintyReader {
 public:
  UncertaintyReader(const Section& section, const ParameterDecl& decl, std::string given_unit)
      : section_(section), decl_(decl), given_unit_(std::move(given_unit)) {}

  std::optional<Distribution> read() {
    const auto dist = section_.choice("dist");
    if (!dist) return std::nullopt;
    if (*dist == "uniform" || *dist == "triangular") return between(*dist == "triangular");
    Distribution d;
    d.kind = *dist == "normal" ? DistributionKind::Normal
             : *dist == "beta" ? DistributionKind::Beta
                               : DistributionKind::LogNormal;
    only({"mean", "sd"}, *dist);
    const auto mean = figure("mean", decl_.min, decl_.max);
    const auto sd = figure("sd", 0.0, kNoLimit);
    if (!mean || !sd) return std::nullopt;
    d.a = *mean;
    d.b = *sd;
    if (!(d.b > 0.0)) {
      wrong("sd", fmt::format("{} is {}, expected more than 0", section_.name_of("sd"),
                              number_text(d.b)));
    } else if (d.kind == DistributionKind::LogNormal && !(d.a > 0.0)) {
      wrong("mean", fmt::format("{} is {}, expected more than 0 for log_normal",
                                section_.name_of("mean"), number_text(d.a)));
    } else if (d.kind == DistributionKind::Beta && !(d.b * d.b < d.a * (1.0 - d.a))) {
      wrong("sd",
            fmt::format("no beta distribution has mean {} and standard deviation {}: the mean "
                        "lies between 0 and 1 and the deviation below {:.3g}",
                        number_text(d.a), number_text(d.b),
                        std::sqrt(std::max(0.0, d.a * (1.0 - d.a)))));
    }
    return d;
  }

 private:
  std::optional<Distribution> between(bool triangular) {
    Distribution d;
    d.kind = triangular ? DistributionKind::Triangular : DistributionKind::Uniform;
    if (triangular) {
      only({"low", "high", "mode"}, "triangular");
    } else {
      only({"low", "high"}, "uniform");
    }
    const auto low = figure("low", decl_.min, decl_.max);
    const auto high = figure("high", decl_.min, decl_.max);
    const auto mode = triangular ? figure("mode", decl_.min, decl_.max) : low;
    if (!low || !high || !mode) return std::nullopt;
    d.a = *low;
    d.b = *high;
    if (triangular) d.c = *mode;
    if (!(d.a < d.b)) {
      wrong("high", fmt::format("{} is {}, expected more than low, {}", section_.name_of("high"),
                                number_text(d.b), number_text(d.a)));
    } else if (triangular && (d.c < d.a || d.c > d.b)) {
      wrong("mode", fmt::format("{} is {}, expected {} to {}", section_.name_of("mode"),
                                number_text(d.c), number_text(d.a), number_text(d.b)));
    }
    return d;
  }

  void wrong(std::string_view key, std::string message) {
    section_.faults().error(section_.mark(key), std::move(message));
  }

  std::optional<double> figure(const char* key, double min, double max) {
    if (!section_.has(key)) {
      wrong("dist", fmt::format("'{}' is missing in {}", key, section_.path()));
      return std::nullopt;
    }
    return section_.number(key, decl_.unit, given_unit_, min, max);
  }

  void only(std::initializer_list<std::string_view> keys, std::string_view dist) {
    for (const char* key : {"mean", "sd", "low", "high", "mode"}) {
      if (std::find(keys.begin(), keys.end(), key) == keys.end() && section_.has(key)) {
        wrong(key, fmt::format("{} has no meaning for dist: {}", section_.name_of(key), dist));
      }
    }
  }

  const Section& section_;
  const ParameterDecl& decl_;
  std::string given_unit_;
};

/// The unit of bare numbers: as stated, else as written behind the value.
std::string unit_of(const Section& section, const ParameterDecl& decl) {
  if (const auto unit = section.text("unit")) {
    const auto parsed = Unit::parse(*unit);
    if (!parsed) {
      section.faults().error(section.mark("unit"),
                             fmt::format("{}: {}", section.name_of("unit"), parsed.error()));
      return decl.unit;
    }
    if (!conversion(*unit, decl.unit)) {
      section.faults().error(section.mark("unit"), fmt::format("{}: unit '{}' given, '{}' expected",
                                                               section.path(), *unit, decl.unit));
      return decl.unit;
    }
    return *unit;
  }
  if (const NodePtr value = section.node("value"); value != nullptr && value->is_text()) {
    if (const auto quantity = parse_quantity(value->text)) return quantity->unit;
  }
  return {};
}

Entry read_entry(Context& context, const Node::Entry& given, const ParameterDecl& decl,
                 bool is_override) {
  Entry entry;
  const Node& node = *given.value;
  const std::string path = fmt::format("parameters.{}", given.key);
  const std::string bare = is_override ? decl.unit : std::string{};
  if (!node.is_map()) {
    entry.place = context.faults.place(node.mark);
    entry.value = read_number(node, rule_of(decl, path, bare), context.faults);
    entry.source = Source{};
    return entry;
  }
  const Section section(parameter_form(), given.value, path, given.key_mark, context.faults);
  std::string unit = unit_of(section, decl);
  if (unit.empty()) unit = bare;
  if (section.has("value")) {
    entry.place = context.faults.place(section.mark("value"));
    entry.value = read_number(*section.node("value"), rule_of(decl, section.name_of("value"), unit),
                              context.faults);
    // A new figure does not stand on the old one's source.
    entry.source = Source{};
  }
  if (section.has("uncertainty") && (decl.whole || !decl.choices.empty())) {
    context.faults.error(
        section.mark("uncertainty"),
        fmt::format("{} is {}, and distributions are for numbers with fractions: run its values as "
                    "scenarios of their own",
                    path, decl.whole ? "a whole number" : "one of " + list_of(decl.choices)));
  } else if (section.has("uncertainty")) {
    entry.uncertainty = UncertaintyReader(section.record("uncertainty"), decl, unit).read();
  }
  if (section.has("source")) entry.source = section.source();
  if (!section.has("value") && !section.has("uncertainty") && !section.has("source")) {
    context.faults.error(given.key_mark, fmt::format("{} says nothing: give a value, as in '{} {}'",
                                                     path, value_text(decl.choices, decl.value),
                                                     decl.choices.empty() ? decl.unit : ""));
  }
  return entry;
}

void apply(ParameterValue& parameter, std::size_t index, const Entry& entry) {
  if (entry.value) {
    parameter.values[index] = *entry.value;
    parameter.places[index] = entry.place;
    // What an earlier file said of its own figure's uncertainty does not describe this one.
    parameter.uncertainty[index] = parameter.decl->prior;
  }
  if (entry.uncertainty) parameter.uncertainty[index] = *entry.uncertainty;
  if (entry.source) parameter.sources[index] = *entry.source;
}

class ParameterReader {
 public:
  explicit ParameterReader(Context& context) : context_(context), idle_(context.catalogue) {
    for (const VariantDecl* variant : context.in_force()) {
      for (const ParameterDecl& decl : variant->parameters) {
        if (context.scenario.parameters
                .emplace(decl.name, defaults_of(decl, context.scenario.dimensions))
                .second) {
          active_.push_back(&decl);
        }
      }
    }
    for (const VariantDecl& variant : context.catalogue.variants()) {
      for (const ParameterDecl& decl : variant.parameters) {
        known_.push_back(&decl);
        // Variants share parameters.
        if (std::find(names_.begin(), names_.end(), decl.name) == names_.end()) {
          names_.push_back(decl.name);
        }
      }
    }
  }

  void read(const Layer& layer) {
    const NodePtr section = layer.root->find("parameters");
    if (section == nullptr || section->kind == Node::Kind::Empty) return;
    if (!section->is_map()) {
      context_.faults.error(section->mark,
                            fmt::format("parameters: names with values are expected, "
                                        "not {}",
                                        describe(*section)));
      return;
    }
    // The bare name speaks for all keys, so the keys' own entries come after it.
    for (const bool keyed : {false, true}) {
      for (const Node::Entry& given : section->entries) read(given, keyed, layer.is_override);
    }
  }

  void warn_of_idle() const { idle_.warn(context_.faults); }

 private:
  void read(const Node::Entry& given, bool keyed, bool is_override) {
    const auto name = find_declared(given.key, active_);
    if (name.decl == nullptr) {
      if (!keyed) inactive(given);
      return;
    }
    if (name.key.empty() == keyed) return;
    const auto key = find_key(context_, name, given.key_mark);
    if (!key) return;
    const Entry entry = read_entry(context_, given, *name.decl, is_override);
    ParameterValue& parameter = context_.scenario.parameters.find(name.decl->name)->second;
    if (*key >= 0) {
      apply(parameter, static_cast<std::size_t>(*key), entry);
      return;
    }
    for (std::size_t i = 0; i < parameter.values.size(); ++i) apply(parameter, i, entry);
  }

  void inactive(const Node::Entry& given) {
    const auto name = find_declared(given.key, known_);
    if (name.decl == nullptr) {
      context_.faults.error(given.key_mark,
                            fmt::format("unknown parameter '{}'; 'steppe models list' shows those "
                                        "there are",
                                        given.key),
                            did_you_mean(given.key, names_));
      return;
    }
    idle_.add(name.decl->name, name.decl->name, given.key_mark);
  }

  Context& context_;
  std::vector<const ParameterDecl*> active_;
  std::vector<const ParameterDecl*> known_;
  std::vector<std::string> names_;
  Idle idle_;
};

}  // namespace

void read_parameters(Context& context) {
  ParameterReader reader(context);
  for (const Layer& layer : context.layers.stack) reader.read(layer);
  reader.warn_of_idle();
}

}  // namespace steppe::detail
