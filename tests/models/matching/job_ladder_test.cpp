#include <cmath>
#include <cstdint>
#include <functional>
#include <vector>

#include "models/wages/offers.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/population/synthesise.hpp"
#include "support/catch.hpp"
#include "support/offers.hpp"
#include "support/small_world.hpp"
#include "support/textbook.hpp"

using namespace steppe;

namespace steppe {
void register_matching_job_ladder(Registry& registry);
}

namespace {

struct Case {
  double offers_unemployed, offers_employed, separation, nonwork;
  bool equilibrium;  ///< offers of the posting equilibrium; else uniform on [0, 1]
  StepLength step = StepLength::Month;
};

/// What a settled market of the model's steps has, exactly: within a step jobs end first, and who
/// keeps one may then be offered another. In short steps this is the model of continuous time.
struct Settled {
  explicit Settled(const Case& c, double dt)
      : end(probability(c.separation, dt)),
        find(probability(c.offers_unemployed, dt)),
        kappa((1.0 - end) * probability(c.offers_employed, dt) / end) {
    const double p = 1.0, ladder = c.offers_employed / c.separation;
    const wages::PostedOffers posted{
        p, wages::posting_reservation(c.nonwork, p, c.offers_unemployed / c.separation, ladder),
        ladder};
    if (c.equilibrium) {
      quantile = [posted](double x) { return posted.quantile(x); };
    } else {
      quantile = [](double x) { return x; };
    }
    // By shares of the employed: G = F/(1 + κ (1 − F)).
    constexpr int kParts = 100000;
    double squares = 0.0;
    for (int i = 0; i < kParts; ++i) {
      const double g = (i + 0.5) / kParts;
      const double wage = quantile(g * (1.0 + kappa) / (1.0 + kappa * g));
      mean += wage / kParts;
      squares += wage * wage / kParts;
    }
    spread = std::sqrt(squares - mean * mean);
  }
  [[nodiscard]] double unemployment() const { return end / (end + find); }
  [[nodiscard]] double moves() const { return end * test::moves_per_separation(kappa); }

  double end, find, kappa;
  std::function<double(double)> quantile;
  double mean = 0.0, spread = 0.0;  ///< of wages earned
};

struct Seen {
  double unemployment = 0.0, below = 0.0, mean = 0.0, moves = 0.0;
  double employed = 0.0, steps = 0.0;  ///< persons, and steps over which moves were counted
};

/// @param cut the relative wage up to which the employed count as `below`
Seen run(const Case& c, int persons, double cut) {
  test::Textbook book;
  book.persons = persons;
  book.firms = 20;
  book.staff = 2.0 * persons / 20.0;
  book.unemployed = 0.2;
  book.months = static_cast<int>(12.0 / c.separation);
  book.step = c.step;
  book.model = {
      {Slot::Separations, "constant"}, {Slot::Matching, "job_ladder"}, {Slot::Wages, "posting"}};
  book.parameters = {{"offer_rate", c.offers_unemployed},
                     {"offer_rate_employed", c.offers_employed},
                     {"separation_rate", c.separation},
                     {"nonwork_value", c.nonwork},
                     {"discount_rate", 0.0},
                     {"productivity", 1.0},
                     {"offer_distribution", c.equilibrium ? 1.0 : 2.0},
                     {"lowest_offer", 0.0},
                     {"highest_offer", 1.0},
                     {"ladder_ratio", c.offers_employed / c.separation},
                     {"ladder_ratio_unemployed", c.offers_unemployed / c.separation},
                     {"duration_dependence", 0.0}};
  const Scenario scenario = test::make_scenario(book, builtin_models());
  Simulation simulation(scenario, builtin_models(), synthesise(scenario), {.seed = 9});
  class Moves final : public Observer {
   public:
    void on_month(const MonthView& view) override {
      months.push_back(static_cast<double>(view.world.ledger.total(Flow::JobToJob)));
    }
    std::vector<double> months;
  } tap;
  simulation.add_observer(tap);
  simulation.run();
  const World& world = simulation.world();
  world.verify();
  Seen seen;
  for (std::uint32_t n = 0; n < world.persons.size(0); ++n) {
    const Person& person = world.persons[make_person_id(0, n)];
    if (person.status != Status::Employed) continue;
    const double wage = person.relative_wage * kWageUnit;
    seen.employed += 1.0;
    seen.below += wage <= cut ? 1.0 : 0.0;
    seen.mean += wage;
  }
  seen.unemployment = 1.0 - seen.employed / persons;
  seen.below /= seen.employed;
  seen.mean /= seen.employed;
  constexpr std::size_t kMonths = 24;
  for (std::size_t m = tap.months.size() - kMonths; m < tap.months.size(); ++m) {
    seen.moves += tap.months[m];
  }
  seen.steps = kMonths / scenario.clock().months_per_step();
  return seen;
}

}  // namespace

