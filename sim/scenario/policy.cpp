#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>

#include "sim/core/units.hpp"
#include "sim/scenario/condition.hpp"
#include "sim/scenario/resolve.hpp"

namespace steppe::detail {
namespace {

/// One policy entry, read.
struct Entry {
  std::vector<LeverPoint> points;
  std::optional<Date> until;
  std::string when;
  bool replace = false;
  Source source;
  SourcePlace place;
};

Date day_after(Date date) { return date_from_days(days_since_epoch(date) + 1); }

double months_between(Date from, Date to) {
  return static_cast<double>(days_since_epoch(to) - days_since_epoch(from)) * 12.0 / 365.25;
}

/// Lays an entry's points over those of the layers below: from its first date on they hold, and
/// after its end date what is below returns, with what is left of a ramp under way.
std::vector<LeverPoint> splice(const std::vector<LeverPoint>& below, double before,
                               const Entry& entry) {
  std::vector<LeverPoint> out;
  const Date first = entry.points.front().from;
  std::copy_if(below.begin(), below.end(), std::back_inserter(out),
               [&](const LeverPoint& p) { return p.from < first; });
  out.insert(out.end(), entry.points.begin(), entry.points.end());
  if (!entry.until) return out;
  const Date back = day_after(*entry.until);
  LeverPoint returned = standing_at(below, before, back);
  returned.place = entry.place;
  out.push_back(std::move(returned));
  const auto next =
      std::find_if(below.begin(), below.end(), [&](const LeverPoint& p) { return p.from > back; });
  if (next != below.begin()) {
    LeverPoint current = *std::prev(next);
    current.ramp_months -= months_between(current.from, back);
    current.from = back;
    if (current.ramp_months > 0.0) out.push_back(std::move(current));
  }
  out.insert(out.end(), next, below.end());
  return out;
}

void lay_over(LeverTimeline& timeline, const Entry& entry) {
  if (entry.replace) {
    timeline.points.clear();
    timeline.otherwise.clear();
    timeline.when.clear();
  }
  if (entry.when.empty()) {
    timeline.points = splice(timeline.points, timeline.before, entry);
    if (!timeline.when.empty()) {
      timeline.otherwise = splice(timeline.otherwise, timeline.before, entry);
    }
  } else {
    if (timeline.when.empty()) timeline.otherwise = timeline.points;
    timeline.points = splice(timeline.otherwise, timeline.before, entry);
    timeline.when = entry.when;
  }
  timeline.place = entry.place;
}

class PolicyReader {
 public:
  explicit PolicyReader(Context& context)
      : context_(context), faults_(context.faults), idle_(context.catalogue) {
    for (const VariantDecl& variant : context.catalogue.variants()) {
      for (const LeverDecl& lever : variant.levers) {
        (context.is_in_force(variant) ? active_ : idle_levers_).push_back(&lever);
        // Variants share levers.
        if (std::find(names_.begin(), names_.end(), lever.name) == names_.end()) {
          names_.push_back(lever.name);
        }
      }
    }
  }

  void read(const Layer& layer) {
    const NodePtr list = layer.root->find("policy");
    if (list == nullptr || list->kind == Node::Kind::Empty) return;
    if (!list->is_list()) {
      faults_.error(list->mark, fmt::format("policy: a list is expected ('- ' before each entry), "
                                            "not {}",
                                            describe(*list)));
      return;
    }
    struct Read {
      const LeverDecl* decl;
      LeverKey key;
      Entry entry;
    };
    std::vector<Read> entries;
    std::map<std::pair<std::string, bool>, int> lines;
    for (std::size_t i = 0; i < list->items.size(); ++i) {
      const Node& item = *list->items[i];
      const Section section(lever_form(), list->items[i], fmt::format("policy[{}]", i), item.mark,
                            faults_);
      if (!item.is_map()) continue;
      const auto name = lever_of(section);
      const auto key = name ? key_of(*name, section.mark("lever")) : std::optional<LeverKey>{};
      // An entry of an unknown lever is read all the same, so that every mistake is told at once.
      const auto entry = read_entry(section, name ? name->decl : nullptr, layer);
      if (!name || !key) continue;
      const std::string lever = section.node("lever")->text;
      const auto [first, made] =
          lines.try_emplace({lever, section.has("when")}, section.mark("lever").line);
      if (!made) {
        faults_.error(section.mark("lever"), fmt::format("{} is given twice, first in line {}; one "
                                                         "timeline holds all its values",
                                                         lever, first->second));
      }
      if (entry) entries.push_back({name->decl, *key, *entry});
    }
    // What speaks for many members comes before what speaks for fewer.
    const auto rank = [](LeverKey key) {
      return std::pair((key.first >= 0) + (key.second >= 0), key.first >= 0);
    };
    std::stable_sort(entries.begin(), entries.end(),
                     [&](const Read& a, const Read& b) { return rank(a.key) < rank(b.key); });
    for (const Read& r : entries) set(*r.decl, r.key, r.entry);
  }

