#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "models/matching/occupation_weights.hpp"
#include "models/matching/search.hpp"
#include "models/matching/seen.hpp"
#include "models/matching/transfer.hpp"
#include "models/separations/rate.hpp"
#include "models/wages/offers.hpp"
#include "sim/api/candidates.hpp"
#include "sim/api/registry.hpp"

namespace steppe {
namespace {

constexpr Purpose kContact{"matching/job_ladder/contact"};
constexpr Purpose kOnTheJob{"matching/job_ladder/on_the_job"};
constexpr Purpose kPost{"matching/job_ladder/post"};

/// Wage offers come at random, more often to those without work; whoever is offered more than they
/// have, or than it takes to work at all, takes the post.
class JobLadder {
 public:
  static VariantDecl declaration();
  explicit JobLadder(Setup& setup);
  void run(Step& step);

 private:
  /// Somebody whom an offer reaches.
  struct Contact {
    PersonId id;
    std::uint32_t priority = 0;  ///< uniform; who chooses first
    Draws::Block words{};        ///< [0], [1]: the post; [2], [3]: the wage offered
  };
  void add(const Step& step, PersonId id);
  void reach_seekers(Step& step);
  void reach_staff(const Step& step);
  void answer(Step& step, const Contact& contact);
  [[nodiscard]] static double index_of(const Step& step, const Firm& firm, OccupationId occupation,
                                       RegionId residence) {
    // Who does not fly in moves to the firm's region, where its wages are paid.
    const RegionId region = firm.recruits_nationally ? residence : firm.region;
    return step.signals.wage_index[step.world.ledger.wage_cell(firm.sector, occupation, region)];
  }

  wages::Prospects prospects_;  ///< of somebody who works in the mean of sectors
  matching::Search search_;
  matching::SeenPosts seen_;
  double reservation_ = 0.0;  ///< lowest relative wage worth taking, this step
  std::vector<Contact> contacts_;
};

VariantDecl JobLadder::declaration() {
  VariantDecl decl;
  decl.slot = Slot::Matching;
  decl.name = "job_ladder";
  decl.summary = "Offers reach those with and without work at random; the better job is taken";
  decl.reference = "Burdett and Mortensen (1998); docs/models/matching/job_ladder.md";
  decl.follows_network = true;
  decl.needs = {"offered_wages", "wage_index"};
  decl.gives = {"job_finding"};
  const auto number = [](const char* name, const char* symbol, const char* unit, double value,
                         double max, const char* source, const char* summary) {
    return ParameterDecl{name, symbol, unit, value, 0.0, max, Dim::None, {}, source, summary, {}};
  };
  decl.parameters = {
      number("offer_rate", "λ0", "1/month", 0.5, 10.0, "assumption",
             "Rate at which offers reach those without work"),
      number("offer_rate_employed", "λ1", "1/month", 0.03, 10.0, "assumption",
             "Rate at which offers reach nationals at work"),
      number("discount_rate", "r", "1/month", 0.004, 1.0, "Shimer (2005): 0.012 a quarter",
             "Rate at which the future is discounted"),
      number("nonwork_value", "z", "1", 0.4071, 100.0,
             "Shimer (2005): 0.4, over the wage of its steady state",
             "What not working is worth, over the base wage"),
      separations::rate_parameter(),
      matching::own_occupation_parameter(),
  };
  for (ParameterDecl& shared : matching::search_parameters()) {
    decl.parameters.push_back(std::move(shared));
  }
  return decl;
}

/// Mean of the sectors' rates of separation, by their posts.
double mean_separation_rate(const Setup& setup) {
  const std::vector<double> rates = setup.parameters("separation_rate");
  const std::vector<double>& posts = setup.world.base().posts;
  double sum = 0.0, of = 0.0;
  for (std::size_t s = 0; s < rates.size(); ++s) {
    sum += rates[s] * posts[s];
    of += posts[s];
  }
  return of > 0.0 ? sum / of : 0.0;
}

JobLadder::JobLadder(Setup& setup)
    : prospects_{setup.parameter("nonwork_value"), setup.parameter("offer_rate"),
                 setup.parameter("offer_rate_employed"), setup.parameter("discount_rate"),
                 mean_separation_rate(setup)},
      search_(setup),
      seen_(setup) {}

void JobLadder::run(Step& step) {
  search_.begin(step);
  seen_.refresh();
  reservation_ = wages::reservation_wage(prospects_, step.signals.offered_wage);
  contacts_.clear();
  reach_seekers(step);
  reach_staff(step);
  // One after another, and each sees what those before left: nobody meets a post that is gone.
  std::sort(contacts_.begin(), contacts_.end(), [](const Contact& a, const Contact& b) {
    return a.priority != b.priority ? a.priority < b.priority : a.id < b.id;
  });
  for (const Contact& contact : contacts_) answer(step, contact);
  search_.end(step);
}

void JobLadder::add(const Step& step, PersonId id) {
  contacts_.push_back(
      {id, step.draws.block(kPost, id.value(), 1)[0], step.draws.block(kPost, id.value())});
}

void JobLadder::reach_seekers(Step& step) {
  const double chance = probability(prospects_.offers_unemployed, step.dt);
  for (const matching::Active& seeker : search_.seekers(step)) {
    if (step.draws.uniform(kContact, seeker.id.value()) < chance) add(step, seeker.id);
  }
}

void JobLadder::reach_staff(const Step& step) {
  const World& world = step.world;
  const auto adults = [&](const Stretch& who) {
    const bool some = who.nationals && who.oldest >= world.base().working_age;
    return some ? prospects_.offers_employed : 0.0;
  };
  for_candidates(step, kOnTheJob, adults, [&](PersonId id, double u) {
    const Person& person = world.persons[id];
    if (person.status != Status::Employed || !person.is_national()) return;
    if (strikes(u, prospects_.offers_employed, step.dt)) add(step, id);
  });
}

void JobLadder::answer(Step& step, const Contact& contact) {
  const World& world = step.world;
  const Person& person = world.persons[contact.id];
  const VacancyId post =
      seen_.choose(world, person.region, person.occupation, contact.words[0], contact.words[1]);
  if (post.is_none()) return;
  const Cell& cell = world.cells[world.vacancy(post).cell.at()];
  const Firm& firm = world.firms[cell.firm.at()];
  const double offer =
      step.signals.offered_wage(Draws::to_uniform(contact.words[2], contact.words[3]));
  if (person.status != Status::Employed) {
    if (offer < reservation_) return;
    search_.hire_at(step, contact.id, post, offer);
  } else {
    const Firm& employer = world.firms[person.employer.at()];
    const double now = person.relative_wage * kWageUnit *
                       index_of(step, employer, person.occupation, person.region);
    const double then = offer * index_of(step, firm, cell.occupation, person.region);
    if (then <= now) return;
    matching::JobTaking::change_job(step, contact.id, post, offer);
  }
  seen_.refresh();
}

}  // namespace

void register_matching_job_ladder(Registry& registry) { registry.add<JobLadder>(); }

}  // namespace steppe
