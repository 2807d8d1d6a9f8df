#include "sim/scenario/resolve.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>

namespace steppe::detail {

const CsvTable* Context::table(const Node& node, const std::string& what, const TableForm& form) {
  const auto name = read_text(node, what, faults);
  if (!name) return nullptr;
  const std::filesystem::path path = (layers.folder_of(node.mark.file) / *name).lexically_normal();
  const auto [entry, made] = tables.try_emplace({path, form.name});
  if (made) {
    entry->second =
        read_csv(path, form, partial ? nullptr : &scenario.dimensions, node.mark, faults);
    const bool listed =
        std::find(table_paths.begin(), table_paths.end(), path) != table_paths.end();
    if (entry->second && !listed) table_paths.push_back(path);
  }
  return entry->second ? &*entry->second : nullptr;
}

std::vector<const VariantDecl*> Context::in_force() const {
  std::vector<const VariantDecl*> found;
  for (int i = 0; i < kSlotCount; ++i) {
    const auto slot = static_cast<Slot>(i);
    const std::string& name = scenario.model[static_cast<std::size_t>(i)];
    if (const VariantDecl* variant = catalogue.find(slot, name)) found.push_back(variant);
  }
  return found;
}

bool Context::is_in_force(const VariantDecl& variant) const {
  return scenario.model[static_cast<std::size_t>(variant.slot)] == variant.name;
}

int find_member(Context& context, Dim dim, const std::string& key, const Mark& mark,
                const std::string& what) {
  const int found = context.scenario.dimensions.find(dim, key);
  if (found >= 0) return found;
  std::vector<std::string> keys;
  for (const Member& member : context.scenario.dimensions.of(dim)) keys.push_back(member.key);
  context.faults.error(mark,
                       keys.empty() ? fmt::format("{}: '{}' is no {}: the scenario lists none",
                                                  what, key, to_string(dim))
                                    : fmt::format("{}: '{}' is no {}; there are {}", what, key,
                                                  to_string(dim), list_of(keys, 24)),
                       did_you_mean(key, keys));
  return -1;
}

std::vector<double> read_shares(Context& context, const Node& node, Dim dim,
                                const std::string& what) {
  constexpr double kTolerance = 1e-6;
  std::vector<double> shares(context.scenario.dimensions.of(dim).size(), 0.0);
  if (!node.is_map()) {
    context.faults.error(node.mark, fmt::format("{}: shares by {} are expected, not {}", what,
                                                to_string(dim), describe(node)));
    return {};
  }
  double sum = 0.0;
  bool whole = true;
  for (const Node::Entry& entry : node.entries) {
    const auto share = read_number(
        *entry.value, {fmt::format("{}.{}", what, entry.key), "1", "", 0.0, 1.0}, context.faults);
    whole = whole && share.has_value();
    sum += share.value_or(0.0);
    if (context.partial && shares.empty()) continue;
    const int key = find_member(context, dim, entry.key, entry.key_mark, what);
    whole = whole && key >= 0;
    if (share && key >= 0) shares[static_cast<std::size_t>(key)] = *share;
  }
  if (whole && std::abs(sum - 1.0) > kTolerance) {
    context.faults.error(node.mark, fmt::format("{}: the shares sum to {}, expected 1", what,
                                                number_text(std::round(sum * 1e9) / 1e9)));
  }
  return shares;
}

std::string no_dimension_message(std::string_view name, std::string_view key) {
  return fmt::format("{} is one figure for all; it cannot be given for '{}'", name, key);
}

Message starts_late(const std::string& name, Date date, Date end) {
  return {"entry.starts_late",
          "{name} starts {date}, after the run's end {end}: no effect",
          {{"name", name}, {"date", to_string(date)}, {"end", to_string(end)}}};
}

namespace {

/// Names listed before the rest are counted.
constexpr std::size_t kListed = 6;

/// All that declare a name, since any of them would read it.
std::vector<std::string> owners_of(const Catalogue& catalogue, const std::string& name) {
  const auto named = [&](const auto& decl) { return decl.name == name; };
  std::vector<std::string> out;
  for (const VariantDecl& variant : catalogue.variants()) {
    const auto declares = [&](const auto& list) {
      return std::any_of(list.begin(), list.end(), named);
    };
    if (declares(variant.parameters) || declares(variant.levers) || declares(variant.drivers)) {
      out.push_back(fmt::format("{}/{}", to_string(variant.slot), variant.name));
    }
  }
  return out;
}

Message idle_message(const std::vector<std::string>& names, const std::string& variant) {
  if (names.size() == 1) {
    return {"model.idle_one",
            "no effect: {names} belongs to {variant}, which the chosen model does not use",
            {{"names", names.front()}, {"variant", variant}}};
  }
  if (names.size() <= kListed + 1) {
    return {"model.idle",
            "no effect: {names} belong to {variant}, which the chosen model does not use",
            {{"names", list_of(names, kListed)}, {"variant", variant}}};
  }
  const std::vector<std::string> listed(names.begin(), names.begin() + kListed);
  return {"model.idle_more",
          "no effect: {names} … ({n} more) belong to {variant}, which the chosen model does not "
          "use",
          {{"names", list_of(listed, kListed)},
           {"n", std::to_string(names.size() - kListed)},
           {"variant", variant}}};
}

}  // namespace

void Idle::add(const std::string& declared, const std::string& given, const Mark& mark) {
  std::vector<std::string> owners = owners_of(catalogue_, declared);
  // One warning for all that one variant would read, although others would read some of it.
  for (Entry& entry : entries_) {
    std::vector<std::string> both;
    std::copy_if(owners.begin(), owners.end(), std::back_inserter(both), [&](const auto& owner) {
      return std::find(entry.owners.begin(), entry.owners.end(), owner) != entry.owners.end();
    });
    if (both.empty()) continue;
    entry.owners = std::move(both);
    if (std::find(entry.names.begin(), entry.names.end(), given) == entry.names.end()) {
      entry.names.push_back(given);
    }
    return;
  }
  entries_.push_back({std::move(owners), {given}, mark});
}

void Idle::warn(Faults& faults) const {
  for (const Entry& entry : entries_) {
    faults.warning(entry.mark,
                   idle_message(entry.names, fmt::format("{}", fmt::join(entry.owners, " or "))));
  }
}

}  // namespace steppe::detail
