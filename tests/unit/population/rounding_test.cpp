#include "sim/population/rounding.hpp"

#include <cmath>
#include <numeric>

#include "sim/core/error.hpp"
#include "support/catch.hpp"

using namespace steppe;

namespace {

constexpr Purpose kTest("test/rounding");

/// A table with whole margins: a random whole one plus rectangle moves that keep the margins.
Eigen::ArrayXXd table_with_whole_margins(Eigen::Index rows, Eigen::Index columns,
                                         const Draws& draws) {
  constexpr Purpose kCells("test/cells");
  Eigen::ArrayXXd table(rows, columns);
  std::uint32_t n = 0;
  for (double& cell : table.reshaped()) cell = 1.0 + std::floor(5.0 * draws.uniform(kCells, n++));
  for (Eigen::Index r = 0; r + 1 < rows; ++r) {
    for (Eigen::Index c = 0; c + 1 < columns; ++c) {
      const double move =
          0.9 * draws.uniform(kCells, n++) * std::min(table(r, c), table(r + 1, c + 1));
      table(r, c) -= move;
      table(r + 1, c + 1) -= move;
      table(r, c + 1) += move;
      table(r + 1, c) += move;
    }
  }
  return table;
}

}  // namespace

TEST_CASE("population/rounding: largest remainders by hand", "[unit]") {
  // 10 seats for 41.4, 35.9, 22.7 %: floors 4, 3, 2, remainders .14, .59, .27.
  CHECK(largest_remainder(std::vector<double>{41.4, 35.9, 22.7}, 10) ==
        std::vector<std::int64_t>{4, 4, 2});
  // Ties go to the first; nothing goes where the weight is nothing.
  CHECK(largest_remainder(std::vector<double>{0, 1, 1, 1}, 5) ==
        std::vector<std::int64_t>{0, 2, 2, 1});
  CHECK(largest_remainder(std::vector<double>{3, 4, 5}, 12) == std::vector<std::int64_t>{3, 4, 5});
  CHECK(largest_remainder(std::vector<double>{0, 0}, 0) == std::vector<std::int64_t>{0, 0});
  CHECK_THROWS_AS(largest_remainder(std::vector<double>{0, 0}, 1), ModelError);
}

TEST_CASE("population/rounding: whole margins are kept to the last unit", "[unit]") {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const Draws draws(seed, 0);
    const auto rows = static_cast<Eigen::Index>(1 + seed % 7);
    const auto columns = static_cast<Eigen::Index>(1 + (seed * 5) % 31);
    const Eigen::ArrayXXd table = table_with_whole_margins(rows, columns, draws);
    const WholeTable whole = controlled_rounding(table, draws, kTest);
    for (Eigen::Index r = 0; r < rows; ++r) {
      CHECK(whole.row(r).sum() == std::llround(table.row(r).sum()));
    }
    for (Eigen::Index c = 0; c < columns; ++c) {
      CHECK(whole.col(c).sum() == std::llround(table.col(c).sum()));
    }
    CHECK((whole.cast<double>() - table).abs().maxCoeff() < 1.0);
    CHECK(whole.minCoeff() >= 0);
  }
}

TEST_CASE("population/rounding: margins that are not whole move by less than one", "[unit]") {
  const Draws draws(5, 0);
  Eigen::ArrayXXd table(2, 3);
  table << 0.3, 1.7, 2.2, 4.9, 0.0, 3.1;
  const WholeTable whole = controlled_rounding(table, draws, kTest);
  CHECK((whole.cast<double>() - table).abs().maxCoeff() < 1.0);
  CHECK((whole.cast<double>().rowwise().sum() - table.rowwise().sum()).abs().maxCoeff() < 1.0);
  CHECK((whole.cast<double>().colwise().sum() - table.colwise().sum()).abs().maxCoeff() < 1.0);
  CHECK(std::abs(static_cast<double>(whole.sum()) - table.sum()) < 1.0);
  CHECK(whole(1, 1) == 0);
}

TEST_CASE("population/rounding: each cell's expectation is its value", "[unit]") {
  Eigen::ArrayXXd table(3, 3);
  table << 0.2, 0.3, 0.5, 0.7, 0.2, 0.1, 0.1, 0.5, 0.4;
  Eigen::ArrayXXd mean = Eigen::ArrayXXd::Zero(3, 3);
  constexpr int kSeeds = 4000;
  for (int seed = 0; seed < kSeeds; ++seed) {
    mean += controlled_rounding(table, Draws(static_cast<std::uint64_t>(seed), 0), kTest)
                .cast<double>() /
            kSeeds;
  }
  // Four standard errors of a share of one half; false alarm 9 cells × 6e-5.
  CHECK((mean - table).abs().maxCoeff() < 4.0 * std::sqrt(0.25 / kSeeds));
}
