#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include "models/separations/rate.hpp"
#include "models/vacancies/entry.hpp"
#include "models/vacancies/withdraw.hpp"
#include "models/wages/floors.hpp"
#include "models/wages/job_value.hpp"
#include "sim/api/registry.hpp"

namespace steppe {
namespace {

constexpr Purpose kThreshold{"vacancies/free_entry/threshold"};
constexpr Purpose kReplaced{"vacancies/free_entry/replaced"};

/// Firms open vacancies until one more costs what it brings.
class FreeEntry {
 public:
  static VariantDecl declaration();
  explicit FreeEntry(Setup& setup);
  void start(Step& step);
  void run(Step& step);

  class MeanField {
   public:
    explicit MeanField(MeanFieldSetup& setup)
        : value_(setup, setup.drivers),
          discount_rate_(setup.parameter("discount_rate")),
          separation_rate_(setup.parameters("separation_rate").front()),
          start_(setup.start.wage) {}
    void run(MeanFieldStep& step) {
      steppe::MeanField& f = step.field;
      const Eigen::ArrayXd seekers = step.seekers();
      vacancies::EntryTerms terms{value_.productivity(step.drivers, step.month),
                                  value_.vacancy_cost(), discount_rate_ + separation_rate_,
                                  f.bargained_wage, f.filling_rate};
      for (Eigen::Index k = 0; k < seekers.size(); ++k) {
        const double wage = f.wage[k] / start_[k];
        if (!f.bargained_wage) terms.wage = [wage](double) { return wage; };
        const double filled = step.same_step_search ? 0.0
                                                    : expected_fills(seekers[k], f.vacancies[k],
                                                                     f.filling_rate, step.dt);
        const double coming = f.searching[k] + f.separations[k] - filled;
        const double wanted = vacancies::entry_tightness(terms) * coming;
        const double gap = wanted - (f.vacancies[k] - filled);
        f.openings[k] = std::max(0.0, gap);
        f.withdrawals[k] = std::clamp(-gap, 0.0, f.vacancies[k]);
      }
    }

   private:
    wages::JobValue value_;
    double discount_rate_ = 0.0, separation_rate_ = 0.0;
    Eigen::ArrayXd start_;
  };

 private:
  /// Vacancies that will be filled in the step under way: those of a month times its length, as
  /// matching functions have it, and never more than there are seekers.
  static double expected_fills(double seekers, double vacancies,
                               const std::function<double(double)>& filling_rate, double dt) {
    if (seekers <= 0.0 || vacancies <= 0.0) return 0.0;
    const double share = std::min(1.0, filling_rate(vacancies / seekers) * dt);
    return std::min(seekers, vacancies * share);
  }

  void count(const Step& step);
  void find_tightness(Step& step);
  [[nodiscard]] std::size_t market_of(const Firm& firm, const Cell& cell) const {
    return firm.region.at() * occupations_ + cell.occupation.at();
  }

  wages::JobValue value_;
  wages::Floors floors_;
  double discount_rate_ = 0.0;
  std::vector<double> separation_rate_;  ///< by sector
  std::size_t occupations_ = 0;
  std::vector<float> threshold_;  ///< by cell of the start: rounds its vacancies, for good

