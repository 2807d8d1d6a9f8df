#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

#include "models/choice.hpp"
#include "models/demography/participation.hpp"
#include "sim/api/candidates.hpp"
#include "sim/api/registry.hpp"
#include "sim/core/stages.hpp"

namespace steppe {
namespace {

constexpr Purpose kBirth{"demography/cohort/birth"};
constexpr Purpose kNewborn{"demography/cohort/newborn"};
constexpr Purpose kDeath{"demography/cohort/death"};
constexpr Purpose kOldDeath{"demography/cohort/old_death"};
constexpr Purpose kSchooling{"demography/cohort/schooling"};
constexpr Purpose kLeaveSchool{"demography/cohort/leave_school"};
constexpr Purpose kEnter{"demography/cohort/enter"};
constexpr Purpose kSearch{"demography/cohort/search"};
constexpr Purpose kSeeker{"demography/cohort/seeker"};
constexpr Purpose kHerds{"demography/cohort/herds"};
constexpr Purpose kHerder{"demography/cohort/herder"};

using cohort::by_age;
using cohort::kAges;
using cohort::kSexes;

/// From here on the date of death is drawn once: hazards of the very old would otherwise ask for
/// candidates among everybody.
constexpr int kOldAge = 65;
/// Whose education is taken as what the young will attain.
constexpr int kAttainedFrom = 25;
constexpr int kAttainedTo = 35;
/// Local chances of a job up to this multiple of their reference need no further layer of
/// candidates.
constexpr double kUsualRatio = 2.0;

/// `detail` of a WorkingAge event.
enum Passage : std::uint32_t { kComesOfAge = kPlainly, kLeavesSchool = 1 };

/// Births, deaths, coming of age and leaving school by cohort; entering and leaving the labour
/// force; giving up and resuming search; herding as a way out of search.
class Cohort {
 public:
  static VariantDecl declaration();
  explicit Cohort(Setup& setup);
  void start(Step& step);
  void run(Step& step);

 private:
  void measure_attainment(const Step& step);
  void enrol(Step& step);
  void balance_entry(const Step& step);
  void balance_herding(const Step& step);
  void schedule(Step& step, PersonId id);
  void schedule_old_death(Step& step, PersonId id, const Person& person);
  void reserve_births(Step& step) const;

  void come_of_age(Step& step);
  /// Coming of age or leaving school.
  void pass(Step& step, const DatedEvent& event);
  void die(Step& step);
  void give_birth(Step& step);
  void enter(Step& step);
  void move_seekers(Step& step);
  template <class To>
  void move_list(Step& step, const std::vector<Seeker>& list, double highest, Status from, To&& to);
  void leave_herding(Step& step);
  void begin_working_age(Step& step, PersonId id);
  void begin_work_life(Step& step, PersonId id);

  [[nodiscard]] int leaving_month(const Person& person) const {
    return person.birth_month + leaving_months_[person.education.at()];
  }
  [[nodiscard]] bool at_school(const Person& person, Month now) const {
    return now.index() < leaving_month(person);
  }

  double discouragement_ = 0.0, encouragement_ = 0.0, discouragement_elasticity_ = 0.0;
  double participation_elasticity_ = 0.0;
  double exit_searching_ = 0.0, exit_discouraged_ = 0.0;
  double search_share_ = 1.0, entry_max_ = 0.0;
  double herding_entry_ = 0.0, herding_exit_ = 0.0, dzud_factor_ = 1.0, succession_max_ = 0.0;
  double male_births_ = 0.5, entry_skill_ = 1.0;
  DriverId dzud_;

  std::vector<double> fertility_;                     ///< by age [1/month]
  std::vector<double> mortality_;                     ///< by age × 2 + sex [1/month]
  std::vector<double> motherhood_;                    ///< the same by age × 2 + sex, none for men
  std::array<std::vector<double>, kSexes> lifetime_;  ///< sums of mortality by age in months
  std::vector<int> leaving_months_;           ///< age at leaving school, by education [months]
  std::vector<double> attainment_;            ///< running sums of shares by education
  std::vector<std::size_t> education_level_;  ///< skill level by education
  std::array<std::vector<double>, 3> occupations_;  ///< running sums by skill level
  cohort::Participation balance_;
  std::vector<double> succession_;  ///< share of entrants who take over a herd, by region

