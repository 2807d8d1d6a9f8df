#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

#include "models/matching/network_field.hpp"
#include "models/matching/search.hpp"
#include "models/matching/ways.hpp"
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
  struct Applicant {
    PersonId id;
    std::uint32_t priority;
  };
  /// The best applicant so far: one more than priority and number, or 0 before there is one.
  struct Best {
    std::uint64_t rank = 0;
    [[nodiscard]] std::uint32_t priority() const {
      return static_cast<std::uint32_t>((rank - 1) >> 32);
    }
    [[nodiscard]] PersonId id() const { return PersonId{static_cast<std::uint32_t>(rank - 1)}; }
  };
  /// A hire to be made, with its place in the order in which hires cost least.
  struct Due {
    std::uint32_t order;
    VacancyId vacancy;
    PersonId person;
  };
  struct Offer {
    PersonId person;
    std::uint64_t rank;  ///< decides which of several offers is taken
    VacancyId vacancy;
  };

  /// One application each of kBatch seekers at most.
  void apply_once(const Step& step, std::span<const matching::Active> seekers);
  /// Sends applications of one person, all to one occupation.
  void apply(const Step& step, PersonId id, OccupationId occupation, RegionId region,
             std::uint32_t word, int applications);
  void consider(VacancyId vacancy, PersonId id, std::uint32_t priority);
  void search_at_work(const Step& step);
  void settle(Step& step);
  /// Every seeker has one application: nobody has to choose between offers.
  void settle_single(Step& step);
  void sort_due();

  double search_employed_ = 0.0;
  int applications_ = 1;
  int applications_employed_ = 1;
  matching::Ways ways_;
  matching::Search search_;
  std::vector<Best> best_;          ///< by vacancy
  std::vector<VacancyId> touched_;  ///< those with an applicant, room for all …
  std::size_t n_touched_ = 0;       ///< … and their number
  std::vector<Due> due_, room_;
  std::vector<Offer> offers_;
};

Network::Network(Setup& setup)
    : search_employed_(setup.parameter("search_on_the_job")),
      applications_(setup.whole("applications_searching")),
      applications_employed_(setup.whole("applications_employed")),
      ways_(setup),
      search_(setup) {}

void Network::run(Step& step) {
  search_.begin(step);
  ways_.begin(step);
  best_.resize(step.world.vacancies().size());
  touched_.resize(best_.size() + 1);
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

void Network::apply_once(const Step& step, std::span<const matching::Active> seekers) {
  const World& world = step.world;
  std::array<OccupationId, kBatch> targets;
  std::array<Applicant, kBatch> applicants;
  std::array<MarketTable::Choice, kBatch> choices;
  for (std::size_t i = 0; i < seekers.size(); ++i) {
    targets[i] = ways_.find(seekers[i].occupation, seekers[i].region, seekers[i].word);
  }
  std::size_t number = 0;
  for (std::size_t i = 0; i < seekers.size(); ++i) {
    const matching::Active& seeker = seekers[i];
    const OccupationId target = targets[i];
    if (target.is_none()) continue;
    if (ways_.seen_everywhere(target)) {
      consider(ways_.choose(world, seeker.region, target, seeker.detail), seeker.id,
               seeker.priority);
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
  const OccupationId target = ways_.find(occupation, region, word);
  if (target.is_none()) return;
  for (int a = 0; a < applications; a += 2) {
    // One block serves two applications: where, and with which priority.
    const Draws::Block words =
        step.draws.block(kApply, id.value(), static_cast<std::uint32_t>(a / 2));
    consider(ways_.choose(step.world, region, target, words[0]), id, words[1]);
    if (a + 1 == applications) break;
    consider(ways_.choose(step.world, region, target, words[2]), id, words[3]);
  }
}

void Network::consider(VacancyId vacancy, PersonId id, std::uint32_t priority) {
  Best& best = best_[vacancy.at()];
  touched_[n_touched_] = vacancy;
  n_touched_ += best.rank == 0 ? 1 : 0;
  best.rank = std::max(best.rank, (std::uint64_t{priority} << 32 | id.value()) + 1);
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

void Network::settle_single(Step& step) {
  World& world = step.world;
  due_.clear();
  for (const VacancyId v : std::span(touched_.data(), n_touched_)) {
    const PersonId id = best_[v.at()].id();
    due_.push_back({World::staff_order(id, step.index), v, id});
    best_[v.at()] = {};
  }
  n_touched_ = 0;
  sort_due();
  in_stages(
      std::span<const Due>(due_), [&](const Due& d) { world.fetch_vacancy(d.vacancy); },
      [&](const Due& d) { world.fetch_cell_of(d.vacancy); },
      [&](const Due& d) {
        world.fetch_firm_of(d.vacancy);
        world.fetch_person(d.person);
      },
      [&](const Due& d) { search_.hire(step, d.person, d.vacancy); });
}

/// The highest order first. Orders are scrambled and all different, so that a sort by bytes does
/// with four passes what a comparison would have to guess at every item.
void Network::sort_due() {
  room_.resize(due_.size());
  for (int shift = 0; shift < 32; shift += 8) {
    const auto byte = [&](const Due& d) { return 0xFF - (d.order >> shift & 0xFF); };
    std::array<std::size_t, 257> first{};
    for (const Due& d : due_) ++first[byte(d) + 1];
    std::partial_sum(first.begin(), first.end(), first.begin());
    for (const Due& d : due_) room_[first[byte(d)]++] = d;
    due_.swap(room_);
  }
}

/// Every vacancy offers to one of its applicants, and who has several offers takes one.
void Network::settle(Step& step) {
  if (search_employed_ == 0.0 && applications_ == 1) {
    settle_single(step);
    return;
  }
  World& world = step.world;
  offers_.clear();
  for (const VacancyId v : std::span(touched_.data(), n_touched_)) {
    const Best& best = best_[v.at()];
    // The vacancy's own key breaks ties between equal priorities of one person.
    offers_.push_back(
        {best.id(), std::uint64_t{best.priority()} << 32 | world.vacancy(v).place_key, v});
    best_[v.at()] = {};
  }
  n_touched_ = 0;
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
  decl.relies = {{"network"},
                 {"model.no_network",
                  "matching/network has no network to follow, so that nearness of skill levels "
                  "takes the place of its edges: give network with nodes and edges",
                  {}}};
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
