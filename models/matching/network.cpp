#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "models/matching/network_field.hpp"
#include "models/matching/search.hpp"
#include "sim/api/candidates.hpp"
#include "sim/api/registry.hpp"
#include "sim/core/prefetch.hpp"
#include "sim/core/stages.hpp"

namespace steppe {
namespace {

constexpr Purpose kSearchAtWork{"matching/network/search_at_work"};
constexpr Purpose kApply{"matching/network/apply"};

/// Seekers who choose together.
constexpr std::size_t kBatch = 64;

/// Seekers go from occupation to occupation along the edges of a network, with or without a job.
class Network {
 public:
  using MeanField = matching::NetworkField;
  static VariantDecl declaration();
  explicit Network(Setup& setup);
  void run(Step& step);

 private:
  /// A way from an occupation to another.
  struct Way {
    std::uint32_t to;
    double weight;
  };
  /// Where the seekers of a region and an occupation go in this step.
  struct Source {
    bool ready = false;
    std::vector<double> sums;  ///< running sums over the ways of weight × vacancies × wage
  };
  struct Applicant {
    PersonId id;
    std::uint32_t priority;
  };
  /// A hire to be made, with its place in the order in which hires cost least.
  struct Due {
    std::uint32_t order;
    VacancyId vacancy;
  };
  struct Offer {
    PersonId person;
    std::uint64_t rank;  ///< decides which of several offers is taken
    VacancyId vacancy;
  };

  void weigh_wages(const Step& step);
  /// What draws applicants to the occupations of every region.
  void weigh_occupations(const Step& step);
  void add_up(RegionId region, std::size_t occupation, Source& source) const;
  /// The occupation in which somebody applies; none where nothing is open within reach.
  [[nodiscard]] OccupationId find_target(OccupationId occupation, RegionId region,
                                         std::uint32_t word);
  /// One application each of kBatch seekers at most.
  void apply_once(const Step& step, std::span<const matching::Active> seekers);
  /// Sends applications of one person, all to one occupation.
  void apply(const Step& step, PersonId id, OccupationId occupation, RegionId region,
             std::uint32_t word, int applications);
  void consider(VacancyId vacancy, PersonId id, std::uint32_t priority);
  void search_at_work(const Step& step);
  void settle(Step& step);
  [[nodiscard]] std::size_t open_in(const Step& step, RegionId region,
                                    OccupationId occupation) const {
    return step.world.market(step.world.market_id(region, occupation)).size() +
           step.world.market(step.world.national_market(occupation)).size();
  }
  [[nodiscard]] VacancyId choose(const Step& step, RegionId region, OccupationId occupation,
                                 std::uint32_t word) const;

