#pragma once

#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "many_posts.hpp"
#include "models/choice.hpp"

namespace steppe::test {

/// Two sectors, occupations and origins.
inline void two_by_two(SmallWorld& small) {
  Dimensions& d = small.scenario.dimensions;
  SmallWorld::set_members(d.sectors, {"mine", "site"});
  SmallWorld::set_members(d.occupations, {"digger", "welder"});
  SmallWorld::set_members(d.origins, {"near", "far"});
  small.base.wage = {900.0, 1400.0, 1100.0, 700.0};
}

/// A world with parameters at random, and the chances of every choice by formula.
struct Choices {
  Choices(std::uint64_t seed, SmallWorld::Register variant)
      : world(4, variant, two_by_two), generator(seed) {
    SmallWorld& small = world.small;
    const double wage = any(0.2, 1.5), distance = any(0.2, 1.2), work = any(0.0, 3.0);
    const double posts = any(0.0, 1.0);
    small.set("origin_anchored", 0.0);
    small.set("foreign_attention", attention);
    small.set("exchange_reference", 1000.0);
    small.set("origin_wage_elasticity", wage);
    small.set("origin_distance_elasticity", distance);
    small.set("foreign_employment", work);
    small.set("vacancy_pull", posts);
    small.set("origin_pool", kPool);
    // Seekers and employed of the two occupations, so that u differs.
    const std::vector<int> seekers = {30, 120};
    for (std::size_t k = 0; k < 2; ++k) {
      for (int n = 0; n < 300; ++n) {
        Person person = SmallWorld::national(Status::Searching, 30);
        person.occupation = OccupationId{k};
        const PersonId id = small.world.add_person(0, person);
        if (n >= seekers[k]) small.world.place_in_job(id, world.cell(0, k));
      }
    }
    const std::vector<double> far = {any(0.5, 3.0), any(0.5, 3.0)};
    const std::vector<double> home = {any(0.5, 2.0), any(0.5, 2.0)};
    const std::vector<double> visa = {any(-1.0, 1.0), any(-1.0, 1.0)};
    const std::vector<double> open = {4000, 7000, 5000, 9000};
    for (std::size_t o = 0; o < 2; ++o) {
      const std::string key = o == 0 ? ".near" : ".far";
      small.set("origin_distance" + key, far[o]);
      small.set("origin_wage" + key, home[o]);
      small.set("visa_cost" + key, visa[o]);
      std::vector<double> v = {0.0};
      for (std::size_t c = 0; c < 4; ++c) {
        const double without = seekers[c % 2];
        v.push_back(wage * std::log(small.base.wage[c] / 1000.0 / home[o]) +
                    work * std::log((301.0 - without) / 301.0) - distance * std::log(far[o]) -
                    visa[o] + posts * std::log(open[c]));
      }
      // Most stay, so that posts do not run out.
      const double shift = -std::log(20.0) - log_sum(std::span(v).subspan(1));
      for (std::size_t c = 1; c < 5; ++c) v[c] += shift;
      small.set("visa_cost" + key, visa[o] - shift);
      utilities.push_back(v);
    }
    for (std::size_t c = 0; c < 4; ++c) counts.push_back(static_cast<int>(open[c]));
  }
  double any(double from, double to) {
    return std::uniform_real_distribution<double>(from, to)(generator);
  }
  /// Opens the posts and lets people choose once.
  void run(std::uint64_t seed) {
    world.small.start(seed);
    world.step([&] {
      for (std::size_t c = 0; c < 4; ++c) world.open(counts[c], c / 2, c % 2);
    });
    world.step();
    world.small.world.verify();
  }
  /// Chance of an origin's person to come into a cell in a month.
  void check(std::size_t origin, std::size_t cell, double share, double pool, double before = 0.0) {
    const double p = -std::expm1(-attention) * share;
    INFO("origin " << origin << ", cell " << cell);
    CHECK_THAT(world.stock(cell / 2, cell % 2, origin) - before,
               WithinAbs(pool * p, four_errors(pool, p)));
  }

  static constexpr double kPool = 200000.0;
  ManyPosts world;
  std::mt19937_64 generator;
  double attention = 0.3;
  std::vector<std::vector<double>> utilities;  ///< by origin − 1: staying, then the cells
  std::vector<int> counts;
};

}  // namespace steppe::test
