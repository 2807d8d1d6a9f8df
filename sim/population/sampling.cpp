#include "sim/population/sampling.hpp"

#include <cmath>
#include <utility>

namespace steppe {
namespace {

template <class T>
void shuffle_items(std::span<T> items, const Draws& draws, Purpose purpose, std::uint32_t entity) {
  Draws::Block words{};
  std::uint32_t used = 0;
  for (std::size_t left = items.size(); left > 1; --left, ++used) {
    if (used % 4 == 0) words = draws.block(purpose, entity, used / 4);
    // A word times the range, high half: bias below range / 2^32, far under any sampling noise.
    const auto at = static_cast<std::size_t>(std::uint64_t{words[used % 4]} * left >> 32);
    std::swap(items[at], items[left - 1]);
  }
}

}  // namespace

void shuffle(std::span<std::uint32_t> items, const Draws& draws, Purpose purpose,
             std::uint32_t entity) {
  shuffle_items(items, draws, purpose, entity);
}

void shuffle(std::span<std::uint16_t> items, const Draws& draws, Purpose purpose,
             std::uint32_t entity) {
  shuffle_items(items, draws, purpose, entity);
}

double normal_quantile(double p) {
  constexpr double kTail = 0.02425;
  if (p < kTail || p > 1.0 - kTail) {
    const double q = std::sqrt(-2.0 * std::log(p < 0.5 ? p : 1.0 - p));
    const double x =
        (((((-7.784894002430293e-03 * q - 3.223964580411365e-01) * q - 2.400758277161838) * q -
           2.549732539343734) *
              q +
          4.374664141464968) *
             q +
         2.938163982698783) /
        ((((7.784695709041462e-03 * q + 3.224671290700398e-01) * q + 2.445134137142996) * q +
          3.754408661907416) *
             q +
         1.0);
    return p < 0.5 ? x : -x;
  }
  const double q = p - 0.5;
  const double r = q * q;
  return (((((-3.969683028665376e+01 * r + 2.209460984245205e+02) * r - 2.759285104469687e+02) * r +
            1.383577518672690e+02) *
               r -
           3.066479806614716e+01) *
              r +
          2.506628277459239) *
         q /
         (((((-5.447609879822406e+01 * r + 1.615858368580409e+02) * r - 1.556989798598866e+02) * r +
            6.680131188771972e+01) *
               r -
           1.328068155288572e+01) *
              r +
          1.0);
}

Urn::Urn(std::vector<std::int64_t> left) : left_(std::move(left)) {
  for (const std::int64_t n : left_) total_ += n;
}

std::size_t Urn::draw(double u) { return draw_below(u, left_.size()); }

std::size_t Urn::draw_below(double u, std::size_t end) {
  std::int64_t among = 0;
  for (std::size_t kind = 0; kind < end; ++kind) among += left_[kind];
  if (among == 0) {
    end = left_.size();
    among = total_;
  }
  auto at = static_cast<std::int64_t>(u * static_cast<double>(among));
  for (std::size_t kind = 0; kind < end; ++kind) {
    if (at < left_[kind]) {
      --left_[kind];
      --total_;
      return kind;
    }
    at -= left_[kind];
  }
  return end - 1;
}

}  // namespace steppe
