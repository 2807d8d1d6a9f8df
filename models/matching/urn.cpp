#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/api/candidates.hpp"
#include "sim/api/registry.hpp"
#include "sim/core/prefetch.hpp"
#include "sim/core/stages.hpp"

namespace steppe {
namespace {

constexpr Purpose kApply{"matching/urn/apply"};
constexpr Purpose kHerder{"matching/urn/herder"};
constexpr Purpose kWage{"matching/urn/wage"};

/// Seekers whose numbers are drawn together.
constexpr std::size_t kBatch = 64;

/// Somebody who applies in this step, and to which vacancy.
struct Application {
  PersonId id;
  VacancyId vacancy;
  float skill;             ///< as it counts for the vacancy
  std::uint32_t priority;  ///< decides between equals
};

/// The best applicant a vacancy has so far.
struct Best {
  PersonId person;
  float skill = 0.0f;
  std::uint32_t priority = 0;
};

/// Urn-ball matching: every active seeker applies to one vacancy, every vacancy hires the most
/// skilled of its applicants.
class Urn {
 public:
  static VariantDecl declaration();
  explicit Urn(Setup& setup);
  void run(Step& step);

 private:
  void weigh_regions(const Step& step);
  void search(Step& step);
  void search_beside(Step& step);
  /// Visits a list and notes who applies; `chance` gives a seeker's by its Seeker.
  template <class Chance>
  void visit(Step& step, const std::vector<Seeker>& list, double weight, Chance&& chance);
  /// A seeker chooses a vacancy. @param words random: [0] is used already
  void apply(const Step& step, const Seeker& seeker, const Draws::Block& words);
  void rank_applications(const Step& step);
  [[nodiscard]] MarketId choose_market(const Step& step, const Seeker& seeker, double u);
  void hire_best(Step& step);
  void hire(Step& step, PersonId id, VacancyId vacancy);
  void measure_finding(Step& step);
  /// What a seeker's skill counts for in an occupation.
  [[nodiscard]] double transferred(const Step& step, const Seeker& seeker,
                                   OccupationId wanted) const;
  void consider(const Step& step, const Application& application);

  // Parameters.
  double own_occupation_ = 1.0;
  double weight_discouraged_ = 0.0;
  double weight_herders_ = 0.0;
  double tiring_ = 0.0;
  double moving_cost_ = 0.0;
  double income_weight_ = 0.0;
  double tolerance_ = 0.0;
  double tolerance_growth_ = 0.0;
  std::array<double, 4> transferred_{};  ///< what counts of a skill after 0 to 3 removes
  double reference_finding_ = 0.0;
  double wage_spread_ = 0.0;

  std::size_t regions_ = 0;
  std::size_t occupations_ = 0;
  std::vector<double> occupation_weight_;  ///< T_kk', from × to
  std::vector<double> region_weight_;      ///< from × (to, national market last)
  std::vector<double> market_cumulative_;  ///< by source market: running sums over target markets
  std::vector<bool> market_ready_;         ///< by source market, this step
  std::vector<double> tired_;              ///< (1 + d)^−γ by months of search

  double activity_ = 1.0;   ///< mean chance that a searcher applies, this step
  std::vector<Best> best_;  ///< by vacancy
  std::vector<VacancyId> touched_;
  std::vector<Application> applications_;

