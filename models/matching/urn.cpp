#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "models/matching/occupation_weights.hpp"
#include "models/matching/search.hpp"
#include "models/matching/several_applications.hpp"
#include "models/matching/transfer.hpp"
#include "models/matching/urn_map.hpp"
#include "sim/api/registry.hpp"
#include "sim/core/prefetch.hpp"
#include "sim/core/stages.hpp"

namespace steppe {
namespace {

/// Seekers who choose together.
constexpr std::size_t kBatch = 64;

/// Parts of a sum over markets, for each of which it is known where to look.
constexpr int kGuideBits = 5;
constexpr std::size_t kGuide = std::size_t{1} << kGuideBits;

/// Somebody who applies in this step.
struct Applicant {
  PersonId id;
  float skill;             ///< as it counts for the vacancy
  std::uint32_t priority;  ///< decides between equals
};

/// The best applicant a vacancy has so far.
struct Best {
  std::uint64_t rank = 0;  ///< skill before priority
  PersonId person;
};

/// Urn-ball matching: every active seeker applies to one vacancy, every vacancy hires the most
/// skilled of its applicants. Several applications are matching::SeveralApplications.
class Urn {
 public:
  using MeanField = matching::UrnMap;
  static VariantDecl declaration();
  explicit Urn(Setup& setup);
  void run(Step& step);

 private:
  void weigh_regions(const Step& step);
  /// Seekers choose markets to apply in, and vacancies there. @param seekers kBatch at most
  void apply(const Step& step, std::span<const matching::Active> seekers);
  /// Where in the sums over markets a seeker's choice falls.
  [[nodiscard]] std::size_t find_market(const Step& step, std::size_t source,
                                        std::uint32_t word) const;
  void add_up_markets(const Step& step, const matching::Active& seeker);
  /// The first so many applicants choose their vacancies and stand before them.
  void submit(const Step& step, std::size_t number);
  void consider(const Step& step, const Applicant& applicant, VacancyId vacancy);
  void hire_best(Step& step);
  [[nodiscard]] std::size_t source_of(const matching::Active& seeker) const {
    return seeker.region.at() * occupations_ + seeker.occupation.at();
  }

  // Parameters.
  double moving_cost_ = 0.0;
  double income_weight_ = 0.0;
  double tolerance_ = 0.0;
  double tolerance_growth_ = 0.0;

  std::size_t regions_ = 0;
  std::size_t occupations_ = 0;
  std::vector<double> income_;             ///< log of expected income by region, this step
  std::vector<double> occupation_weight_;  ///< T_kk', from × to
  std::vector<double> region_weight_;      ///< from × (to, national market last)
  std::vector<double> market_cumulative_;  ///< by source market: running sums over target markets
  /// By source market: the target at which to begin to look, by parts of the sum. Chen and Asau
  /// (1974), "On generating random variates from an empirical distribution".
  std::vector<std::uint16_t> guide_;
  std::vector<std::uint8_t> market_ready_;   ///< by source market, this step
  std::vector<OccupationId> occupation_of_;  ///< by market
  std::vector<double> transferred_;          ///< what counts of a skill, from × to occupation

  std::array<Applicant, kBatch> applicants_{};         ///< who have not chosen yet …
  std::array<MarketTable::Choice, kBatch> choices_{};  ///< … and their markets
  std::vector<Best> best_;                             ///< by vacancy
  std::vector<VacancyId> touched_;  ///< those with an applicant, room for all …
  std::size_t n_touched_ = 0;       ///< … and their number

