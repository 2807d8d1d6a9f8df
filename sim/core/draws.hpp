#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace steppe {

/// What a random number is for: part of its address. Made from a name at compile time, so that a
/// variant can add purposes of its own without a central list.
class Purpose {
 public:
  constexpr explicit Purpose(std::string_view name) : value_(fnv1a(name)) {}
  [[nodiscard]] constexpr std::uint32_t value() const { return value_; }
  /// A purpose of its own for each salt; salt 0 is the purpose itself.
  [[nodiscard]] constexpr Purpose with(std::uint32_t salt) const {
    Purpose out = *this;
    out.value_ ^= salt * 0x9E3779B1u;
    return out;
  }

 private:
  static constexpr std::uint32_t fnv1a(std::string_view text) {
    std::uint32_t hash = 2166136261u;
    for (const char c : text) {
      hash ^= static_cast<std::uint8_t>(c);
      hash *= 16777619u;
    }
    return hash;
  }
  std::uint32_t value_;
};

/// Random numbers of one realization: addressed, not consumed.
///
/// The same (seed, realization, entity, step, purpose, draw) gives the same number whatever else
/// was drawn before, on any thread, so two scenarios share every number their difference does not
/// touch. Philox4x32-10, see Salmon et al. (2011), "Parallel random numbers: as easy as 1, 2, 3".
class Draws {
 public:
  using Block = std::array<std::uint32_t, 4>;

  Draws(std::uint64_t seed, std::uint32_t realization);

  /// Blocks given so far, for the profile of a run; nothing depends on it.
  [[nodiscard]] std::uint64_t count() const { return count_; }

  /// The step whose numbers the calls below give.
  void set_step(std::uint32_t step) { step_ = step; }
  [[nodiscard]] std::uint32_t step() const { return step_; }

  /// Four independent words at (entity, step, purpose, draw).
  [[nodiscard]] Block block(Purpose purpose, std::uint32_t entity, std::uint32_t draw = 0) const;

  /// The blocks of many addresses at once, several times faster than one by one: the same words.
  ///
  /// @param out draws `first_draw`, `first_draw` + 1, … of one entity
  void blocks(Purpose purpose, std::uint32_t entity, std::uint32_t first_draw,
              std::span<Block> out) const;
  /// @param out draw 0 of each entity, same size as `entities`
  void blocks(Purpose purpose, std::span<const std::uint32_t> entities, std::span<Block> out) const;

  /// Uniform on [0, 1) with 53 bits.
  [[nodiscard]] double uniform(Purpose purpose, std::uint32_t entity,
                               std::uint32_t draw = 0) const {
    const Block words = block(purpose, entity, draw);
    return to_uniform(words[0], words[1]);
  }
  /// Two independent uniforms from one block.
  [[nodiscard]] std::array<double, 2> uniform_pair(Purpose purpose, std::uint32_t entity,
                                                   std::uint32_t draw = 0) const {
    const Block words = block(purpose, entity, draw);
    return {to_uniform(words[0], words[1]), to_uniform(words[2], words[3])};
  }
  /// Standard normal (Box–Muller on one block).
  [[nodiscard]] double normal(Purpose purpose, std::uint32_t entity, std::uint32_t draw = 0) const;

  [[nodiscard]] static double to_uniform(std::uint32_t high, std::uint32_t low) {
    const std::uint64_t bits = (std::uint64_t{high} << 32 | low) >> 11;
    return static_cast<double>(bits) * 0x1.0p-53;
  }

 private:
  std::array<std::uint32_t, 2> key_;
  std::uint32_t step_ = 0;
  mutable std::uint64_t count_ = 0;
};

}  // namespace steppe