// 12 comparisons at 4 standard errors, those of independent persons: false alarm 8e-4. Wages are
// kept in steps of 1/4096, which is below these errors. From a start without a ladder 12/δ months
// are left to settle, exp(−12) of it.
TEST_CASE("matching/job_ladder: agents earn and move as the closed forms say",
          "[model][matching]") {
  constexpr int kPersons = 12000;
  for (const Case& c :
       {Case{.1, .1, .02, .0, false}, Case{.1, .1, .02, .4, true}, Case{.5, .06, .05, .3, true}}) {
    const Settled exact(c, 1.0);
    const double median = exact.quantile(0.5);
    const Seen seen = run(c, kPersons, median);
    const double u = exact.unemployment();
    CHECK_THAT(seen.unemployment, WithinAbs(u, 4.0 * std::sqrt(u * (1.0 - u) / kPersons)));
    const double g = test::earning_share(0.5, exact.kappa);
    CHECK_THAT(seen.below, WithinAbs(g, 4.0 * std::sqrt(g * (1.0 - g) / seen.employed)));
    CHECK_THAT(seen.mean, WithinAbs(exact.mean, 4.0 * exact.spread / std::sqrt(seen.employed)));
    const double moves = exact.moves() * (1.0 - u) * kPersons * seen.steps;
    CHECK_THAT(seen.moves, WithinAbs(moves, 4.0 * std::sqrt(moves)));
  }
}

// As above, 8 comparisons: false alarm 5e-4.
TEST_CASE("matching/job_ladder: many agents, and weekly steps nearer to continuous time",
          "[model][matching][slow]") {
  for (const StepLength step : {StepLength::Month, StepLength::Week}) {
    const int persons = step == StepLength::Month ? 60000 : 20000;
    const Case c{.1, .1, .02, .0, false, step};
    const Settled exact(c, step == StepLength::Month ? 1.0 : 7.0 / (365.25 / 12.0));
    const Seen seen = run(c, persons, 0.5);
    const double u = exact.unemployment();
    CHECK_THAT(seen.unemployment, WithinAbs(u, 4.0 * std::sqrt(u * (1.0 - u) / persons)));
    const double g = test::earning_share(0.5, exact.kappa);
    CHECK_THAT(seen.below, WithinAbs(g, 4.0 * std::sqrt(g * (1.0 - g) / seen.employed)));
    CHECK_THAT(seen.mean, WithinAbs(exact.mean, 4.0 * exact.spread / std::sqrt(seen.employed)));
    const double moves = exact.moves() * (1.0 - u) * persons * seen.steps;
    CHECK_THAT(seen.moves, WithinAbs(moves, 4.0 * std::sqrt(moves)));
  }
}

TEST_CASE("matching/job_ladder: in short steps the closed forms are those of continuous time",
          "[model][matching]") {
  const Case c{.1, .1, .02, .0, false};
  const Settled exact(c, 1e-6);
  CHECK_THAT(exact.unemployment(), WithinRel(.16666667, 1e-6));
  CHECK_THAT(test::earning_share(0.5, exact.kappa), WithinRel(1.0 / 7.0, 1e-6));
  CHECK_THAT(exact.mean, WithinRel(.76997773, 1e-6));
  CHECK_THAT(exact.moves() / 1e-6, WithinRel(.02300223, 1e-6));
}

