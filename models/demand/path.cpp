#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "models/demand/firm_posts.hpp"
#include "models/demand/sector_posts.hpp"
#include "sim/api/registry.hpp"

namespace steppe {
namespace {

/// How many posts there are against the first month.
class Path {
 public:
  Path(const DriverTable& drivers, DriverId series, Month start)
      : series_(series), start_(series.is_none() ? 1.0 : drivers.at(series, start)) {}
  [[nodiscard]] double at(const DriverTable& drivers, Month month) const {
    return series_.is_none() ? 1.0 : drivers.at(series_, month) / start_;
  }

 private:
  DriverId series_;
  double start_ = 1.0;
};

/// Posts follow given series, and nothing that happens in the run.
class PostsPath {
 public:
  static VariantDecl declaration();
  explicit PostsPath(Setup& setup);
  void start(Step& step);
  void run(Step& step);

  class MeanField {
   public:
    explicit MeanField(MeanFieldSetup& setup)
        : path_(setup.drivers, setup.drivers.find("posts_index"),
                Month(setup.scenario.time.start.year, setup.scenario.time.start.month)),
          start_(setup.start.demand) {}
    void run(MeanFieldStep& step) {
      step.field.demand = start_ * path_.at(step.drivers, step.month);
    }

   private:
    Path path_;
    Eigen::ArrayXd start_;
  };

 private:
  drivers::FirmPosts firm_posts_;
  std::vector<Path> path_;         ///< by sector
  std::vector<double> share_sum_;  ///< Σ φ_j by sector
};

VariantDecl PostsPath::declaration() {
  VariantDecl decl;
  decl.slot = Slot::Demand;
  decl.name = "path";
  decl.summary = "Posts of sectors follow given series; firms share them out";
  decl.reference = "docs/models/demand/path.md";
  decl.gives = {"targets"};
  decl.drivers = {
      {"posts_index", "1", "Posts wanted; changes since the first month count", Dim::Sector}};
  decl.relies = {{"posts_index"},
                 {"model.no_path",
                  "demand/path has no series to follow, so that posts stay as at the start: give "
                  "drivers.posts_index, or posts_index.KEY for a sector",
                  {}}};
  return decl;
}

PostsPath::PostsPath(Setup& setup) : firm_posts_(setup, 1e9) {
  const Month start = setup.world.clock().month(0);
  const DriverId all = setup.driver("posts_index");
  for (const Member& sector : setup.scenario.dimensions.sectors) {
    const DriverId own = setup.driver("posts_index." + sector.key);
    path_.emplace_back(setup.drivers, own.is_none() ? all : own, start);
  }
  path_.resize(setup.world.base().sizes.sectors, Path(setup.drivers, all, start));
  share_sum_.resize(path_.size());
}

void PostsPath::start(Step& step) {
  World& world = step.world;
  firm_posts_.start(step);
  for (const Firm& firm : world.firms) {
    if (firm.project < 0) share_sum_[firm.sector.at()] += firm.share;
  }
}

void PostsPath::run(Step& step) {
  World& world = step.world;
  std::vector<double>& wanted = step.signals.posts_wanted;
  for (std::size_t s = 0; s < path_.size(); ++s) {
    wanted[s] = world.base().posts[s] * path_[s].at(step.drivers, step.month);
  }
  const std::vector<double> of_sector = wanted;
  for (std::uint32_t j = 0; j < world.firms.size(); ++j) {
    const Firm& firm = world.firms[j];
    const std::size_t s = firm.sector.at();
    double posts = share_sum_[s] > 0.0 ? firm.share / share_sum_[s] * of_sector[s] : 0.0;
    if (firm.project >= 0) {
      posts = drivers::SectorPosts::of_project(step, static_cast<std::size_t>(firm.project));
      wanted[s] += posts;
    }
    const auto whole = static_cast<std::uint32_t>(posts + firm.rounding);
    if (whole != firm.posts) firm_posts_.set_posts(world, FirmId{j}, whole);
  }
}

}  // namespace

void register_demand_path(Registry& registry) { registry.add<PostsPath>(); }

}  // namespace steppe