  double search_employed_ = 0.0;
  int applications_ = 1;
  int applications_employed_ = 1;
  double wage_pull_ = 0.0;
  std::size_t occupations_ = 0;
  matching::Search search_;
  matching::JobTaking jobs_;
  std::vector<std::size_t> first_way_;  ///< by occupation, one more at the end
  std::vector<Way> ways_;
  std::vector<double> attraction_;  ///< of an occupation by its wage, this step
  std::vector<double> pull_;     ///< region × occupation: attraction × vacancies seen, this step
  std::vector<Source> sources_;  ///< region × occupation
  std::vector<Applicant> best_;  ///< by vacancy
  std::vector<VacancyId> touched_;
  std::vector<Due> due_;
  std::vector<Offer> offers_;
};

Network::Network(Setup& setup)
    : search_employed_(setup.parameter("search_on_the_job")),
      applications_(setup.whole("applications_searching")),
      applications_employed_(setup.whole("applications_employed")),
      wage_pull_(setup.parameter("wage_pull")),
      occupations_(setup.world.base().sizes.occupations),
      search_(setup),
      jobs_(setup) {
  const std::vector<double> weights = matching::occupation_weights(
      setup.scenario.network, setup.world.base().skill_level, setup.parameter("own_occupation"));
  for (std::size_t from = 0; from < occupations_; ++from) {
    first_way_.push_back(ways_.size());
    for (std::size_t to = 0; to < occupations_; ++to) {
      const double weight = weights[from * occupations_ + to];
      if (weight > 0.0) ways_.push_back({static_cast<std::uint32_t>(to), weight});
    }
  }
  first_way_.push_back(ways_.size());
  attraction_.assign(occupations_, 1.0);
  sources_.resize(setup.world.base().sizes.regions * occupations_);
  pull_.resize(sources_.size());
}

void Network::run(Step& step) {
  search_.begin(step);
  for (Source& source : sources_) source.ready = false;
  best_.resize(step.world.vacancies().size());
  if (wage_pull_ != 0.0) weigh_wages(step);
  weigh_occupations(step);
  const std::span<const matching::Active> seekers = search_.seekers(step);
  if (applications_ == 1) {
    for (std::size_t first = 0; first < seekers.size(); first += kBatch) {
      apply_once(step, seekers.subspan(first, std::min(kBatch, seekers.size() - first)));
    }
  } else {
    for (const matching::Active& seeker : seekers) {
      apply(step, seeker.id, seeker.occupation, seeker.region, seeker.word, applications_);
    }
  }
  if (search_employed_ > 0.0) search_at_work(step);
  settle(step);
  search_.end(step);
}

void Network::weigh_wages(const Step& step) {
  // Mean over regions and sectors of the occupation's wage index.
  std::fill(attraction_.begin(), attraction_.end(), 0.0);
  const std::vector<double>& index = step.signals.wage_index;
  for (std::size_t c = 0; c < index.size(); ++c) attraction_[c % occupations_] += index[c];
  for (double& a : attraction_) a = std::pow(a, wage_pull_);
}

void Network::weigh_occupations(const Step& step) {
  for (std::size_t r = 0; r < step.world.base().sizes.regions; ++r) {
    for (std::size_t k = 0; k < occupations_; ++k) {
      pull_[r * occupations_ + k] =
          attraction_[k] * static_cast<double>(open_in(step, RegionId{r}, OccupationId{k}));
    }
  }
}

void Network::add_up(RegionId region, std::size_t occupation, Source& source) const {
  const std::size_t first = first_way_[occupation];
  source.sums.resize(first_way_[occupation + 1] - first);
  double sum = 0.0;
  for (std::size_t w = 0; w < source.sums.size(); ++w) {
    const Way& way = ways_[first + w];
    sum += way.weight * pull_[region.at() * occupations_ + way.to];
    source.sums[w] = sum;
  }
  source.ready = true;
}

VacancyId Network::choose(const Step& step, RegionId region, OccupationId occupation,
                          std::uint32_t word) const {
  const MarketTable& here = step.world.market(step.world.market_id(region, occupation));
  const MarketTable& national = step.world.market(step.world.national_market(occupation));
  const std::uint64_t all = here.size() + national.size();
  const std::uint64_t at = (std::uint64_t{word} * all) >> 32;
  // What is left of the word after the choice of the table is uniform again.
  const auto rest = static_cast<std::uint32_t>(std::uint64_t{word} * all);
  if (at < here.size()) {
    return here.choose(static_cast<std::uint32_t>(((at << 32) + rest) / here.size()));
  }
  return national.choose(
      static_cast<std::uint32_t>((((at - here.size()) << 32) + rest) / national.size()));
}

OccupationId Network::find_target(OccupationId occupation, RegionId region, std::uint32_t word) {
  Source& source = sources_[region.at() * occupations_ + occupation.at()];
  if (!source.ready) add_up(region, occupation.at(), source);
  const double all = source.sums.back();
  if (all <= 0.0) return OccupationId::none();
  const double sought = word * 0x1.0p-32 * all;
  auto found = std::upper_bound(source.sums.begin(), source.sums.end(), sought);
  // Rounding may lead beyond the last sum: back to the last way with vacancies.
  if (found == source.sums.end()) {
    found = std::lower_bound(source.sums.begin(), source.sums.end(), all);
  }
  const auto way = static_cast<std::size_t>(found - source.sums.begin());
  return OccupationId{std::size_t{ways_[first_way_[occupation.at()] + way].to}};
}

void Network::apply_once(const Step& step, std::span<const matching::Active> seekers) {
  const World& world = step.world;
  std::array<Applicant, kBatch> applicants;
  std::array<MarketTable::Choice, kBatch> choices;
  std::size_t number = 0;
  for (const matching::Active& seeker : seekers) {
    const OccupationId target = find_target(seeker.occupation, seeker.region, seeker.word);
    if (target.is_none()) continue;
    if (world.market(world.national_market(target)).size() > 0) {
      consider(choose(step, seeker.region, target, seeker.detail), seeker.id, seeker.priority);
      continue;
    }
    applicants[number] = {seeker.id, seeker.priority};
    choices[number] = {&world.market(world.market_id(seeker.region, target)), seeker.detail, {}};
    ++number;
  }
  MarketTable::choose(std::span(choices.data(), number));
  for (std::size_t i = 0; i < number; ++i) prefetch_record(&best_[choices[i].vacancy.at()]);
  for (std::size_t i = 0; i < number; ++i) {
    consider(choices[i].vacancy, applicants[i].id, applicants[i].priority);
  }
}

void Network::apply(const Step& step, PersonId id, OccupationId occupation, RegionId region,
                    std::uint32_t word, int applications) {
  const OccupationId target = find_target(occupation, region, word);
  if (target.is_none()) return;
  for (int a = 0; a < applications; a += 2) {
    // One block serves two applications: where, and with which priority.
    const Draws::Block words =
        step.draws.block(kApply, id.value(), static_cast<std::uint32_t>(a / 2));
    consider(choose(step, region, target, words[0]), id, words[1]);
    if (a + 1 < applications) consider(choose(step, region, target, words[2]), id, words[3]);
  }
}

void Network::consider(VacancyId vacancy, PersonId id, std::uint32_t priority) {
  Applicant& best = best_[vacancy.at()];
  if (best.id.is_none()) {
    touched_.push_back(vacancy);
    best = {id, priority};
  } else if (priority > best.priority ||
             (priority == best.priority && id.value() > best.id.value())) {
    best = {id, priority};
  }
}

void Network::search_at_work(const Step& step) {
  const World& world = step.world;
  const double hazard = -std::log1p(-search_employed_);
  for_candidates(step, kSearchAtWork, hazard, [&](PersonId id, double u) {
    const Person& person = world.persons[id];
    if (!person.is_national() || person.status != Status::Employed) return;
    if (person.since >= step.index || !strikes(u, hazard, step.dt)) return;
    // u is uniform below the hazard's probability: what is left of it says where.
    const double rest = u / probability(hazard, step.dt);
    apply(step, id, person.occupation, person.region, static_cast<std::uint32_t>(rest * 0x1.0p32),
          applications_employed_);
  });
}

/// Every vacancy offers to one of its applicants, and who has several offers takes one.
void Network::settle(Step& step) {
  World& world = step.world;
  if (search_employed_ == 0.0 && applications_ == 1) {
    due_.clear();
    for (const VacancyId v : touched_) {
      due_.push_back({World::staff_order(best_[v.at()].id, step.index), v});
    }
    touched_.clear();
    std::sort(due_.begin(), due_.end(),
              [](const Due& a, const Due& b) { return a.order > b.order; });
    in_stages(
        std::span<const Due>(due_), [&](const Due& d) { world.fetch_vacancy(d.vacancy); },
        [&](const Due& d) { world.fetch_cell_of(d.vacancy); },
        [&](const Due& d) {
          world.fetch_firm_of(d.vacancy);
          world.fetch_person(best_[d.vacancy.at()].id);
        },
        [&](const Due& d) {
          const PersonId id = best_[d.vacancy.at()].id;
          best_[d.vacancy.at()] = {};
          search_.hire(step, id, d.vacancy);
        });
    return;
  }
  offers_.clear();
  for (const VacancyId v : touched_) {
    const Applicant& best = best_[v.at()];
    // The vacancy's own key breaks ties between equal priorities of one person.
    offers_.push_back(
        {best.id, std::uint64_t{best.priority} << 32 | world.vacancy(v).place_key, v});
    best_[v.at()] = {};
  }
  touched_.clear();
  std::sort(offers_.begin(), offers_.end(), [](const Offer& a, const Offer& b) {
    return a.person != b.person ? a.person.value() < b.person.value() : a.rank > b.rank;
  });
  for (std::size_t i = 0; i < offers_.size(); ++i) {
    if (i > 0 && offers_[i].person == offers_[i - 1].person) continue;
    const Offer& offer = offers_[i];
    const Person& person = world.persons[offer.person];
    if (person.status == Status::Employed) {
      matching::JobTaking::change_job(step, offer.person, offer.vacancy,
                                      person.relative_wage * kWageUnit);
    } else {
      search_.hire(step, offer.person, offer.vacancy);
    }
  }
}

VariantDecl Network::declaration() {
  VariantDecl decl;
  decl.slot = Slot::Matching;
  decl.name = "network";
  decl.summary =
      "Occupational mobility network: seekers apply along its edges, with or without a job";
  decl.reference = "del Rio-Chanona et al. (2021); docs/models/matching/network.md";
  decl.follows_network = true;
  decl.gives = {"job_finding"};
  decl.parameters = {
      matching::own_occupation_parameter(),
      {"search_on_the_job",
       "λ",
       "1/month",
       0.0,
       0.0,
       0.999,
       Dim::None,
       {},
       "assumption",
       "Chance that somebody at work applies in a month",
       {}},
      {"applications_searching",
       "β_u",
       "1",
       1.0,
       1.0,
       100.0,
       Dim::None,
       {},
       "assumption",
       "Applications of one who searches without a job, all to one occupation",
       {},
       true},
      {"applications_employed",
       "β_e",
       "1",
       1.0,
       1.0,
       100.0,
       Dim::None,
       {},
       "assumption",
       "Applications of one who searches from a job, all to one occupation",
       {},
       true},
      {"wage_pull",
       "",
       "1",
       0.0,
       0.0,
       10.0,
       Dim::None,
       {},
       "assumption",
       "Exponent of an occupation's wage in the weight of its vacancies; 0: wages attract nobody",
       {}},
  };
  for (ParameterDecl& shared : matching::search_parameters()) {
    decl.parameters.push_back(std::move(shared));
  }
  return decl;
}

}  // namespace

void register_matching_network(Registry& registry) { registry.add<Network>(); }

}  // namespace steppe
