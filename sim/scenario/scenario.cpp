#include "sim/scenario/scenario.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>

#include "sim/core/error.hpp"

namespace steppe {
namespace {

std::vector<Member> fixed_members(std::initializer_list<const char*> keys) {
  std::vector<Member> members;
  for (const char* key : keys) {
    Member member;
    member.key = key;
    members.push_back(std::move(member));
  }
  return members;
}

Date plus_months(Date date, double months) {
  return date_from_days(days_since_epoch(date) +
                        static_cast<std::int64_t>(std::llround(months * 365.25 / 12.0)));
}

/// The value at a date; each ramp starts from what the earlier points had reached by then.
double value_at(const std::vector<LeverPoint>& points, std::size_t count, double before,
                Date date) {
  while (count > 0 && date < points[count - 1].from) --count;
  if (count == 0) return before;
  const LeverPoint& point = points[count - 1];
  if (point.ramp_months <= 0.0) return point.value;
  const Date end = plus_months(point.from, point.ramp_months);
  if (date >= end) return point.value;
  const double old = value_at(points, count - 1, before, point.from);
  // There is no way from "no limit" to a limit in equal steps.
  if (!std::isfinite(old) || !std::isfinite(point.value)) return point.value;
  const auto gone = static_cast<double>(days_since_epoch(date) - days_since_epoch(point.from));
  const auto span = static_cast<double>(days_since_epoch(end) - days_since_epoch(point.from));
  return old + (point.value - old) * gone / span;
}

}  // namespace

const std::vector<std::string>& source_kinds() {
  static const std::vector<std::string> kinds = {"official", "secondary", "modelled",
                                                 "recalled", "derived",   "assumption"};
  return kinds;
}

Source declared_source(const std::string& words) {
  Source source;
  const std::string kind = words.substr(0, words.find(':'));
  const auto& kinds = source_kinds();
  if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) {
    source.title = words;
    return source;
  }
  source.kind = kind;
  const std::size_t text = words.find_first_not_of(": ", kind.size());
  if (text != std::string::npos) {
    (kind == "assumption" ? source.note : source.title) = words.substr(text);
  }
  return source;
}

std::string Label::in(std::string_view lang, std::string_view fallback) const {
  for (const auto& [language, text] : texts) {
    if (language == lang) return text;
  }
  return texts.empty() ? std::string{fallback} : texts.front().second;
}

const std::vector<Member>& Dimensions::of(Dim dim) const {
  static const std::vector<Member> none;
  static const std::vector<Member> skill = fixed_members({"low", "medium", "high"});
  static const std::vector<Member> status =
      fixed_members({"child", "inactive", "employed", "herding", "searching", "discouraged",
                     "training", "abroad", "gone"});
  static const std::vector<Member> sex = fixed_members({"female", "male"});
  static const std::vector<Member> age =
      fixed_members({"0_14", "15_24", "25_34", "35_44", "45_54", "55_64", "65_plus"});
  switch (dim) {
    case Dim::Sector:
      return sectors;
    case Dim::Occupation:
      return occupations;
    case Dim::Region:
      return regions;
    case Dim::Origin:
      return origins;
    case Dim::Destination:
      return destinations;
    case Dim::Education:
      return education;
    case Dim::Field:
      return fields;
    case Dim::Skill:
      return skill;
    case Dim::Status:
      return status;
    case Dim::Sex:
      return sex;
    case Dim::Age:
      return age;
    case Dim::None:
      break;
  }
  return none;
}

int Dimensions::find(Dim dim, std::string_view key) const {
  const std::vector<Member>& members = of(dim);
  const auto found = std::find_if(members.begin(), members.end(),
                                  [&](const Member& member) { return member.key == key; });
  return found == members.end() ? -1 : static_cast<int>(found - members.begin());
}

double LeverTimeline::at(Date date) const { return value_at(points, points.size(), before, date); }

double LeverTimeline::otherwise_at(Date date) const {
  return value_at(otherwise, otherwise.size(), before, date);
}

std::vector<Source> LeverTimeline::sources() const {
  std::vector<Source> out;
  for (const auto* const list : {&points, &otherwise}) {
    for (const LeverPoint& point : *list) {
      if (std::find(out.begin(), out.end(), point.source) == out.end()) out.push_back(point.source);
    }
  }
  return out;
}

double DriverSeries::at(Date date) const {
  if (points.empty()) return std::numeric_limits<double>::quiet_NaN();
  const auto next = std::upper_bound(points.begin(), points.end(), date,
                                     [](Date d, const auto& point) { return d < point.first; });
  if (next == points.begin()) return points.front().second;
  const auto& [date_a, a] = *std::prev(next);
  if (next == points.end() || between == Between::Step) return a;
  const auto& [date_b, b] = *next;
  const auto gone = static_cast<double>(days_since_epoch(date) - days_since_epoch(date_a));
  const auto span = static_cast<double>(days_since_epoch(date_b) - days_since_epoch(date_a));
  const double part = gone / span;
  if (between == Between::Linear) return a + (b - a) * part;
  return a * std::pow(b / a, part);
}

int DataTable::column(std::string_view wanted) const {
  const auto found = std::find(columns.begin(), columns.end(), wanted);
  return found == columns.end() ? -1 : static_cast<int>(found - columns.begin());
}

const DataTable* PopulationSpec::table(std::string_view wanted) const {
  const auto found = std::find_if(tables.begin(), tables.end(),
                                  [&](const DataTable& table) { return table.name == wanted; });
  return found == tables.end() ? nullptr : &*found;
}

double Scenario::parameter(std::string_view wanted, int member) const {
  const auto found = parameters.find(wanted);
  if (found == parameters.end()) {
    throw ModelError(fmt::format(
        "The model reads the parameter '{}', which no variant in force declares; declare it.",
        wanted));
  }
  const std::vector<double>& values = found->second.values;
  if (values.size() == 1 && found->second.decl->by == Dim::None) return values.front();
  if (member < 0 || static_cast<std::size_t>(member) >= values.size()) {
    throw ModelError(fmt::format("The parameter '{}' has {} values; number {} was asked for.",
                                 wanted, values.size(), member));
  }
  return values[static_cast<std::size_t>(member)];
}

}  // namespace steppe
