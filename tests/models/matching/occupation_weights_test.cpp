#include "models/matching/occupation_weights.hpp"

#include "support/catch.hpp"

using namespace steppe;

TEST_CASE("matching/occupation_weights: edges share what the own occupation leaves",
          "[model][matching]") {
  OccupationNetwork network;
  network.edges = {{0, 1, 0.3}, {0, 2, 0.7}, {1, 2, 1.0}, {2, 0, 1.0}};
  const std::vector<std::uint8_t> levels(3, 1);
  const matching::OccupationWeights weights = matching::occupation_weights(network, levels, 0.4);
  CHECK(weights.nonZeros() == 7);
  const std::vector<double> expected = {0.4, 0.18, 0.42,  //
                                        0.0, 0.4,  0.6,   //
                                        0.6, 0.0,  0.4};
  const std::vector<double> all = matching::dense(weights);
  for (std::size_t i = 0; i < expected.size(); ++i)
    CHECK_THAT(all[i], WithinAbs(expected[i], 1e-15));
  // Nobody stays, or nobody looks elsewhere: no way is kept that nobody takes.
  CHECK(matching::occupation_weights(network, levels, 0.0).nonZeros() == 4);
  CHECK(matching::occupation_weights(network, levels, 1.0).nonZeros() == 3);
}

TEST_CASE("matching/occupation_weights: without a network skill levels tell what is near",
          "[model][matching]") {
  const std::vector<double> all =
      matching::dense(matching::occupation_weights({}, {0, 1, 2}, 0.55));
  // A quarter for each level apart, of what is left: 1/4 and 1/16 are shared as 4 to 1.
  const std::vector<double> expected = {0.55,  0.36, 0.09,   //
                                        0.225, 0.55, 0.225,  //
                                        0.09,  0.36, 0.55};
  for (std::size_t i = 0; i < expected.size(); ++i)
    CHECK_THAT(all[i], WithinAbs(expected[i], 1e-15));
  // A country of one occupation has nowhere else to look.
  CHECK(matching::dense(matching::occupation_weights({}, {1}, 0.55)) == std::vector<double>{1.0});
}