  void finish() {
    idle_.warn(faults_);
    for (const auto& [file, late] : late_) {
      const std::string end = to_string(context_.scenario.time.end);
      const std::string date = to_string(late.first);
      if (late.entries == 1) {
        faults_.warning(late.mark, {"policy.late_entry",
                                    "an entry of policy here starts after the run's end {end}, the "
                                    "first at {date}: no effect",
                                    {{"end", end}, {"date", date}}});
      } else {
        faults_.warning(
            late.mark,
            {"policy.late_entries",
             "{n} entries of policy here start after the run's end {end}, the first at {date}: no "
             "effect",
             {{"n", std::to_string(late.entries)}, {"end", end}, {"date", date}}});
      }
    }
    std::sort(timelines_.begin(), timelines_.end(), [](const auto& a, const auto& b) {
      return std::pair(a.decl->name, a.key) < std::pair(b.decl->name, b.key);
    });
    context_.scenario.policy = std::move(timelines_);
  }

 private:
  /// Entries of a file below that start after the run's end.
  struct Late {
    Mark mark;  ///< of the earliest
    Date first;
    int entries = 0;
  };

  std::optional<DeclaredName<LeverDecl>> lever_of(const Section& section) {
    const auto text = section.text("lever");
    if (!text) return std::nullopt;
    auto name = find_declared(*text, active_);
    if (name.decl == nullptr) {
      name = find_declared(*text, idle_levers_);
      if (name.decl != nullptr) idle_.add(name.decl->name, *text, section.mark("lever"));
    }
    if (name.decl != nullptr) return name;
    faults_.error(section.mark("lever"),
                  fmt::format("unknown lever '{}'; there are {}", *text, list_of(names_, 24)),
                  did_you_mean(text->substr(0, text->find('.', text->find('.') + 1)), names_));
    return std::nullopt;
  }

  /// @param decl null for an unknown lever
  std::optional<std::string> unit_of(const Section& section, const LeverDecl* decl,
                                     bool is_override) {
    const auto unit = section.text("unit");
    if (!unit) return is_override && decl != nullptr ? decl->unit : std::string{};
    const auto parsed = Unit::parse(*unit);
    if (!parsed) {
      faults_.error(section.mark("unit"),
                    fmt::format("{}: {}", section.name_of("unit"), parsed.error()));
      return std::nullopt;
    }
    if (decl != nullptr && !conversion(*unit, decl->unit) && !is_in_minimum_wages(*decl, *unit)) {
      faults_.error(section.mark("unit"), fmt::format("{}: unit '{}' given, '{}' expected",
                                                      decl->name, *unit, decl->unit));
      return std::nullopt;
    }
    return unit;
  }

  /// @param decl null for an unknown lever, of which only the form can be checked
  std::optional<Entry> read_entry(const Section& section, const LeverDecl* decl,
                                  const Layer& layer) {
    Entry entry;
    const std::string name = section.has("lever") ? section.node("lever")->text : section.path();
    entry.place = faults_.place(section.mark("lever"));
    entry.replace = section.flag("replace").value_or(false);
    entry.source = section.source();
    entry.until = section.date("until");
    const double ramp = section.number("ramp").value_or(0.0);
    entry.when = read_condition(context_, section, "when").value_or(std::string{});
    const auto unit = unit_of(section, decl, layer.is_override);
    if (section.has("timeline") == section.has("value")) {
      faults_.error(section.mark("lever"),
                    fmt::format("{} needs {} timeline {} value", section.path(),
                                section.has("value") ? "one of" : "a",
                                section.has("value") ? "and" : "or a"));
      return std::nullopt;
    }
    const bool known = decl != nullptr && unit;
    const NumberRule rule = known ? rule_of(section, name, *decl, *unit)
                                  : NumberRule{name, {}, {}, -kNoLimit, kNoLimit, true};
    const bool in_wages = known && rule.unit != decl->unit;
    if (section.has("value")) {
      const auto value = read_number(*section.node("value"), rule, faults_);
      if (!value) return std::nullopt;
      entry.points = {{context_.scenario.time.start, *value, faults_.place(section.mark("value")),
                       0.0, entry.source, in_wages}};
      if (layer.is_override) warn_of_lead_in(section, name);
    } else {
      const auto points = read_points(*section.node("timeline"), rule, PeriodRule::Start, faults_);
      for (const Point& point : points) {
        entry.points.push_back(
            {point.date, point.value, faults_.place(point.mark), ramp, entry.source, in_wages});
      }
      check_dates(name, points, layer);
    }
    return check_until(section, name, entry) && known ? std::optional{entry} : std::nullopt;
  }

