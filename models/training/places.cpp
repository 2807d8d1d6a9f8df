#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "models/choice.hpp"
#include "sim/api/candidates.hpp"
#include "sim/api/registry.hpp"

namespace steppe {
namespace {

constexpr Purpose kInterest{"training/places/interest"};
constexpr Purpose kField{"training/places/field"};
constexpr Purpose kLottery{"training/places/lottery"};
constexpr Purpose kCourse{"training/places/course"};
constexpr Purpose kPlacement{"training/places/placement"};
constexpr Purpose kVacancy{"training/places/vacancy"};
constexpr Purpose kWage{"training/places/wage"};

/// `detail` of a CourseEnd event.
enum Outcome : std::uint32_t { kCompletes = 0, kDropsOut = 1 };

/// Skill level of an ISCO-08 major group: 0 low, 1 medium, 2 high.
int level_of_group(int group) { return group <= 3 ? 2 : group == 9 ? 0 : 1; }

/// Places on courses by field, taken by those whom lagged wages and chances of a job attract;
/// courses end, some with a place in a firm. Skills grow on the job and decay without one.
class Places {
 public:
  static VariantDecl declaration();
  explicit Places(Setup& setup);
  void start(Step& step);
  void run(Step& step);

 private:
  /// Where a field leads: an occupation, and the sector that pays for it (none: all).
  struct Aim {
    OccupationId occupation{std::uint16_t{0}};
    SectorId sector;
  };
  struct Applicant {
    std::uint32_t lot;
    PersonId id;
  };

  [[nodiscard]] Aim aim_of(const Setup& setup, int group, int section) const;
  void measure_prospects(const Step& step, std::vector<double>& out) const;
  void end_courses(Step& step);
  void place(Step& step, PersonId id, OccupationId occupation);
  void weigh_fields(Step& step);
  void apply(Step& step);
  void apply(Step& step, PersonId id);
  void allot(Step& step);
  void enrol(Step& step, PersonId id, std::size_t field);
  [[nodiscard]] static double mean_wage(const Step& step);

  double interest_ = 0.0, interest_young_ = 0.0;
  int oldest_ = 45, oldest_young_ = 25;
  double prospects_weight_ = 0.0, finding_weight_ = 0.0, stipend_weight_ = 0.0, appeal_ = 0.0;
  double completion_ = 1.0, placement_ = 0.0, graduate_skill_ = 1.0;
  double growth_ = 0.0, decay_ = 0.0, ceiling_ = 1.0;
  std::size_t lag_ = 0;
  std::vector<int> duration_;           ///< by field [steps]
  std::vector<Aim> aims_;               ///< by field
  std::vector<double> aims_of_sector_;  ///< by field: how many fields lead to its sector
  double place_cost_ = 12.0;
  LeverId places_lever_, stipend_lever_, apprentices_lever_;

