#include <array>
#include <cmath>
#include <cstring>

#include "sim/engine/simulation.hpp"
#include "sim/population/synthesise.hpp"
#include "support/catch.hpp"
#include "support/ensemble.hpp"

using namespace steppe;

namespace {

/// Bit by bit, so that missing values count as equal.
bool same(const std::vector<Recording>& a, const std::vector<Recording>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t r = 0; r < a.size(); ++r) {
    if (a[r].tables.size() != b[r].tables.size() || a[r].levers != b[r].levers) return false;
    for (std::size_t t = 0; t < a[r].tables.size(); ++t) {
      const std::vector<double>& x = a[r].tables[t].data;
      const std::vector<double>& y = b[r].tables[t].data;
      if (x.size() != y.size()) return false;
      if (std::memcmp(x.data(), y.data(), x.size() * sizeof(double)) != 0) return false;
    }
  }
  return true;
}

std::vector<Recording> history(std::uint64_t seed, int threads) {
  EnsembleOptions options;
  options.replications = 3;
  options.scale = 100.0;
  options.seed = seed;
  options.threads = threads;
  return test::run_all(test::read("scenarios/mongolia/history.yaml"), options);
}

}  // namespace

TEST_CASE(
    "contract/repeat: the same seed gives the same bits on one and two threads, after other runs",
    "[contract]") {
  const auto first = history(1, 1);
  CHECK(same(first, history(1, 2)));
  EnsembleOptions demo;
  demo.replications = 1;
  CHECK(test::run_all(test::read("scenarios/examples/demo.yaml"), demo).size() == 1);
  CHECK(same(first, history(1, 1)));
  CHECK_FALSE(same(first, history(2, 1)));
  CHECK_FALSE(same({first[0]}, {first[1]}));
}

TEST_CASE("contract/repeat: accounts balance after every step of every bundled scenario",
          "[contract]") {
  EnsembleOptions options;
  options.replications = 1;
  options.check = true;
  for (const char* file : {"scenarios/examples/demo.yaml", "scenarios/examples/textbook.yaml"}) {
    INFO(file);
    const auto recordings = test::run_all(test::read(file), options);
    CHECK(recordings.front().checks == recordings.front().months.size());
  }
  options.scale = 100.0;
  const auto recordings = test::run_all(test::read("scenarios/mongolia/history.yaml"), options);
  CHECK(recordings.front().checks == 192);
}

TEST_CASE("contract/repeat: every payment has the payer and the payee it should", "[contract]") {
  const Scenario scenario = test::read("scenarios/examples/demo.yaml");
  Simulation simulation(scenario, builtin_models(), synthesise(scenario), {.seed = 2});
  class Tap final : public Observer {
   public:
    void on_month(const MonthView& view) override {
      for (std::size_t p = 0; p < kPaymentCount; ++p) {
        paid[p] += view.world.ledger.paid(static_cast<Payment>(p));
      }
    }
    std::array<std::int64_t, kPaymentCount> paid{};
  } tap;
  simulation.add_observer(tap);
  simulation.run();
  const Ledger& ledger = simulation.world().ledger;
  const auto paid = [&](Payment what) { return tap.paid[static_cast<std::size_t>(what)]; };
  REQUIRE(paid(Payment::WagesForeigners) > 0);
  REQUIRE(paid(Payment::WorkplaceFee) > 0);
  CHECK(ledger.balance(Account::Nationals) ==
        paid(Payment::WagesNationals) + paid(Payment::RemittanceIn) + paid(Payment::Stipend) +
            paid(Payment::ReturnIncentive) - paid(Payment::DepartureFee));
  CHECK(ledger.balance(Account::Foreigners) ==
        paid(Payment::WagesForeigners) - paid(Payment::RemittanceOut));
  CHECK(ledger.balance(Account::Firms) ==
        -paid(Payment::WagesNationals) - paid(Payment::WagesForeigners) -
            paid(Payment::WorkplaceFee) - paid(Payment::RecruitmentCost) - paid(Payment::Fine) -
            paid(Payment::PermitAuction) + paid(Payment::DepartureFee));
}

TEST_CASE("contract/repeat: scenarios are alike until their first difference", "[contract]") {
  EnsembleOptions options;
  options.replications = 2;
  options.scale = 100.0;
  const auto base = test::run_all(test::read("scenarios/mongolia/baseline.yaml"), options);
  const auto fee = test::run_all(test::read("scenarios/mongolia/fee.yaml"), options);
  REQUIRE(base.front().months.size() == fee.front().months.size());
  std::size_t same_months = 0;
  bool differs = false;
  for (std::size_t m = 0; m < base.front().months.size(); ++m) {
    bool equal = true;
    for (std::size_t r = 0; r < base.size(); ++r) {
      for (std::size_t t = 0; t < base[r].tables.size(); ++t) {
        const Table& a = base[r].tables[t];
        const Table& b = fee[r].tables[t];
        const std::size_t n = a.cells();
        equal = equal &&
                std::memcmp(a.data.data() + m * n, b.data.data() + m * n, n * sizeof(double)) == 0;
      }
    }
    if (equal && !differs) ++same_months;
    differs = differs || !equal;
  }
  // The fee is halved from 2026-01 on; results begin in 2025-01.
  CHECK(same_months == 12);
  CHECK(differs);
}