  // Of the step under way. By region × occupation: those who search now, those who will when the
  // vacancies are seen, vacancies, full posts and the share of vacancies that will be filled; by
  // wage cell: θ*.
  std::vector<double> seekers_, coming_, open_, posts_, filled_, tightness_;
};

VariantDecl FreeEntry::declaration() {
  VariantDecl decl;
  decl.slot = Slot::Vacancies;
  decl.name = "free_entry";
  decl.summary = "Firms open vacancies until the cost of filling one is what a filled post brings";
  decl.reference = "Pissarides (2000); docs/models/vacancies/free_entry.md";
  decl.needs = {"matching_function", "wage_index"};
  decl.parameters = wages::JobValue::parameters();
  decl.parameters.push_back(separations::rate_parameter());
  decl.parameters.push_back({"discount_rate",
                             "r",
                             "1/month",
                             0.004,
                             0.0,
                             1.0,
                             Dim::None,
                             {},
                             "Shimer (2005): 0.012 a quarter",
                             "Rate at which the future is discounted",
                             {}});
  decl.levers = wages::Floors::levers();
  decl.drivers = {wages::JobValue::driver()};
  return decl;
}

FreeEntry::FreeEntry(Setup& setup)
    : value_(setup, setup.drivers),
      floors_(setup),
      discount_rate_(setup.parameter("discount_rate")),
      separation_rate_(setup.parameters("separation_rate")),
      occupations_(setup.world.base().sizes.occupations) {
  const Sizes& sizes = setup.world.base().sizes;
  for (auto* numbers : {&seekers_, &coming_, &open_, &posts_, &filled_}) {
    numbers->resize(sizes.regions * occupations_);
  }
  tightness_.resize(sizes.regions * sizes.sectors * occupations_);
}

void FreeEntry::start(Step& step) {
  for (std::uint32_t c = 0; c < step.world.cells.size(); ++c) {
    threshold_.push_back(static_cast<float>(step.draws.uniform(kThreshold, c)));
  }
}

void FreeEntry::count(const Step& step) {
  const World& world = step.world;
  for (auto* numbers : {&seekers_, &coming_, &open_, &posts_}) {
    std::fill(numbers->begin(), numbers->end(), 0.0);
  }
  const int latest = step.same_step_search ? step.index : step.index - 1;
  for (const Seeker& seeker : world.searching()) {
    const std::size_t market = seeker.region.at() * occupations_ + seeker.occupation.at();
    coming_[market] += 1.0;
    seekers_[market] += seeker.since <= latest ? 1.0 : 0.0;
  }
  for (const Cell& cell : world.cells) {
    if (cell.full == 0 && cell.vacancies == 0) continue;
    const std::size_t market = market_of(world.firms[cell.firm.at()], cell);
    open_[market] += cell.vacancies;
    posts_[market] += cell.full;
  }
}

/// θ* of every wage cell: its sector's wage, floor and separation rate.
void FreeEntry::find_tightness(Step& step) {
  const World& world = step.world;
  const Base& base = world.base();
  const Signals& signals = step.signals;
  vacancies::EntryTerms terms;
  terms.productivity = value_.productivity(step.drivers, step.month);
  terms.vacancy_cost = value_.vacancy_cost();
  terms.filling_rate = signals.filling_rate;
  for (std::size_t s = 0; s < base.sizes.sectors; ++s) {
    terms.leaving_rate = discount_rate_ + separation_rate_[s];
    const double floor = floors_.of(step, s);
    for (const OccupationId k : base.staffing[s]) {
      const double unit = base.wage[s * occupations_ + k.at()] * signals.price_index;
      for (std::size_t r = 0; r < base.sizes.regions; ++r) {
        const std::size_t cell = world.ledger.wage_cell(SectorId{s}, k, RegionId{r});
        const double index = signals.wage_index[cell] / unit;
        if (signals.bargained_wage) {
          terms.wage = [&, least = floor / unit](double tightness) {
            return std::max(least, signals.bargained_wage(tightness));
          };
        } else {
          terms.wage = [index](double) { return index; };
        }
        tightness_[cell] = vacancies::entry_tightness(terms);
      }
    }
  }
}

void FreeEntry::run(Step& step) {
  World& world = step.world;
  count(step);
  find_tightness(step);
  for (std::size_t market = 0; market < seekers_.size(); ++market) {
    // Where search comes before the new vacancies are seen, some of the old, and of those who
    // search, will have gone by then.
    filled_[market] = 0.0;
    if (step.same_step_search || open_[market] == 0.0) continue;
    const double fills =
        expected_fills(seekers_[market], open_[market], step.signals.filling_rate, step.dt);
    filled_[market] = fills / open_[market];
    coming_[market] -= fills;
  }
  for (std::uint32_t c = 0; c < world.cells.size(); ++c) {
    const CellId id{c};
    const Cell& cell = world.cells[c];
    if (cell.lost > 0) world.forget_lost(id);
    if (cell.full == 0 && cell.vacancies == 0) continue;
    const Firm& firm = world.firms[cell.firm.at()];
    const std::size_t market = market_of(firm, cell);
    const double share = posts_[market] > 0.0 ? cell.full / posts_[market] : 0.0;
    const double theta =
        tightness_[world.ledger.wage_cell(firm.sector, cell.occupation, firm.region)];
    const std::uint32_t key = world.draw_key(id);
    const auto wanted =
        static_cast<std::int64_t>(theta * coming_[market] * share + threshold_[key]);
    const double going = filled_[market] * cell.vacancies;
    const auto replaced =
        going > 0.0 ? static_cast<std::int64_t>(going + step.draws.uniform(kReplaced, key)) : 0;
    const std::int64_t gap = wanted + replaced - cell.vacancies;
    for (std::int64_t n = 0; n < gap; ++n) world.open_vacancy(id);
    if (gap < 0) vacancies::withdraw(world, cell, -gap);
  }
}

}  // namespace

void register_vacancies_free_entry(Registry& registry) { registry.add<FreeEntry>(); }

}  // namespace steppe
