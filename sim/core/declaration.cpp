#include "sim/core/declaration.hpp"

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
  }
  return "";
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
