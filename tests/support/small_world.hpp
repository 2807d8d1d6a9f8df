#pragma once

#include <cstdint>
#include <deque>
#include <initializer_list>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/api/registry.hpp"
#include "sim/api/step.hpp"
#include "sim/core/draws.hpp"
#include "sim/world/world.hpp"

namespace steppe::test {

/// A country built by hand and a loop that runs chosen phases only.
///
/// Fill `scenario` and `base`, call build(), add firms and persons to `world`, choose variants by
/// their register functions, change parameters and levers, then start() and run().
class SmallWorld {
 public:
  using Register = void (*)(Registry&);

  /// One sector, one occupation, one region; months from January 2000.
  explicit SmallWorld(int steps, StepLength length = StepLength::Month) {
    scenario.time.start = {2000, 1, 1};
    scenario.time.step = length;
    switch (length) {
      case StepLength::Month:
        scenario.time.end =
            date_from_days(days_since_epoch((Month(2000, 1) + steps).first_day()) - 1);
        break;
      case StepLength::Week:
        scenario.time.end = date_from_days(days_since_epoch(scenario.time.start) + 7 * steps - 1);
        break;
      case StepLength::Day:
        scenario.time.end = date_from_days(days_since_epoch(scenario.time.start) + steps - 1);
        break;
    }
    set_members(scenario.dimensions.sectors, {"all"});
    set_members(scenario.dimensions.occupations, {"all"});
    set_members(scenario.dimensions.regions, {"all"});
  }
  SmallWorld(const SmallWorld&) = delete;
  SmallWorld& operator=(const SmallWorld&) = delete;

  static void set_members(std::vector<Member>& members, std::initializer_list<const char*> keys) {
    members.clear();
    for (const char* key : keys) {
      members.emplace_back();
      members.back().key = key;
    }
  }

  /// Sizes the base by the scenario's dimensions; what was filled before stays.
  void build() {
    const Dimensions& d = scenario.dimensions;
    base.sizes = {d.sectors.size(),      d.occupations.size(),
                  d.regions.size(),      d.origins.size() + 1,
                  d.destinations.size(), std::max<std::size_t>(1, d.education.size()),
                  d.fields.size()};
    const std::size_t cells = base.sizes.sectors * base.sizes.occupations;
    if (base.staffing.empty()) {
      std::vector<OccupationId> all;
      for (std::size_t k = 0; k < base.sizes.occupations; ++k) all.push_back(OccupationId{k});
      base.staffing.assign(base.sizes.sectors, all);
      base.staffing_share.assign(
          base.sizes.sectors,
          std::vector<double>(all.size(), 1.0 / static_cast<double>(all.size())));
    }
    if (base.posts.empty()) base.posts.assign(base.sizes.sectors, 1.0);
    if (base.wage.empty()) base.wage.assign(cells, 1000.0);
    if (base.skill_level.empty()) base.skill_level.assign(base.sizes.occupations, 1);
    if (base.rural.empty()) base.rural.assign(base.sizes.regions, false);
    if (base.training_places.empty()) base.training_places.assign(base.sizes.fields, 0.0);
    if (base.origin_share.empty()) base.origin_share.assign(base.sizes.origins, 0.0);
    world = World(base, scenario.clock());
  }

  /// Adds a phase; phases run in the order of the calls.
  void use(Register variant) {
    variant(registry_);
    const VariantDecl& decl = registry_.catalogue().variants().back();
    decls_.push_back(decl);
    for (const ParameterDecl& p : decls_.back().parameters) {
      ParameterValue value;
      value.decl = &p;
      const std::vector<Member>& members = scenario.dimensions.of(p.by);
      value.values.assign(p.by == Dim::None ? 1 : members.size(), p.value);
      for (std::size_t i = 0; i < value.values.size(); ++i) {
        for (const auto& [key, number] : p.by_key) {
          if (p.by != Dim::None && members[i].key == key) value.values[i] = number;
        }
      }
      scenario.parameters[p.name] = value;
    }
  }

  /// `name` sets all keys, `name.key` one.
  void set(const std::string& path, double number) {
    const std::size_t dot = path.find('.');
    ParameterValue& value = scenario.parameters.at(path.substr(0, dot));
    if (dot == std::string::npos) {
      value.values.assign(value.values.size(), number);
      return;
    }
    const int key = scenario.dimensions.find(value.decl->by, path.substr(dot + 1));
    value.values.at(static_cast<std::size_t>(key)) = number;
  }

