#include <spdlog/fmt/fmt.h>

#include <algorithm>

#include "sim/scenario/condition.hpp"
#include "sim/scenario/resolve.hpp"

namespace steppe::detail {
namespace {

/// A value as `--set` takes it.
std::string flow_text(const Node& node) {
  std::vector<std::string> parts;
  switch (node.kind) {
    case Node::Kind::Empty:
      return {};
    case Node::Kind::Text:
      return node.text;
    case Node::Kind::List:
      for (const NodePtr& item : node.items) parts.push_back(flow_text(*item));
      return fmt::format("[{}]", fmt::join(parts, ", "));
    case Node::Kind::Map:
      for (const Node::Entry& entry : node.entries) {
        parts.push_back(fmt::format("{}: {}", entry.key, flow_text(*entry.value)));
      }
      return fmt::format("{{{}}}", fmt::join(parts, ", "));
  }
  return {};
}

/// The names that `policy.` and `parameters.` may be followed by.
template <class Decl>
void check_name(Context& context, const Node::Entry& given, const std::string& what,
                const std::vector<const Decl*>& known) {
  const std::string name = given.key.substr(given.key.find('.') + 1);
  if (find_declared(name, known).decl != nullptr) return;
  std::vector<std::string> names;
  for (const Decl* decl : known) names.push_back(decl->name);
  context.faults.error(
      given.key_mark,
      fmt::format("{}: there is no such name; there are {}", what, list_of(names, 24)),
      did_you_mean(name, names));
}

/// The value itself is checked when the scenario is read with it.
void read_given(Context& context, const Section& section, RealityCheck& check) {
  const NodePtr given = section.node("given");
  if (given == nullptr) return;
  if (!given->is_map() || given->entries.empty()) {
    context.faults.error(given->mark, fmt::format("{}: values by path are expected, as in "
                                                  "{{policy.permits.fee: 0}}, not {}",
                                                  section.name_of("given"),
                                                  given->is_map() ? "nothing" : describe(*given)));
    return;
  }
  std::vector<const LeverDecl*> levers;
  std::vector<const ParameterDecl*> parameters;
  for (const VariantDecl& variant : context.catalogue.variants()) {
    for (const LeverDecl& lever : variant.levers) levers.push_back(&lever);
    for (const ParameterDecl& parameter : variant.parameters) parameters.push_back(&parameter);
  }
  for (const Node::Entry& entry : given->entries) {
    const std::string what = fmt::format("{}.{}", section.name_of("given"), entry.key);
    if (entry.key.rfind("policy.", 0) == 0) {
      check_name(context, entry, what, levers);
    } else if (entry.key.rfind("parameters.", 0) == 0) {
      check_name(context, entry, what, parameters);
    } else {
      context.faults.error(entry.key_mark,
                           fmt::format("{}: levers and parameters are expected, as "
                                       "policy.permits.fee or parameters.separation_rate",
                                       what));
    }
    if (entry.value->kind == Node::Kind::Empty) {
      context.faults.error(entry.key_mark, fmt::format("{} has no value", what));
    }
    check.given.emplace_back(entry.key, flow_text(*entry.value));
    check.given_places.push_back(context.faults.place(entry.key_mark));
  }
}

void check_dates(const Context& context, const Section& section, const RealityCheck& check) {
  if (check.from && check.until && *check.until < *check.from) {
    context.faults.error(
        section.mark("until"),
        fmt::format("{} is {}, before {} {}", section.name_of("until"), to_string(*check.until),
                    section.name_of("from"), to_string(*check.from)));
    return;
  }
  if (context.partial) return;
  const TimeSpec& time = context.scenario.time;
  const Date first = time.report_from.value_or(time.start);
  if (check.from && *check.from > time.end) {
    context.faults.warning(section.mark("from"),
                           {"check.too_late",
                            "{name} is {date}, after the run's end {end}: nothing is judged",
                            {{"name", section.name_of("from")},
                             {"date", to_string(*check.from)},
                             {"end", to_string(time.end)}}});
  } else if (check.until && *check.until < first) {
    context.faults.warning(section.mark("until"),
                           {"check.too_early",
                            "{name} is {date}, before results begin {from}: nothing is judged",
                            {{"name", section.name_of("until")},
                             {"date", to_string(*check.until)},
                             {"from", to_string(first)}}});
  }
}

}  // namespace

void read_reality_checks(Context& context, const Section& root) {
  const Readable readable{readable_variables(context), "variable"};
  const std::vector<NodePtr> nodes = root.records("reality_checks");
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const Section section(reality_check_form(), nodes[i], fmt::format("reality_checks[{}]", i),
                          nodes[i]->mark, context.faults, context.partial);
    RealityCheck check;
    read_given(context, section, check);
    check.expect = read_condition(context, section, "expect", readable).value_or("");
    check.from = section.date("from");
    check.until = section.date("until");
    check.share = section.number("share").value_or(1.0);
    check.source = section.source();
    check.place = context.faults.place(section.mark("expect"));
    check_dates(context, section, check);
    context.scenario.reality_checks.push_back(std::move(check));
  }
}

}  // namespace steppe::detail
