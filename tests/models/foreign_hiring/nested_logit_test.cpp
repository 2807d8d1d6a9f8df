#include <cmath>
#include <vector>

#include "random_choices.hpp"

namespace steppe {

void register_foreign_hiring_rum(Registry&);
void register_foreign_hiring_rum_network(Registry&);
void register_foreign_hiring_nested_logit(Registry&);

using test::Choices;

TEST_CASE("foreign_hiring/nested_logit: flows are pool × attention × nested logit", "[model]") {
  for (std::uint64_t seed = 21; seed <= 24; ++seed) {
    Choices choices(seed, &register_foreign_hiring_nested_logit);
    const double l = choices.any(0.3, 0.9);
    choices.world.small.set("sector_dissimilarity", l);
    choices.run(seed);
    for (std::size_t o = 0; o < 2; ++o) {
      const auto& v = choices.utilities[o];
      const auto inside = [&](std::size_t s) {
        return std::exp(v[2 * s + 1] / l) + std::exp(v[2 * s + 2] / l);
      };
      const double all = 1.0 + std::pow(inside(0), l) + std::pow(inside(1), l);
      for (std::size_t c = 0; c < 4; ++c) {
        const double in = inside(c / 2);
        choices.check(o + 1, c, std::exp(v[c + 1] / l) / in * std::pow(in, l) / all,
                      Choices::kPool);
      }
    }
  }
}

TEST_CASE("foreign_hiring/nested_logit: dissimilarity 1, and no network, are the plain logit",
          "[model]") {
  Choices plain(5, &register_foreign_hiring_rum);
  Choices nested(5, &register_foreign_hiring_nested_logit);
  Choices network(5, &register_foreign_hiring_rum_network);
  nested.world.small.set("sector_dissimilarity", 1.0);
  network.world.small.set("origin_network", 0.0);
  for (Choices* choices : {&plain, &nested, &network}) choices->run(5);
  for (std::size_t c = 0; c < 4; ++c) {
    for (std::size_t o = 1; o < 3; ++o) {
      const double stock = plain.world.stock(c / 2, c % 2, o);
      CHECK(stock > 0.0);
      CHECK(nested.world.stock(c / 2, c % 2, o) == stock);
      CHECK(network.world.stock(c / 2, c % 2, o) == stock);
    }
  }
}

}  // namespace steppe
