#include "sim/scenario/scenario.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>

#include "sim/core/error.hpp"
#include "sim/scenario/values.hpp"

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
double value_at(const std::vector<LeverPoint>& points, std::size_t count, double before, Date date,
                double minimum_wage) {
  while (count > 0 && date < points[count - 1].from) --count;
  if (count == 0) return before;
  const LeverPoint& point = points[count - 1];
  const double value = point.amount(minimum_wage);
  if (point.ramp_months <= 0.0) return value;
  const Date end = plus_months(point.from, point.ramp_months);
  if (date >= end) return value;
  const double old = value_at(points, count - 1, before, point.from, minimum_wage);
  // There is no way from "no limit" to a limit in equal steps.
  if (!std::isfinite(old) || !std::isfinite(value)) return value;
  const auto gone = static_cast<double>(days_since_epoch(date) - days_since_epoch(point.from));
  const auto span = static_cast<double>(days_since_epoch(end) - days_since_epoch(point.from));
  return old + (value - old) * gone / span;
}

/// How closely one coordinate of a timeline's key fits: -1 not at all, 0 as one of all, else the
/// more the closer.
int fit(Dim dim, int given, int wanted) {
  if (given < 0) return 0;
  if (is_open(dim)) return given <= wanted ? given + 1 : -1;
  return given == wanted ? 1 : -1;
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
    case Dim::Project:
      return projects;
    case Dim::Staff:
    case Dim::Share:
    case Dim::Years:
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

double LeverTimeline::at(Date date, double minimum_wage) const {
  return value_at(points, points.size(), before, date, minimum_wage);
}

double LeverTimeline::otherwise_at(Date date, double minimum_wage) const {
  return value_at(otherwise, otherwise.size(), before, date, minimum_wage);
}

LeverPoint standing_at(const std::vector<LeverPoint>& points, double before, Date date) {
  std::size_t count = points.size();
  while (count > 0 && date < points[count - 1].from) --count;
  if (count == 0) return {date, before, {}, 0.0, {}, false};
  LeverPoint out = points[count - 1];
  out.from = date;
  out.ramp_months = 0.0;
  const auto alike = [&](const LeverPoint& p) {
    return p.in_minimum_wages == out.in_minimum_wages;
  };
  // The value before all points is in the lever's own unit.
  const bool from_before = count == 1 && out.in_minimum_wages;
  if (!from_before &&
      std::all_of(points.begin(), points.begin() + static_cast<int>(count), alike)) {
    std::vector<LeverPoint> plain(points.begin(), points.begin() + static_cast<int>(count));
    for (LeverPoint& point : plain) point.in_minimum_wages = false;
    out.value = value_at(plain, count, before, date, 1.0);
  }
  return out;
}

const LeverTimeline* governing(const std::vector<LeverTimeline>& timelines, const LeverDecl& lever,
                               LeverKey key) {
  const LeverTimeline* best = nullptr;
  std::pair<int, int> closest{-1, -1};
  for (const LeverTimeline& timeline : timelines) {
    if (timeline.decl == nullptr || timeline.decl->name != lever.name) continue;
    const std::pair fits{fit(lever.by, timeline.key.first, key.first),
                         fit(lever.then, timeline.key.second, key.second)};
    if (fits.first < 0 || fits.second < 0 || fits <= closest) continue;
    best = &timeline;
    closest = fits;
  }
  return best;
}

std::string value_text(const std::vector<std::string>& choices, double value) {
  if (choices.empty() || !std::isfinite(value)) return detail::number_text(value);
  const auto choice = static_cast<std::size_t>(value);
  return choice < choices.size() ? choices[choice] : detail::number_text(value);
}

std::string lever_key_text(const LeverDecl& lever, LeverKey key, const Dimensions& dimensions) {
  if (key.is_all()) return {};
  const auto part = [&](Dim dim, int at) -> std::string {
    if (at < 0) return "*";
    if (is_open(dim)) return open_key(dim, at);
    return dimensions.of(dim)[static_cast<std::size_t>(at)].key;
  };
  const std::string out = '.' + part(lever.by, key.first);
  return key.second < 0 ? out : out + '.' + part(lever.then, key.second);
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
