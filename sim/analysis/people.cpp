#include "sim/analysis/people.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>
#include <utility>

#include "sim/core/error.hpp"
#include "sim/observe/recording.hpp"

namespace steppe {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();
constexpr int kStart = static_cast<int>(Range::Start);

/// Changes that are counted; those behind them follow.
constexpr auto kCounted = static_cast<std::size_t>(PersonChange::NetJobs);

/// Where a person is: what is kept of the world at the date, two bits.
enum class Place : std::uint8_t { Absent, Other, Abroad, AtWork };
constexpr std::uint32_t kPlaces = 4;

/// A real wage as the nearest step of its logarithm, 0 for none: a wage within a fortieth of a per
/// cent in two bytes.
constexpr double kWageStep = 0.0005;
constexpr double kWageOrigin = -10.0;
/// Steps that make more than 1 %: ln 1.01 is 19.9 of them.
constexpr int kOnePercent = 20;

std::uint16_t wage_code(double wage) {
  if (!(wage > 0.0)) return 0;
  const double steps = (std::log(wage) - kWageOrigin) / kWageStep;
  return static_cast<std::uint16_t>(std::clamp(std::lround(steps), 1L, 65535L));
}

Place place_of(const Person& person) {
  switch (person.status) {
    case Status::Employed:
    case Status::Herding:
      return Place::AtWork;
    case Status::Abroad:
      return Place::Abroad;
    case Status::Gone:
      return Place::Absent;
    default:
      return Place::Other;
  }
}

std::uint16_t wage_of(const Person& person, const MonthView& view) {
  if (person.status != Status::Employed) return 0;
  const std::size_t cell =
      view.world.ledger.wage_cell(person.sector, person.occupation, person.region);
  return wage_code(person.relative_wage * kWageUnit * view.signals.wage_index[cell] /
                   view.signals.price_index);
}

/// All start persons mixed into one number: two worlds with another one start from other people.
std::uint64_t fingerprint(const World& world) {
  std::uint64_t mixed = 0xcbf29ce484222325u;  // FNV-1a, by words
  const auto mix = [&](std::uint64_t word) { mixed = (mixed ^ word) * 0x100000001b3u; };
  const std::uint32_t count = world.persons.size(kStart);
  mix(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    const Person& p = world.persons[make_person_id(kStart, i)];
    mix(static_cast<std::uint16_t>(p.birth_month) | std::uint64_t{p.occupation.value()} << 16 |
        std::uint64_t{p.bits} << 32 | std::uint64_t{p.origin.value()} << 40 |
        std::uint64_t{p.region.value()} << 48 | std::uint64_t{p.education.value()} << 56);
    mix(std::uint64_t{p.employer.value()} | std::uint64_t{p.skill} << 32 |
        std::uint64_t{p.relative_wage} << 48);
    mix(static_cast<std::uint64_t>(p.status) | std::uint64_t{p.sector.value()} << 8 |
        std::uint64_t{p.destination.value()} << 16 |
        std::uint64_t{static_cast<std::uint32_t>(p.since)} << 32);
  }
  return mixed;
}

/// Persons of the base at the date, by number of their address.
struct Snapshot {
  std::vector<std::uint32_t> where;  ///< cell, of an earlier date, × kPlaces + Place
  std::vector<std::uint16_t> wage;
  double weight = 1.0;
  bool taken = false;  ///< false: the realization did not reach the date
};

/// Keys of one person in the dimensions of kPeopleDims.
using Keys = std::array<std::size_t, kPeopleDims.size()>;

}  // namespace

std::string_view to_string(PersonChange change) {
  static constexpr std::array<std::string_view, kPersonChangeCount> names = {
      "compared",   "at_work_both", "job_found",   "job_lost", "wage_higher",
      "wage_lower", "left_country", "stayed_home", "net_jobs"};
  return names[static_cast<std::size_t>(change)];
}

PersonChange change_named(std::string_view name) {
  for (std::size_t i = 0; i < kPersonChangeCount; ++i) {
    const auto change = static_cast<PersonChange>(i);
    if (to_string(change) == name) return change;
  }
  throw IoError("there is no change of persons '" + std::string(name) + "'");
}