  // Seekers (weighted) and hires by region, the last three months.
  static constexpr std::size_t kWindow = 3;
  std::vector<std::array<double, kWindow>> seekers_, hires_;
  std::size_t slot_ = 0;
  bool fresh_month_ = true;
};

VariantDecl Urn::declaration() {
  VariantDecl decl;
  decl.slot = Slot::Matching;
  decl.name = "urn";
  decl.summary =
      "Urn-ball: each seeker applies to one vacancy, each vacancy hires its best applicant";
  decl.reference = "Butters (1977); docs/models/matching/urn.md";
  decl.gives = {"job_finding"};
  decl.parameters = {
      {"own_occupation",
       "T_kk",
       "1",
       0.55,
       0.0,
       1.0,
       Dim::None,
       {},
       "del Rio-Chanona et al. (2021), r = 0.55",
       "Weight of the own occupation among those a seeker applies in; the rest is for related ones",
       {}},
      {"discouraged_search",
       "x_Q'",
       "1",
       0.25,
       0.0,
       1.0,
       Dim::None,
       {},
       "assumption",
       "Chance that an available non-searcher applies, relative to a searcher's",
       {}},
      {"herder_search",
       "x_A",
       "1",
       0.005,
       0.0,
       1.0,
       Dim::None,
       {DistributionKind::Normal, 0.01, 0.01},
       "assumption",
       "Chance that a herder applies, relative to a searcher's",
       {}},
      {"duration_dependence",
       "γ",
       "1",
       0.8,
       0.0,
       5.0,
       Dim::None,
       {},
       "assumption",
       "Chances fall with months of search d as (1 + d)^−γ",
       {}},
      {"moving_cost",
       "",
       "1",
       3.5,
       0.0,
       20.0,
       Dim::None,
       {},
       "assumption",
       "Log-odds against a vacancy in another region; none for fly-in work",
       {}},
      {"income_pull",
       "",
       "1",
       1.0,
       0.0,
       10.0,
       Dim::None,
       {},
       "assumption",
       "Response of the log-odds to the log of relative expected income",
       {}},
      {"skill_tolerance",
       "",
       "1",
       0.6,
       0.0,
       1.0,
       Dim::None,
       {},
       "assumption: chosen after seeing the record",
       "How far below the norm a fresh vacancy accepts",
       {}},
      {"tolerance_growth",
       "",
       "1/month",
       0.05,
       0.0,
       1.0,
       Dim::None,
       {},
       "assumption",
       "By how much the tolerance widens with the vacancy's age",
       {}},
      {"skill_transfer",
       "",
       "1",
       0.9,
       0.0,
       1.0,
       Dim::None,
       {},
       "assumption: chosen after seeing the record",
       "Share of skill that counts in another occupation of the same level; its square one level "
       "away, its cube two",
       {}},
      {"reference_finding_rate",
       "f̄",
       "1/month",
       0.12,
       0.001,
       1.0,
       Dim::None,
       {},
       "assumption",
       "Hires over weighted seekers at which flows into and out of search are at their base rates",
       {}},
  };
  return decl;
}

Urn::Urn(Setup& setup)
    : own_occupation_(setup.parameter("own_occupation")),
      weight_discouraged_(setup.parameter("discouraged_search")),
      weight_herders_(setup.parameter("herder_search")),
      tiring_(setup.parameter("duration_dependence")),
      moving_cost_(setup.parameter("moving_cost")),
      income_weight_(setup.parameter("income_pull")),
      tolerance_(setup.parameter("skill_tolerance")),
      tolerance_growth_(setup.parameter("tolerance_growth")),
      reference_finding_(setup.parameter("reference_finding_rate")),
      wage_spread_(setup.world.base().wage_spread),
      regions_(setup.world.base().sizes.regions),
      occupations_(setup.world.base().sizes.occupations) {
  for (std::size_t steps = 0; steps < transferred_.size(); ++steps) {
    transferred_[steps] = std::pow(setup.parameter("skill_transfer"), static_cast<double>(steps));
  }
  const std::vector<std::uint8_t>& level = setup.world.base().skill_level;
  occupation_weight_.resize(occupations_ * occupations_);
  for (std::size_t k = 0; k < occupations_; ++k) {
    // Related occupations: the same level counts 1, one level apart ¼, two apart 1/16.
    double sum = 0.0;
    for (std::size_t to = 0; to < occupations_; ++to) {
      if (to == k) continue;
      const int apart = std::abs(static_cast<int>(level[k]) - static_cast<int>(level[to]));
      occupation_weight_[k * occupations_ + to] = std::pow(0.25, apart);
      sum += occupation_weight_[k * occupations_ + to];
    }
    for (std::size_t to = 0; to < occupations_; ++to) {
      if (to != k) occupation_weight_[k * occupations_ + to] *= (1.0 - own_occupation_) / sum;
    }
    occupation_weight_[k * occupations_ + k] = sum > 0.0 ? own_occupation_ : 1.0;
  }
  region_weight_.resize(regions_ * (regions_ + 1));
  market_cumulative_.resize(regions_ * occupations_ * (regions_ + 1) * occupations_);
  market_ready_.resize(regions_ * occupations_);
  for (int d = 0; d <= kSpellsBefore; ++d) tired_.push_back(std::pow(1.0 + d, -tiring_));
  seekers_.assign(regions_, {});
  hires_.assign(regions_, {});
}

void Urn::run(Step& step) {
  World& world = step.world;
  if (step.same_step_search) world.reveal_vacancies();
  weigh_regions(step);
  std::fill(market_ready_.begin(), market_ready_.end(), false);
  best_.resize(world.vacancies().size());
  if (fresh_month_) {
    slot_ = (slot_ + 1) % kWindow;
    for (std::size_t r = 0; r < regions_; ++r) {
      seekers_[r][slot_] = 0.0;
      hires_[r][slot_] = 0.0;
    }
  }
  search(step);
  // The weights of others are relative to a searcher, who tires: x times the mean searcher's
  // chance.
  if (weight_discouraged_ > 0.0) search_beside(step);
  const double herders = weight_herders_ * activity_;
  const double bound = -std::log1p(-std::min(weight_herders_, 0.999)) / step.dt;
  const auto adults = [&](const Stretch& who) {
    return who.nationals && who.oldest >= world.base().working_age ? bound : 0.0;
  };
  for_candidates(step, kHerder, adults, [&](PersonId id, double u) {
    const Person& person = world.persons[id];
    if (u >= herders || person.status != Status::Herding) return;
    // Herders' skills do not decay.
    const Seeker seeker{id, step.index, person.skill, person.occupation, person.region};
    apply(step, seeker, step.draws.block(kApply, id.value()));
  });
  for (std::size_t r = 0; r < regions_; ++r) {
    seekers_[r][slot_] +=
        weight_herders_ *
        static_cast<double>(world.ledger.nationals(Status::Herding, RegionId{r})) * step.dt;
  }
  rank_applications(step);
  hire_best(step);
  fresh_month_ = world.clock().closes_month(step.index);
  measure_finding(step);
}

void Urn::weigh_regions(const Step& step) {
  // Expected income of a region: its mean wage level times the chance of a job there.
  std::vector<double> income(regions_);
  const std::size_t cells = step.signals.wage_index.size() / regions_;
  for (std::size_t r = 0; r < regions_; ++r) {
    double sum = 0.0;
    for (std::size_t c = 0; c < cells; ++c) sum += step.signals.wage_index[r * cells + c];
    income[r] =
        std::log(sum / static_cast<double>(cells)) + std::log(step.signals.finding_ratio[r]);
  }
  for (std::size_t from = 0; from < regions_; ++from) {
    for (std::size_t to = 0; to < regions_; ++to) {
      region_weight_[from * (regions_ + 1) + to] =
          from == to ? 1.0 : std::exp(income_weight_ * (income[to] - income[from]) - moving_cost_);
    }
    region_weight_[from * (regions_ + 1) + regions_] = 1.0;  // fly-in work: no moving cost
  }
}

template <class Chance>
void Urn::visit(Step& step, const std::vector<Seeker>& list, double weight, Chance&& chance) {
  std::array<std::uint32_t, kBatch> ids;
  std::array<Draws::Block, kBatch> words;
  for (std::size_t first = 0; first < list.size(); first += kBatch) {
    const std::size_t count = std::min(kBatch, list.size() - first);
    for (std::size_t i = 0; i < count; ++i) ids[i] = list[first + i].id.value();
    step.draws.blocks(kApply, std::span(ids.data(), count), std::span(words.data(), count));
    for (std::size_t i = 0; i < count; ++i) {
      const Seeker& seeker = list[first + i];
      if (seeker.since >= step.index && !step.same_step_search) continue;
      seekers_[seeker.region.at()][slot_] += weight;
      if (words[i][0] * 0x1.0p-32 < chance(seeker)) apply(step, seeker, words[i]);
    }
  }
}

void Urn::search(Step& step) {
  const double months = step.world.clock().months_per_step();
  double seekers = 0.0;
  double chances = 0.0;
  visit(step, step.world.searching(), step.dt, [&](const Seeker& seeker) {
    const auto spell = static_cast<std::size_t>(
        std::min<double>((step.index - seeker.since) * months, kSpellsBefore));
    seekers += 1.0;
    chances += tired_[spell];
    return tired_[spell];
  });
  activity_ = seekers > 0.0 ? chances / seekers : 1.0;
}

void Urn::search_beside(Step& step) {
  const double chance = weight_discouraged_ * activity_;
  visit(step, step.world.discouraged(), weight_discouraged_ * step.dt,
        [&](const Seeker& /*seeker*/) { return chance; });
}

MarketId Urn::choose_market(const Step& step, const Seeker& seeker, double u) {
  // A vacancy's odds are T_kk' × the region's weight, the same for all of its market.
  const std::size_t targets = (regions_ + 1) * occupations_;
  const std::size_t source = seeker.region.at() * occupations_ + seeker.occupation.at();
  double* sums = market_cumulative_.data() + source * targets;
  if (!market_ready_[source]) {
    double sum = 0.0;
    for (std::size_t r = 0; r <= regions_; ++r) {
      const double place = region_weight_[seeker.region.at() * (regions_ + 1) + r];
      for (std::size_t k = 0; k < occupations_; ++k) {
        const MarketId market{r * occupations_ + k};
        sum += place * occupation_weight_[seeker.occupation.at() * occupations_ + k] *
               static_cast<double>(step.world.market(market).size());
        sums[r * occupations_ + k] = sum;
      }
    }
    market_ready_[source] = true;
  }
  const double total = sums[targets - 1];
  if (total <= 0.0) return MarketId::none();
  const double* found = std::upper_bound(sums, sums + targets, u * total);
  if (found == sums + targets) --found;
  auto at = static_cast<std::size_t>(found - sums);
  // Rounding may land on the last sum, whose market can be empty: step back to one that is not.
  while (step.world.market(MarketId{at}).size() == 0) --at;
  return MarketId{at};
}

double Urn::transferred(const Step& step, const Seeker& seeker, OccupationId wanted) const {
  const double skill = step.world.skill(seeker);
  if (wanted == seeker.occupation) return skill;
  const auto& level = step.world.base().skill_level;
  const int apart = std::abs(static_cast<int>(level[wanted.at()]) -
                             static_cast<int>(level[seeker.occupation.at()]));
  // Going down a level loses no more than moving sideways.
  const int removes = level[wanted.at()] > level[seeker.occupation.at()] ? 1 + apart : 1;
  return skill * transferred_[static_cast<std::size_t>(removes)];
}

void Urn::apply(const Step& step, const Seeker& seeker, const Draws::Block& words) {
  const MarketId market = choose_market(step, seeker, words[1] * 0x1.0p-32);
  if (market.is_none()) return;
  const double skill = transferred(step, seeker, OccupationId{market.at() % occupations_});
  applications_.push_back(
      {seeker.id, step.world.market(market).choose(words[2]), static_cast<float>(skill), words[3]});
}

void Urn::rank_applications(const Step& step) {
  in_stages(
      std::span<const Application>(applications_),
      [&](const Application& application) {
        step.world.fetch_vacancy(application.vacancy);
        prefetch_record(&best_[application.vacancy.at()]);
      },
      [&](const Application& application) { consider(step, application); });
  applications_.clear();
}

/// An applicant stands before a vacancy: able enough and the best so far, or not.
void Urn::consider(const Step& step, const Application& application) {
  const Vacancy& vacancy = step.world.vacancy(application.vacancy);
  const double age = (step.index - vacancy.opened) * step.dt;
  if (application.skill < 1.0 - tolerance_ - tolerance_growth_ * age) return;
  Best& best = best_[application.vacancy.at()];
  if (best.person.is_none()) {
    touched_.push_back(application.vacancy);
  } else if (application.skill < best.skill ||
             (application.skill == best.skill && application.priority <= best.priority)) {
    return;
  }
  best = {application.id, application.skill, application.priority};
}

void Urn::hire_best(Step& step) {
  const World& world = step.world;
  in_stages(
      std::span(touched_), [&](VacancyId vacancy) { world.fetch_vacancy(vacancy); },
      [&](VacancyId vacancy) { world.fetch_cell_of(vacancy); },
      [&](VacancyId vacancy) {
        world.fetch_firm_of(vacancy);
        world.fetch_person(best_[vacancy.at()].person);
      },
      [&](VacancyId vacancy) {
        const PersonId id = best_[vacancy.at()].person;
        best_[vacancy.at()] = {};
        hire(step, id, vacancy);
      });
  touched_.clear();
}

void Urn::hire(Step& step, PersonId id, VacancyId vacancy) {
  World& world = step.world;
  const Person& person = world.persons[id];
  const Firm& firm = world.firms[world.cells[world.vacancy(vacancy).cell.at()].firm.at()];
  hires_[person.region.at()][slot_] += 1.0;
  double wage = person.relative_wage * kWageUnit;
  if (wage <= 0.0) {
    // First job: log-normal with mean 1.
    wage = std::exp(wage_spread_ * step.draws.normal(kWage, id.value()) -
                    0.5 * wage_spread_ * wage_spread_);
  }
  if (!firm.recruits_nationally && person.region != firm.region) world.relocate(id, firm.region);
  world.hire(id, vacancy, wage);
}

void Urn::measure_finding(Step& step) {
  double seekers = 0.0;
  double hires = 0.0;
  std::vector<double> regional_seekers(regions_), regional_hires(regions_);
  for (std::size_t r = 0; r < regions_; ++r) {
    for (std::size_t w = 0; w < kWindow; ++w) {
      regional_seekers[r] += seekers_[r][w];
      regional_hires[r] += hires_[r][w];
    }
    seekers += regional_seekers[r];
    hires += regional_hires[r];
  }
  if (seekers <= 0.0) return;
  const double national = hires / seekers;
  step.signals.finding_rate = national;
  // A small region's rate leans on the country's, as 200 seekers' worth of evidence would.
  const double lean = 200.0 / step.world.weight();
  for (std::size_t r = 0; r < regions_; ++r) {
    const double rate = (regional_hires[r] + lean * national) / (regional_seekers[r] + lean);
    step.signals.finding_ratio[r] = std::clamp(rate / reference_finding_, 0.25, 4.0);
  }
}

}  // namespace

void register_matching_urn(Registry& registry) { registry.add<Urn>(); }

}  // namespace steppe
