#include "sim/population/rounding.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "sim/core/error.hpp"

namespace steppe {
namespace {

/// Margins come out of iterative fitting and are whole to about its tolerance.
constexpr double kWhole = 1e-6;

bool is_fractional(double value) { return value > kWhole && value < 1.0 - kWhole; }

double fraction(double value) {
  const double rest = value - std::floor(value);
  return is_fractional(rest) ? rest : 0.0;
}

/// What a sum lacks to the next whole number.
double lacking(double sum) {
  const double rest = fraction(sum);
  return rest == 0.0 ? 0.0 : 1.0 - rest;
}

/// The table of fractions with a row and a column that make all margins whole.
Eigen::ArrayXXd with_slack(const Eigen::ArrayXXd& cells) {
  const Eigen::Index rows = cells.rows(), columns = cells.cols();
  Eigen::ArrayXXd out = Eigen::ArrayXXd::Zero(rows + 1, columns + 1);
  out.topLeftCorner(rows, columns) = cells.unaryExpr(&fraction);
  for (Eigen::Index c = 0; c < columns; ++c) out(rows, c) = lacking(out.col(c).sum());
  for (Eigen::Index r = 0; r <= rows; ++r) out(r, columns) = lacking(out.row(r).sum());
  return out;
}

/// Rows and columns as the two sides of a graph whose edges are the fractional cells. As all
/// margins are whole, no vertex has a single edge, and a walk that does not turn back must meet
/// itself.
class Paths {
 public:
  explicit Paths(Eigen::ArrayXXd& table)
      : table_(table),
        rows_(table.rows()),
        visited_(static_cast<std::size_t>(table.rows() + table.cols())) {}

  struct Edge {
    Eigen::Index row, column;
  };

  /// The edges of a closed path found from a row; empty when the row has no fractional cell left.
  std::vector<Edge> closed_from(Eigen::Index row) {
    while (true) {
      std::fill(visited_.begin(), visited_.end(), -1);
      std::vector<Edge> path;
      Eigen::Index at = row, before = -1;
      while (true) {
        visited_[static_cast<std::size_t>(at)] = static_cast<int>(path.size());
        const Eigen::Index next = neighbour(at, before);
        if (next < 0) break;
        path.push_back(at < rows_ ? Edge{at, next - rows_} : Edge{next, at - rows_});
        before = at;
        at = next;
        if (const int first = visited_[static_cast<std::size_t>(at)]; first >= 0) {
          return {path.begin() + first, path.end()};
        }
      }
      if (path.empty()) return {};
      // A margin that was whole only to the fit's tolerance ends here: its last cell is rounded.
      double& cell = table_(path.back().row, path.back().column);
      cell = std::round(cell);
    }
  }

 private:
  [[nodiscard]] Eigen::Index neighbour(Eigen::Index at, Eigen::Index before) const {
    if (at < rows_) {
      for (Eigen::Index c = 0; c < table_.cols(); ++c) {
        if (c + rows_ != before && is_fractional(table_(at, c))) return c + rows_;
      }
    } else {
      for (Eigen::Index r = 0; r < rows_; ++r) {
        if (r != before && is_fractional(table_(r, at - rows_))) return r;
      }
    }
    return -1;
  }

  Eigen::ArrayXXd& table_;
  Eigen::Index rows_;
  std::vector<int> visited_;
};

/// Moves along the path, even edges up and odd ones down or the other way round, until a cell is
/// whole.
void move_along(const std::vector<Paths::Edge>& path, Eigen::ArrayXXd& table, double chance) {
  double up = 1.0, down = 1.0;  // farthest moves with even edges rising, and falling
  for (std::size_t e = 0; e < path.size(); ++e) {
    const double value = table(path[e].row, path[e].column);
    up = std::min(up, e % 2 == 0 ? 1.0 - value : value);
    down = std::min(down, e % 2 == 0 ? value : 1.0 - value);
  }
  const double step = chance * (up + down) < down ? up : -down;
  for (std::size_t e = 0; e < path.size(); ++e) {
    double& value = table(path[e].row, path[e].column);
    value += e % 2 == 0 ? step : -step;
    if (!is_fractional(value)) value = std::round(value);
  }
}

}  // namespace

std::vector<std::int64_t> largest_remainder(std::span<const double> weights, std::int64_t total) {
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  std::vector<std::int64_t> out(weights.size());
  if (total == 0) return out;
  if (!(sum > 0.0)) throw ModelError("largest_remainder: nothing to share a total by");
  std::vector<double> rest(weights.size());
  std::int64_t left = total;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const double exact = weights[i] / sum * static_cast<double>(total);
    // A share that is whole but for the last bits of the division counts as whole.
    const double floor = std::floor(exact + 1e-9 * std::max(1.0, exact));
    out[i] = static_cast<std::int64_t>(floor);
    rest[i] = exact - floor;
    left -= out[i];
  }
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return rest[a] > rest[b]; });
  for (std::size_t i = 0; left > 0; i = (i + 1) % order.size()) {
    if (weights[order[i]] > 0.0) {
      ++out[order[i]];
      --left;
    }
  }
  for (std::size_t i = order.size(); left < 0 && i-- > 0;) {
    if (out[order[i]] > 0) {
      --out[order[i]];
      ++left;
    }
  }
  return out;
}

WholeTable controlled_rounding(const Eigen::ArrayXXd& cells, const Draws& draws, Purpose purpose,
                               std::uint32_t stream) {
  Eigen::ArrayXXd table = with_slack(cells);
  Paths paths(table);
  std::uint32_t draw = 0;
  for (Eigen::Index row = 0; row < table.rows(); ++row) {
    while (true) {
      const std::vector<Paths::Edge> path = paths.closed_from(row);
      if (path.empty()) break;
      move_along(path, table, draws.uniform(purpose, draw++, stream));
    }
  }
  WholeTable out(cells.rows(), cells.cols());
  for (Eigen::Index c = 0; c < cells.cols(); ++c) {
    for (Eigen::Index r = 0; r < cells.rows(); ++r) {
      // The whole part as fraction() saw it: 2.9999999 is 3.
      const double whole =
          fraction(cells(r, c)) == 0.0 ? std::round(cells(r, c)) : std::floor(cells(r, c));
      out(r, c) = static_cast<std::int64_t>(whole + table(r, c));
    }
  }
  return out;
}

}  // namespace steppe