class People::Impl {
 public:
  Impl(const Dimensions& dimensions, Month month, std::optional<Month> keys, int replications,
       std::size_t alternatives)
      : month_(month), keys_(keys) {
    const auto n = static_cast<std::size_t>(replications);
    for (std::size_t d = 0; d < kPeopleDims.size(); ++d) {
      // An empty list counts as one member that everybody has, as textbook worlds have none.
      // Whoever is not at work stands behind the last sector and occupation.
      extents_[d] = std::max<std::size_t>(1, dimensions.of(kPeopleDims[d]).size()) +
                    (is_of_job(kPeopleDims[d]) ? 1 : 0);
      offsets_[d] = cells_;
      cells_ += extents_[d];
    }
    base_.resize(n);
    counts_.assign(alternatives, std::vector<std::vector<double>>(n));
    differs_.assign(alternatives, false);
  }

  class BaseTap;
  class Tap;

  void note_start(const World& start, std::size_t alternative, bool is_base) {
    const std::uint64_t mixed = fingerprint(start);
    const std::lock_guard lock(mutex_);
    if (is_base) {
      start_ = mixed;
    } else if (mixed != start_) {
      differs_[alternative] = true;
    }
  }

  [[nodiscard]] std::uint32_t cell_of(const Person& person) const {
    const bool works = place_of(person) == Place::AtWork;
    const auto no_job = [&](std::size_t d) { return extents_[d] - 1; };
    const Keys keys = {person.region.at(), works ? person.sector.at() : no_job(1),
                       works ? person.occupation.at() : no_job(2),
                       person.sex() == Sex::Male ? std::size_t{1} : std::size_t{0},
                       static_cast<std::size_t>(age_band(person.age_years(month_)))};
    std::size_t cell = 0;
    for (std::size_t d = 0; d < keys.size(); ++d) {
      cell = cell * extents_[d] + std::min(keys[d], extents_[d] - 1);
    }
    return static_cast<std::uint32_t>(cell);
  }

  [[nodiscard]] Keys keys_of(std::size_t cell) const {
    Keys keys{};
    for (std::size_t d = keys.size(); d-- > 0;) {
      keys[d] = cell % extents_[d];
      cell /= extents_[d];
    }
    return keys;
  }

  Month month_;
  std::optional<Month> keys_;
  std::array<std::size_t, kPeopleDims.size()> extents_{}, offsets_{};
  std::size_t cells_ = 1;  ///< of the counts: the total, then each dimension's keys
  std::vector<Snapshot> base_;
  /// [alternative][realization]: change × cells_; empty where missing.
  std::vector<std::vector<std::vector<double>>> counts_;
  std::vector<bool> differs_;
  std::uint64_t start_ = 0;
  std::mutex mutex_;
};

/// Keeps what persons of the base are at the date.
class People::Impl::BaseTap final : public Observer {
 public:
  BaseTap(const Impl& people, Snapshot& into, const World& start) : people_(people), into_(into) {
    if (!people_.keys_) keep_keys(start);
  }

  void on_month(const MonthView& view) override {
    if (view.month == people_.keys_) keep_keys(view.world);
    if (view.month == people_.month_) keep_places(view);
  }

 private:
  void keep_keys(const World& world) {
    into_.where.assign(world.persons.size(kStart), 0);
    for (std::uint32_t i = 0; i < into_.where.size(); ++i) {
      const Person& person = world.persons[make_person_id(kStart, i)];
      if (person.is_national()) into_.where[i] = people_.cell_of(person) * kPlaces;
    }
  }

  void keep_places(const MonthView& view) {
    into_.weight = view.world.weight();
    into_.wage.assign(into_.where.size(), 0);
    for (std::uint32_t i = 0; i < into_.where.size(); ++i) {
      const Person& person = view.world.persons[make_person_id(kStart, i)];
      if (!person.is_national()) continue;
      into_.where[i] += static_cast<std::uint32_t>(place_of(person));
      into_.wage[i] = wage_of(person, view);
    }
    into_.taken = true;
  }

  const Impl& people_;
  Snapshot& into_;
};

/// Counts how the persons of an alternative differ from the base's.
class People::Impl::Tap final : public Observer {
 public:
  Tap(const Impl& people, const Snapshot& base, std::vector<double>& counts)
      : people_(people), base_(base), counts_(counts) {}

