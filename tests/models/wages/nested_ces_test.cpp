#include <array>
#include <cmath>
#include <vector>

#include "models/wages/ces.hpp"
#include "sim/core/draws.hpp"
#include "support/catch.hpp"
#include "support/small_world.hpp"

using namespace steppe;
using namespace steppe::wages;

namespace steppe {
void register_wages_nested_ces(Registry& registry);
}

namespace {

constexpr Purpose kCase{"test/nested_ces"};

/// The production function itself, with its weights: Y = K^α L^(1−α).
struct Production {
  double alpha = 1.0 / 3.0, sigma_e = 2.0, sigma_n = 20.0;
  std::vector<double> theta, phi;

  [[nodiscard]] double group(std::size_t g, const GroupLabour& labour) const {
    const double rho = (sigma_n - 1.0) / sigma_n;
    return std::pow(std::pow(labour.natives, rho) + phi[g] * std::pow(labour.foreigners, rho),
                    1.0 / rho);
  }
  [[nodiscard]] double labour(const std::vector<GroupLabour>& at) const {
    const double rho = (sigma_e - 1.0) / sigma_e;
    double sum = 0.0;
    for (std::size_t g = 0; g < at.size(); ++g) sum += theta[g] * std::pow(group(g, at[g]), rho);
    return std::pow(sum, 1.0 / rho);
  }
  [[nodiscard]] double output(double capital, const std::vector<GroupLabour>& at) const {
    return std::pow(capital, alpha) * std::pow(labour(at), 1.0 - alpha);
  }
  /// Marginal product, by central differences of fifth order.
  [[nodiscard]] double wage(double capital, std::vector<GroupLabour> at, std::size_t g,
                            bool foreign) const {
    double& number = foreign ? at[g].foreigners : at[g].natives;
    const double middle = number, h = 2e-3 * middle;
    const auto value = [&](double steps) {
      number = middle + steps * h;
      return output(capital, at);
    };
    return (45.0 * (value(1) - value(-1)) - 9.0 * (value(2) - value(-2)) + (value(3) - value(-3))) /
           (60.0 * h);
  }
  /// The kernel at a reference where wages are marginal products.
  [[nodiscard]] NestedCes kernel(const std::vector<GroupLabour>& at, bool elastic) const {
    const double rho_e = (sigma_e - 1.0) / sigma_e, rho_n = (sigma_n - 1.0) / sigma_n;
    std::vector<GroupReference> reference;
    for (std::size_t g = 0; g < at.size(); ++g) {
      const double foreign = phi[g] * std::pow(at[g].foreigners, rho_n);
      reference.push_back(
          {at[g], theta[g] * std::pow(group(g, at[g]), rho_e) / std::pow(labour(at), rho_e),
           foreign / (std::pow(at[g].natives, rho_n) + foreign)});
    }
    return NestedCes({alpha, sigma_e, sigma_n, elastic}, std::move(reference));
  }
};

}  // namespace

TEST_CASE("wages/nested_ces: more low-skilled foreigners, as in the published case",
          "[model][wages]") {
  const std::vector<GroupLabour> before = {{70.0, 5.0}, {30.0, 2.0}};
  const std::vector<GroupLabour> after = {{70.0, 15.0}, {30.0, 2.0}};
  struct Row {
    bool elastic;
    double sigma, native_low, native_high, foreign_low, foreign_high;
  };
  for (const Row& row : {Row{false, 7.8, -4.217535, 1.603081, -18.302308, 1.603081},
                         Row{false, 20., -4.753551, 1.396475, -10.246612, 1.396475},
                         Row{true, 7.8, -1.011372, 4.809244, -15.096145, 4.809244},
                         Row{true, 20., -1.960601, 4.189424, -7.453663, 4.189424}}) {
    const Production production{1.0 / 3.0, 2.0, row.sigma, {0.5, 0.5}, {1.0, 1.0}};
    std::array<GroupWages, 2> change;
    production.kernel(before, row.elastic).log_changes(after, change);
    CHECK_THAT(100.0 * change[0].natives, WithinAbs(row.native_low, 1e-6));
    CHECK_THAT(100.0 * change[1].natives, WithinAbs(row.native_high, 1e-6));
    CHECK_THAT(100.0 * change[0].foreigners, WithinAbs(row.foreign_low, 1e-6));
    CHECK_THAT(100.0 * change[1].foreigners, WithinAbs(row.foreign_high, 1e-6));
  }
}

TEST_CASE("wages/nested_ces: wages are the derivatives of output", "[model][wages]") {
  const Draws draws(3, 0);
  for (std::uint32_t n = 0; n < 30; ++n) {
    std::uint32_t at = 0;
    const auto between = [&](double low, double high) {
      return low + (high - low) * draws.uniform(kCase, n, at++);
    };
    Production production{between(0.1, 0.6), between(0.4, 4.0), between(1.5, 40.0), {}, {}};
    std::vector<GroupLabour> before, after;
    for (int g = 0; g < 3; ++g) {
      production.theta.push_back(between(0.1, 1.0));
      production.phi.push_back(between(0.3, 2.0));
      before.push_back({between(10.0, 100.0), between(1.0, 30.0)});
      after.push_back({between(10.0, 100.0), between(1.0, 30.0)});
    }
    for (const bool elastic : {false, true}) {
      const double capital = 50.0;
      const double capital_after =
          elastic ? capital * production.labour(after) / production.labour(before) : capital;
      std::array<GroupWages, 3> change;
      production.kernel(before, elastic).log_changes(after, change);
      for (std::size_t g = 0; g < 3; ++g) {
        for (const bool foreign : {false, true}) {
          const double by_output = std::log(production.wage(capital_after, after, g, foreign) /
                                            production.wage(capital, before, g, foreign));
          CHECK_THAT(foreign ? change[g].foreigners : change[g].natives,
                     WithinAbs(by_output, 1e-8));
        }
      }
    }
  }
}

