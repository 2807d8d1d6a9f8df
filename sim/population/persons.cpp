#include "sim/population/persons.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/population/sampling.hpp"

namespace steppe {
namespace {

constexpr Purpose kKinds("population/kinds");
constexpr Purpose kTraits("population/traits");
constexpr Purpose kSpell("population/spell");
constexpr Purpose kWageStart("population/wage_start");
constexpr Purpose kEducation("population/education");
constexpr Purpose kPermit("population/permit");
constexpr Purpose kOrigin("population/origin");

constexpr int kStart = static_cast<int>(Range::Start);

/// Half a 16-bit word: enough to choose among a few hundred members.
double low_half(std::uint32_t word) { return ((word & 0xffffu) + 0.5) / 65536.0; }
double high_half(std::uint32_t word) { return ((word >> 16) + 0.5) / 65536.0; }

/// Weights by sector × occupation, drawn from by quantile.
class JobMix {
 public:
  explicit JobMix(std::size_t cells) : sums_(cells) {}
  void add(std::size_t cell, double jobs) { sums_[cell] += jobs; }
  [[nodiscard]] double total() const { return std::accumulate(sums_.begin(), sums_.end(), 0.0); }
  void finish() { std::partial_sum(sums_.begin(), sums_.end(), sums_.begin()); }
  [[nodiscard]] std::size_t at(double quantile) const {
    const auto found = std::upper_bound(sums_.begin(), sums_.end() - 1, quantile * sums_.back());
    return static_cast<std::size_t>(found - sums_.begin());
  }

 private:
  std::vector<double> sums_;
};

/// Levels of education, lowest first, that one can have reached by an age: the highest from 22, the
/// upper half from 18.
std::size_t levels_reached(int age, std::size_t levels) {
  if (age >= 22 || levels == 1) return levels;
  return age >= 18 ? levels - 1 : std::max<std::size_t>(1, levels / 2);
}

class Builder {
 public:
  Builder(const Country& country, const Employment& plan, const PopulationSettings& settings,
          const Staff& staff, const Jobs& jobs, const Residents& residents, const Draws& draws,
          World& world);

  void allot_addresses();
  void add_region(std::size_t region);
  void add_foreigners();
  void add_abroad();
  void assign_education();
  void add_birthdays();

 private:
  /// What everybody has: age, sex, skill, relative wage. `words` is the person's block of traits.
  [[nodiscard]] Person somebody(std::size_t region, std::size_t sex, int age,
                                const Draws::Block& words) const;
  [[nodiscard]] std::uint32_t next_number() const { return world_.persons.size(kStart); }
  void usual_job(Person& person, std::size_t region, const Draws::Block& words) const;
  void relative_wage(Person& person);
  /// Steps that `months` before the start lie behind: at least one.
  [[nodiscard]] std::int32_t since(double months) const {
    return -1 - static_cast<std::int32_t>(months / months_per_step_);
  }
  /// Months of an exponential duration with this mean, cut at `most`.
  [[nodiscard]] static double months_of(double mean, double most, double u);
  [[nodiscard]] double search_months(const Person& person, double u, double within);
  /// Months since coming of age, the present one included.
  [[nodiscard]] double adult_months(const Person& person) const {
    return person.age_months(before_) - 12.0 * kWorkingAge + 1.0;
  }
  /// A level of education by the person's occupation, as far as the age allows.
  [[nodiscard]] EducationId education(const Person& person, double u) const {
    return EducationId{std::min(education_[person.occupation.at()].at(u),
                                levels_reached(person.age_years(before_), sizes_.education) - 1)};
  }
  void add_at_work(PersonId id, Person person, std::size_t region, const Draws::Block& words);
  void add_self_employed(PersonId id, Person person, const Draws::Block& words);
  void add_without_work(PersonId id, Person person, Activity activity, std::size_t region,
                        const Draws::Block& words);
  CellId next_job(std::size_t region);

  const Country& country_;
  const Employment& plan_;
  const PopulationSettings& settings_;
  const Staff& staff_;
  const Jobs& jobs_;
  const Residents& residents_;
  const Draws& draws_;
  World& world_;
  const Sizes& sizes_;

