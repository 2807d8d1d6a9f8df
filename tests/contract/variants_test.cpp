#include <array>
#include <cstring>
#include <string>
#include <vector>

#include "sim/engine/simulation.hpp"
#include "sim/meanfield/mean_field_simulation.hpp"
#include "sim/population/synthesise.hpp"
#include "support/catch.hpp"
#include "support/compositions.hpp"
#include "support/ensemble.hpp"

using namespace steppe;

namespace {

using Overrides = std::vector<std::pair<std::string, std::string>>;

std::string text_of(const Overrides& overrides) {
  std::string text;
  for (const auto& [path, value] : overrides) text += path + "=" + value + " ";
  return text;
}

/// Holds every month's stocks against the last month's and the flows between them, in whole
/// records.
class Books final : public Observer {
 public:
  explicit Books(const World& start)
      : persons_(start.ledger.persons()), vacancies_(start.open_vacancies()) {}
  void on_month(const MonthView& view) override {
    const Ledger& ledger = view.world.ledger;
    const auto flow = [&](Flow kind) { return ledger.total(kind); };
    ++months_;
    persons_ += flow(Flow::Birth) + flow(Flow::Arrival) - flow(Flow::Departure) - flow(Flow::Death);
    vacancies_ +=
        flow(Flow::VacancyOpened) - flow(Flow::VacancyFilled) - flow(Flow::VacancyWithdrawn);
    const std::int64_t hires = flow(Flow::HireNational) + flow(Flow::HireForeign);
    balanced_ = balanced_ && persons_ == ledger.persons() &&
                vacancies_ == view.world.open_vacancies() && hires == flow(Flow::VacancyFilled) &&
                flow(Flow::JobToJob) <= flow(Flow::Separation);
  }
  [[nodiscard]] bool balanced() const { return balanced_ && months_ > 0; }

 private:
  std::int64_t persons_, vacancies_;
  int months_ = 0;
  bool balanced_ = true;
};

bool same(const std::vector<Recording>& a, const std::vector<Recording>& b) {
  for (std::size_t r = 0; r < a.size(); ++r) {
    for (std::size_t t = 0; t < a[r].tables.size(); ++t) {
      const std::vector<double>& x = a[r].tables[t].data;
      const std::vector<double>& y = b[r].tables[t].data;
      if (x.size() != y.size()) return false;
      if (std::memcmp(x.data(), y.data(), x.size() * sizeof(double)) != 0) return false;
    }
  }
  return a.size() == b.size();
}

Scenario country_with(const VariantDecl& variant, Overrides& overrides) {
  overrides = test::composition_with(builtin_models().catalogue(), variant);
  Overrides all = overrides;
  all.emplace_back("time.end", "2021-06-30");
  return test::read("scenarios/examples/demo.yaml", all);
}

}  // namespace

TEST_CASE("contract/variants: in a country the accounts of every variant balance in each step",
          "[contract]") {
  for (const VariantDecl& variant : builtin_models().catalogue().variants()) {
    Overrides overrides;
    const Scenario scenario = country_with(variant, overrides);
    INFO(text_of(overrides));
    SynthesisOptions synthesis;
    synthesis.scale = 4.0;
    Simulation simulation(scenario, builtin_models(), synthesise(scenario, synthesis),
                          {.seed = 3, .check = true});
    Books books(simulation.world());
    simulation.add_observer(books);
    REQUIRE_NOTHROW(simulation.run());
    CHECK(books.balanced());
  }
}

TEST_CASE("contract/variants: every variant gives the same bits on one and two threads",
          "[contract]") {
  for (const VariantDecl& variant : builtin_models().catalogue().variants()) {
    Overrides overrides;
    const Scenario scenario = country_with(variant, overrides);
    INFO(text_of(overrides));
    EnsembleOptions options;
    options.replications = 2;
    options.scale = 10.0;
    options.threads = 1;
    const auto one = test::run_all(scenario, options);
    options.threads = 2;
    CHECK(same(one, test::run_all(scenario, options)));
  }
}

TEST_CASE("contract/variants: every mean field conserves people, and nothing becomes negative",
          "[contract]") {
  const Catalogue& catalogue = builtin_models().catalogue();
  // The plainest model: the last slot's variant that needs nothing and has a mean field.
  std::vector<std::pair<Slot, std::string>> plain;
  for (int s = 0; s < kSlotCount; ++s) {
    const auto slot = static_cast<Slot>(s);
    for (const VariantDecl& variant : catalogue.variants()) {
      if (variant.slot != slot || !variant.has_mean_field || !variant.needs.empty()) continue;
      plain.emplace_back(slot, variant.name);
      break;
    }
  }
  int runs = 0;
  for (const VariantDecl& variant : catalogue.variants()) {
    if (!variant.has_mean_field) continue;
    Overrides overrides = test::composition_with(catalogue, variant, plain);
    INFO(text_of(overrides));
    // Where a map has an assumption, it holds.
    for (const char* path :
         {"parameters.duration_dependence=0", "parameters.skill_tolerance=1",
          "parameters.skill_transfer=1", "parameters.offer_distribution=monopsony"}) {
      const std::string text = path;
      overrides.emplace_back(text.substr(0, text.find('=')), text.substr(text.find('=') + 1));
    }
    const Scenario scenario = test::read("scenarios/textbook/complete_graph.yaml", overrides);
    bool all_have_maps = true;
    for (int s = 0; s < kSlotCount; ++s) {
      const auto slot = static_cast<Slot>(s);
      all_have_maps =
          all_have_maps &&
          catalogue.find(slot, scenario.model[static_cast<std::size_t>(s)])->has_mean_field;
    }
    // A map may need a variant that has none; it then runs with no composition at all.
    CHECK(all_have_maps);
    if (!all_have_maps) continue;
    MeanFieldSimulation simulation(scenario, builtin_models());
    const double persons = simulation.field().employed.sum() + simulation.field().searching.sum();
    while (!simulation.done()) {
      REQUIRE_NOTHROW(simulation.step());
      const MeanField& f = simulation.field();
      REQUIRE((f.employed >= 0.0).all());
      REQUIRE((f.searching >= 0.0).all());
      REQUIRE((f.vacancies >= 0.0).all());
      REQUIRE(std::abs(f.employed.sum() + f.searching.sum() - persons) <= 1e-9 * persons);
    }
    ++runs;
  }
  CHECK(runs > 10);
}