  void on_month(const MonthView& view) override {
    const std::uint32_t count = view.world.persons.size(kStart);
    if (view.month != people_.month_ || !base_.taken || base_.where.size() != count) return;
    std::vector<double> counts(kCounted * people_.cells_, 0.0);
    for (std::uint32_t i = 0; i < count; ++i) {
      const auto base = static_cast<Place>(base_.where[i] % kPlaces);
      if (base == Place::Absent) continue;
      const Person& person = view.world.persons[make_person_id(kStart, i)];
      const Place place = place_of(person);
      if (place == Place::Absent) continue;
      keys_ = people_.keys_of(base_.where[i] / kPlaces);
      count_one(counts, PersonChange::Compared);
      compare(counts, base, place, base_.wage[i], wage_of(person, view));
    }
    for (double& value : counts) value *= base_.weight;
    counts_ = std::move(counts);
  }

 private:
  void compare(std::vector<double>& counts, Place base, Place place, int base_wage, int wage) {
    if (base == Place::AtWork && place == Place::AtWork) {
      count_one(counts, PersonChange::AtWorkBoth);
      if (base_wage > 0 && wage >= base_wage + kOnePercent) {
        count_one(counts, PersonChange::WageHigher);
      }
      if (wage > 0 && wage <= base_wage - kOnePercent) count_one(counts, PersonChange::WageLower);
    } else if (place == Place::AtWork) {
      count_one(counts, PersonChange::JobFound);
    } else if (base == Place::AtWork) {
      count_one(counts, PersonChange::JobLost);
    }
    if (place == Place::Abroad && base != Place::Abroad) {
      count_one(counts, PersonChange::LeftCountry);
    }
    if (base == Place::Abroad && place != Place::Abroad) {
      count_one(counts, PersonChange::StayedHome);
    }
  }

  void count_one(std::vector<double>& counts, PersonChange change) const {
    double* const row = counts.data() + static_cast<std::size_t>(change) * people_.cells_;
    ++row[0];
    for (std::size_t d = 0; d < keys_.size(); ++d) ++row[people_.offsets_[d] + keys_[d]];
  }

  const Impl& people_;
  const Snapshot& base_;
  std::vector<double>& counts_;
  Keys keys_{};
};

People::People(const Dimensions& dimensions, Month month, std::optional<Month> keys,
               int replications, std::size_t alternatives)
    : impl_(std::make_unique<Impl>(dimensions, month, keys, replications, alternatives)) {}

People::~People() = default;

std::unique_ptr<Observer> People::base_observer(int realization, const World& start) {
  if (realization == 0) impl_->note_start(start, 0, true);
  return std::make_unique<Impl::BaseTap>(
      *impl_, impl_->base_[static_cast<std::size_t>(realization)], start);
}

std::unique_ptr<Observer> People::observer(std::size_t alternative, int realization,
                                           const World& start) {
  if (realization == 0) impl_->note_start(start, alternative, false);
  const auto r = static_cast<std::size_t>(realization);
  return std::make_unique<Impl::Tap>(*impl_, impl_->base_[r], impl_->counts_[alternative][r]);
}

bool People::comparable(std::size_t alternative) const { return !impl_->differs_[alternative]; }

std::vector<double> People::counts(std::size_t alternative, PersonChange change, Dim dim,
                                   std::size_t key) const {
  if (change == PersonChange::NetJobs) {
    std::vector<double> out = counts(alternative, PersonChange::JobFound, dim, key);
    const std::vector<double> lost = counts(alternative, PersonChange::JobLost, dim, key);
    for (std::size_t r = 0; r < out.size(); ++r) out[r] -= lost[r];
    return out;
  }
  std::size_t cell = 0;
  for (std::size_t d = 0; d < kPeopleDims.size(); ++d) {
    if (kPeopleDims[d] == dim) cell = impl_->offsets_[d] + key;
  }
  std::vector<double> out;
  for (const std::vector<double>& counts : impl_->counts_[alternative]) {
    const bool there = !counts.empty() && comparable(alternative);
    out.push_back(there ? counts[static_cast<std::size_t>(change) * impl_->cells_ + cell]
                        : kMissing);
  }
  return out;
}

std::size_t People::extent(Dim dim) const {
  for (std::size_t d = 0; d < kPeopleDims.size(); ++d) {
    if (kPeopleDims[d] == dim) return impl_->extents_[d];
  }
  return 1;
}

}  // namespace steppe
