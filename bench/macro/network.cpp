#include "bench/macro/network.hpp"

#include <spdlog/fmt/fmt.h>

#include <cmath>
#include <cstdint>
#include <fstream>
#include <vector>

#include "sim/core/draws.hpp"
#include "sim/core/error.hpp"

namespace steppe::bench {
namespace {

constexpr Purpose kNode{"bench/network/node"};
constexpr Purpose kEdge{"bench/network/edge"};
constexpr double kDensity = 0.2;

}  // namespace

void write_network(const std::filesystem::path& folder, std::size_t occupations) {
  std::ofstream nodes(folder / "nodes.csv");
  std::ofstream edges(folder / "edges.csv");
  nodes << "occupation,employment,automation_probability\n";
  edges << "from,to,weight\n";
  const Draws draws(1, 0);
  for (std::size_t from = 0; from < occupations; ++from) {
    const auto number = static_cast<std::uint32_t>(from);
    const auto [size, automated] = draws.uniform_pair(kNode, number);
    nodes << fmt::format("o{},{:.3f},{:.4f}\n", from, 100.0 * std::pow(100.0, size),
                         0.9 * automated);
    std::vector<double> row(occupations);
    double sum = 0.0;
    for (std::size_t to = 0; to < occupations; ++to) {
      const auto [there, weight] =
          draws.uniform_pair(kEdge, number, static_cast<std::uint32_t>(to));
      // The next is always reached, so that the network hangs together.
      const bool next = to == (from + 1) % occupations;
      if (to == from || (there >= kDensity && !next)) continue;
      sum += row[to] = 0.1 + 0.9 * weight;
    }
    for (std::size_t to = 0; to < occupations; ++to) {
      if (row[to] > 0.0) edges << fmt::format("o{},o{},{:.17g}\n", from, to, row[to] / sum);
    }
  }
  nodes.close();
  edges.close();
  if (!nodes || !edges) throw IoError("bench: the network could not be written: is there room?");
}

}  // namespace steppe::bench
