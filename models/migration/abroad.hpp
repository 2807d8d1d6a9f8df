#pragma once

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

#include "sim/api/candidates.hpp"
#include "sim/api/step.hpp"
#include "sim/core/declaration.hpp"

namespace steppe::abroad {

// What variants of migration share: who considers leaving and returning, what home offers, and what
// happens on return.

/// The declaration of the variant networks, of which others take what they share.
[[nodiscard]] VariantDecl networks_declaration();
/// Its parameters and levers of these names, in their order. @throws ModelError when it has none of
/// a name.
[[nodiscard]] std::vector<ParameterDecl> parameters(std::initializer_list<std::string_view> names);
[[nodiscard]] std::vector<LeverDecl> levers(std::initializer_list<std::string_view> names);

/// From this age on nobody leaves [years].
inline constexpr int kOldestLeaving = 64;

/// Relative readiness to leave the country by age.
[[nodiscard]] double age_factor(int age);
/// Whether somebody lives at home and is on no course.
[[nodiscard]] bool may_leave(const Person& person);

/// What home offers, and the price of foreign money.
class Home {
 public:
  /// Reads home_wage_reference and the series exchange_rate.
  explicit Home(Setup& setup);
  /// To be called once before the first step.
  void start(const Step& step);
  void measure(const Step& step);

  [[nodiscard]] double wage() const { return wage_; }  ///< mean [MNT/month]
  /// Share at work among those at work or available.
  [[nodiscard]] double employment() const { return employment_; }
  [[nodiscard]] double money() const { return money_; }  ///< MNT of one USD

 private:
  double reference_;  ///< mean wage at the start [USD/month]
  DriverId exchange_;
  double wage_ = 1.0, employment_ = 1.0, money_ = 1.0;
  double money_start_ = 1.0;  ///< without an exchange rate: at the start's prices
};

/// Nationals in a destination [person].
[[nodiscard]] double diaspora(const World& world, std::size_t destination);

/// Who would consider leaving in a month, per unit of attention [records].
/// @param education factors by education
[[nodiscard]] double readiness(const Step& step, std::span<const double> education);

/// Log-odds against staying with which, of so many who consider leaving, as many go to each
/// destination as wanted; nine in ten of them at most.
/// @param considering, wanted [person/month]; considering > 0
[[nodiscard]] std::vector<double> odds_of(double considering, std::span<const double> wanted);

/// Somebody comes home, to search, or to inactivity at an age at which people retire.
/// @param gain of skill abroad, as a share
void go_home(Step& step, PersonId id, double gain);

/// Books what nationals abroad send home. @param share of the wages there
/// @param wages by destination [USD/month]
void send_money(Step& step, double share, std::span<const double> wages, double money);

/// How often people think of moving [1/month].
struct Attention {
  double moving = 0.0;   ///< to another region, of those without work
  double leaving = 0.0;  ///< the country, at the ages that leave most
  double returning = 0.0;
  double inducement = 1.0;              ///< factor on returning
  double elasticity = 0.0;              ///< of returning to the chance of a job at home
  std::span<const double> education{};  ///< factors on leaving
};

/// Finds who considers another region (`move`), another country (`leave`), and who returns
/// (`go_back`); each is called with the person's id.
template <class Move, class Leave, class Return>
void consider(Step& step, Purpose purpose, const Attention& attention, Move&& move, Leave&& leave,
              Return&& go_back) {
  // Returns induced up to this multiple of their rate need no further layer of candidates.
  constexpr double kUsualInducement = 2.0;
  World& world = step.world;
  const auto& ratio = step.signals.finding_ratio;
  double best = 1.0;
  for (const double f : ratio) best = std::max(best, std::pow(f, attention.elasticity));
  const double highest =
      attention.education.empty()
          ? 1.0
          : *std::max_element(attention.education.begin(), attention.education.end());
  const int working_age = world.base().working_age;
  const auto bound = [&](const Stretch& who) {
    if (!who.nationals || who.oldest < working_age) return Bound(0.0);
    double ready = 0.0;
    for (int age = who.youngest; age <= std::min(who.oldest, kOldestLeaving); ++age) {
      ready = std::max(ready, age_factor(age));
    }
    // Everybody but the youngest may be abroad.
    return Bound(std::max(attention.moving + attention.leaving * highest * ready,
                          kUsualInducement * attention.returning),
                 attention.returning * attention.inducement * best);
  };
  for_candidates(step, purpose, bound, [&](PersonId id, double u) {
    const Person& person = world.persons[id];
    if (!person.is_national() || person.since >= step.index) return;
    if (person.status == Status::Abroad) {
      if (person.contract_end > step.index) return;  // on a contract
      const double pull = std::pow(ratio[person.region.at()], attention.elasticity);
      if (strikes(u, attention.returning * attention.inducement * pull, step.dt)) go_back(id);
      return;
    }
    if (!may_leave(person)) return;
    const int age = person.age_years(step.month);
    const bool tied = person.status == Status::Employed || person.status == Status::Herding;
    const double moving = tied || age < working_age ? 0.0 : attention.moving;
    const double leaving =
        attention.leaving * age_factor(age) * attention.education[person.education.at()];
    const double total = moving + leaving;
    if (!strikes(u, total, step.dt)) return;
    if (u / probability(total, step.dt) * total < moving) {
      move(id);
    } else {
      leave(id);
    }
  });
}

}  // namespace steppe::abroad
