#include "sim/analysis/people.hpp"

#include <array>
#include <cmath>
#include <functional>
#include <memory>

#include "sim/parallel/ensemble.hpp"
#include "support/catch.hpp"
#include "support/ensemble.hpp"

using namespace steppe;

namespace {

constexpr int kReplications = 2;
constexpr double kScale = 10.0;
const Month kDate(2022, 6);
const char* const kDemo = "scenarios/examples/demo.yaml";

using Observe = std::function<std::unique_ptr<Observer>(int, const World&)>;

void run(const Scenario& scenario, const Observe& observe, std::uint64_t seed = 1) {
  EnsembleOptions options;
  options.replications = kReplications;
  options.scale = kScale;
  options.seed = seed;
  options.observe = observe;
  static_cast<void>(test::run_all(scenario, options));
}

/// Whole records at the date: what People does without keeping.
class Keep final : public Observer {
 public:
  explicit Keep(std::vector<Person>& into) : into_(into) {}
  void on_month(const MonthView& view) override {
    if (view.month != kDate) return;
    for (std::uint32_t i = 0; i < view.world.persons.size(0); ++i) {
      into_.push_back(view.world.persons[make_person_id(0, i)]);
    }
  }

 private:
  std::vector<Person>& into_;
};

using Kept = std::array<std::vector<Person>, kReplications>;

Kept keep(const Scenario& scenario) {
  Kept kept;
  run(scenario, [&](int r, const World&) {
    return std::make_unique<Keep>(kept[static_cast<std::size_t>(r)]);
  });
  return kept;
}

/// The demo country and the same with fewer posts lost, compared at the date.
struct Example {
  Scenario base = test::read(kDemo);
  Scenario alternative = test::read(kDemo, {{"parameters.separation_rate", "0.004 1/month"}});
  People people{base.dimensions, kDate, std::nullopt, kReplications, 1};
  Example() {
    run(base, [&](int r, const World& start) { return people.base_observer(r, start); });
    run(alternative, [&](int r, const World& start) { return people.observer(0, r, start); });
  }
  [[nodiscard]] double total(PersonChange change, std::size_t r) const {
    return people.counts(0, change, Dim::None, 0)[r];
  }
};

bool at_work(const Person& p) {
  return p.status == Status::Employed || p.status == Status::Herding;
}

}  // namespace

TEST_CASE("analysis/people: accounts add up to what whole records say", "[unit]") {
  const Example example;
  const Kept base = keep(example.base);
  const Kept alternative = keep(example.alternative);
  for (std::size_t r = 0; r < kReplications; ++r) {
    double both = 0.0, difference = 0.0, found = 0.0, left = 0.0;
    for (std::size_t i = 0; i < base[r].size(); ++i) {
      const Person& a = base[r][i];
      const Person& b = alternative[r][i];
      if (!a.is_national() || a.status == Status::Gone || b.status == Status::Gone) continue;
      both += kScale;
      difference += kScale * (at_work(b) - at_work(a));
      found += kScale * (at_work(b) && !at_work(a));
      left += kScale * (b.status == Status::Abroad && a.status != Status::Abroad);
    }
    CHECK(example.total(PersonChange::Compared, r) == both);
    CHECK(example.total(PersonChange::JobFound, r) == found);
    CHECK(example.total(PersonChange::LeftCountry, r) == left);
    CHECK(example.total(PersonChange::JobFound, r) - example.total(PersonChange::JobLost, r) ==
          difference);
    CHECK(example.total(PersonChange::NetJobs, r) == difference);
    CHECK(difference > 0.0);
    CHECK(example.total(PersonChange::JobLost, r) > 0.0);
  }
}

TEST_CASE("analysis/people: every breakdown adds up to the total", "[unit]") {
  const Example example;
  for (std::size_t c = 0; c < kPersonChangeCount; ++c) {
    const auto change = static_cast<PersonChange>(c);
    for (const Dim dim : kPeopleDims) {
      INFO(to_string(change) << " by " << to_string(dim));
      for (std::size_t r = 0; r < kReplications; ++r) {
        double sum = 0.0;
        for (std::size_t key = 0; key < example.people.extent(dim); ++key) {
          sum += example.people.counts(0, change, dim, key)[r];
        }
        CHECK(sum == example.total(change, r));
      }
    }
  }
}

