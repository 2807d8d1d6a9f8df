#pragma once

#include <concepts>
#include <functional>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/api/mean_field.hpp"
#include "sim/api/step.hpp"
#include "sim/core/declaration.hpp"

namespace steppe {

/// A model variant: a plain type that declares itself, is made from a Setup and runs once a step.
/// It may also have `start(Step&)`, called once before the first step when all variants are made,
/// and a type `MeanField` (see MeanFieldMap).
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

/// The mean-field map of a variant at work.
class MeanFieldPhase {
 public:
  virtual ~MeanFieldPhase() = default;
  virtual void run(MeanFieldStep& step) = 0;
};

/// The table of variants: what there is, and how to make one.
class Registry {
 public:
  using Make = std::function<std::unique_ptr<Phase>(Setup&)>;
  using MakeMeanField = std::function<std::unique_ptr<MeanFieldPhase>(MeanFieldSetup&)>;

  /// No variants yet; the catalogue knows the settings of the population, which belong to no slot.
  Registry();

  template <Variant V>
  void add() {
    VariantDecl declaration = V::declaration();
    MakeMeanField map;
    if constexpr (requires { typename V::MeanField; }) {
      static_assert(MeanFieldMap<typename V::MeanField>);
      declaration.has_mean_field = true;
      map = [](MeanFieldSetup& setup) {
        return std::make_unique<WrappedMap<typename V::MeanField>>(setup);
      };
    }
    catalogue_.add(std::move(declaration));
    makers_.push_back([](Setup& setup) { return std::make_unique<Wrapped<V>>(setup); });
    maps_.push_back(std::move(map));
  }

  /// A variable that runs record, for the formulas of scenarios.
  void add_variable(IndicatorDecl declaration) { catalogue_.add_variable(std::move(declaration)); }

  [[nodiscard]] const Catalogue& catalogue() const { return catalogue_; }
  /// The maker of a declared variant. @throws ConfigError when there is none of that name.
  [[nodiscard]] const Make& maker(Slot slot, std::string_view name) const;
  /// The maker of its mean-field map. @throws ConfigError when it has none or does not exist.
  [[nodiscard]] const MakeMeanField& map_maker(Slot slot, std::string_view name) const;

 private:
  /// Position of a declared variant. @throws ConfigError when there is none of that name.
  [[nodiscard]] std::size_t find(Slot slot, std::string_view name) const;
  template <MeanFieldMap M>
  class WrappedMap final : public MeanFieldPhase {
   public:
    explicit WrappedMap(MeanFieldSetup& setup) : map_(setup) {}
    void run(MeanFieldStep& step) override { map_.run(step); }

   private:
    M map_;
  };
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
  std::vector<Make> makers_;         ///< parallel to the catalogue's variants
  std::vector<MakeMeanField> maps_;  ///< likewise; empty functions where there is no map
};

/// The variants that steppe ships, in the order of models/models.def, and what their runs record.
/// Defined in models/registry.cpp.
[[nodiscard]] const Registry& builtin_models();

/// The page of a variant that steppe ships, docs/models/<slot>/<name>.md, as Markdown (see
/// sim/core/variant_page.hpp). Empty for a variant of another's making, which has none here.
/// Defined in steppe::models.
[[nodiscard]] std::string_view variant_page(Slot slot, std::string_view name);

}  // namespace steppe
