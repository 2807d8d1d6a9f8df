#include "sim/population/settings.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <string>

#include "sim/core/error.hpp"

namespace steppe {
namespace {

ParameterDecl setting(std::string name, std::string unit, double value, double min, double max,
                      std::string summary, Dim by = Dim::None, std::string source = "assumption") {
  ParameterDecl decl;
  decl.name = std::move(name);
  decl.unit = std::move(unit);
  decl.value = value;
  decl.min = min;
  decl.max = max;
  decl.by = by;
  decl.source = std::move(source);
  decl.summary = std::move(summary);
  return decl;
}

ParameterDecl whole(ParameterDecl decl) {
  decl.whole = true;
  return decl;
}

const ParameterDecl* find(std::string_view name) {
  for (const ParameterDecl& decl : population_settings()) {
    if (decl.name == name) return &decl;
  }
  return nullptr;
}

}  // namespace

const std::vector<ParameterDecl>& population_settings() {
  static const std::vector<ParameterDecl> settings = {
      setting("coverage", "1", 1.0, 0.1, 10.0,
              "published survey heads per resident head; default: the observation series of that "
              "name in the first year"),
      setting("vacancy_share", "1", 0.01, 0.0, 0.5, "open vacancies as a share of posts"),
      setting("firm_size_exponent", "1", 1.06, 0.5, 5.0,
              "exponent of the firm-size tail: P(size >= x) falls as x^-exponent", Dim::None,
              "Axtell (2001), Science 293: 1.06"),
      whole(setting("firm_size_min", "person", 1.0, 1.0, 1e6, "posts of the smallest firm")),
      setting("foreign_firm_min", "person", 20.0, 0.0, 1e9,
              "foreign workers stand in firms of at least so many posts, where these have room"),
      setting("fly_in_min_posts", "person", kNoLimit, 0.0, kNoLimit,
              "firms of at least so many posts outside the largest region recruit nationally",
              Dim::Sector),
      setting("fly_in_resident_share", "1", 0.5, 0.0, 1.0,
              "share of the nationals of such firms who live in the firm's region"),
      whole(setting("seeker_age_max", "years", 64.0, 15.0, 100.0,
                    "oldest age of those searching or discouraged at the start")),
      setting("rural_share", "1", 0.05, 0.0, 1.0,
              "herding is possible where herders are at least this share of working-age residents"),
      setting("tenure_mean", "months", 96.0, 1.0, 600.0, "mean time in the job at the start"),
      setting("long_spell_mean", "months", 24.0, 1.0, 240.0,
              "mean time beyond its lower end in the open band of unemployment duration"),
      setting("abroad_mean", "months", 36.0, 1.0, 600.0, "mean time abroad at the start"),
      setting("permit_term", "months", 12.0, 1.0, 120.0,
              "term of the permits in force at the start; their ends are spread over it"),
      setting("foreign_male_share", "1", 0.85, 0.0, 1.0, "men among foreign workers"),
      setting("skill_spread", "1", 0.15, 0.0, 1.0,
              "standard deviation of the logarithm of skill; a textbook world has 0 by default"),
      setting("wage_mean", "MNT/month", 1e6, 0.0, kNoLimit,
              "mean wage where no table of wages is given"),
  };
  return settings;
}

PopulationSettings::PopulationSettings(const Scenario& scenario) : scenario_(scenario) {
  for (const auto& [name, value] : scenario.population.settings) {
    const std::size_t dot = name.find('.');
    const ParameterDecl* decl = find(std::string_view(name).substr(0, dot));
    if (decl == nullptr) {
      std::string known;
      for (const ParameterDecl& each : population_settings()) {
        known += (known.empty() ? "" : ", ") + each.name;
      }
      throw ConfigError(fmt::format("{}: population.settings.{} is not a setting; there are {}",
                                    scenario.file, name, known));
    }
    if (dot != std::string::npos &&
        (decl->by == Dim::None ||
         scenario.dimensions.find(decl->by, std::string_view(name).substr(dot + 1)) < 0)) {
      throw ConfigError(fmt::format("{}: population.settings.{}: `{}` cannot be given for `{}`",
                                    scenario.file, name, decl->name,
                                    std::string_view(name).substr(dot + 1)));
    }
    if (!(value >= decl->min && value <= decl->max)) {
      throw ConfigError(fmt::format("{}: population.settings.{} is {}, expected {} to {} {}",
                                    scenario.file, name, value, decl->min, decl->max, decl->unit));
    }
  }
}

double PopulationSettings::operator()(std::string_view name) const {
  const auto& given = scenario_.population.settings;
  if (const auto at = given.find(std::string(name)); at != given.end()) return at->second;
  if (const ParameterDecl* decl = find(name)) return decl->value;
  throw ModelError(fmt::format("population setting `{}` is read but not declared", name));
}

double PopulationSettings::operator()(std::string_view name, std::string_view key) const {
  const auto& given = scenario_.population.settings;
  if (const auto at = given.find(fmt::format("{}.{}", name, key)); at != given.end()) {
    return at->second;
  }
  return (*this)(name);
}

bool PopulationSettings::has(std::string_view name) const {
  return scenario_.population.settings.count(std::string(name)) != 0;
}

}  // namespace steppe
