#include "models/foreign_hiring/open_posts.hpp"

#include <algorithm>
#include <tuple>

namespace steppe::arrivals {
namespace {

constexpr Purpose kLot{"foreign_hiring/open_posts/lot"};

}  // namespace

void OpenPosts::find(const Step& step, std::span<const int> test) {
  const World& world = step.world;
  const Sizes& sizes = world.base().sizes;
  const bool by_sector = by_ == By::Sector;
  found_.clear();
  keys_.clear();
  for (std::size_t v = 0; v < world.vacancies().size(); ++v) {
    const Vacancy& vacancy = world.vacancies()[v];
    if (!vacancy.open || vacancy.promised) continue;
    const Cell& cell = world.cells[vacancy.cell.at()];
    if (step.index - vacancy.opened < test[cell.occupation.at()]) continue;
    const std::size_t sector = world.firms[cell.firm.at()].sector.at();
    const std::size_t group =
        by_sector ? sector : sector * sizes.occupations + cell.occupation.at();
    found_.push_back({group, 0, vacancy.place_key, VacancyId{v}});
    keys_.push_back(vacancy.place_key);
  }
  words_.resize(keys_.size());
  step.draws.blocks(kLot, keys_, words_);
  for (std::size_t n = 0; n < found_.size(); ++n) found_[n].lot = words_[n][0];
  std::sort(found_.begin(), found_.end(), [](const Post& a, const Post& b) {
    return std::tie(a.group, a.lot, a.key) < std::tie(b.group, b.lot, b.key);
  });
  first_.assign((by_sector ? sizes.sectors : sizes.sectors * sizes.occupations) + 1, 0);
  ids_.clear();
  for (const Post& post : found_) {
    ids_.push_back(post.id);
    ++first_[post.group + 1];
  }
  for (std::size_t g = 1; g < first_.size(); ++g) first_[g] += first_[g - 1];
}

}  // namespace steppe::arrivals