TEST_CASE("analysis/people: what one world gives a group, the other takes from it", "[unit]") {
  // Whoever were counted by what becomes of him in the base would break this: those at work in a
  // sector could only lose.
  const Scenario base = test::read(kDemo);
  const Scenario alternative = test::read(kDemo, {{"parameters.separation_rate", "0.004 1/month"}});
  const auto compare = [](const Scenario& a, const Scenario& b) {
    auto people = std::make_unique<People>(a.dimensions, kDate, std::nullopt, kReplications, 1);
    run(a, [&](int r, const World& start) { return people->base_observer(r, start); });
    run(b, [&](int r, const World& start) { return people->observer(0, r, start); });
    return people;
  };
  const auto there = compare(base, alternative);
  const auto back = compare(alternative, base);
  for (const Dim dim : kPeopleDims) {
    for (std::size_t key = 0; key < there->extent(dim); ++key) {
      const auto gained = there->counts(0, PersonChange::NetJobs, dim, key);
      const auto lost = back->counts(0, PersonChange::NetJobs, dim, key);
      for (std::size_t r = 0; r < kReplications; ++r) CHECK(gained[r] == -lost[r]);
    }
  }
}

TEST_CASE("analysis/people: wages are compared between those at work in both worlds", "[unit]") {
  const Example example;
  for (std::size_t r = 0; r < kReplications; ++r) {
    const double higher = example.total(PersonChange::WageHigher, r);
    const double lower = example.total(PersonChange::WageLower, r);
    CHECK(higher > 0.0);
    CHECK(lower > 0.0);
    CHECK(higher + lower <= example.total(PersonChange::AtWorkBoth, r));
  }
}

TEST_CASE("analysis/people: in two equal worlds nobody gains and nobody loses", "[unit]") {
  const Scenario scenario = test::read(kDemo);
  People people(scenario.dimensions, kDate, std::nullopt, kReplications, 1);
  run(scenario, [&](int r, const World& start) { return people.base_observer(r, start); });
  run(scenario, [&](int r, const World& start) { return people.observer(0, r, start); });
  CHECK(people.comparable(0));
  for (std::size_t c = 0; c < kPersonChangeCount; ++c) {
    const auto change = static_cast<PersonChange>(c);
    const bool counts = change == PersonChange::Compared || change == PersonChange::AtWorkBoth;
    for (const double persons : people.counts(0, change, Dim::None, 0)) {
      CHECK((persons > 0.0) == counts);
    }
  }
}

TEST_CASE("analysis/people: other start populations are not compared", "[unit]") {
  const Scenario scenario = test::read(kDemo);
  People people(scenario.dimensions, kDate, std::nullopt, kReplications, 1);
  run(
      scenario, [&](int r, const World& start) { return people.base_observer(r, start); }, 1);
  run(
      scenario, [&](int r, const World& start) { return people.observer(0, r, start); }, 2);
  CHECK_FALSE(people.comparable(0));
  for (const double persons : people.counts(0, PersonChange::Compared, Dim::None, 0)) {
    CHECK(std::isnan(persons));
  }
}

TEST_CASE("analysis/people: a base that does not reach the date leaves figures missing", "[unit]") {
  /// Passes on what comes before the date.
  class Until final : public Observer {
   public:
    explicit Until(std::unique_ptr<Observer> to) : to_(std::move(to)) {}
    void on_month(const MonthView& view) override {
      if (view.month < kDate) to_->on_month(view);
    }

   private:
    std::unique_ptr<Observer> to_;
  };
  const Scenario scenario = test::read(kDemo);
  People people(scenario.dimensions, kDate, std::nullopt, kReplications, 1);
  run(scenario, [&](int r, const World& start) -> std::unique_ptr<Observer> {
    auto observer = people.base_observer(r, start);
    if (r == 0) return observer;
    return std::make_unique<Until>(std::move(observer));
  });
  run(scenario, [&](int r, const World& start) { return people.observer(0, r, start); });
  const auto compared = people.counts(0, PersonChange::Compared, Dim::None, 0);
  CHECK(compared[0] > 0.0);
  CHECK(std::isnan(compared[1]));
}

TEST_CASE("analysis/people: sector and occupation are of those at work, others have a key",
          "[unit]") {
  const Example example;
  const Kept start = [&] {
    Kept kept;
    run(example.base, [&](int r, const World& world) -> std::unique_ptr<Observer> {
      for (std::uint32_t i = 0; i < world.persons.size(0); ++i) {
        kept[static_cast<std::size_t>(r)].push_back(world.persons[make_person_id(0, i)]);
      }
      return nullptr;
    });
    return kept;
  }();
  const Kept base = keep(example.base);
  const Kept alternative = keep(example.alternative);
  for (const Dim dim : {Dim::Sector, Dim::Occupation}) {
    const std::size_t no_job = example.people.extent(dim) - 1;
    for (std::size_t r = 0; r < kReplications; ++r) {
      double without = 0.0;
      for (std::size_t i = 0; i < base[r].size(); ++i) {
        const bool lives =
            base[r][i].status != Status::Gone && alternative[r][i].status != Status::Gone;
        if (start[r][i].is_national() && lives && !at_work(start[r][i])) without += kScale;
      }
      CHECK(without > 0.0);
      CHECK(example.people.counts(0, PersonChange::Compared, dim, no_job)[r] == without);
    }
  }
}