  // Powers of the local chance of a job, by region, of the step.
  std::vector<double> entry_pull_, discouraging_, encouraging_;
  std::vector<std::array<double, 3>> searching_hazards_, discouraged_hazards_;
  std::vector<std::pair<PersonId, Status>> movers_;  ///< of the list under way
};

Cohort::Cohort(Setup& setup)
    : discouragement_(setup.parameter("discouragement_rate")),
      encouragement_(setup.parameter("encouragement_rate")),
      discouragement_elasticity_(setup.parameter("discouragement_elasticity")),
      participation_elasticity_(setup.parameter("participation_elasticity")),
      exit_searching_(setup.parameter("searching_exit_rate")),
      exit_discouraged_(setup.parameter("discouraged_exit_rate")),
      search_share_(setup.parameter("entry_search_share")),
      entry_max_(setup.parameter("entry_rate_max")),
      herding_entry_(setup.parameter("herding_entry_rate")),
      herding_exit_(setup.parameter("herding_exit_rate")),
      dzud_factor_(setup.parameter("dzud_factor")),
      succession_max_(setup.parameter("herding_succession_max")),
      entry_skill_(setup.parameter("entry_skill")),
      dzud_(setup.driver("dzud")),
      fertility_(setup.world.base().fertility),
      mortality_(setup.world.base().mortality) {
  const double ratio = setup.parameter("sex_ratio_at_birth");
  male_births_ = ratio / (1.0 + ratio);
  for (double& f : fertility_) f *= setup.parameter("fertility_factor");
  for (double& m : mortality_) m *= setup.parameter("mortality_factor");
  for (const double f : fertility_) motherhood_.insert(motherhood_.end(), {f, 0.0});
  if (!mortality_.empty()) {
    for (std::size_t sex = 0; sex < kSexes; ++sex) {
      lifetime_[sex].push_back(0.0);
      for (int month = 0; month < kAges * 12; ++month) {
        lifetime_[sex].push_back(lifetime_[sex].back() +
                                 mortality_[by_age(month / 12, static_cast<Sex>(sex))]);
      }
    }
  }

  const Base& base = setup.world.base();
  for (const double age : setup.parameters("school_leaving_age")) {
    leaving_months_.push_back(static_cast<int>(std::lround(age * 12.0)));
  }
  for (const double level : setup.parameters("education_skill_level")) {
    education_level_.push_back(static_cast<std::size_t>(level));
  }
  // A country without levels of education has one, left at working age.
  leaving_months_.resize(base.sizes.education, base.working_age * 12);
  education_level_.resize(base.sizes.education, 1);

  const double mismatch = setup.parameter("first_job_mismatch");
  for (std::size_t level = 0; level < occupations_.size(); ++level) {
    std::vector<double> weight(base.sizes.occupations, 0.0);
    for (std::size_t s = 0; s < base.staffing.size(); ++s) {
      for (std::size_t slot = 0; slot < base.staffing[s].size(); ++slot) {
        const std::size_t k = base.staffing[s][slot].at();
        const int apart = std::abs(static_cast<int>(base.skill_level[k]) - static_cast<int>(level));
        weight[k] += base.posts[s] * base.staffing_share[s][slot] * std::pow(mismatch, apart);
      }
    }
    double sum = 0.0;
    for (const double w : weight) occupations_[level].push_back(sum += w);
  }
}

void Cohort::start(Step& step) {
  measure_attainment(step);
  enrol(step);
  balance_entry(step);
  balance_herding(step);
  reserve_births(step);
  for (int range = 0; range < kRangeCount; ++range) {
    for (std::uint32_t n = 0; n < step.world.persons.size(range); ++n) {
      schedule(step, make_person_id(range, n));
    }
  }
}

/// Calls `each(id, person)` for every national living in the country.
template <class Each>
void for_residents(const World& world, Each&& each) {
  for (int range = 0; range < kRangeCount; ++range) {
    for (std::uint32_t n = 0; n < world.persons.size(range); ++n) {
      const PersonId id = make_person_id(range, n);
      const Person& person = world.persons[id];
      if (!person.is_national() || person.status == Status::Gone) continue;
      if (person.status != Status::Abroad) each(id, person);
    }
  }
}

void Cohort::measure_attainment(const Step& step) {
  attainment_.assign(leaving_months_.size(), 0.0);
  for_residents(step.world, [&](PersonId /*id*/, const Person& person) {
    const int age = person.age_years(step.month);
    if (age >= kAttainedFrom && age < kAttainedTo) attainment_[person.education.at()] += 1.0;
  });
  double sum = 0.0;
  for (double& share : attainment_) share = sum += share;
  if (sum == 0.0) std::iota(attainment_.begin(), attainment_.end(), 1.0);
}

/// Of the inactive young at the start, as many are at school as the cohorts to come will be at that
/// age: they get the level they will attain.
void Cohort::enrol(Step& step) {
  const int last = *std::max_element(leaving_months_.begin(), leaving_months_.end());
  const auto staying = [&](int age_months) {
    std::vector<double> sums;
    double sum = 0.0;
    for (std::size_t e = 0; e < attainment_.size(); ++e) {
      const double share = attainment_[e] - (e == 0 ? 0.0 : attainment_[e - 1]);
      sums.push_back(sum += leaving_months_[e] > age_months ? share / attainment_.back() : 0.0);
    }
    return sums;
  };
  std::vector<double> all(kAges * kSexes), inactive(kAges * kSexes);
  std::vector<PersonId> young;
  for_residents(step.world, [&](PersonId id, const Person& person) {
    if (person.status == Status::Child || person.age_months(step.month) >= last) return;
    const std::size_t cell = by_age(person.age_years(step.month), person.sex());
    all[cell] += 1.0;
    if (person.status != Status::Inactive) return;
    inactive[cell] += 1.0;
    young.push_back(id);
  });
  for (const PersonId id : young) {
    const Person& person = step.world.persons[id];
    const std::size_t cell = by_age(person.age_years(step.month), person.sex());
    const std::vector<double> sums = staying(person.age_months(step.month));
    const double enrolled = std::min(1.0, sums.back() * all[cell] / inactive[cell]);
    const auto [u, v] = step.draws.uniform_pair(kSchooling, id.value());
    if (sums.back() == 0.0 || u >= enrolled) continue;
    step.world.set_education(id, EducationId{choose_by_sums(sums, v)});
  }
}

void Cohort::balance_entry(const Step& step) {
  cohort::Bands bands{};
  for_residents(step.world, [&](PersonId /*id*/, const Person& person) {
    const int age = person.age_years(step.month);
    if (age < cohort::kFirstBandAge) return;
    cohort::Band& band = bands[static_cast<std::size_t>(person.sex())][cohort::band_of(age)];
    switch (person.status) {
      case Status::Employed:
        band.work += 1.0;
        break;
      case Status::Herding:
        band.herding += 1.0;
        break;
      case Status::Searching:
        band.searching += 1.0;
        break;
      case Status::Discouraged:
        band.discouraged += 1.0;
        break;
      case Status::Inactive:
        if (!at_school(person, step.month)) band.inactive += 1.0;
        break;
      default:
        break;
    }
  });
  const cohort::Exits exits{step.signals.exit_hazard, exit_searching_, exit_discouraged_};
  balance_ = cohort::balance_entry(bands, exits, entry_max_);
}

/// Of those who enter the labour force in a rural region, as many take over a herd as herders of
/// the start die there; herders do not retire.
void Cohort::balance_herding(const Step& step) {
  const Base& base = step.world.base();
  std::vector<double> leaving(base.sizes.regions), entering(base.sizes.regions);
  for_residents(step.world, [&](PersonId /*id*/, const Person& person) {
    const std::size_t r = person.region.at();
    const std::size_t cell = by_age(person.age_years(step.month), person.sex());
    if (person.status == Status::Herding) {
      if (!mortality_.empty()) leaving[r] += mortality_[cell];
    } else if (person.status == Status::Inactive) {
      if (!at_school(person, step.month)) {
        entering[r] += balance_.entry[cell];
      } else if (leaving_month(person) < step.month.index() + 12) {
        entering[r] += balance_.share[cell] / 12.0;
      }
    }
  });
  succession_.assign(base.sizes.regions, 0.0);
  for (std::size_t r = 0; r < base.sizes.regions; ++r) {
    if (base.rural[r] && entering[r] > 0.0) {
      succession_[r] = std::min(succession_max_, leaving[r] / entering[r]);
    }
  }
}

void Cohort::schedule(Step& step, PersonId id) {
  World& world = step.world;
  const Person& person = world.persons[id];
  if (!person.is_national() || person.status == Status::Gone) return;
  const Month begin = world.clock().month(0);
  // Children's coming of age stands in the calendar of the start population.
  if (person.status == Status::Inactive && at_school(person, begin)) {
    world.calendar.add(world.clock().step_at(Month(leaving_month(person)).first_day()),
                       Due::WorkingAge, {id.value(), person.stamp, kLeavesSchool});
  }
  schedule_old_death(step, id, person);
}

void Cohort::schedule_old_death(Step& step, PersonId id, const Person& person) {
  if (mortality_.empty()) return;
  const Clock& clock = step.world.clock();
  const int begin = clock.month(0).index();
  const int from = std::max(kOldAge * 12, begin - person.birth_month);
  if (person.birth_month + from > clock.month(clock.steps() - 1).index()) return;
  const std::vector<double>& sums = lifetime_[static_cast<std::size_t>(person.sex())];
  const auto first = static_cast<std::size_t>(std::min(from, kAges * 12 - 1));
  const double wait = -std::log1p(-step.draws.uniform(kOldDeath, id.value()));
  const double target = sums[first] + wait;
  const auto found =
      std::upper_bound(sums.begin() + static_cast<std::ptrdiff_t>(first) + 1, sums.end(), target);
  // The month of age in which the sum is reached; nobody outlives the table.
  const auto month = static_cast<std::ptrdiff_t>(found - sums.begin()) - 1;
  const auto m = static_cast<std::size_t>(month);
  const double width = found == sums.end() ? 0.0 : sums[m + 1] - sums[m];
  const double part = width > 0.0 ? (target - sums[m]) / width : 0.0;
  const int calendar_month = person.birth_month + static_cast<int>(month);
  const int due = std::max(0, clock.step_at(Month(calendar_month).first_day())) +
                  static_cast<int>(part / clock.months_per_step());
  step.world.calendar.add(due, Due::Death, {id.value(), 0, 0});
}

void Cohort::reserve_births(Step& step) const {
  double monthly = 0.0;
  for_residents(step.world, [&](PersonId /*id*/, const Person& person) {
    const int age = person.age_years(step.month);
    if (person.sex() == Sex::Female && age < static_cast<int>(fertility_.size())) {
      monthly += fertility_[static_cast<std::size_t>(age)];
    }
  });
  const double months = step.world.clock().steps() * step.dt;
  step.world.persons.reserve(static_cast<int>(Range::Births),
                             static_cast<std::size_t>(1.15 * monthly * months) + 16);
}

void Cohort::run(Step& step) {
  const std::vector<double>& ratio = step.signals.finding_ratio;
  entry_pull_.resize(ratio.size());
  discouraging_.resize(ratio.size());
  encouraging_.resize(ratio.size());
  for (std::size_t r = 0; r < ratio.size(); ++r) {
    entry_pull_[r] = std::pow(ratio[r], participation_elasticity_);
    encouraging_[r] = std::pow(ratio[r], discouragement_elasticity_);
    discouraging_[r] = 1.0 / encouraging_[r];
  }
  come_of_age(step);
  die(step);
  give_birth(step);
  enter(step);
  move_seekers(step);
  leave_herding(step);
}

void Cohort::come_of_age(Step& step) {
  const std::vector<DatedEvent> due = step.world.calendar.take(step.index, Due::WorkingAge);
  in_stages(
      std::span(due),
      [&](const DatedEvent& event) { step.world.fetch_person(PersonId{event.entity}); },
      [&](const DatedEvent& event) { pass(step, event); });
}

void Cohort::pass(Step& step, const DatedEvent& event) {
  const PersonId id{event.entity};
  const Person& person = step.world.persons[id];
  if (person.stamp != event.stamp) return;
  if (event.detail == kComesOfAge) begin_working_age(step, id);
  if (person.status != Status::Inactive) return;
  if (at_school(person, step.month)) {
    step.world.calendar.add(step.world.clock().step_at(Month(leaving_month(person)).first_day()),
                            Due::WorkingAge, {event.entity, person.stamp, kLeavesSchool});
    return;
  }
  // Those out of school take part as those of their age did at the start.
  const double chance = balance_.share[by_age(person.age_years(step.month), person.sex())] *
                        entry_pull_[person.region.at()];
  if (step.draws.uniform(kLeaveSchool, id.value()) < chance) begin_work_life(step, id);
}

void Cohort::begin_working_age(Step& step, PersonId id) {
  World& world = step.world;
  const auto [u, v] = step.draws.uniform_pair(kSchooling, id.value());
  const EducationId education{choose_by_sums(attainment_, u)};
  const std::vector<double>& sums = occupations_[education_level_[education.at()]];
  world.come_of_age(id, education, OccupationId{choose_by_sums(sums, v)}, entry_skill_);
}

void Cohort::begin_work_life(Step& step, PersonId id) {
  const double herds = succession_[step.world.persons[id].region.at()];
  if (herds > 0.0 && step.draws.uniform(kHerds, id.value()) < herds) {
    step.world.set_status(id, Status::Herding);
    return;
  }
  const bool searches = step.draws.uniform(kSearch, id.value()) < search_share_;
  step.world.set_status(id, searches ? Status::Searching : Status::Discouraged);
}

void Cohort::die(Step& step) {
  World& world = step.world;
  for (const DatedEvent& event : world.calendar.take(step.index, Due::Death)) {
    const PersonId id{event.entity};
    const Person& person = world.persons[id];
    if (person.status == Status::Gone) continue;
    if (person.status == Status::Employed && person.since == step.index) {
      // A job lasts a step at least.
      world.calendar.add(step.index + 1, Due::Death, event);
      continue;
    }
    world.remove(id, Flow::Death);
  }
  const auto bound = [&](const Stretch& who) {
    return who.nationals ? highest_in(mortality_, who, 0, kOldAge) : 0.0;
  };
  for_candidates(step, kDeath, bound, [&](PersonId id, double u) {
    const Person& person = world.persons[id];
    if (!person.is_national() || person.status == Status::Gone) return;
    if (person.status == Status::Employed && person.since == step.index) return;
    const int age = person.age_years(step.month);
    if (age >= kOldAge) return;
    if (strikes(u, mortality_[by_age(age, person.sex())], step.dt)) world.remove(id, Flow::Death);
  });
}

void Cohort::give_birth(Step& step) {
  World& world = step.world;
  const auto bound = [&](const Stretch& who) {
    return who.nationals ? highest_in(motherhood_, who) : 0.0;
  };
  for_candidates(step, kBirth, bound, [&](PersonId id, double u) {
    const Person& mother = world.persons[id];
    if (!mother.is_national() || mother.sex() != Sex::Female) return;
    if (mother.status == Status::Gone || mother.status == Status::Abroad) return;
    const int age = mother.age_years(step.month);
    if (age >= static_cast<int>(fertility_.size())) return;
    if (!strikes(u, fertility_[static_cast<std::size_t>(age)], step.dt)) return;
    Person child;
    child.status = Status::Child;
    child.since = step.index;
    child.birth_month = static_cast<std::int16_t>(step.month.index());
    child.region = mother.region;
    child.sector = mother.sector;
    child.occupation = mother.occupation;
    child.set_sex(step.draws.uniform(kNewborn, id.value()) < male_births_ ? Sex::Male
                                                                          : Sex::Female);
    const PersonId born = world.add_person(static_cast<int>(Range::Births), child);
    world.ledger.flow(Flow::Birth, child);
    const Month adult = step.month + world.base().working_age * 12;
    world.calendar.add(world.clock().step_at(adult.first_day()), Due::WorkingAge,
                       {born.value(), child.stamp, kComesOfAge});
  });
}

void Cohort::enter(Step& step) {
  if (entry_pull_.empty()) return;
  const double highest = *std::max_element(entry_pull_.begin(), entry_pull_.end());
  const double usual = std::pow(kUsualRatio, participation_elasticity_);
  const auto bound = [&](const Stretch& who) {
    const double entry = who.nationals ? highest_in(balance_.entry, who) : 0.0;
    return Bound(entry * usual, entry * highest);
  };
  for_candidates(step, kEnter, bound, [&](PersonId id, double u) {
    const Person& person = step.world.persons[id];
    if (person.status != Status::Inactive || !person.is_national()) return;
    if (person.since == step.index || at_school(person, step.month)) return;
    const double rate = balance_.entry[by_age(person.age_years(step.month), person.sex())] *
                        entry_pull_[person.region.at()];
    if (strikes(u, rate, step.dt)) begin_work_life(step, id);
  });
}

void Cohort::move_seekers(Step& step) {
  World& world = step.world;
  const std::vector<bool>& rural = world.base().rural;
  const auto& ratio = step.signals.finding_ratio;
  const std::size_t regions = ratio.size();
  // Hazards by region, ending to end: out of the labour force, to the other list, to herding.
  auto& searching = searching_hazards_;
  auto& discouraged = discouraged_hazards_;
  searching.resize(regions);
  discouraged.resize(regions);
  double highest_searching = 0.0, highest_discouraged = 0.0;
  for (std::size_t r = 0; r < regions; ++r) {
    const double leave = exit_searching_ / entry_pull_[r];
    const double give_up = leave + discouragement_ * discouraging_[r];
    searching[r] = {leave, give_up, give_up + (rural[r] ? herding_entry_ / ratio[r] : 0.0)};
    highest_searching = std::max(highest_searching, searching[r][2]);
    const double away = exit_discouraged_ / entry_pull_[r];
    const double resume = away + encouragement_ * encouraging_[r];
    discouraged[r] = {away, resume, resume};
    highest_discouraged = std::max(highest_discouraged, resume);
  }
  const auto leave = [&](double u, RegionId region) {
    const auto& [inactive, give_up, total] = searching[region.at()];
    if (!strikes(u, total, step.dt)) return Status::Searching;
    const double which = u / probability(total, step.dt) * total;
    if (which < inactive) return Status::Inactive;
    return which < give_up ? Status::Discouraged : Status::Herding;
  };
  move_list(step, world.searching(), highest_searching, Status::Searching, leave);
  const auto leave_discouraged = [&](double u, RegionId region) {
    const double inactive = discouraged[region.at()][0];
    const double total = discouraged[region.at()][1];
    if (!strikes(u, total, step.dt)) return Status::Discouraged;
    return u / probability(total, step.dt) * total < inactive ? Status::Inactive
                                                              : Status::Searching;
  };
  move_list(step, world.discouraged(), highest_discouraged, Status::Discouraged, leave_discouraged);
}

/// Moves those of a list of seekers whom `to(u, region)` gives another status than `from`. Most
/// stay where they are whatever their region, and their records are not touched.
template <class To>
void Cohort::move_list(Step& step, const std::vector<Seeker>& list, double highest, Status from,
                       To&& to) {
  World& world = step.world;
  constexpr std::size_t kBatch = 64;
  std::array<std::uint32_t, kBatch> ids;
  std::array<Draws::Block, kBatch> words;
  const double bound = highest * step.dt;
  movers_.clear();
  for (std::size_t first = 0; first < list.size(); first += kBatch) {
    const std::size_t count = std::min(kBatch, list.size() - first);
    for (std::size_t i = 0; i < count; ++i) ids[i] = list[first + i].id.value();
    step.draws.blocks(kSeeker, std::span(ids.data(), count), std::span(words.data(), count));
    for (std::size_t i = 0; i < count; ++i) {
      const Seeker& seeker = list[first + i];
      const double u = Draws::to_uniform(words[i][0], words[i][1]);
      if (u >= bound || seeker.since >= step.index) continue;
      const Status status = to(u, seeker.region);
      if (status == from) continue;
      movers_.push_back({seeker.id, status});
    }
  }
  in_stages(
      std::span(movers_), [&](const auto& mover) { world.fetch_person(mover.first); },
      [&](const auto& mover) { world.set_status(mover.first, mover.second); });
}

void Cohort::leave_herding(Step& step) {
  World& world = step.world;
  const auto& ratio = step.signals.finding_ratio;
  if (ratio.empty()) return;
  const double dzud = dzud_.is_none() ? 0.0 : step.drivers.at(dzud_, step.month);
  const double rate = herding_exit_ * (1.0 + (dzud_factor_ - 1.0) * dzud);
  const double highest = *std::max_element(ratio.begin(), ratio.end());
  const auto bound = [&](const Stretch& who) {
    const bool adults = who.nationals && who.oldest >= world.base().working_age;
    return adults ? Bound(rate * kUsualRatio, rate * highest) : Bound(0.0);
  };
  for_candidates(step, kHerder, bound, [&](PersonId id, double u) {
    const Person& person = world.persons[id];
    if (person.status != Status::Herding || person.since == step.index) return;
    if (!strikes(u, rate * ratio[person.region.at()], step.dt)) return;
    world.set_status(id, Status::Searching);
  });
}

VariantDecl Cohort::declaration() {
  const Distribution none{};
  const Distribution giving_up{DistributionKind::Normal, 0.03, 0.03};
  const Distribution taking_part{DistributionKind::Normal, 0.3, 0.2};
  using ByKey = std::vector<std::pair<std::string, double>>;
  const ByKey leaving_age = {{"primary_or_none", 15.0},
                             {"lower_secondary", 15.0},
                             {"upper_secondary", 18.0},
                             {"vocational", 18.0},
                             {"tertiary", 22.0}};
  const ByKey level = {{"primary_or_none", 0.0}, {"lower_secondary", 0.0}, {"tertiary", 2.0}};
  VariantDecl decl;
  decl.slot = Slot::Demography;
  decl.name = "cohort";
  decl.summary = "Births, deaths, schooling and participation by age; discouragement; herding";
  decl.reference = "docs/models/demography/cohort.md";
  decl.needs = {"job_finding"};
  decl.parameters = {
      {"discouragement_rate", "d_U", "1/month", 0.05, 0.0, 2.0, Dim::None, giving_up, "assumption",
       "Hazard of giving up search while staying available, at reference chances"},
      {"encouragement_rate", "d_Q", "1/month", 0.05, 0.0, 2.0, Dim::None, none, "assumption",
       "Hazard of resuming search, at reference chances"},
      {"discouragement_elasticity", "κ_d", "1", 0.3, 0.0, 5.0, Dim::None, none, "assumption",
       "Response of giving up and resuming search to the local chance of a job"},
      {"participation_elasticity", "κ_p", "1", 0.3, 0.0, 5.0, Dim::None, taking_part, "assumption",
       "Response of entering and leaving the labour force to the local chance of a job"},
      {"searching_exit_rate", "x_U", "1/month", 0.02, 0.0, 2.0, Dim::None, none, "assumption",
       "Hazard at which the searching leave the labour force, at reference chances"},
      {"discouraged_exit_rate", "x_Q", "1/month", 0.03, 0.0, 2.0, Dim::None, none, "assumption",
       "Hazard at which available non-searchers become inactive, at reference chances"},
      {"entry_search_share", "", "1", 0.75, 0.0, 1.0, Dim::None, none, "assumption",
       "Share of those entering the labour force who search; the rest is available only"},
      {"entry_rate_max", "", "1/month", 0.03, 0.0, 1.0, Dim::None, none, "assumption",
       "Ceiling on the hazard e(age) of entering the labour force at reference chances"},
      {"herding_entry_rate", "h_A", "1/month", 0.005, 0.0, 2.0, Dim::None, none, "assumption",
       "Hazard at which the searching in rural regions take up herding, at reference chances"},
      {"herding_exit_rate", "h_A'", "1/month", 0.0007, 0.0, 2.0, Dim::None, none, "assumption",
       "Hazard at which herders leave to search, at reference chances"},
      {"dzud_factor", "", "1", 4.0, 1.0, 100.0, Dim::None, none, "recalled",
       "Factor on leaving herding in the months of a dzud winter"},
      {"herding_succession_max", "", "1", 0.9, 0.0, 1.0, Dim::None, none, "assumption",
       "Largest share of rural entrants who take over a herd; 0: none does"},
      {"fertility_factor", "", "1", 1.0, 0.0, 10.0, Dim::None, none, "assumption",
       "Factor on the births table"},
      {"mortality_factor", "", "1", 1.0, 0.0, 10.0, Dim::None, none, "assumption",
       "Factor on the deaths table"},
      {"sex_ratio_at_birth", "", "1", 1.05, 0.5, 2.0, Dim::None, none, "recalled: biological norm",
       "Boys born per girl"},
      {"school_leaving_age", "", "years", 18.0, 5.0, 40.0, Dim::Education, none,
       "recalled: school of 5 + 4 + 3 years from age 6, four years of university",
       "Age at which a level of education is completed", leaving_age},
      {"education_skill_level", "", "1", 1.0, 0.0, 2.0, Dim::Education, none,
       "ISCO-08 skill levels",
       "Level of the occupations a graduate looks for: 0 low, 1 medium, 2 high", level},
      {"first_job_mismatch", "", "1", 0.15, 0.0, 1.0, Dim::None, none, "assumption",
       "Weight of an occupation for every skill level it lies off one's education"},
      {"entry_skill", "", "1", 0.85, 0.0, 2.0, Dim::None, none, "assumption",
       "Skill of those who come of age, relative to the occupation's norm"},
  };
  decl.drivers = {{"dzud", "1", "1 in the months of a dzud winter, else 0"}};
  return decl;
}

}  // namespace

void register_demography_cohort(Registry& registry) { registry.add<Cohort>(); }

}  // namespace steppe