  /// How the figures of an entry are to be read.
  NumberRule rule_of(const Section& section, const std::string& name, const LeverDecl& decl,
                     const std::string& unit) {
    if (!decl.choices.empty()) {
      if (section.number("ramp").value_or(0.0) > 0.0) {
        faults_.error(section.mark("ramp"),
                      fmt::format("{}: there is no way in equal steps from one word to another",
                                  section.name_of("ramp")));
      }
      return {name, decl.unit, unit, decl.min, decl.max, false, &decl.choices};
    }
    const bool in_wages = is_in_minimum_wages(decl, unit.empty() ? written_unit(section) : unit);
    if (in_wages) check_minimum_wage(section, decl);
    return {name, in_wages ? kMinimumWageUnit : decl.unit, unit, decl.min, decl.max};
  }

  static bool is_in_minimum_wages(const LeverDecl& decl, const std::string& unit) {
    return !unit.empty() && !conversion(unit, decl.unit) && conversion(unit, kMinimumWageUnit) &&
           decl.unit == "MNT/month" && decl.name != kMinimumWageLever;
  }

  /// The unit behind an entry's first figure, or none.
  static std::string written_unit(const Section& section) {
    NodePtr node = section.node("value");
    if (node == nullptr) {
      node = section.node("timeline");
      if (node == nullptr || !node->is_map() || node->entries.empty()) return {};
      node = node->entries.front().value;
    }
    if (!node->is_text()) return {};
    const auto quantity = parse_quantity(node->text);
    return quantity ? quantity->unit : std::string{};
  }

  void check_minimum_wage(const Section& section, const LeverDecl& decl) {
    const auto is_active = [&](std::string_view name) {
      return std::any_of(active_.begin(), active_.end(),
                         [&](const LeverDecl* lever) { return lever->name == name; });
    };
    // A lever that nothing reads is told of as such, and needs no amount.
    if (!is_active(decl.name) || is_active(kMinimumWageLever)) return;
    faults_.error(section.mark(section.has("unit") ? "unit" : "lever"),
                  fmt::format("{}: the chosen model has no minimum wage, so that a multiple of it "
                              "is no amount; give it in {}",
                              decl.name, decl.unit));
  }

  /// A value without a date, set from outside, changes the years before results begin as well.
  void warn_of_lead_in(const Section& section, const std::string& name) {
    const TimeSpec& time = context_.scenario.time;
    if (!time.report_from || *time.report_from <= time.start) return;
    const std::string from = to_string(*time.report_from);
    faults_.warning(section.mark("value"),
                    {"policy.set_before_results",
                     "{name} is set from the run's start {start} on, before results begin {from}; "
                     "with a date it changes then: {example}",
                     {{"name", name},
                      {"start", to_string(time.start)},
                      {"from", from},
                      {"example", fmt::format("policy.{}={{{}: …}}", name, from)}}});
  }

  /// Values that the run never sees. A file below may serve longer runs, and so may the scenario's
  /// own where its end was set from outside: such a file gets one warning for all entries that are
  /// of no use at all.
  void check_dates(const std::string& name, const std::vector<Point>& points, const Layer& layer) {
    if (context_.partial || points.empty()) return;
    const Date end = context_.scenario.time.end;
    if (layer.file != context_.layers.main_file || end_is_override()) {
      const Point& first = points.front();
      if (first.date <= end) return;
      const auto [late, made] = late_.try_emplace(layer.file, Late{first.mark, first.date, 0});
      ++late->second.entries;
      if (first.date < late->second.first)
        late->second = {first.mark, first.date, late->second.entries};
      return;
    }
    for (const Point& point : points) {
      if (point.date <= end) continue;
      faults_.warning(point.mark, starts_late(name, point.date, end));
    }
  }

  [[nodiscard]] bool end_is_override() const {
    const auto& layers = context_.layers.stack;
    return std::any_of(layers.begin(), layers.end(), [](const Layer& layer) {
      const NodePtr time = layer.is_override ? layer.root->find("time") : nullptr;
      return time != nullptr && time->is_map() && time->find("end") != nullptr;
    });
  }

