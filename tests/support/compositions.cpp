#include "support/compositions.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace steppe::test {
namespace {

using Model = std::array<const VariantDecl*, kSlotCount>;

bool gives(const VariantDecl& variant, const std::string& feature) {
  return std::find(variant.gives.begin(), variant.gives.end(), feature) != variant.gives.end();
}

/// A need of the model that none of it meets; empty when there is none.
std::string unmet(const Model& model) {
  for (const VariantDecl* variant : model) {
    for (const std::string& need : variant->needs) {
      if (std::none_of(model.begin(), model.end(),
                       [&](const VariantDecl* other) { return gives(*other, need); })) {
        return need;
      }
    }
  }
  return {};
}

/// Changes slots that are not `kept` until every need is met; each of them once at most, so that
/// the search ends.
bool complete(const Catalogue& catalogue, Model& model, std::array<bool, kSlotCount> kept) {
  const std::string need = unmet(model);
  if (need.empty()) return true;
  for (const VariantDecl& giver : catalogue.variants()) {
    const auto slot = static_cast<std::size_t>(giver.slot);
    if (kept[slot] || !gives(giver, need)) continue;
    Model changed = model;
    changed[slot] = &giver;
    std::array<bool, kSlotCount> now = kept;
    now[slot] = true;
    if (complete(catalogue, changed, now)) {
      model = changed;
      return true;
    }
  }
  // Whoever needs it can go, too: a variant of its slot that needs less.
  for (std::size_t s = 0; s < model.size(); ++s) {
    const std::vector<std::string>& needs = model[s]->needs;
    if (kept[s] || std::find(needs.begin(), needs.end(), need) == needs.end()) continue;
    for (const VariantDecl& other : catalogue.variants()) {
      const bool same_need =
          std::find(other.needs.begin(), other.needs.end(), need) != other.needs.end();
      if (other.slot != model[s]->slot || same_need) continue;
      Model changed = model;
      changed[s] = &other;
      std::array<bool, kSlotCount> now = kept;
      now[s] = true;
      if (complete(catalogue, changed, now)) {
        model = changed;
        return true;
      }
    }
  }
  return false;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> composition_with(
    const Catalogue& catalogue, const VariantDecl& variant,
    const std::vector<std::pair<Slot, std::string>>& rest) {
  Model model{};
  for (int s = 0; s < kSlotCount; ++s) {
    const auto slot = static_cast<Slot>(s);
    model[static_cast<std::size_t>(s)] = catalogue.find(slot, catalogue.names(slot).front());
  }
  for (const auto& [slot, name] : rest) {
    model[static_cast<std::size_t>(slot)] = catalogue.find(slot, name);
  }
  model[static_cast<std::size_t>(variant.slot)] = &variant;
  std::array<bool, kSlotCount> kept{};
  kept[static_cast<std::size_t>(variant.slot)] = true;
  if (!complete(catalogue, model, kept)) {
    throw std::runtime_error(variant.name + " needs '" + unmet(model) + "', which nobody gives");
  }
  std::vector<std::pair<std::string, std::string>> overrides;
  for (const VariantDecl* chosen : model) {
    overrides.emplace_back("model." + std::string(to_string(chosen->slot)), chosen->name);
  }
  return overrides;
}

}  // namespace steppe::test
