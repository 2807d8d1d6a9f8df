#pragma once

#include <stdexcept>
#include <utility>
#include <variant>

namespace steppe {

/// Wraps an error so that `Expected` can tell it from a value of the same type.
template <class E>
struct Unexpected {
  E error;
};
template <class E>
Unexpected(E) -> Unexpected<E>;

/// A value or the reason why there is none.
///
/// The part of C++23's `std::expected` that steppe needs; g++ 12 has no `<expected>` in C++20 mode.
template <class T, class E>
class Expected {
 public:
  Expected(T value) : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT
  Expected(Unexpected<E> wrong)
      : state_(std::in_place_index<1>, std::move(wrong.error)) {}  // NOLINT

  [[nodiscard]] bool has_value() const noexcept { return state_.index() == 0; }
  explicit operator bool() const noexcept { return has_value(); }

  /// @throws std::logic_error when there is no value: asking was a mistake of the caller.
  [[nodiscard]] const T& value() const& {
    if (!has_value()) throw std::logic_error("Expected: value() called on an error");
    return std::get<0>(state_);
  }
  [[nodiscard]] T&& value() && {
    if (!has_value()) throw std::logic_error("Expected: value() called on an error");
    return std::get<0>(std::move(state_));
  }
  [[nodiscard]] const E& error() const& { return std::get<1>(state_); }

  const T& operator*() const& { return value(); }
  const T* operator->() const { return &value(); }

 private:
  std::variant<T, E> state_;
};

}  // namespace steppe
