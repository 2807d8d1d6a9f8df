#include "models/foreign_hiring/arrivals.hpp"

#include <cmath>
#include <string>

#include "sim/api/candidates.hpp"
#include "sim/core/error.hpp"

namespace steppe::arrivals {
namespace {

constexpr Purpose kNewcomer{"foreign_hiring/permit_queue/newcomer"};
constexpr Purpose kAge{"foreign_hiring/permit_queue/age"};
constexpr Purpose kLeave{"foreign_hiring/arrivals/leave"};

constexpr int kYoungest = 22;
constexpr int kOldest = 54;

}  // namespace

void check_origins(const Sizes& sizes, std::string_view variant) {
  constexpr std::size_t kOrigins = kRangeCount - static_cast<std::size_t>(Range::Arrivals);
  if (sizes.origins - 1 > kOrigins) {
    throw ConfigError("foreign_hiring/" + std::string(variant) + " tells at most " +
                      std::to_string(kOrigins) +
                      " origins apart: combine some of dimensions.origins");
  }
}

std::int16_t birth_month(const Step& step, std::uint32_t key) {
  constexpr std::uint32_t kMonths = (kOldest - kYoungest + 1) * 12;
  const auto months = static_cast<int>(step.draws.block(kAge, key)[0] % kMonths);
  return static_cast<std::int16_t>(step.month.index() - kYoungest * 12 - months);
}

PersonId bring_in(Step& step, VacancyId vacancy, OriginId origin, std::int16_t birth_month,
                  const Traits& traits, double relative_wage) {
  World& world = step.world;
  const Cell& cell = world.cells[world.vacancy(vacancy).cell.at()];
  const Firm& firm = world.firms[cell.firm.at()];
  const auto words = step.draws.block(kNewcomer, world.vacancy(vacancy).place_key);
  Person person;
  person.status = Status::Searching;
  person.origin = origin;
  person.region = firm.region;
  person.sector = firm.sector;
  person.occupation = cell.occupation;
  person.skill = to_fixed(traits.skill, kSkillUnit);
  person.since = step.index;
  person.permit_first = step.index;
  person.birth_month = birth_month;
  const bool male = Draws::to_uniform(words[1], words[2]) < traits.male_share;
  person.set_sex(male ? Sex::Male : Sex::Female);
  const int range = static_cast<int>(Range::Arrivals) + origin.value() - 1;
  const PersonId id = world.add_person(range, person);
  world.ledger.flow(Flow::Arrival, person);
  world.hire(id, vacancy, relative_wage);
  return id;
}

PersonId settle_in(Step& step, VacancyId vacancy, OriginId origin, std::int16_t birth_month,
                   const Traits& traits, double recruitment_cost) {
  World& world = step.world;
  const PersonId id = bring_in(step, vacancy, origin, birth_month, traits, 1.0);
  world.set_permit(id, Permit::Valid, world.clock().steps());
  const Person& person = world.persons[id];
  world.ledger.flow(Flow::PermitIssued, person);
  const double wage = foreign_wage(step, person.sector, person.occupation, person.region);
  world.ledger.pay(Payment::RecruitmentCost, Account::Firms, Account::Abroad,
                   std::llround(recruitment_cost * wage));
  return id;
}

double foreign_wage(const Step& step, SectorId sector, OccupationId occupation, RegionId region) {
  return step.signals.foreign_wage_ratio[occupation.at()] *
         step.signals.wage_index[step.world.ledger.wage_cell(sector, occupation, region)];
}

void go_home(Step& step, double rate) {
  World& world = step.world;
  const auto bound = [&](const Stretch& who) { return Bound(who.foreigners ? rate : 0.0); };
  for_candidates(step, kLeave, bound, [&](PersonId id, double u) {
    const Person& person = world.persons[id];
    if (person.is_national() || person.status != Status::Employed) return;
    if (person.since < step.index && strikes(u, rate, step.dt)) world.separate(id, Status::Gone);
  });
}

void send_home_money(Step& step, double share) {
  Ledger& ledger = step.world.ledger;
  const Sizes& sizes = ledger.sizes();
  double wages = 0.0;
  for (std::size_t r = 0; r < sizes.regions; ++r) {
    for (std::size_t s = 0; s < sizes.sectors; ++s) {
      for (std::size_t k = 0; k < sizes.occupations; ++k) {
        const std::int64_t units =
            ledger.wage_units(SectorId{s}, OccupationId{k}, RegionId{r}, true);
        if (units == 0) continue;
        wages +=
            static_cast<double>(units) * step.signals.foreign_wage_ratio[k] *
            step.signals.wage_index[ledger.wage_cell(SectorId{s}, OccupationId{k}, RegionId{r})];
      }
    }
  }
  ledger.pay(Payment::RemittanceOut, Account::Foreigners, Account::Abroad,
             std::llround(share * wages * kWageUnit * step.dt));
}

std::vector<std::int64_t> stock_by_origin(const Ledger& ledger) {
  const Sizes& sizes = ledger.sizes();
  std::vector<std::int64_t> out(sizes.origins);
  for (std::size_t s = 0; s < sizes.sectors; ++s) {
    for (std::size_t k = 0; k < sizes.occupations; ++k) {
      for (std::size_t o = 1; o < sizes.origins; ++o) {
        out[o] += ledger.staff(SectorId{s}, OccupationId{k}, OriginId{o});
      }
    }
  }
  return out;
}

std::vector<double> foreign_shares(const Ledger& ledger) {
  const Sizes& sizes = ledger.sizes();
  std::vector<double> out;
  for (std::size_t s = 0; s < sizes.sectors; ++s) {
    for (std::size_t k = 0; k < sizes.occupations; ++k) {
      double foreigners = 0.0;
      for (std::size_t o = 1; o < sizes.origins; ++o) {
        foreigners += static_cast<double>(ledger.staff(SectorId{s}, OccupationId{k}, OriginId{o}));
      }
      const double staff =
          foreigners + static_cast<double>(ledger.staff(SectorId{s}, OccupationId{k}, kNational));
      out.push_back(staff > 0.0 ? foreigners / staff : 0.0);
    }
  }
  return out;
}

}  // namespace steppe::arrivals