  bool check_until(const Section& section, const std::string& name, Entry& entry) {
    if (entry.points.empty()) return false;
    if (!entry.until) return true;
    if (*entry.until < entry.points.front().from) {
      faults_.error(section.mark("until"),
                    fmt::format("{} is {}, before the first value at {}", section.name_of("until"),
                                to_string(*entry.until), to_string(entry.points.front().from)));
      return false;
    }
    if (!context_.partial && *entry.until < context_.scenario.time.start) {
      faults_.warning(section.mark("until"),
                      {"policy.ends_early",
                       "{name} ends {date}, before the run's start {start}: no effect",
                       {{"name", name},
                        {"date", to_string(*entry.until)},
                        {"start", to_string(context_.scenario.time.start)}}});
    }
    const auto late = std::find_if(entry.points.begin(), entry.points.end(),
                                   [&](const LeverPoint& p) { return p.from > *entry.until; });
    if (late != entry.points.end()) {
      faults_.error(
          section.mark("until"),
          fmt::format("{} is {}, but a value starts after it, at {}", section.name_of("until"),
                      to_string(*entry.until), to_string(late->from)));
      return false;
    }
    return true;
  }

  /// The members a lever's name points at; reports what is no member of its dimensions.
  std::optional<LeverKey> key_of(const DeclaredName<LeverDecl>& name, const Mark& mark) {
    LeverKey key;
    if (name.key.empty()) return key;
    const LeverDecl& decl = *name.decl;
    const std::size_t dot = name.key.find('.');
    const auto first = member_of(decl, decl.by, name.key.substr(0, dot), mark);
    if (!first) return std::nullopt;
    key.first = *first;
    if (dot == std::string::npos) return key;
    const auto second = member_of(decl, decl.then, name.key.substr(dot + 1), mark);
    if (!second) return std::nullopt;
    key.second = *second;
    return key;
  }

  std::optional<int> member_of(const LeverDecl& decl, Dim dim, const std::string& text,
                               const Mark& mark) {
    if (dim == Dim::None) {
      faults_.error(mark, no_dimension_message(decl.name, text));
      return std::nullopt;
    }
    if (text == "*") return -1;
    if (is_open(dim)) {
      const auto bound = open_bound(dim, text);
      if (!bound) {
        faults_.error(mark, fmt::format("{}: '{}' given, a class like {} expected ({})", decl.name,
                                        text, open_key(dim, 10),
                                        dim == Dim::Staff   ? "firms with 10 persons or more"
                                        : dim == Dim::Share ? "firms with more than 10 % foreigners"
                                                            : "persons aged 10 or more"));
      }
      return bound;
    }
    if (context_.partial && context_.scenario.dimensions.of(dim).empty()) return std::nullopt;
    const int member = find_member(context_, dim, text, mark, decl.name);
    return member < 0 ? std::nullopt : std::optional{member};
  }

  LeverTimeline* find(const LeverDecl& decl, LeverKey key) {
    const auto found = std::find_if(
        timelines_.begin(), timelines_.end(),
        [&](const LeverTimeline& t) { return t.decl->name == decl.name && t.key == key; });
    return found == timelines_.end() ? nullptr : &*found;
  }

  /// A timeline of these members' own; until now they went with a wider one.
  LeverTimeline& own(const LeverDecl& decl, LeverKey key) {
    if (LeverTimeline* const known = find(decl, key)) return *known;
    LeverTimeline made;
    if (const LeverTimeline* const wider = governing(timelines_, decl, key)) made = *wider;
    made.decl = &decl;
    made.key = key;
    made.before = decl.value;
    return timelines_.emplace_back(std::move(made));
  }

  /// Lays an entry over all that it speaks for: the members' own timeline, those of some of them,
  /// and, where another timeline speaks for some of them among others, one made for these.
  void set(const LeverDecl& decl, LeverKey key, const Entry& entry) {
    std::vector<LeverKey> keys{key};
    for (const LeverTimeline& timeline : timelines_) {
      if (timeline.decl->name != decl.name) continue;
      const auto common = [](int a, int b) {
        return a < 0 ? b : b < 0 || a == b ? a : std::numeric_limits<int>::min();
      };
      const LeverKey both{common(key.first, timeline.key.first),
                          common(key.second, timeline.key.second)};
      if (both.first < -1 || both.second < -1) continue;
      if (std::find(keys.begin(), keys.end(), both) == keys.end()) keys.push_back(both);
    }
    for (const LeverKey each : keys) own(decl, each);
    for (const LeverKey each : keys) lay_over(*find(decl, each), entry);
  }

  Context& context_;
  Faults& faults_;
  std::vector<const LeverDecl*> active_;
  std::vector<const LeverDecl*> idle_levers_;
  std::vector<std::string> names_;
  std::vector<LeverTimeline> timelines_;
  Idle idle_;
  std::map<int, Late> late_;  ///< by file
};

}  // namespace

void read_policy(Context& context) {
  PolicyReader reader(context);
  for (const Layer& layer : context.layers.stack) reader.read(layer);
  reader.finish();
}

}  // namespace steppe::detail
