#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

namespace steppe {

/// Takes every item through stages in order, each stage `kLag` items ahead of the one after it. The
/// last stage does the work; those before it ask the memory for what the next will read, so that
/// the wait for one item's records is spent on others. Items reach each stage in their order.
template <class T, class... Stage>
void in_stages(std::span<T> items, Stage&&... stage) {
  constexpr std::size_t kLag = 8;
  constexpr std::size_t kDelay = (sizeof...(Stage) - 1) * kLag;
  const auto run = [&]<std::size_t... k>(std::size_t i, std::index_sequence<k...> /*order*/) {
    ((i >= k * kLag && i - k * kLag < items.size() ? stage(items[i - k * kLag]) : void()), ...);
  };
  for (std::size_t i = 0; i < items.size() + kDelay; ++i) {
    run(i, std::index_sequence_for<Stage...>{});
  }
}

}  // namespace steppe
