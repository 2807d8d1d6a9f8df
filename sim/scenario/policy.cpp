#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "sim/core/expression.hpp"
#include "sim/core/units.hpp"
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
  LeverTimeline under;
  under.before = before;
  under.points = below;
  LeverPoint returned{back, under.at(back), entry.place, 0.0, {}};
  const auto next =
      std::find_if(below.begin(), below.end(), [&](const LeverPoint& p) { return p.from > back; });
  if (next == below.begin()) {
    out.push_back(std::move(returned));
  } else {
    const LeverPoint& current = *std::prev(next);
    returned.source = current.source;
    out.push_back(std::move(returned));
    const double left = current.ramp_months - months_between(current.from, back);
    if (left > 0.0) out.push_back({back, current.value, current.place, left, current.source});
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
  explicit PolicyReader(Context& context) : context_(context), faults_(context.faults) {
    for (const VariantDecl& variant : context.catalogue.variants()) {
      for (const LeverDecl& lever : variant.levers) {
        (context.is_in_force(variant) ? active_ : idle_levers_).push_back(&lever);
        owners_.emplace(&lever, &variant);
        names_.push_back(lever.name);
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
      int key;
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
      const auto key =
          name ? find_key(context_, *name, section.mark("lever")) : std::optional<int>{};
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
    // The bare name speaks for all keys, so the keys' own entries come after it.
    for (const Read& r : entries) {
      if (r.key < 0) set_all(*r.decl, r.entry);
    }
    for (const Read& r : entries) {
      if (r.key >= 0) lay_over(own(*r.decl, r.key), r.entry);
    }
  }

  void finish() {
    idle_.warn(faults_);
    for (const auto& [file, late] : late_) {
      faults_.warning(late.mark,
                      fmt::format("{} of policy here {} after the run's end {}, the "
                                  "first at {}: no effect",
                                  late.entries == 1 ? std::string("an entry")
                                                    : fmt::format("{} entries", late.entries),
                                  late.entries == 1 ? "starts" : "start",
                                  to_string(context_.scenario.time.end), to_string(late.first)));
    }
    for (auto& [id, timeline] : timelines_) {
      context_.scenario.policy.push_back(std::move(timeline));
    }
  }

 private:
  using Key = std::pair<std::string, int>;
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
      if (name.decl != nullptr) idle_.add(*owners_.at(name.decl), *text, section.mark("lever"));
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
    if (decl != nullptr && !conversion(*unit, decl->unit)) {
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
    read_trigger(section, entry);
    const auto unit = unit_of(section, decl, layer.is_override);
    if (section.has("timeline") == section.has("value")) {
      faults_.error(section.mark("lever"),
                    fmt::format("{} needs {} timeline {} value", section.path(),
                                section.has("value") ? "one of" : "a",
                                section.has("value") ? "and" : "or a"));
      return std::nullopt;
    }
    const bool known = decl != nullptr && unit;
    const NumberRule rule = known
                                ? NumberRule{name, decl->unit, *unit, decl->min, decl->max}
                                : NumberRule{name, {}, {}, -kNoLimit, kNoLimit, /*form_only=*/true};
    if (section.has("value")) {
      const auto value = read_number(*section.node("value"), rule, faults_);
      if (!value) return std::nullopt;
      entry.points = {{context_.scenario.time.start, *value, faults_.place(section.mark("value")),
                       0.0, entry.source}};
      if (layer.is_override) warn_of_lead_in(section, name);
    } else {
      const auto points = read_points(*section.node("timeline"), rule, PeriodRule::Start, faults_);
      for (const Point& point : points) {
        entry.points.push_back(
            {point.date, point.value, faults_.place(point.mark), ramp, entry.source});
      }
      check_dates(name, points, layer);
    }
    return check_until(section, name, entry) && known ? std::optional{entry} : std::nullopt;
  }

  /// A value without a date, set from outside, changes the years before results begin as well.
  void warn_of_lead_in(const Section& section, const std::string& name) {
    const TimeSpec& time = context_.scenario.time;
    if (!time.report_from || *time.report_from <= time.start) return;
    faults_.warning(section.mark("value"),
                    fmt::format("{} is set from the run's start {} on, before results begin {}; "
                                "with a date it changes then: policy.{}={{{}: …}}",
                                name, to_string(time.start), to_string(*time.report_from), name,
                                to_string(*time.report_from)));
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
      faults_.warning(point.mark, fmt::format("{} starts {}, after the run's end {}: no effect",
                                              name, to_string(point.date), to_string(end)));
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
      faults_.warning(
          section.mark("until"),
          fmt::format("{} ends {}, before the run's start {}: no effect", name,
                      to_string(*entry.until), to_string(context_.scenario.time.start)));
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

  void read_trigger(const Section& section, Entry& entry) {
    const auto text = section.text("when");
    if (!text) return;
    Mark mark = section.mark("when");
    // Inside a text that stands in one line as it is, the very place can be shown.
    const std::string line = faults_.line(mark.file, mark.line);
    const bool in_line = line.find(*text) != std::string::npos;
    const auto at = [&](int position, int length) {
      if (!in_line) return mark;
      Mark inner = mark;
      inner.column +=
          character_count(std::string_view(*text).substr(0, static_cast<std::size_t>(position))) +
          (section.node("when")->plain ? 0 : 1);
      inner.length = length;
      return inner;
    };
    const auto expression = Expression::parse(*text);
    if (!expression) {
      const ExpressionError& error = expression.error();
      faults_.error(at(error.position, error.length),
                    fmt::format("{}: {}", section.name_of("when"), error.message));
      return;
    }
    entry.when = *text;
    if (context_.partial) return;
    for (const Indicator& indicator : expression->indicators()) {
      const int length = static_cast<int>(indicator.name.size());
      const auto [message, hint] = indicator_fault(indicator);
      if (message.empty()) continue;
      faults_.error(at(indicator.position, length),
                    fmt::format("{}: {}", section.name_of("when"), message), hint);
    }
    warn_of_per_cent(section, *expression);
  }

  /// A condition on one share that holds nowhere between 0 and 1, or everywhere: per cent, most
  /// likely, written as whole numbers.
  void warn_of_per_cent(const Section& section, const Expression& condition) {
    if (condition.indicators().size() != 1) return;
    const Indicator& only = condition.indicators().front();
    const auto& known = context_.catalogue.indicators();
    const bool share = std::any_of(known.begin(), known.end(), [&](const IndicatorDecl& decl) {
      return decl.name == only.name && decl.share;
    });
    if (!share) return;
    constexpr int kParts = 1000;
    int held = 0;
    for (int part = 0; part <= kParts; ++part) {
      held += condition.holds([&](const Indicator&) { return part / double{kParts}; });
    }
    if (held > 0 && held <= kParts) return;
    faults_.warning(
        section.mark("when"),
        fmt::format("{} {} holds: {} is a share between 0 and 1, so 8 % is 0.08",
                    section.name_of("when"), held == 0 ? "never" : "always", only.name));
  }

  /// What is wrong with an indicator's name or key, and what may be meant; empty: nothing.
  [[nodiscard]] std::pair<std::string, std::string> indicator_fault(const Indicator& wanted) const {
    std::vector<std::string> names;
    std::vector<std::string> keys;
    bool single = false;
    for (const IndicatorDecl& known : context_.catalogue.indicators()) {
      if (std::find(names.begin(), names.end(), known.name) == names.end()) {
        names.push_back(known.name);
      }
      if (known.name != wanted.name) continue;
      single = single || known.by == Dim::None;
      for (const Member& member : context_.scenario.dimensions.of(known.by)) {
        keys.push_back(member.key);
      }
    }
    if (std::find(names.begin(), names.end(), wanted.name) == names.end()) {
      return {
          fmt::format("there is no indicator '{}'; there are {}", wanted.name, list_of(names, 24)),
          did_you_mean(wanted.name, names)};
    }
    if (wanted.keys.empty()) {
      if (single) return {};
      return {fmt::format("{} needs a key, as in {}({})", wanted.name, wanted.name,
                          keys.empty() ? "key" : keys.front()),
              {}};
    }
    if (keys.empty()) return {fmt::format("{} takes no key", wanted.name), {}};
    if (wanted.keys.size() > 1) return {fmt::format("{} takes one key", wanted.name), {}};
    const std::string& key = wanted.keys.front();
    if (std::find(keys.begin(), keys.end(), key) != keys.end()) return {};
    return {
        fmt::format("{} is not known by '{}'; there are {}", wanted.name, key, list_of(keys, 24)),
        did_you_mean(key, keys)};
  }

  LeverTimeline& all(const LeverDecl& decl) {
    const auto [entry, made] = timelines_.try_emplace({decl.name, -1});
    if (made) {
      entry->second.decl = &decl;
      entry->second.before = decl.value;
    }
    return entry->second;
  }

  /// A key's own timeline; until now it went with the bare name's.
  LeverTimeline& own(const LeverDecl& decl, int key) {
    const auto bare = timelines_.find({decl.name, -1});
    const auto [entry, made] = timelines_.try_emplace({decl.name, key});
    if (made) {
      if (bare != timelines_.end()) entry->second = bare->second;
      entry->second.decl = &decl;
      entry->second.key = key;
      entry->second.before = decl.value;
    }
    return entry->second;
  }

  void set_all(const LeverDecl& decl, const Entry& entry) {
    lay_over(all(decl), entry);
    for (auto& [id, timeline] : timelines_) {
      if (id.first == decl.name && id.second >= 0) lay_over(timeline, entry);
    }
  }

  Context& context_;
  Faults& faults_;
  std::vector<const LeverDecl*> active_;
  std::vector<const LeverDecl*> idle_levers_;
  std::map<const LeverDecl*, const VariantDecl*> owners_;
  std::vector<std::string> names_;
  std::map<Key, LeverTimeline> timelines_;
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
