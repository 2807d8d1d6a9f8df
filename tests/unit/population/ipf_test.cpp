#include "sim/population/ipf.hpp"

#include <array>
#include <cmath>

#include "support/catch.hpp"

using namespace steppe;

namespace {

std::size_t at(std::size_t i, std::size_t j, std::size_t k) { return (i * 2 + j) * 2 + k; }

/// One-way margins of a 2 × 2 × 2 table.
std::vector<Margin> one_way(std::array<double, 2> first, std::array<double, 2> second,
                            std::array<double, 2> third) {
  std::vector<Margin> margins{{"first", std::vector<std::uint32_t>(8), {first[0], first[1]}},
                              {"second", std::vector<std::uint32_t>(8), {second[0], second[1]}},
                              {"third", std::vector<std::uint32_t>(8), {third[0], third[1]}}};
  for (std::uint32_t i = 0; i < 2; ++i) {
    for (std::uint32_t j = 0; j < 2; ++j) {
      for (std::uint32_t k = 0; k < 2; ++k) {
        margins[0].group[at(i, j, k)] = i;
        margins[1].group[at(i, j, k)] = j;
        margins[2].group[at(i, j, k)] = k;
      }
    }
  }
  return margins;
}

}  // namespace

TEST_CASE("population/ipf: from ones, one-way margins give the product of shares", "[unit]") {
  Eigen::ArrayXd cells = Eigen::ArrayXd::Ones(8);
  const Fit fit = fit_proportionally(cells, one_way({30, 70}, {60, 40}, {20, 80}));
  CHECK(fit.worst < 1e-10);
  CHECK_THAT(cells[static_cast<Eigen::Index>(at(0, 0, 0))], WithinRel(100 * .3 * .6 * .2, 1e-9));
  CHECK_THAT(cells[static_cast<Eigen::Index>(at(1, 0, 1))], WithinRel(100 * .7 * .6 * .8, 1e-9));
  CHECK_THAT(cells[static_cast<Eigen::Index>(at(1, 1, 0))], WithinRel(100 * .7 * .4 * .2, 1e-9));
}

TEST_CASE("population/ipf: a 2 x 2 x 2 with a two-way margin, solved by hand", "[unit]") {
  // Given first × second = [[10, 20], [30, 40]] and third = (25, 75), the maximum-entropy table has
  // the third independent of the pair: a quarter and three quarters of each.
  std::vector<Margin> margins = one_way({1, 1}, {1, 1}, {25, 75});
  margins.erase(margins.begin(), margins.begin() + 2);
  Margin pair{"pair", std::vector<std::uint32_t>(8), {10, 20, 30, 40}};
  for (std::uint32_t n = 0; n < 8; ++n) pair.group[n] = n / 2;
  margins.push_back(pair);
  Eigen::ArrayXd cells = Eigen::ArrayXd::Ones(8);
  CHECK(fit_proportionally(cells, margins).worst < 1e-10);
  const std::array<double, 8> expected{2.5, 7.5, 5, 15, 7.5, 22.5, 10, 30};
  for (Eigen::Index n = 0; n < 8; ++n) {
    CHECK_THAT(cells[n], WithinRel(expected[static_cast<std::size_t>(n)], 1e-9));
  }
}

TEST_CASE("population/ipf: odds ratios of the start are kept", "[unit]") {
  Eigen::ArrayXd cells(8);
  cells << 3, 1, 4, 1, 5, 9, 2, 6;
  const auto odds = [](const Eigen::ArrayXd& t, std::size_t k) {
    const auto c = [&](std::size_t i, std::size_t j) {
      return t[static_cast<Eigen::Index>(at(i, j, k))];
    };
    return c(0, 0) * c(1, 1) / (c(0, 1) * c(1, 0));
  };
  const double first = odds(cells, 0), second = odds(cells, 1);
  const Fit fit = fit_proportionally(cells, one_way({45, 55}, {52, 48}, {37, 63}));
  CHECK(fit.worst < 1e-10);
  CHECK_THAT(odds(cells, 0), WithinRel(first, 1e-8));
  CHECK_THAT(odds(cells, 1), WithinRel(second, 1e-8));
  CHECK_THAT(cells.sum(), WithinRel(100.0, 1e-10));
}

TEST_CASE("population/ipf: zeros stay, cells outside a margin are left alone", "[unit]") {
  Eigen::ArrayXd cells(4);
  cells << 0, 1, 1, 7;
  std::vector<Margin> margins{{"rows", {0, 0, 1, kNoGroup}, {5, 3}}};
  CHECK(fit_proportionally(cells, margins).worst < 1e-10);
  CHECK(cells[0] == 0);
  CHECK_THAT(cells[1], WithinRel(5.0, 1e-12));
  CHECK_THAT(cells[2], WithinRel(3.0, 1e-12));
  CHECK(cells[3] == 7);
}

TEST_CASE("population/ipf: margins that contradict one another are told apart", "[unit]") {
  Eigen::ArrayXd cells = Eigen::ArrayXd::Ones(2);
  const std::vector<Margin> margins{{"sum", {0, 0}, {10}}, {"cells", {0, 1}, {4, 4}}};
  const Fit fit = fit_proportionally(cells, margins, 1e-10, 50);
  CHECK(fit.sweeps == 50);
  CHECK_THAT(fit.worst, WithinRel(0.25, 0.21));
}
