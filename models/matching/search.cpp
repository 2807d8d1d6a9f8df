#include "models/matching/search.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/api/candidates.hpp"

namespace steppe::matching {
namespace {

// Addresses are named after the variant that had them first: with new ones every figure made before
// would be another. All variants have them alike, so that they search with the same chances.
constexpr Purpose kPost{"matching/search/post"};
constexpr Purpose kApply{"matching/urn/apply"};
constexpr Purpose kHerder{"matching/urn/herder"};
constexpr Purpose kWage{"matching/urn/wage"};

/// Seekers whose numbers are drawn together.
constexpr std::size_t kBatch = 64;

}  // namespace

std::vector<ParameterDecl> search_parameters() {
  return {
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
}

std::vector<double> tiring_by_steps(double exponent, double months_per_step) {
  std::vector<double> tired;
  for (int steps = 0; steps * months_per_step < kSpellsBefore + 1; ++steps) {
    tired.push_back(std::pow(1.0 + std::floor(steps * months_per_step), -exponent));
  }
  return tired;
}

// --- what comes of search -----------------------------------------------------------------------

Finding::Finding(Setup& setup, std::size_t regions)
    : seekers_(regions), hires_(regions), reference_(setup.parameter("reference_finding_rate")) {}

void Finding::begin() {
  if (!fresh_month_) return;
  slot_ = (slot_ + 1) % kWindow;
  for (std::size_t r = 0; r < seekers_.size(); ++r) {
    seekers_[r][slot_] = 0.0;
    hires_[r][slot_] = 0.0;
  }
}

void Finding::end(Step& step) {
  fresh_month_ = step.world.clock().closes_month(step.index);
  const auto of_window = [](const std::array<double, kWindow>& months) {
    return std::accumulate(months.begin(), months.end(), 0.0);
  };
  double seekers = 0.0;
  double hires = 0.0;
  for (std::size_t r = 0; r < seekers_.size(); ++r) {
    seekers += of_window(seekers_[r]);
    hires += of_window(hires_[r]);
  }
  if (seekers <= 0.0) return;
  const double national = hires / seekers;
  step.signals.finding_rate = national;
  // A small region's rate leans on the country's, as 200 seekers' worth of evidence would.
  const double lean = 200.0 / step.world.weight();
  for (std::size_t r = 0; r < seekers_.size(); ++r) {
    const double rate = (of_window(hires_[r]) + lean * national) / (of_window(seekers_[r]) + lean);
    step.signals.finding_ratio[r] = std::clamp(rate / reference_, 0.25, 4.0);
  }
}

void JobTaking::hire(Step& step, Finding& finding, PersonId id, VacancyId vacancy) const {
  double wage = step.world.persons[id].relative_wage * kWageUnit;
  if (wage <= 0.0) {
    // First job: log-normal with mean 1.
    wage = std::exp(wage_spread_ * step.draws.normal(kWage, id.value()) -
                    0.5 * wage_spread_ * wage_spread_);
  }
  hire_at(step, finding, id, vacancy, wage);
}

void JobTaking::hire_at(Step& step, Finding& finding, PersonId id, VacancyId vacancy,
                        double relative_wage) {
  World& world = step.world;
  const Person& person = world.persons[id];
  const Firm& firm = world.firms[world.cells[world.vacancy(vacancy).cell.at()].firm.at()];
  finding.hire(person.region);
  if (!firm.recruits_nationally && person.region != firm.region) world.relocate(id, firm.region);
  world.hire(id, vacancy, relative_wage);
}

void JobTaking::change_job(Step& step, PersonId id, VacancyId vacancy, double relative_wage) {
  World& world = step.world;
  const Firm& firm = world.firms[world.cells[world.vacancy(vacancy).cell.at()].firm.at()];
  if (!firm.recruits_nationally && world.persons[id].region != firm.region) {
    world.relocate(id, firm.region);
  }
  world.change_job(id, vacancy, relative_wage);
}

// --- a step's search ----------------------------------------------------------------------------

Search::Search(Setup& setup)
    : weight_discouraged_(setup.parameter("discouraged_search")),
      weight_herders_(setup.parameter("herder_search")),
      tired_(tiring_by_steps(setup.parameter("duration_dependence"),
                             setup.world.clock().months_per_step())),
      finding_(setup, setup.world.base().sizes.regions),
      jobs_(setup),
      unseen_(setup.world.base().sizes.regions) {}

void Search::begin(Step& step) {
  if (step.same_step_search) step.world.reveal_vacancies();
  finding_.begin();
}

template <class Chance>
double Search::visit(const Step& step, Status status, double weight, Chance&& chance) {
  const World& world = step.world;
  const std::vector<Seeker>& list =
      status == Status::Searching ? world.searching() : world.discouraged();
  const int latest = step.same_step_search ? step.index : step.index - 1;
  std::array<std::uint32_t, kBatch> ids;
  std::array<Draws::Block, kBatch> words;
  std::fill(unseen_.begin(), unseen_.end(), 0);
  double chances = 0.0;
  for (std::size_t first = 0; first < list.size(); first += kBatch) {
    const std::size_t count = std::min(kBatch, list.size() - first);
    for (std::size_t i = 0; i < count; ++i) ids[i] = list[first + i].id.value();
    step.draws.blocks(kApply, std::span(ids.data(), count), std::span(words.data(), count));
    for (std::size_t i = 0; i < count; ++i) {
      const Seeker& seeker = list[first + i];
      if (seeker.since > latest) {
        ++unseen_[seeker.region.at()];
        continue;
      }
      const double own = chance(seeker);
      chances += own;
      if (words[i][0] * 0x1.0p-32 >= own) continue;
      seekers_.push_back({seeker.id, seeker.occupation, seeker.region, words[i][3], words[i][1],
                          words[i][2], world.skill(seeker)});
    }
  }
  std::int64_t number = 0;
  for (std::size_t r = 0; r < unseen_.size(); ++r) {
    const std::int64_t regional = world.ledger.nationals(status, RegionId{r}) - unseen_[r];
    finding_.seekers(RegionId{r}, weight * step.dt * static_cast<double>(regional));
    number += regional;
  }
  return number > 0 ? chances / static_cast<double>(number) : 1.0;
}

void Search::visit_herders(const Step& step, double activity) {
  const World& world = step.world;
  const double herders = weight_herders_ * activity;
  const double bound = -std::log1p(-std::min(weight_herders_, 0.999)) / step.dt;
  const auto adults = [&](const Stretch& who) {
    return who.nationals && who.oldest >= world.base().working_age ? bound : 0.0;
  };
  for_candidates(step, kHerder, adults, [&](PersonId id, double u) {
    const Person& person = world.persons[id];
    if (u >= herders || person.status != Status::Herding) return;
    const Draws::Block words = step.draws.block(kApply, id.value());
    seekers_.push_back({id, person.occupation, person.region, words[3], words[1], words[2],
                        person.skill * kSkillUnit});
  });
  for (std::size_t r = 0; r < world.base().sizes.regions; ++r) {
    const RegionId region{r};
    finding_.seekers(
        region, weight_herders_ *
                    static_cast<double>(world.ledger.nationals(Status::Herding, region)) * step.dt);
  }
}

std::span<const Active> Search::seekers(Step& step) {
  seekers_.clear();
  const auto last = static_cast<std::int32_t>(tired_.size() - 1);
  const double activity = visit(step, Status::Searching, 1.0, [&](const Seeker& seeker) {
    return tired_[static_cast<std::size_t>(std::min(step.index - seeker.since, last))];
  });
  // The weights of others are relative to a searcher, who tires: x times the mean searcher's
  // chance.
  if (weight_discouraged_ > 0.0) {
    const double chance = weight_discouraged_ * activity;
    visit(step, Status::Discouraged, weight_discouraged_,
          [&](const Seeker& /*seeker*/) { return chance; });
  }
  if (weight_herders_ > 0.0) visit_herders(step, activity);
  return seekers_;
}

std::span<const OpenPost> Search::posts(const Step& step) {
  const World& world = step.world;
  posts_.clear();
  for (std::size_t v = 0; v < world.vacancies().size(); ++v) {
    const VacancyId id{v};
    const Vacancy& vacancy = world.vacancy(id);
    if (!vacancy.listed) continue;
    const Cell& cell = world.cells[vacancy.cell.at()];
    const Firm& firm = world.firms[cell.firm.at()];
    posts_.push_back({id, cell.occupation, firm.region, firm.recruits_nationally,
                      step.draws.block(kPost, vacancy.place_key)[0], vacancy.opened});
  }
  return posts_;
}

}  // namespace steppe::matching
