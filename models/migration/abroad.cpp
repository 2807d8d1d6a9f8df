#include "models/migration/abroad.hpp"

namespace steppe::abroad {
namespace {

/// Ages from which returning nationals no longer look for work.
constexpr int kRetired = 60;

}  // namespace

double age_factor(int age) {
  if (age < 15) return 0.0;
  if (age < 20) return 0.5;
  if (age < 35) return 1.0;
  if (age < 45) return 0.5;
  if (age < 55) return 0.2;
  return age < 65 ? 0.05 : 0.0;
}

bool may_leave(const Person& person) {
  return person.status == Status::Employed || person.status == Status::Herding ||
         person.status == Status::Searching || person.status == Status::Discouraged ||
         person.status == Status::Inactive;
}

Home::Home(Setup& setup)
    : reference_(setup.parameter("home_wage_reference")),
      exchange_(setup.driver("exchange_rate")) {}

void Home::start(const Step& step) {
  // The price of foreign money at the start follows from the wage, and what is measured with it.
  measure(step);
  money_start_ = wage_ / reference_;
  measure(step);
}

void Home::measure(const Step& step) {
  const Ledger& ledger = step.world.ledger;
  const Sizes& sizes = ledger.sizes();
  double paid = 0.0, staff = 0.0;
  for (std::size_t s = 0; s < sizes.sectors; ++s) {
    for (std::size_t k = 0; k < sizes.occupations; ++k) {
      for (std::size_t r = 0; r < sizes.regions; ++r) {
        const SectorId sector{s};
        const OccupationId occupation{k};
        const RegionId region{r};
        paid += step.signals.wage_index[ledger.wage_cell(sector, occupation, region)] *
                static_cast<double>(ledger.wage_units(sector, occupation, region, false));
      }
      staff += static_cast<double>(ledger.staff(SectorId{s}, OccupationId{k}, kNational));
    }
  }
  if (staff > 0.0) wage_ = paid * kWageUnit / staff;
  const auto work =
      static_cast<double>(ledger.nationals(Status::Employed) + ledger.nationals(Status::Herding));
  const auto without = static_cast<double>(ledger.nationals(Status::Searching) +
                                           ledger.nationals(Status::Discouraged));
  employment_ = work > 0.0 ? work / (work + without) : 1.0;
  money_ = exchange_.is_none() ? money_start_ * step.signals.price_index
                               : step.drivers.at(exchange_, step.month);
}

double diaspora(const World& world, std::size_t destination) {
  return static_cast<double>(world.ledger.abroad(DestinationId{destination})) * world.weight();
}

double readiness(const Step& step, std::span<const double> education) {
  double out = 0.0;
  for (int range = 0; range < kRangeCount; ++range) {
    for (std::uint32_t n = 0; n < step.world.persons.size(range); ++n) {
      const Person& person = step.world.persons[make_person_id(range, n)];
      if (!person.is_national() || !may_leave(person)) continue;
      out += age_factor(person.age_years(step.month)) * education[person.education.at()];
    }
  }
  return out;
}

std::vector<double> odds_of(double considering, std::span<const double> wanted) {
  constexpr double kMost = 0.9;
  constexpr double kLeast = 1e-12;
  double sum = 0.0;
  for (const double w : wanted) sum += w;
  const double scale = std::min(1.0, kMost * considering / std::max(sum, kLeast)) / considering;
  const double stay = 1.0 - scale * sum;
  std::vector<double> out;
  for (const double w : wanted) out.push_back(std::log(std::max(scale * w, kLeast) / stay));
  return out;
}

void go_home(Step& step, PersonId id, double gain) {
  World& world = step.world;
  const int age = world.persons[id].age_years(step.month);
  const double skill = world.skill(world.persons[id]) * (1.0 + gain);
  world.return_home(id, age < world.base().working_age ? Status::Child
                        : age >= kRetired              ? Status::Inactive
                                                       : Status::Searching);
  world.set_occupation(id, world.persons[id].occupation, skill);
}

void send_money(Step& step, double share, std::span<const double> wages, double money) {
  double sum = 0.0;  // [USD/month]
  for (std::size_t d = 0; d < wages.size(); ++d) {
    sum += wages[d] * static_cast<double>(step.world.ledger.abroad(DestinationId{d}));
  }
  step.world.ledger.pay(Payment::RemittanceIn, Account::Abroad, Account::Nationals,
                        std::llround(share * sum * money * step.dt));
}

}  // namespace steppe::abroad
