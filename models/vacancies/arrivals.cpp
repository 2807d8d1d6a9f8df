#include <algorithm>
#include <boost/random/poisson_distribution.hpp>
#include <cstdint>
#include <vector>

#include "sim/api/registry.hpp"
#include "sim/core/random_engine.hpp"

namespace steppe {
namespace {

constexpr Purpose kNumber{"vacancies/arrivals/number"};
constexpr Purpose kWhere{"vacancies/arrivals/where"};
constexpr Purpose kWithdraw{"vacancies/arrivals/withdraw"};

/// Vacancies come at a constant rate by occupation, whatever staff firms want, and are withdrawn at
/// a constant hazard.
class Arrivals {
 public:
  static VariantDecl declaration();
  explicit Arrivals(Setup& setup)
      : rate_(setup.parameters("vacancy_arrival_rate")),
        withdrawal_(setup.parameter("vacancy_withdrawal_rate")) {}

  class MeanField {
   public:
    explicit MeanField(MeanFieldSetup& setup)
        : withdrawal_(setup.parameter("vacancy_withdrawal_rate")) {
      const std::vector<double> rate = setup.parameters("vacancy_arrival_rate");
      const Eigen::Index n = setup.start.employed.size();
      rate_ = Eigen::ArrayXd::Zero(n);
      for (std::size_t k = 0; k < rate.size(); ++k) rate_[static_cast<Eigen::Index>(k)] = rate[k];
    }
    void run(MeanFieldStep& step) {
      step.field.openings = rate_ * step.dt;
      step.field.withdrawals = step.field.vacancies * probability(withdrawal_, step.dt);
    }

   private:
    Eigen::ArrayXd rate_;
    double withdrawal_ = 0.0;
  };

  void run(Step& step) {
    withdraw(step);
    sort_cells(step.world);
    for (std::size_t k = 0; k < rate_.size(); ++k) open(step, k);
    // Leavers are not replaced: what comes, comes.
    leavers_.clear();
    step.world.unsettled().for_each([&](std::size_t c) {
      if (step.world.cells[c].lost > 0) leavers_.push_back(CellId{c});
    });
    for (const CellId cell : leavers_) step.world.forget_lost(cell);
  }

 private:
  void withdraw(Step& step) const;
  void sort_cells(const World& world);
  void open(Step& step, std::size_t occupation) const;

  std::vector<double> rate_;  ///< by occupation [post/month]
  double withdrawal_ = 0.0;
  std::vector<std::vector<CellId>> cells_;          ///< by occupation, those with posts …
  std::vector<std::vector<std::uint64_t>> places_;  ///< … and running sums of these
  std::vector<CellId> leavers_;
};

VariantDecl Arrivals::declaration() {
  VariantDecl decl;
  decl.slot = Slot::Vacancies;
  decl.name = "arrivals";
  decl.summary = "Vacancies come at a rate by occupation and are withdrawn at a hazard";
  decl.reference = "Coles and Smith (1998); docs/models/vacancies/arrivals.md";
  decl.parameters = {{"vacancy_arrival_rate",
                      "λ_v",
                      "post/month",
                      1.0,
                      0.0,
                      1e9,
                      Dim::Occupation,
                      {},
                      "assumption",
                      "Vacancies that firms open in an occupation, in the whole country",
                      {}},
                     {"vacancy_withdrawal_rate",
                      "d_v",
                      "1/month",
                      0.05,
                      0.0,
                      2.0,
                      Dim::None,
                      {},
                      "assumption",
                      "Hazard at which an open vacancy is withdrawn",
                      {}}};
  decl.relies = {{"vacancy_arrival_rate"},
                 {"model.no_arrivals",
                  "vacancies/arrivals opens one vacancy a month in an occupation unless told "
                  "otherwise, whatever the country's size, and replaces no leavers: set "
                  "vacancy_arrival_rate, in a steady country to the jobs that end in a month",
                  {}}};
  return decl;
}

void Arrivals::withdraw(Step& step) const {
  World& world = step.world;
  for (std::size_t v = 0; v < world.vacancies().size(); ++v) {
    const Vacancy& vacancy = world.vacancy(VacancyId{v});
    if (!vacancy.open || vacancy.promised) continue;
    const double u = step.draws.uniform(kWithdraw, vacancy.place_key);
    if (strikes(u, withdrawal_, step.dt)) world.withdraw(VacancyId{v});
  }
}

void Arrivals::sort_cells(const World& world) {
  cells_.resize(rate_.size());
  places_.resize(rate_.size());
  for (std::size_t k = 0; k < rate_.size(); ++k) {
    cells_[k].clear();
    places_[k].clear();
  }
  for (std::size_t c = 0; c < world.cells.size(); ++c) {
    const Cell& cell = world.cells[c];
    if (cell.target == 0) continue;
    const std::size_t k = cell.occupation.at();
    const std::uint64_t before = places_[k].empty() ? 0 : places_[k].back();
    cells_[k].push_back(CellId{c});
    places_[k].push_back(before + cell.target);
  }
}

/// Firms get vacancies in proportion to the posts they want in the occupation.
void Arrivals::open(Step& step, std::size_t occupation) const {
  const double mean = rate_[occupation] * step.dt / step.world.weight();
  const std::vector<std::uint64_t>& places = places_[occupation];
  if (mean <= 0.0 || places.empty()) return;
  const auto entity = static_cast<std::uint32_t>(occupation);
  RandomEngine engine(step.draws, kNumber, entity);
  boost::random::poisson_distribution<std::int32_t> arriving(mean);
  const auto number = static_cast<std::uint32_t>(arriving(engine));
  for (std::uint32_t n = 0; n < number; ++n) {
    const double u = step.draws.uniform(kWhere, entity, n);
    const auto place = static_cast<std::uint64_t>(u * static_cast<double>(places.back()));
    const auto found = std::upper_bound(places.begin(), places.end(), place);
    step.world.open_vacancy(cells_[occupation][static_cast<std::size_t>(found - places.begin())]);
  }
}

}  // namespace

void register_vacancies_arrivals(Registry& registry) { registry.add<Arrivals>(); }

}  // namespace steppe