  std::vector<std::vector<double>> history_;  ///< prospects by month, a ring of lag + 1
  std::size_t now_ = 0;
  std::vector<double> option_sums_;  ///< nothing, then the fields
  std::vector<std::vector<Applicant>> applicants_;
  std::vector<double> open_;      ///< places not yet taken, by field [records]
  std::vector<double> admitted_;  ///< of the calendar year, by field [records]
};

Places::Places(Setup& setup)
    : interest_(setup.parameter("training_interest")),
      interest_young_(setup.parameter("training_interest_young")),
      oldest_(setup.whole("training_oldest")),
      oldest_young_(setup.whole("training_oldest_young")),
      prospects_weight_(setup.parameter("field_prospects")),
      finding_weight_(setup.parameter("field_finding")),
      stipend_weight_(setup.parameter("field_stipend")),
      appeal_(setup.parameter("training_appeal")),
      completion_(setup.parameter("completion_rate")),
      placement_(setup.parameter("placement_rate")),
      graduate_skill_(setup.parameter("graduate_skill")),
      growth_(setup.parameter("skill_growth")),
      decay_(setup.parameter("skill_decay")),
      ceiling_(setup.parameter("skill_ceiling")),
      lag_(static_cast<std::size_t>(setup.whole("information_lag"))),
      place_cost_(setup.parameter("place_cost")),
      places_lever_(setup.lever("training.places")),
      stipend_lever_(setup.lever("training.stipend")),
      apprentices_lever_(setup.lever("training.apprentices")) {
  for (const double months : setup.parameters("course_duration")) {
    duration_.push_back(setup.world.clock().steps_in(months));
  }
  const std::vector<double> groups = setup.parameters("field_group");
  const std::vector<double> sections = setup.parameters("field_section");
  for (std::size_t f = 0; f < groups.size(); ++f) {
    aims_.push_back(aim_of(setup, static_cast<int>(groups[f]), static_cast<int>(sections[f])));
  }
  for (const Aim& aim : aims_) {
    aims_of_sector_.push_back(static_cast<double>(std::count_if(
        aims_.begin(), aims_.end(), [&](const Aim& other) { return other.sector == aim.sector; })));
  }
  applicants_.resize(aims_.size());
  open_.resize(aims_.size());
  admitted_.resize(aims_.size());
}

Places::Aim Places::aim_of(const Setup& setup, int group, int section) const {
  const Dimensions& dimensions = setup.scenario.dimensions;
  const Base& base = setup.world.base();
  Aim aim;
  // ISIC sections are letters, A for 1.
  const std::string letter(1, static_cast<char>('A' + section - 1));
  for (std::size_t s = 0; section > 0 && s < dimensions.sectors.size(); ++s) {
    if (dimensions.sectors[s].code == letter) aim.sector = SectorId{s};
  }
  for (std::size_t k = 0; k < dimensions.occupations.size(); ++k) {
    if (dimensions.occupations[k].code == std::to_string(group)) {
      aim.occupation = OccupationId{k};
      return aim;
    }
  }
  // A country that does not tell the group apart: the largest occupation of its level.
  double most = -1.0;
  for (std::size_t s = 0; s < base.staffing.size(); ++s) {
    if (!aim.sector.is_none() && aim.sector.at() != s) continue;
    for (std::size_t slot = 0; slot < base.staffing[s].size(); ++slot) {
      const OccupationId occupation = base.staffing[s][slot];
      if (base.skill_level[occupation.at()] != level_of_group(group)) continue;
      const double posts = base.posts[s] * base.staffing_share[s][slot];
      if (posts > most) {
        most = posts;
        aim.occupation = occupation;
      }
    }
  }
  return aim;
}

void Places::start(Step& step) {
  World& world = step.world;
  world.set_skill_rules(growth_ * step.dt, decay_ * step.dt, ceiling_);
  history_.resize(lag_ + 1);
  measure_prospects(step, history_.front());
  std::fill(history_.begin() + 1, history_.end(), history_.front());
}

/// Log of expected earnings by field, relative to the country's mean: wage times a power of
/// vacancies per seeker.
void Places::measure_prospects(const Step& step, std::vector<double>& out) const {
  const Ledger& ledger = step.world.ledger;
  const Sizes& sizes = ledger.sizes();
  const auto regions = static_cast<double>(sizes.regions);
  // Half a head keeps the ratios finite where there are neither vacancies nor seekers.
  constexpr double kHalf = 0.5;
  double wages = 0.0, staff = 0.0;
  const auto mean_wage = [&](SectorId s, OccupationId k) {
    double sum = 0.0;
    for (std::size_t r = 0; r < sizes.regions; ++r) {
      sum += step.signals.wage_index[ledger.wage_cell(s, k, RegionId{r})];
    }
    return sum / regions;
  };
  out.clear();
  for (std::size_t s = 0; s < sizes.sectors; ++s) {
    for (std::size_t k = 0; k < sizes.occupations; ++k) {
      const auto heads =
          static_cast<double>(ledger.staff(SectorId{s}, OccupationId{k}, kNational)) + kHalf;
      wages += heads * mean_wage(SectorId{s}, OccupationId{k});
      staff += heads;
    }
  }
  const double country = (static_cast<double>(step.world.open_vacancies()) + kHalf) /
                         (static_cast<double>(ledger.nationals(Status::Searching)) + kHalf);
  for (const Aim& aim : aims_) {
    double paid = 0.0, own = 0.0, all = 0.0, vacancies = 0.0;
    for (std::size_t s = 0; s < sizes.sectors; ++s) {
      const auto heads =
          static_cast<double>(ledger.staff(SectorId{s}, aim.occupation, kNational)) + kHalf;
      all += heads;
      if (!aim.sector.is_none() && aim.sector.at() != s) continue;
      own += heads;
      paid += heads * mean_wage(SectorId{s}, aim.occupation);
      vacancies += static_cast<double>(step.world.vacancies_of(SectorId{s}, aim.occupation));
    }
    // Seekers of an occupation count for the sector by its part of the occupation's staff.
    const double seekers =
        static_cast<double>(ledger.nationals(Status::Searching, aim.occupation)) * own / all;
    const double tightness = (vacancies + kHalf) / (seekers + kHalf);
    out.push_back(std::log(paid / own / (wages / staff)) +
                  finding_weight_ * std::log(tightness / country));
  }
}

void Places::run(Step& step) {
  if (aims_.empty()) return;
  end_courses(step);
  weigh_fields(step);
  apply(step);
  allot(step);
  const double stipend = step.policy.value(stipend_lever_);
  if (stipend > 0.0) {
    const auto students = static_cast<double>(step.world.ledger.nationals(Status::Training));
    step.world.ledger.pay(Payment::Stipend, Account::Government, Account::Nationals,
                          std::llround(stipend * students * step.dt));
  }
  if (step.world.clock().closes_month(step.index)) {
    measure_prospects(step, history_[now_]);
    now_ = (now_ + 1) % history_.size();
  }
}

void Places::end_courses(Step& step) {
  World& world = step.world;
  for (const DatedEvent& event : world.calendar.take(step.index, Due::CourseEnd)) {
    const PersonId id{event.entity};
    const Person& person = world.persons[id];
    if (person.stamp != event.stamp || person.status != Status::Training) continue;
    const FieldId field = person.field;
    if (event.detail == kCompletes) world.ledger.flow(Flow::TrainingEnd, person);
    world.set_status(id, Status::Searching);
    if (event.detail == kDropsOut) continue;
    const OccupationId occupation = aims_[field.at()].occupation;
    const double had = person.occupation == occupation ? world.skill(person) : 0.0;
    world.set_occupation(id, occupation, std::max(had, graduate_skill_));
    if (step.draws.uniform(kPlacement, id.value()) < placement_) place(step, id, occupation);
  }
}

/// Schools place some graduates in a vacancy of their trade, in their region or in fly-in work.
void Places::place(Step& step, PersonId id, OccupationId occupation) {
  World& world = step.world;
  const Person& person = world.persons[id];
  MarketId market = world.market_id(person.region, occupation);
  if (world.market(market).size() == 0) market = world.national_market(occupation);
  if (world.market(market).size() == 0) return;
  double wage = person.relative_wage * kWageUnit;
  if (wage <= 0.0) {
    // First job: log-normal with mean 1.
    const double spread = world.base().wage_spread;
    wage = std::exp(spread * step.draws.normal(kWage, id.value()) - 0.5 * spread * spread);
  }
  const std::uint32_t first = step.draws.block(kVacancy, id.value())[0];
  world.hire(id, world.market(market).choose(first), wage);
}

/// Mean of the wage cells [MNT/month].
double Places::mean_wage(const Step& step) {
  double wage = 0.0;
  for (const double index : step.signals.wage_index) wage += index;
  return wage / static_cast<double>(step.signals.wage_index.size());
}

void Places::weigh_fields(Step& step) {
  // The slot to be overwritten next holds what was known `lag_` months ago.
  const std::vector<double>& known = history_[now_];
  const double stipend = step.policy.value(stipend_lever_);
  const double wage = mean_wage(step);
  option_sums_.assign(1, 0.0);
  for (const double prospect : known) {
    option_sums_.push_back(appeal_ + prospects_weight_ * prospect +
                           stipend_weight_ * stipend / wage);
  }
  logit_sums(option_sums_);
}

void Places::apply(Step& step, PersonId id) {
  const std::size_t chosen = choose_by_sums(option_sums_, step.draws.uniform(kField, id.value()));
  if (chosen == 0) return;
  applicants_[chosen - 1].push_back({step.draws.block(kLottery, id.value())[0], id});
}

void Places::apply(Step& step) {
  const double young = probability(interest_young_, step.dt);
  const double others = probability(interest_, step.dt);
  const auto bound = [&](const Stretch& who) {
    if (!who.nationals || who.oldest < step.world.base().working_age) return 0.0;
    return std::max(who.youngest < oldest_ ? interest_ : 0.0,
                    who.youngest < oldest_young_ ? interest_young_ : 0.0);
  };
  for_candidates(step, kInterest, bound, [&](PersonId id, double u) {
    const Person& person = step.world.persons[id];
    if (!person.is_national() || person.since >= step.index) return;
    const int age = person.age_years(step.month);
    if (person.status == Status::Inactive) {
      if (age < oldest_young_ && u < young) apply(step, id);
    } else if (person.status == Status::Searching || person.status == Status::Discouraged) {
      if (age < oldest_ && u < others) apply(step, id);
    }
  });
}

/// Draws lots where more apply than there are places; places not taken lapse.
void Places::allot(Step& step) {
  World& world = step.world;
  const bool new_year = world.clock().begins_year(step.index);
  const auto places = [&](std::size_t f) {
    const double lever = step.policy.value(places_lever_, f);
    return std::isfinite(lever) ? lever / world.weight() : world.base().training_places[f];
  };
  double all = 0.0;
  for (std::size_t f = 0; f < aims_.size(); ++f) all += places(f);
  // What employers of foreigners pay for places goes to all fields alike.
  const double funded = step.signals.training_fund / (place_cost_ * mean_wage(step));
  const double funded_share = all > 0.0 ? funded / world.weight() / all : 0.0;
  const double apprentices = step.policy.value(apprentices_lever_);
  for (std::size_t f = 0; f < aims_.size(); ++f) {
    const double lever = step.policy.value(places_lever_, f);
    const double yearly = places(f);
    if (new_year) admitted_[f] = 0.0;
    open_[f] += yearly / 12.0 * step.dt + yearly * funded_share;
    if (apprentices > 0.0 && !aims_[f].sector.is_none()) {
      const auto permits = static_cast<double>(world.ledger.permits(aims_[f].sector));
      open_[f] += apprentices * permits / 12.0 * step.dt / aims_of_sector_[f];
    }
    std::vector<Applicant>& queue = applicants_[f];
    std::sort(queue.begin(), queue.end(), [](const Applicant& a, const Applicant& b) {
      return a.lot != b.lot ? a.lot < b.lot : a.id < b.id;
    });
    const double whole = std::floor(open_[f] + 1e-9);
    const std::size_t taken = std::min(static_cast<std::size_t>(whole), queue.size());
    for (std::size_t n = 0; n < taken; ++n) enrol(step, queue[n].id, f);
    open_[f] = std::max(0.0, open_[f] - whole);
    admitted_[f] += static_cast<double>(taken);
    if (std::isfinite(lever)) {
      step.policy.used(places_lever_, f, admitted_[f] * world.weight(), lever,
                       static_cast<std::int64_t>(queue.size() - taken));
    }
    queue.clear();
  }
}

void Places::enrol(Step& step, PersonId id, std::size_t field) {
  World& world = step.world;
  world.set_status(id, Status::Training);
  Person& person = world.persons[id];
  person.field = FieldId{field};
  world.ledger.flow(Flow::TrainingStart, person);
  const auto [u, v] = step.draws.uniform_pair(kCourse, id.value());
  const bool completes = u < completion_;
  // Those who drop out do so at any time of the course alike.
  const int steps = completes ? duration_[field]
                              : 1 + static_cast<int>(v * static_cast<double>(duration_[field]));
  world.calendar.add(step.index + steps, Due::CourseEnd,
                     {id.value(), person.stamp, completes ? kCompletes : kDropsOut});
}

VariantDecl Places::declaration() {
  const Distribution none{};
  using ByKey = std::vector<std::pair<std::string, double>>;
  const ByKey group = {{"mining", 8.0},   {"construction", 7.0},    {"agriculture", 6.0},
                       {"industry", 7.0}, {"transport", 8.0},       {"services", 5.0},
                       {"business", 4.0}, {"health_education", 3.0}};
  const ByKey section = {{"mining", 2.0},   {"construction", 6.0},     {"agriculture", 1.0},
                         {"industry", 3.0}, {"transport", 8.0},        {"services", 9.0},
                         {"business", 7.0}, {"health_education", 17.0}};
  VariantDecl decl;
  decl.slot = Slot::Training;
  decl.name = "places";
  decl.summary = "Training places by field, sought on lagged prospects; skills grow and decay";
  decl.reference = "docs/models/training/places.md";
  decl.needs = {"wage_index"};
  decl.parameters = {
      {"training_interest", "", "1/month", 0.01, 0.0, 10.0, Dim::None, none, "assumption",
       "Hazard at which those without work consider a course"},
      {"training_interest_young", "", "1/month", 0.005, 0.0, 10.0, Dim::None, none, "assumption",
       "Hazard at which the inactive young consider a course"},
      {"training_oldest",
       "",
       "years",
       45.0,
       15.0,
       120.0,
       Dim::None,
       none,
       "assumption",
       "Age from which those without work no longer consider a course",
       {},
       true},
      {"training_oldest_young",
       "",
       "years",
       25.0,
       15.0,
       120.0,
       Dim::None,
       none,
       "assumption",
       "Age from which the inactive no longer do",
       {},
       true},
      {"field_prospects", "β", "1", 1.0, 0.0, 10.0, Dim::None, none, "assumption",
       "Response of the choice of field to the log of expected earnings"},
      {"field_finding", "η", "1", 0.5, 0.0, 2.0, Dim::None, none, "assumption",
       "Weight of the log of vacancies per seeker in expected earnings"},
      {"field_stipend", "", "1", 1.0, 0.0, 10.0, Dim::None, none, "assumption",
       "Response to the stipend as a share of the mean wage"},
      {"training_appeal", "", "1", 0.0, -20.0, 20.0, Dim::None, none, "assumption",
       "Log-odds of a field with mean prospects against no course"},
      {"information_lag",
       "",
       "months",
       12.0,
       0.0,
       120.0,
       Dim::None,
       none,
       "assumption",
       "Age of the prospects on which a field is chosen",
       {},
       true},
      {"course_duration", "", "months", 24.0, 0.1, 120.0, Dim::Field, none,
       "46100 enrolled (2010) over 19249 entrants (2008)", "Length of a course"},
      {"completion_rate", "", "1", 0.75, 0.0, 1.0, Dim::None, none,
       "11408 graduates for 19249 entrants in 2008, with intake rising",
       "Share of students who complete"},
      {"placement_rate", "", "1", 0.25, 0.0, 1.0, Dim::None, none,
       "assumption: 55.6 % of graduates had work in 2012", "Share of graduates whom schools place"},
      {"graduate_skill", "", "1", 1.0, 0.0, 4.0, Dim::None, none, "assumption",
       "Skill of graduates, relative to the occupation's norm"},
      {"field_group", "", "1", 5.0, 1.0, 9.0, Dim::Field, none, "assumption",
       "ISCO-08 major group a field leads to", group, true},
      {"field_section", "", "1", 0.0, 0.0, 21.0, Dim::Field, none, "assumption",
       "ISIC section whose wages and vacancies count, A for 1; 0: all", section, true},
      {"place_cost", "", "months", 12.0, 0.01, 600.0, Dim::None, none, "assumption",
       "What a place on a course costs that employers' fees pay for, in mean wages"},
      {"skill_growth", "", "1/month", 0.002, 0.0, 1.0, Dim::None, none, "assumption",
       "Skill gained in a month on the job"},
      {"skill_decay", "", "1/month", 0.005, 0.0, 1.0, Dim::None, none, "assumption",
       "Rate at which skill decays without work"},
      {"skill_ceiling", "", "1", 1.5, 0.0, 7.9, Dim::None, none, "assumption",
       "Skill at which growth on the job stops"},
  };
  decl.levers = {
      {"training.places", "person/year", kNoLimit, 0.0, kNoLimit, Dim::Field, "country's table",
       "Places on courses that begin in a year; not set: the country's table"},
      {"training.stipend", "MNT/month", 0.0, 0.0, 1e12, Dim::None, "assumption",
       "Paid to every student"},
      {"training.apprentices", "1/year", 0.0, 0.0, 100.0, Dim::None, "assumption",
       "Places on courses that a sector must offer for every permit it holds"},
  };
  return decl;
}

}  // namespace

void register_training_places(Registry& registry) { registry.add<Places>(); }

}  // namespace steppe