  Month before_;  ///< the month before the start: ages hold at its end
  double months_per_step_;
  double skill_spread_, skill_centre_;
  double wage_spread_, wage_centre_;
  double tenure_mean_, long_spell_mean_;
  std::vector<JobMix> mix_;  ///< jobs of nationals by region of the firm
  JobMix country_mix_;
  std::vector<JobMix> education_;  ///< by occupation
  /// The workers of a sector × occupation and the walk over their parts of the distribution.
  struct WageCell {
    std::uint32_t workers = 0, stride = 1, next = 0;
    double factor = 1.0;
  };
  [[nodiscard]] std::vector<WageCell> wage_cells() const;
  [[nodiscard]] double wage_at(double quantile) const {
    return std::exp(wage_centre_ + wage_spread_ * normal_quantile(quantile));
  }
  std::vector<WageCell> wages_;
  Urn duration_;
  std::vector<std::uint32_t> next_of_cohort_;  ///< next address by sex × age
  // Of the region in hand.
  std::size_t firm_ = 0;
  std::size_t cell_ = 0;
  std::uint32_t used_ = 0;
  std::size_t away_ = 0;
};

/// Searching persons by band of duration, without those of 15 years: they came of age within the
/// year, and stand in the first band.
std::vector<std::int64_t> duration_after(const Country& country, const Residents& residents) {
  std::vector<std::int64_t> bands =
      largest_remainder(country.duration, std::llround(country.searching));
  for (std::size_t r = 0; r < country.sizes.regions; ++r) {
    for (std::size_t sex = 0; sex < 2; ++sex) {
      bands[0] -= residents.region(r)[Residents::kind(sex, kWorkingAge, Activity::Searching)];
    }
  }
  bands[0] = std::max<std::int64_t>(0, bands[0]);
  return bands;
}

Builder::Builder(const Country& country, const Employment& plan, const PopulationSettings& settings,
                 const Staff& staff, const Jobs& jobs, const Residents& residents,
                 const Draws& draws, World& world)
    : country_(country),
      plan_(plan),
      settings_(settings),
      staff_(staff),
      jobs_(jobs),
      residents_(residents),
      draws_(draws),
      world_(world),
      sizes_(world.base().sizes),
      before_(world.clock().month(0) - 1),
      months_per_step_(world.clock().months_per_step()),
      skill_spread_(settings("skill_spread")),
      skill_centre_(-0.5 * skill_spread_ * skill_spread_),
      wage_spread_(country.wage_spread),
      wage_centre_(-0.5 * wage_spread_ * wage_spread_),
      tenure_mean_(settings("tenure_mean")),
      long_spell_mean_(settings("long_spell_mean")),
      country_mix_(sizes_.sectors * sizes_.occupations),
      wages_(wage_cells()),
      duration_(duration_after(country, residents)),
      next_of_cohort_(2 * kAges) {
  mix_.assign(sizes_.regions, country_mix_);
  for (std::size_t c = 0; c < world.cells.size(); ++c) {
    const Firm& firm = world.firms[world.cells[c].firm.at()];
    const std::size_t at = firm.sector.at() * sizes_.occupations + world.cells[c].occupation.at();
    mix_[firm.region.at()].add(at, staff.nationals[c]);
    country_mix_.add(at, staff.nationals[c]);
  }
  // A country of self-employed alone still has usual occupations.
  if (country_mix_.total() <= 0.0) {
    country_mix_.add(
        country.self_employed_sector * sizes_.occupations + country.self_employed_occupation, 1.0);
  }
  country_mix_.finish();
  for (JobMix& mix : mix_) {
    if (mix.total() > 0.0) {
      mix.finish();
    } else {
      mix = country_mix_;
    }
  }
  for (std::size_t k = 0; k < sizes_.occupations; ++k) {
    JobMix mix(sizes_.education);
    for (std::size_t e = 0; e < sizes_.education; ++e) {
      mix.add(e, country.occupation_education(static_cast<Eigen::Index>(k),
                                              static_cast<Eigen::Index>(e)));
    }
    mix.finish();
    education_.push_back(std::move(mix));
  }
}

Person Builder::somebody(std::size_t region, std::size_t sex, int age,
                         const Draws::Block& words) const {
  Person person;
  const int month = static_cast<int>(low_half(words[0]) * 12.0);
  person.birth_month = static_cast<std::int16_t>(std::max(0, before_.index() - 12 * age - month));
  person.set_sex(sex == 0 ? Sex::Female : Sex::Male);
  person.region = RegionId{region};
  person.skill =
      to_fixed(std::exp(skill_centre_ + skill_spread_ * normal_quantile(open_uniform(words[1]))),
               kSkillUnit);
  person.relative_wage = to_fixed(wage_at(open_uniform(words[2])), kWageUnit);
  return person;
}

void Builder::usual_job(Person& person, std::size_t region, const Draws::Block& words) const {
  const std::size_t job = mix_[region].at(open_uniform(words[3]));
  person.sector = SectorId{job / sizes_.occupations};
  person.occupation = OccupationId{job % sizes_.occupations};
}

/// Relative wages of those at work take the middles of as many equal parts of the distribution as
/// there are workers in the sector × occupation, so that each has its mean wage, small ones too.
void Builder::relative_wage(Person& person) {
  WageCell& cell = wages_[person.sector.at() * sizes_.occupations + person.occupation.at()];
  cell.next = (cell.next + cell.stride) % cell.workers;
  person.relative_wage =
      to_fixed(cell.factor * wage_at((cell.next + 0.5) / cell.workers), kWageUnit);
}

std::vector<Builder::WageCell> Builder::wage_cells() const {
  std::vector<WageCell> cells(sizes_.sectors * sizes_.occupations);
  for (std::uint32_t at = 0; at < cells.size(); ++at) {
    WageCell& cell = cells[at];
    cell.workers = static_cast<std::uint32_t>(
        plan_.nationals(static_cast<Eigen::Index>(at / sizes_.occupations),
                        static_cast<Eigen::Index>(at % sizes_.occupations)));
    if (cell.workers == 0) continue;
    // Steps near the golden section that meet every part once.
    cell.stride = static_cast<std::uint32_t>(0.6180339887498949 * cell.workers) + 1;
    while (std::gcd(cell.stride, cell.workers) != 1) ++cell.stride;
    cell.next = static_cast<std::uint32_t>(draws_.uniform(kWageStart, at) * cell.workers);
    // Few parts cut off the upper tail: their mean is brought to 1.
    double sum = 0.0;
    for (std::uint32_t n = 0; n < cell.workers; ++n) sum += wage_at((n + 0.5) / cell.workers);
    cell.factor = cell.workers / sum;
  }
  return cells;
}

double Builder::months_of(double mean, double most, double u) {
  // The quantile of the distribution below `most`, so that nobody stands at the cut.
  return -mean * std::log1p(-u * -std::expm1(-most / mean));
}

double Builder::search_months(const Person& person, double u, double within) {
  const double possible = adult_months(person);
  if (possible <= 12.0 || duration_.left() == 0) return within * std::min(6.0, possible);
  switch (duration_.draw(u)) {
    case 0:
      return 6.0 * within;
    case 1:
      return 6.0 + 6.0 * within;
    default:
      return 12.0 + months_of(long_spell_mean_, possible - 12.0, within);
  }
}

CellId Builder::next_job(std::size_t region) {
  // Local jobs firm by firm, so that colleagues stand near one another; then those elsewhere.
  while (firm_ < world_.firms.size()) {
    const Firm& firm = world_.firms[firm_];
    const bool here = firm.region.at() == region;
    while (here && cell_ < firm.n_cells) {
      const CellId id{firm.first_cell + cell_};
      if (used_ < jobs_.local[id.at()]) {
        ++used_;
        return id;
      }
      ++cell_;
      used_ = 0;
    }
    ++firm_;
    cell_ = 0;
    used_ = 0;
  }
  return jobs_.away[region][away_++];
}

void Builder::add_at_work(PersonId id, Person person, std::size_t region,
                          const Draws::Block& words) {
  person.since = since(months_of(tenure_mean_, adult_months(person), open_uniform(words[3])));
  const CellId cell = next_job(region);
  const Firm& firm = world_.firms[world_.cells[cell.at()].firm.at()];
  person.sector = firm.sector;
  person.occupation = world_.cells[cell.at()].occupation;
  relative_wage(person);
  world_.settle_person(id, person);
  world_.place_in_job(id, cell);
}

void Builder::add_self_employed(PersonId id, Person person, const Draws::Block& words) {
  person.status = Status::Herding;
  person.sector = world_.base().self_employed_sector;
  person.occupation = world_.base().self_employed_occupation;
  person.since = since(months_of(2.0 * tenure_mean_, adult_months(person), open_uniform(words[3])));
  world_.settle_person(id, person);
}

void Builder::add_without_work(PersonId id, Person person, Activity activity, std::size_t region,
                               const Draws::Block& words) {
  const Draws::Block spell = draws_.block(kSpell, number_of(id));
  usual_job(person, region, words);
  person.education = education(person, open_uniform(spell[0]));
  switch (activity) {
    case Activity::Child:
      person.status = Status::Child;
      person.education = EducationId{std::uint8_t{0}};
      person.since = since(person.age_months(before_));
      break;
    case Activity::Searching:
      person.status = Status::Searching;
      person.since = since(search_months(person, open_uniform(spell[1]), open_uniform(spell[2])));
      break;
    case Activity::Discouraged:
      person.status = Status::Discouraged;
      person.since =
          since(months_of(long_spell_mean_, adult_months(person), open_uniform(spell[2])));
      break;
    default:
      person.status = Status::Inactive;
      person.since = since(months_of(tenure_mean_, adult_months(person), open_uniform(spell[2])));
  }
  world_.settle_person(id, person);
}

/// Addresses go by sex and age, so that stretches of them have narrow bounds on what depends on
/// either.
void Builder::allot_addresses() {
  std::uint32_t next = 0;
  for (std::size_t cohort = 0; cohort < next_of_cohort_.size(); ++cohort) {
    next_of_cohort_[cohort] = next;
    for (std::size_t r = 0; r < sizes_.regions; ++r) {
      for (std::size_t a = 0; a < kActivities; ++a) {
        next += static_cast<std::uint32_t>(residents_.region(r)[cohort * kActivities + a]);
      }
    }
  }
  world_.allot(kStart, next);
}

void Builder::add_region(std::size_t region) {
  // Everybody's kind, in random order: within a cohort an address says nothing on activity.
  std::vector<std::uint16_t> kinds;
  const std::span<const std::int64_t> counts = residents_.region(region);
  kinds.reserve(
      static_cast<std::size_t>(std::accumulate(counts.begin(), counts.end(), std::int64_t{0})));
  for (std::size_t kind = 0; kind < counts.size(); ++kind) {
    kinds.insert(kinds.end(), static_cast<std::size_t>(counts[kind]),
                 static_cast<std::uint16_t>(kind));
  }
  shuffle(kinds, draws_, kKinds, static_cast<std::uint32_t>(region));

  firm_ = cell_ = away_ = 0;
  used_ = 0;
  const std::int64_t at_work = jobs_.total[region];
  EvenPicks herding(std::max<std::int64_t>(1, at_work), jobs_.self_employed[region], 0.5);
  for (const std::uint16_t kind : kinds) {
    const auto activity = static_cast<Activity>(kind % kActivities);
    const int age = static_cast<int>(kind / kActivities % kAges);
    const std::uint32_t number = next_of_cohort_[kind / kActivities]++;
    const PersonId id = make_person_id(kStart, number);
    const Draws::Block words = draws_.block(kTraits, number);
    const Person person = somebody(region, kind / kActivities / kAges, age, words);
    if (activity != Activity::Employed) {
      add_without_work(id, person, activity, region, words);
    } else if (herding.next(1) == 0) {
      add_at_work(id, person, region, words);
    } else {
      add_self_employed(id, person, words);
    }
  }
}

void Builder::add_foreigners() {
  const double male = settings_("foreign_male_share");
  const int term = world_.clock().steps_in(settings_("permit_term"));
  std::vector<Urn> origins;
  for (std::size_t s = 0; s < sizes_.sectors; ++s) {
    for (std::size_t k = 0; k < sizes_.occupations; ++k) {
      std::vector<std::int64_t> left(sizes_.origins);
      for (std::size_t o = 1; o < sizes_.origins; ++o) {
        left[o] = plan_.origins[o](static_cast<Eigen::Index>(s), static_cast<Eigen::Index>(k));
      }
      origins.emplace_back(std::move(left));
    }
  }
  for (std::size_t c = 0; c < world_.cells.size(); ++c) {
    const Firm& firm = world_.firms[world_.cells[c].firm.at()];
    const std::size_t occupation = world_.cells[c].occupation.at();
    for (std::uint32_t n = 0; n < staff_.foreigners[c]; ++n) {
      const std::uint32_t number = next_number();
      const Draws::Block words = draws_.block(kTraits, number);
      const Draws::Block permit = draws_.block(kPermit, number);
      constexpr int kYoungest = 22, kOldest = 54;
      const int age = kYoungest + static_cast<int>(high_half(words[0]) * (kOldest - kYoungest + 1));
      Person person = somebody(firm.region.at(), high_half(words[3]) < male ? 1 : 0, age, words);
      person.origin = OriginId{origins[firm.sector.at() * sizes_.occupations + occupation].draw(
          draws_.uniform(kOrigin, number))};
      person.sector = firm.sector;
      person.occupation = OccupationId{occupation};
      person.education = EducationId{education_[occupation].at(open_uniform(permit[0]))};
      person.status = Status::Inactive;
      person.set_permit(Permit::Valid);
      // Ends spread over the coming term; each further term behind is half as likely as the one
      // before, five in all at most.
      person.contract_end = static_cast<int>(open_uniform(permit[1]) * term);
      const int terms =
          std::min(5, 1 + static_cast<int>(-std::log2(1.0 - open_uniform(permit[2]))));
      person.permit_first = person.contract_end - terms * term;
      person.since = std::min(-1, person.permit_first);
      const PersonId id = world_.add_person(kStart, person);
      world_.place_in_job(id, CellId{c});
      const Person& record = world_.persons[id];
      world_.calendar.add(record.contract_end, Due::PermitEnd,
                          {id.value(), record.stamp, kPlainly});
    }
  }
}

void Builder::add_abroad() {
  double heads = 0.0;
  for (const double each : country_.abroad) heads += each;
  if (heads <= 0.0) return;
  const std::vector<std::int64_t> abroad = largest_remainder(country_.abroad, std::llround(heads));
  JobMix homes(sizes_.regions);
  for (std::size_t r = 0; r < sizes_.regions; ++r) homes.add(r, country_.region[r]);
  homes.finish();
  const double mean = settings_("abroad_mean");
  for (std::size_t d = 0; d < abroad.size(); ++d) {
    for (std::int64_t n = 0; n < abroad[d]; ++n) {
      const std::uint32_t number = next_number();
      const Draws::Block words = draws_.block(kTraits, number);
      const Draws::Block spell = draws_.block(kSpell, number);
      constexpr int kYoungest = 20, kOldest = 45;
      const int age = kYoungest + static_cast<int>(high_half(words[0]) * (kOldest - kYoungest + 1));
      const std::size_t home = homes.at(open_uniform(spell[3]));
      Person person = somebody(home, spell[1] & 1u, age, words);
      usual_job(person, home, words);
      person.education = education(person, open_uniform(spell[0]));
      person.status = Status::Abroad;
      person.destination = DestinationId{d};
      person.since = since(
          months_of(mean, person.age_months(before_) - 12.0 * kWorkingAge, open_uniform(spell[2])));
      world_.add_person(kStart, person);
    }
  }
}

/// Education of those at work: whole numbers by occupation as the table has them, the young first,
/// among the levels they can have reached.
void Builder::assign_education() {
  std::vector<Urn> urns;
  for (std::size_t k = 0; k < sizes_.occupations; ++k) {
    std::vector<double> shares(sizes_.education);
    for (std::size_t e = 0; e < shares.size(); ++e) {
      shares[e] =
          country_.occupation_education(static_cast<Eigen::Index>(k), static_cast<Eigen::Index>(e));
    }
    urns.emplace_back(
        largest_remainder(shares, plan_.workers.col(static_cast<Eigen::Index>(k)).sum()));
  }
  for (const bool young : {true, false}) {
    for (std::uint32_t number = 0; number < next_number(); ++number) {
      const PersonId id = make_person_id(kStart, number);
      const Person& person = world_.persons[id];
      if (!person.is_national()) continue;
      if (person.status != Status::Employed && person.status != Status::Herding) continue;
      const std::size_t levels = levels_reached(person.age_years(before_), sizes_.education);
      if ((levels < sizes_.education) != young) continue;
      world_.set_education(id, EducationId{urns[person.occupation.at()].draw_below(
                                   draws_.uniform(kEducation, number), levels)});
    }
  }
}

/// Children come of age in the run.
void Builder::add_birthdays() {
  const Clock& clock = world_.clock();
  std::vector<int> first_step;  // by month since the start
  for (int step = 0; step < clock.steps(); ++step) {
    const int month = clock.month(step) - clock.month(0);
    if (month >= static_cast<int>(first_step.size())) {
      first_step.resize(static_cast<std::size_t>(month) + 1, step);
    }
  }
  const int first = clock.month(0).index();
  for (std::uint32_t number = 0; number < next_number(); ++number) {
    const PersonId id = make_person_id(kStart, number);
    const Person& person = world_.persons[id];
    if (person.status != Status::Child) continue;
    const int month = person.birth_month + 12 * kWorkingAge - first;
    if (month < 0 || month >= static_cast<int>(first_step.size())) continue;
    world_.calendar.add(first_step[static_cast<std::size_t>(month)], Due::WorkingAge,
                        {id.value(), person.stamp, kPlainly});
  }
}

}  // namespace

void add_persons(const Country& country, const Employment& plan, const PopulationSettings& settings,
                 const Staff& staff, const Jobs& jobs, const Residents& residents,
                 const Draws& draws, World& world) {
  Builder builder(country, plan, settings, staff, jobs, residents, draws, world);
  builder.allot_addresses();
  for (std::size_t r = 0; r < country.sizes.regions; ++r) builder.add_region(r);
  builder.assign_education();
  builder.add_foreigners();
  builder.add_abroad();
  builder.add_birthdays();
}

}  // namespace steppe