  matching::Search search_;
  std::optional<matching::SeveralApplications> several_;
};

VariantDecl Urn::declaration() {
  VariantDecl decl;
  decl.slot = Slot::Matching;
  decl.name = "urn";
  decl.summary = "Urn-ball: seekers apply at random, each vacancy hires its best applicant";
  decl.reference = "Butters (1977); docs/models/matching/urn.md";
  decl.follows_network = true;
  decl.gives = {"job_finding"};
  decl.parameters = {
      matching::own_occupation_parameter(),
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
      {"applications",
       "a",
       "1",
       1.0,
       1.0,
       20.0,
       Dim::None,
       {},
       "assumption",
       "Vacancies a seeker applies to in a step, all different",
       {},
       true},
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
  };
  for (ParameterDecl& shared : matching::acceptance_parameters()) {
    decl.parameters.push_back(std::move(shared));
  }
  for (ParameterDecl& shared : matching::search_parameters()) {
    decl.parameters.push_back(std::move(shared));
  }
  return decl;
}

Urn::Urn(Setup& setup)
    : moving_cost_(setup.parameter("moving_cost")),
      income_weight_(setup.parameter("income_pull")),
      tolerance_(setup.parameter("skill_tolerance")),
      tolerance_growth_(setup.parameter("tolerance_growth")),
      regions_(setup.world.base().sizes.regions),
      occupations_(setup.world.base().sizes.occupations),
      search_(setup) {
  occupation_weight_ = matching::dense(matching::occupation_weights(
      setup.scenario.network, setup.world.base().skill_level, setup.parameter("own_occupation")));
  region_weight_.resize(regions_ * (regions_ + 1));
  market_cumulative_.resize(regions_ * occupations_ * (regions_ + 1) * occupations_);
  guide_.resize(regions_ * occupations_ * kGuide);
  market_ready_.resize(regions_ * occupations_);
  for (std::size_t market = 0; market < (regions_ + 1) * occupations_; ++market) {
    occupation_of_.push_back(OccupationId{market % occupations_});
  }
  transferred_ = matching::transferred_skill(setup);
  const int applications = setup.whole("applications");
  if (applications > 1) several_.emplace(setup, search_, applications);
}

void Urn::run(Step& step) {
  if (several_) {
    weigh_regions(step);
    several_->run(
        step, {occupation_weight_, region_weight_, transferred_, tolerance_, tolerance_growth_});
    return;
  }
  search_.begin(step);
  weigh_regions(step);
  std::fill(market_ready_.begin(), market_ready_.end(), std::uint8_t{0});
  best_.resize(step.world.vacancies().size());
  touched_.resize(best_.size() + 1);
  const std::span<const matching::Active> seekers = search_.seekers(step);
  for (std::size_t first = 0; first < seekers.size(); first += kBatch) {
    apply(step, seekers.subspan(first, std::min(kBatch, seekers.size() - first)));
  }
  hire_best(step);
  search_.end(step);
}

void Urn::weigh_regions(const Step& step) {
  // Expected income of a region: its mean wage level times the chance of a job there.
  income_.resize(regions_);
  const std::size_t cells = step.signals.wage_index.size() / regions_;
  for (std::size_t r = 0; r < regions_; ++r) {
    double sum = 0.0;
    for (std::size_t c = 0; c < cells; ++c) sum += step.signals.wage_index[r * cells + c];
    income_[r] =
        std::log(sum / static_cast<double>(cells)) + std::log(step.signals.finding_ratio[r]);
  }
  for (std::size_t from = 0; from < regions_; ++from) {
    for (std::size_t to = 0; to < regions_; ++to) {
      region_weight_[from * (regions_ + 1) + to] =
          from == to ? 1.0
                     : std::exp(income_weight_ * (income_[to] - income_[from]) - moving_cost_);
    }
    region_weight_[from * (regions_ + 1) + regions_] = 1.0;  // fly-in work: no moving cost
  }
}

void Urn::add_up_markets(const Step& step, const matching::Active& seeker) {
  // A vacancy's odds are T_kk' × the region's weight, the same for all of its market.
  const std::size_t targets = (regions_ + 1) * occupations_;
  const std::size_t source = source_of(seeker);
  double* sums = market_cumulative_.data() + source * targets;
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
  std::size_t at = 0;
  for (std::size_t part = 0; part < kGuide; ++part) {
    const double from = static_cast<double>(part) / kGuide * sum;
    while (at < targets && sums[at] <= from) ++at;
    guide_[source * kGuide + part] = static_cast<std::uint16_t>(at);
  }
  market_ready_[source] = 1;
}

std::size_t Urn::find_market(const Step& step, std::size_t source, std::uint32_t word) const {
  const std::size_t targets = (regions_ + 1) * occupations_;
  const double* sums = market_cumulative_.data() + source * targets;
  const double sought = word * 0x1.0p-32 * sums[targets - 1];
  std::size_t at = guide_[source * kGuide + (word >> (32 - kGuideBits))];
  while (at < targets && sums[at] <= sought) ++at;
  if (at == targets) {
    // Rounding may lead beyond the last sum, whose market can be empty: back to one that is not.
    do --at;
    while (step.world.market(MarketId{at}).size() == 0);
  }
  return at;
}

void Urn::apply(const Step& step, std::span<const matching::Active> seekers) {
  const World& world = step.world;
  const std::size_t occupations = occupations_;
  const std::size_t last = (regions_ + 1) * occupations - 1;
  std::size_t number = 0;
  for (const matching::Active& seeker : seekers) {
    const std::size_t source = source_of(seeker);
    if (market_ready_[source] == 0) add_up_markets(step, seeker);
    if (market_cumulative_[source * (last + 1) + last] <= 0.0) continue;
    const std::size_t market = find_market(step, source, seeker.word);
    const double skill =
        seeker.skill *
        transferred_[seeker.occupation.at() * occupations + occupation_of_[market].at()];
    applicants_[number] = {seeker.id, static_cast<float>(skill), seeker.priority};
    choices_[number] = {&world.market(MarketId{market}), seeker.detail, {}};
    ++number;
  }
  submit(step, number);
}

void Urn::submit(const Step& step, std::size_t number) {
  MarketTable::choose(std::span(choices_.data(), number));
  for (std::size_t i = 0; i < number; ++i) {
    step.world.fetch_vacancy(choices_[i].vacancy);
    prefetch_record(&best_[choices_[i].vacancy.at()]);
  }
  for (std::size_t i = 0; i < number; ++i) consider(step, applicants_[i], choices_[i].vacancy);
}

/// An applicant stands before a vacancy: able enough and the best so far, or not. Which of them
/// hardly can be predicted, so all is written without a branch.
void Urn::consider(const Step& step, const Applicant& applicant, VacancyId vacancy) {
  const double age = (step.index - step.world.vacancy(vacancy).opened) * step.dt;
  const bool able = applicant.skill >= 1.0 - tolerance_ - tolerance_growth_ * age;
  // Skills are not negative, and such numbers are ordered as their bits are.
  const std::uint64_t rank =
      std::uint64_t{std::bit_cast<std::uint32_t>(applicant.skill)} << 32 | applicant.priority;
  Best& best = best_[vacancy.at()];
  const bool first = best.person.is_none();
  const bool better = able && (first || rank > best.rank);
  best.rank = better ? rank : best.rank;
  best.person = better ? applicant.id : best.person;
  touched_[n_touched_] = vacancy;
  n_touched_ += able && first ? 1 : 0;
}

void Urn::hire_best(Step& step) {
  const World& world = step.world;
  in_stages(
      std::span(touched_.data(), n_touched_),
      [&](VacancyId vacancy) { world.fetch_vacancy(vacancy); },
      [&](VacancyId vacancy) { world.fetch_cell_of(vacancy); },
      [&](VacancyId vacancy) {
        world.fetch_firm_of(vacancy);
        world.fetch_person(best_[vacancy.at()].person);
      },
      [&](VacancyId vacancy) {
        const PersonId id = best_[vacancy.at()].person;
        best_[vacancy.at()] = {};
        search_.hire(step, id, vacancy);
      });
  n_touched_ = 0;
}

}  // namespace

void register_matching_urn(Registry& registry) { registry.add<Urn>(); }

}  // namespace steppe