TEST_CASE("wages/nested_ces: a tenth more of all labour, and elasticities of one",
          "[model][wages]") {
  const std::vector<GroupLabour> before = {{70.0, 5.0}, {30.0, 2.0}};
  const std::vector<GroupLabour> more = {{77.0, 5.5}, {33.0, 2.2}};
  const Production production{1.0 / 3.0, 2.0, 7.8, {0.5, 0.5}, {1.0, 1.0}};
  std::array<GroupWages, 2> change;
  production.kernel(before, false).log_changes(more, change);
  for (const GroupWages& group : change) {
    CHECK_THAT(group.natives, WithinAbs(-std::log(1.1) / 3.0, 1e-12));
    CHECK_THAT(group.foreigners, WithinAbs(-std::log(1.1) / 3.0, 1e-12));
  }
  production.kernel(before, true).log_changes(more, change);
  for (const GroupWages& group : change) CHECK_THAT(group.natives, WithinAbs(0.0, 1e-12));

  const std::vector<GroupLabour> after = {{60.0, 15.0}, {35.0, 1.0}};
  const std::vector<GroupReference> shares = {{before[0], 0.6, 0.1}, {before[1], 0.4, 0.2}};
  std::array<GroupWages, 2> at_one, near_one;
  NestedCes({0.3, 1.0, 1.0, false}, shares).log_changes(after, at_one);
  NestedCes({0.3, 1.0 + 1e-7, 1.0 + 1e-7, false}, shares).log_changes(after, near_one);
  for (std::size_t g = 0; g < 2; ++g) {
    CHECK_THAT(at_one[g].natives, WithinAbs(near_one[g].natives, 1e-6));
    CHECK_THAT(at_one[g].foreigners, WithinAbs(near_one[g].foreigners, 1e-6));
  }
}

TEST_CASE("wages/nested_ces: a country's wages and foreign ratios move by the kernel",
          "[model][wages]") {
  test::SmallWorld small(3);
  test::SmallWorld::set_members(small.scenario.dimensions.occupations, {"low", "middle", "high"});
  test::SmallWorld::set_members(small.scenario.dimensions.origins, {"abroad"});
  small.base.skill_level = {0, 1, 2};
  small.base.wage = {500.0, 1000.0, 2000.0};
  small.build();
  const FirmId firm = small.world.add_firm(SectorId{std::size_t{0}}, RegionId{std::size_t{0}});
  const std::uint32_t first = small.world.firms[firm.at()].first_cell;
  const auto add = [&](std::size_t occupation, OriginId origin, int count) {
    for (int n = 0; n < count; ++n) {
      Person person = test::SmallWorld::national(Status::Searching, 30);
      person.origin = origin;
      small.world.place_in_job(
          small.world.add_person(origin == kNational ? 0 : static_cast<int>(Range::Arrivals),
                                 person),
          CellId{static_cast<std::uint32_t>(first + occupation)});
    }
  };
  const OriginId abroad{std::size_t{1}};
  const int natives[] = {50, 100, 40}, foreigners[] = {10, 4, 2};
  for (std::size_t k = 0; k < 3; ++k) {
    add(k, kNational, natives[k]);
    add(k, abroad, foreigners[k]);
  }
  small.use(register_wages_nested_ces);
  small.set("foreign_wage_ratio", 1.2);
  small.set("elastic_capital", 0.0);
  small.set("native_foreign_substitution", 7.8);
  small.start(1);
  small.run(1);
  for (std::size_t k = 0; k < 3; ++k) {
    CHECK_THAT(small.signals.wage_index[k], WithinRel(small.base.wage[k], 1e-12));
    CHECK_THAT(small.signals.foreign_wage_ratio[k], WithinRel(1.2, 1e-12));
  }
  add(0, abroad, 20);
  small.run(1);
  std::vector<GroupReference> reference;
  std::vector<GroupLabour> now;
  double total = 0.0;
  for (std::size_t k = 0; k < 3; ++k) {
    const double foreign = 1.2 * foreigners[k] * small.base.wage[k];
    const double bill = natives[k] * small.base.wage[k] + foreign;
    reference.push_back({{1.0 * natives[k], 1.0 * foreigners[k]}, bill, foreign / bill});
    now.push_back(reference.back().labour);
    total += bill;
  }
  for (GroupReference& group : reference) group.bill /= total;
  now[0].foreigners = 30.0;
  std::array<GroupWages, 3> change;
  NestedCes({1.0 / 3.0, 2.0, 7.8, false}, reference).log_changes(now, change);
  for (std::size_t k = 0; k < 3; ++k) {
    CHECK_THAT(small.signals.wage_index[k],
               WithinRel(small.base.wage[k] * std::exp(change[k].natives), 1e-12));
    CHECK_THAT(small.signals.foreign_wage_ratio[k],
               WithinRel(1.2 * std::exp(change[k].foreigners - change[k].natives), 1e-12));
  }
  CHECK(small.signals.wage_index[0] < 500.0);
}