  /// The members that a key names, as `here`, `here.from_21` or `*.from_21`.
  LeverKey key_of(const LeverDecl& decl, const std::string& key) const {
    if (key.empty()) return {};
    const auto part = [&](Dim dim, const std::string& text) {
      if (text == "*") return -1;
      const int at =
          is_open(dim) ? open_bound(dim, text).value_or(-1) : scenario.dimensions.find(dim, text);
      if (at < 0) throw std::invalid_argument(decl.name + " has no member " + text);
      return at;
    };
    const std::size_t dot = key.find('.');
    const int first = part(decl.by, key.substr(0, dot));
    return {first, dot == std::string::npos ? -1 : part(decl.then, key.substr(dot + 1))};
  }

  /// A lever's value from a date on; `key` empty: all keys.
  void lever(const std::string& name, double number, const std::string& key = {},
             Date from = {1990, 1, 1}) {
    const LeverDecl* decl = nullptr;
    for (const VariantDecl& variant : decls_) {
      for (const LeverDecl& l : variant.levers) {
        if (l.name == name) decl = &l;
      }
    }
    if (decl == nullptr) throw std::invalid_argument("no variant in use has lever " + name);
    const LeverKey at = key_of(*decl, key);
    for (LeverTimeline& timeline : scenario.policy) {
      if (timeline.decl == decl && timeline.key == at) {
        timeline.points.push_back({from, number, {}, 0.0, {}});
        return;
      }
    }
    LeverTimeline timeline;
    timeline.decl = decl;
    timeline.key = at;
    timeline.before = decl->value;
    timeline.points.push_back({from, number, {}, 0.0, {}});
    scenario.policy.push_back(timeline);
  }

  /// An exogenous series, linear between its points.
  void driver(const std::string& name, std::vector<std::pair<Date, double>> points) {
    DriverSeries series;
    series.name = name;
    series.between = DriverSeries::Between::Linear;
    series.points = std::move(points);
    scenario.drivers[name] = series;
  }

  /// A national of an age in years, born in the month so many years before the start.
  static Person national(Status status, int age_years, Sex sex = Sex::Female) {
    Person person;
    person.status = status;
    person.since = -1;  // nobody begins in the first step
    person.birth_month = static_cast<std::int16_t>(Month(2000, 1).index() - 12 * age_years);
    person.set_sex(sex);
    person.skill = to_fixed(1.0, kSkillUnit);
    person.relative_wage = to_fixed(1.0, kWageUnit);
    person.destination = DestinationId::none();
    return person;
  }
  PersonId add(Status status, int age_years, Sex sex = Sex::Female) {
    return world.add_person(static_cast<int>(Range::Start), national(status, age_years, sex));
  }

  /// Makes the phases and calls their start().
  void start(std::uint64_t seed, std::uint32_t realization = 0) {
    draws = Draws(seed, realization);
    for (const auto& [name, series] : scenario.drivers) drivers.add(series);
    const Sizes& sizes = world.base().sizes;
    signals.finding_ratio.assign(sizes.regions, 1.0);
    signals.wage_index.clear();
    for (std::size_t r = 0; r < sizes.regions; ++r) {
      signals.wage_index.insert(signals.wage_index.end(), world.base().wage.begin(),
                                world.base().wage.end());
    }
    signals.foreign_wage_ratio.assign(sizes.occupations, 1.0);
    signals.posts_wanted = world.base().posts;
    signals.quality.assign(sizes.sectors, 1.0);
    for (const VariantDecl& decl : decls_) {
      Setup setup(scenario, world, policy, drivers, signals, decl);
      phases_.push_back(registry_.maker(decl.slot, decl.name)(setup));
    }
    policy.update(scenario.time.start, IndicatorLookup{});
    Step now = view();
    for (const auto& phase : phases_) phase->start(now);
  }

  /// One step of every phase in use. `before` sees the world ahead of the phases, with the step
  /// set.
  template <class Before>
  void step(Before&& before) {
    draws.set_step(static_cast<std::uint32_t>(index));
    world.step = index;
    world.month = world.clock().month(index);
    policy.update(world.clock().date(index), IndicatorLookup{});
    world.reveal_vacancies();
    Step now = view();
    before(now);
    for (const auto& phase : phases_) phase->run(now);
    ++index;
  }
  void step() {
    step([](Step&) {});
  }
  void run(int steps) {
    for (int n = 0; n < steps; ++n) {
      world.ledger.clear_flows();
      step();
    }
  }

  [[nodiscard]] Step view() {
    const Clock& clock = world.clock();
    return Step{index,
                clock.month(index),
                clock.date(index),
                clock.months_per_step(),
                false,
                false,
                scenario,
                world,
                draws,
                policy,
                drivers,
                signals};
  }

  Scenario scenario;
  Base base;
  World world;
  Policy policy;
  DriverTable drivers;
  Signals signals;
  Draws draws{1, 0};
  int index = 0;

 private:
  Registry registry_;
  std::deque<VariantDecl> decls_;  ///< addresses stay
  std::vector<std::unique_ptr<Phase>> phases_;
};

}  // namespace steppe::test
