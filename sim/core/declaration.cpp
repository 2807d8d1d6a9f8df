#include "sim/core/declaration.hpp"

#include <charconv>

namespace steppe {

std::string_view to_string(Slot slot) {
  switch (slot) {
    case Slot::Drivers:
      return "drivers";
    case Slot::Demand:
      return "demand";
    case Slot::Separations:
      return "separations";
    case Slot::Vacancies:
      return "vacancies";
    case Slot::Matching:
      return "matching";
    case Slot::ForeignHiring:
      return "foreign_hiring";
    case Slot::Wages:
      return "wages";
    case Slot::Training:
      return "training";
    case Slot::Demography:
      return "demography";
    case Slot::Migration:
      return "migration";
  }
  return "";
}

std::string_view to_string(Dim dim) {
  switch (dim) {
    case Dim::None:
      return "";
    case Dim::Sector:
      return "sector";
    case Dim::Occupation:
      return "occupation";
    case Dim::Region:
      return "region";
    case Dim::Origin:
      return "origin";
    case Dim::Destination:
      return "destination";
    case Dim::Education:
      return "education";
    case Dim::Field:
      return "field";
    case Dim::Skill:
      return "skill";
    case Dim::Status:
      return "status";
    case Dim::Sex:
      return "sex";
    case Dim::Age:
      return "age";
    case Dim::Project:
      return "project";
    case Dim::Staff:
      return "staff";
    case Dim::Share:
      return "share";
    case Dim::Years:
      return "years";
  }
  return "";
}

namespace {
std::string_view open_stem(Dim dim) { return dim == Dim::Share ? "above_" : "from_"; }
}  // namespace

std::string open_key(Dim dim, int bound) {
  return std::string(open_stem(dim)) + std::to_string(bound);
}

std::optional<int> open_bound(Dim dim, std::string_view key) {
  const std::string_view stem = open_stem(dim);
  if (!key.starts_with(stem)) return std::nullopt;
  key.remove_prefix(stem.size());
  int bound = 0;
  const auto [end, failure] = std::from_chars(key.data(), key.data() + key.size(), bound);
  const bool plain =
      failure == std::errc{} && end == key.data() + key.size() && std::to_string(bound) == key;
  if (!plain || (dim == Dim::Share && bound > 100)) return std::nullopt;
  return bound;
}

const VariantDecl* Catalogue::find(Slot slot, std::string_view name) const {
  for (const VariantDecl& variant : variants_) {
    if (variant.slot == slot && variant.name == name) return &variant;
  }
  return nullptr;
}

std::vector<std::string> Catalogue::names(Slot slot) const {
  std::vector<std::string> out;
  for (const VariantDecl& variant : variants_) {
    if (variant.slot == slot) out.push_back(variant.name);
  }
  return out;
}

}  // namespace steppe
