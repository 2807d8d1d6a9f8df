#pragma once

#include <concepts>
#include <functional>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/api/step.hpp"
#include "sim/core/declaration.hpp"

namespace steppe {

/// A model variant: a plain type that declares itself, is made from a Setup and runs once a step.
/// It may also have `start(Step&)`, called once before the first step when all variants are made.
template <class V>
concept Variant = requires(V variant, Setup& setup, Step& step) {
  { V::declaration() } -> std::same_as<VariantDecl>;
  V(setup);
  { variant.run(step) } -> std::same_as<void>;
};

/// A variant at work in one simulation.
class Phase {
 public:
  virtual ~Phase() = default;
  virtual void start(Step& step) = 0;
  virtual void run(Step& step) = 0;
};

/// The table of variants: what there is, and how to make one.
class Registry {
 public:
  using Make = std::function<std::unique_ptr<Phase>(Setup&)>;

  /// No variants yet; the catalogue knows the settings of the population, which belong to no slot.
  Registry();

  template <Variant V>
  void add() {
    catalogue_.add(V::declaration());
    makers_.push_back([](Setup& setup) { return std::make_unique<Wrapped<V>>(setup); });
  }

  /// A variable that runs record, for the formulas of scenarios.
  void add_variable(IndicatorDecl declaration) { catalogue_.add_variable(std::move(declaration)); }

  [[nodiscard]] const Catalogue& catalogue() const { return catalogue_; }
  /// The maker of a declared variant. @throws ConfigError when there is none of that name.
  [[nodiscard]] const Make& maker(Slot slot, std::string_view name) const;

 private:
  template <Variant V>
  class Wrapped final : public Phase {
   public:
    explicit Wrapped(Setup& setup) : variant_(setup) {}
    void start(Step& step) override {
      if constexpr (requires { variant_.start(step); }) variant_.start(step);
    }
    void run(Step& step) override { variant_.run(step); }

   private:
    V variant_;
  };

  Catalogue catalogue_;
  std::vector<Make> makers_;  ///< parallel to the catalogue's variants
};

/// The variants that steppe ships, in the order of models/models.def, and what their runs record.
/// Defined in models/registry.cpp.
[[nodiscard]] const Registry& builtin_models();

}  // namespace steppe
