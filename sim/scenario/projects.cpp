#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <map>

#include "sim/scenario/resolve.hpp"

namespace steppe::detail {
namespace {

int member_of(Context& context, const Section& section, const char* key, Dim dim) {
  const auto name = section.key(key);
  if (!name || (context.partial && context.scenario.dimensions.of(dim).empty())) return 0;
  return std::max(0, find_member(context, dim, *name, section.mark(key), section.name_of(key)));
}

void read_heads(Context& context, const Section& section, Project& project) {
  const NodePtr node = section.node("heads");
  if (node == nullptr) return;
  const auto points = read_points(*node, {section.name_of("heads"), "person", "person", 0.0, 1e9},
                                  PeriodRule::Middle, context.faults);
  for (const Point& point : points) project.heads.emplace_back(point.date, point.value);
  if (points.empty() || context.partial) return;
  const TimeSpec& time = context.scenario.time;
  if (points.front().date > time.end) {
    context.faults.warning(points.front().mark,
                           starts_late(section.path(), points.front().date, time.end));
  }
}

}  // namespace

void read_projects(Context& context, const Section& root) {
  const Field* field = scenario_form().find("projects");
  std::map<std::string, int> lines;
  const std::vector<NodePtr> nodes = root.records("projects");
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const Section section(*field->form, nodes[i], fmt::format("projects[{}]", i), nodes[i]->mark,
                          context.faults, context.partial);
    Project project;
    const auto key = section.key("key");
    project.key = key.value_or("");
    project.label = section.label("label");
    project.sector = member_of(context, section, "sector", Dim::Sector);
    project.region = member_of(context, section, "region", Dim::Region);
    project.fly_in = section.flag("fly_in").value_or(true);
    project.source = section.source();
    project.place = context.faults.place(section.mark("key"));
    read_heads(context, section, project);
    if (const NodePtr shares = section.node("occupation_share")) {
      project.occupation_share =
          read_shares(context, *shares, Dim::Occupation, section.name_of("occupation_share"));
    }
    if (!key) continue;
    const auto [first, made] = lines.try_emplace(*key, section.mark("key").line);
    if (!made) {
      context.faults.error(
          section.mark("key"),
          fmt::format("the project '{}' is given twice, first in line {}", *key, first->second));
    }
    Member member;
    member.key = project.key;
    member.label = project.label;
    context.scenario.dimensions.projects.push_back(std::move(member));
    context.scenario.projects.push_back(std::move(project));
  }
}

}  // namespace steppe::detail
