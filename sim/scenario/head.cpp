#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <set>

#include "sim/scenario/resolve.hpp"

namespace steppe::detail {
namespace {

void read_time(Context& context, const Section& root) {
  const Section time = root.record("time");
  TimeSpec& spec = context.scenario.time;
  const auto start = time.date("start");
  const auto end = time.date("end");
  spec.start = start.value_or(Date{1900, 1, 1});
  spec.end = end.value_or(Date{2199, 12, 31});
  const std::string step = time.choice("step").value_or("month");
  spec.step = step == "day"    ? StepLength::Day
              : step == "week" ? StepLength::Week
                               : StepLength::Month;
  spec.same_step_search = time.flag("same_step_search").value_or(false);
  spec.report_from = time.date("report_from");
  if (!start || !end) return;
  Faults& faults = context.faults;
  if (spec.end < spec.start) {
    faults.error(time.mark("end"), fmt::format("time.end is {}, before time.start {}",
                                               to_string(spec.end), to_string(spec.start)));
    return;
  }
  if (spec.step == StepLength::Month) {
    if (spec.start.day != 1) {
      faults.error(time.mark("start"),
                   fmt::format("time.start is {}, expected the first day of a month, as the steps "
                               "are months",
                               to_string(spec.start)));
    }
    const Date next = date_from_days(days_since_epoch(spec.end) + 1);
    if (next.day != 1) {
      faults.error(time.mark("end"),
                   fmt::format("time.end is {}, expected the last day of a month, as the steps are "
                               "months",
                               to_string(spec.end)));
    }
  } else if (context.scenario.clock().steps() < 1) {
    faults.error(time.mark("end"), "the run is shorter than one step");
  }
  if (spec.report_from && (*spec.report_from < spec.start || *spec.report_from > spec.end)) {
    faults.error(
        time.mark("report_from"),
        fmt::format("time.report_from is {}, outside the run from {} to {}",
                    to_string(*spec.report_from), to_string(spec.start), to_string(spec.end)));
  }
}

/// Tells of a variant whose need nobody meets: which variant of this model stands where one that
/// would meet it could stand.
void refuse_without(Context& context, const Section& model, const VariantDecl& variant,
                    const std::string& need) {
  const auto name_of = [](const VariantDecl& v) {
    return fmt::format("{}/{}", to_string(v.slot), v.name);
  };
  std::vector<std::string> givers;
  std::string instead;
  for (const VariantDecl& other : context.catalogue.variants()) {
    if (std::find(other.gives.begin(), other.gives.end(), need) == other.gives.end()) continue;
    givers.push_back(name_of(other));
    const std::string& chosen = context.scenario.model[static_cast<std::size_t>(other.slot)];
    if (instead.empty()) instead = fmt::format("{}/{}", to_string(other.slot), chosen);
  }
  const std::string who = instead.empty()
                              ? "which no variant gives"
                              : fmt::format("which {} does not give; {} {}", instead,
                                            list_of(givers), givers.size() == 1 ? "does" : "do");
  context.faults.error(model.mark(std::string(to_string(variant.slot))),
                       fmt::format("{} needs '{}', {}", name_of(variant), need, who));
}

void read_model(Context& context, const Section& root) {
  const Section model = root.record("model");
  Scenario& scenario = context.scenario;
  for (int i = 0; i < kSlotCount; ++i) {
    const auto slot = static_cast<Slot>(i);
    const std::string name{to_string(slot)};
    const std::vector<std::string> variants = context.catalogue.names(slot);
    std::string& chosen = scenario.model[static_cast<std::size_t>(i)];
    if (!variants.empty()) chosen = variants.front();
    const auto given = model.key(name);
    if (!given) continue;
    if (context.catalogue.find(slot, *given) == nullptr) {
      context.faults.error(model.mark(name),
                           fmt::format("model.{} has no variant '{}'; there are {}", name, *given,
                                       list_of(variants)),
                           did_you_mean(*given, variants));
    } else {
      chosen = *given;
    }
  }
  std::set<std::string> features;
  for (const VariantDecl* variant : context.in_force()) {
    features.insert(variant->gives.begin(), variant->gives.end());
  }
  for (const VariantDecl* variant : context.in_force()) {
    for (const std::string& need : variant->needs) {
      if (features.count(need) == 0) refuse_without(context, model, *variant, need);
    }
  }
}

void read_tile(const Section& section, Member& member) {
  const NodePtr tile = section.node("tile");
  if (tile == nullptr) return;
  if (!tile->is_list() || tile->items.size() != 2) {
    section.faults().error(tile->mark, fmt::format("{}: row and column are expected, as in [2, 5]",
                                                   section.name_of("tile")));
    return;
  }
  const auto one = [&](std::size_t i) {
    return read_number(*tile->items[i], {section.name_of("tile"), "1", "", 0.0, 1000.0},
                       section.faults())
        .value_or(0.0);
  };
  member.row = one(0);
  member.column = one(1);
}

std::vector<Member> read_members(Context& context, const Section& dimensions,
                                 const std::string& list, std::size_t most) {
  std::vector<Member> members;
  std::vector<int> lines;
  const std::vector<NodePtr> nodes = dimensions.records(list);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const Section section(member_form(), nodes[i],
                          fmt::format("{}[{}]", dimensions.name_of(list), i), nodes[i]->mark,
                          context.faults);
    Member member;
    const auto key = section.key("key");
    member.code = section.text("code").value_or("");
    member.label = section.label("label");
    member.group = section.key("group").value_or("");
    read_tile(section, member);
    if (!key) continue;
    member.key = *key;
    if (member.key == "all") {
      context.faults.error(section.mark("key"), "the key 'all' is kept for totals; choose another");
    }
    if (list == "occupations" && !member.group.empty() && member.group != "low" &&
        member.group != "medium" && member.group != "high") {
      context.faults.error(section.mark("group"),
                           fmt::format("{} is '{}', expected low, medium or high",
                                       section.name_of("group"), member.group));
    }
    const auto same = std::find_if(members.begin(), members.end(),
                                   [&](const Member& m) { return m.key == member.key; });
    if (same != members.end()) {
      context.faults.error(
          section.mark("key"),
          fmt::format("{} has the key '{}' twice, first in line {}", dimensions.name_of(list),
                      member.key, lines[static_cast<std::size_t>(same - members.begin())]));
      continue;
    }
    lines.push_back(section.mark("key").line);
    members.push_back(std::move(member));
  }
  if (members.size() > most) {
    context.faults.error(dimensions.mark(list),
                         fmt::format("{} has {} members, at most {} are possible",
                                     dimensions.name_of(list), members.size(), most));
  }
  return members;
}

/// The one member of a dimension that a small scenario does not care about.
Member only(const char* key, const char* english, const char* mongolian) {
  Member member;
  member.key = key;
  member.label.texts = {{"en", english}, {"mn", mongolian}};
  return member;
}

void read_dimensions(Context& context, const Section& root) {
  const Section section = root.record("dimensions");
  Dimensions& d = context.scenario.dimensions;
  // Ids have 8 or 16 bits, the largest value means none; addresses keep 5 bits for the ranges.
  d.sectors = read_members(context, section, "sectors", 254);
  d.occupations = read_members(context, section, "occupations", 65534);
  d.regions = read_members(context, section, "regions", 254);
  d.origins = read_members(context, section, "origins", 29);
  d.destinations = read_members(context, section, "destinations", 254);
  d.education = read_members(context, section, "education", 254);
  d.fields = read_members(context, section, "fields", 254);
  read_network(context, root);
  if (context.partial) return;
  if (d.sectors.empty()) d.sectors = {only("economy", "Whole economy", "Эдийн засаг бүхэлдээ")};
  if (d.occupations.empty()) d.occupations = {only("work", "All occupations", "Бүх ажил мэргэжил")};
  if (d.regions.empty()) d.regions = {only("country", "Whole country", "Улс бүхэлдээ")};
  if (d.education.empty()) d.education = {only("any", "Any education", "Боловсролын бүх түвшин")};
}

}  // namespace

void read_head(Context& context, const Section& root) {
  Scenario& scenario = context.scenario;
  static_cast<void>(root.choice("schema"));
  scenario.name = root.label("name");
  scenario.question = root.label("question");
  scenario.description = root.label("description");
  if (const auto country = root.text("country")) {
    const bool code =
        country->size() == 3 &&
        std::all_of(country->begin(), country->end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!code) {
      context.faults.error(root.mark("country"),
                           fmt::format("country is '{}', expected the three capital letters of ISO "
                                       "3166, as MNG",
                                       *country));
    }
    scenario.country = *country;
  }
  read_time(context, root);
  read_model(context, root);
  read_dimensions(context, root);
  const Section outputs = root.record("outputs");
  scenario.outputs.by = outputs.words("by");
}

}  // namespace steppe::detail