namespace {

/// Seekers and one worker of each pay, who are offered one wage.
struct Market {
  Market(double offer, double offers_employed) : small(1) {
    test::SmallWorld::set_members(small.scenario.dimensions.sectors, {"first", "second"});
    small.base.wage = {1000.0, 2000.0};
    small.build();
    for (std::size_t s = 0; s < 2; ++s) {
      const FirmId firm = small.world.add_firm(SectorId{s}, RegionId{std::size_t{0}});
      cells[s] = CellId{small.world.firms[firm.at()].first_cell};
      small.world.want(cells[s], 1000);
    }
    small.use(register_matching_job_ladder);
    small.set("duration_dependence", 0.0);
    small.set("offer_rate", 10.0);
    small.set("offer_rate_employed", offers_employed);
    small.signals.offered_wage = [offer](double) { return offer; };
  }
  PersonId at_work(std::size_t sector, double relative_wage) {
    const PersonId id = small.add(Status::Searching, 30);
    small.world.persons[id].relative_wage = to_fixed(relative_wage, kWageUnit);
    small.world.place_in_job(id, cells[sector]);
    return id;
  }
  void open(std::size_t sector, int number) {
    for (int n = 0; n < number; ++n) small.world.open_vacancy(cells[sector]);
  }
  void run() {
    small.start(1);
    small.run(1);
    small.world.verify();
  }
  test::SmallWorld small;
  CellId cells[2];
};

}  // namespace

TEST_CASE("matching/job_ladder: people at work move for more pay alone, whatever the sector",
          "[model][matching]") {
  Market market(0.6, 10.0);
  // What is offered is 0.6 of 2000.
  const PersonId below = market.at_work(0, 1.1);
  const PersonId above = market.at_work(0, 1.3);
  const PersonId same_sector = market.at_work(1, 0.7);
  market.open(1, 50);
  market.run();
  const auto sector = [&](PersonId id) { return market.small.world.persons[id].sector.at(); };
  CHECK(sector(below) == 1);
  CHECK(market.small.world.persons[below].relative_wage == to_fixed(0.6, kWageUnit));
  CHECK(sector(above) == 0);
  CHECK(market.small.world.persons[same_sector].relative_wage == to_fixed(0.7, kWageUnit));
  CHECK(market.small.world.ledger.total(Flow::JobToJob) == 1);
}

TEST_CASE("matching/job_ladder: who is without work refuses less than the reservation wage",
          "[model][matching]") {
  for (const double offer : {0.39, 0.41}) {
    Market market(offer, 10.0);  // search on the job is as good, so that the wage is z
    market.small.set("nonwork_value", 0.4);
    const PersonId id = market.small.add(Status::Searching, 30);
    market.open(0, 50);
    market.run();
    CHECK((market.small.world.persons[id].status == Status::Employed) == (offer > 0.4));
  }
}

TEST_CASE("matching/job_ladder: there are never more hires than posts", "[model][matching]") {
  Market market(0.9, 10.0);
  for (int n = 0; n < 200; ++n) market.small.add(Status::Searching, 30);
  market.open(0, 7);
  market.run();
  CHECK(market.small.world.ledger.nationals(Status::Employed) == 7);
  CHECK(market.small.world.open_vacancies() == 0);
}

TEST_CASE("matching/job_ladder: fly-in work pays by residence", "[model][matching]") {
  // Whether somebody who earns `now` of home's wages takes 0.8 of what fly-in work pays.
  const auto takes = [](double now, double home, double far) {
    test::SmallWorld small(1);
    test::SmallWorld::set_members(small.scenario.dimensions.regions, {"home", "far"});
    small.build();
    World& world = small.world;
    const FirmId present = world.add_firm(SectorId{std::size_t{0}}, RegionId{std::size_t{0}});
    const FirmId other = world.add_firm(SectorId{std::size_t{0}}, RegionId{std::size_t{1}});
    world.firms[other.at()].recruits_nationally = true;
    const CellId from{world.firms[present.at()].first_cell};
    const CellId to{world.firms[other.at()].first_cell};
    world.want(from, 1);
    world.want(to, 50);
    const PersonId worker = small.add(Status::Searching, 30);
    world.persons[worker].relative_wage = to_fixed(now, kWageUnit);
    world.place_in_job(worker, from);
    world.step = -1;
    for (int n = 0; n < 50; ++n) world.open_vacancy(to);
    small.use(register_matching_job_ladder);
    small.set("offer_rate_employed", 10.0);
    small.signals.offered_wage = [](double) { return 0.8; };
    small.start(1);
    small.signals.wage_index = {home, far};
    small.run(1);
    world.verify();
    return world.persons[worker].employer == other;
  };
  CHECK_FALSE(takes(1.0, 1000.0, 2000.0));  // 0.8 of home's wages, whatever is paid far away
  CHECK(takes(0.7, 2000.0, 1000.0));
}
