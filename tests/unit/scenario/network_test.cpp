#include "unit/scenario/files.hpp"

using namespace steppe;
using namespace steppe::test;

TEST_CASE("scenario/network: occupations are named in both languages, or by their keys", "[unit]") {
  const Folder folder;
  folder.write("nodes.csv",
               "occupation,label,label_mn,employment\n"
               "miner,Miners,Уурхайчид,100\n"
               "cook,,Тогооч нар,50\n"
               "clerk,,,50\n");
  folder.write("edges.csv", "from,to,weight\nminer,cook,1\ncook,clerk,1\nclerk,miner,1\n");
  const Scenario s = read_valid(folder.write(
      "a.yaml", std::string(kSmall) + "network: {nodes: nodes.csv, edges: edges.csv}\n"));
  const std::vector<Member>& occupations = s.dimensions.occupations;
  REQUIRE(occupations.size() == 3);
  CHECK(occupations[0].label.in("en") == "Miners");
  CHECK(occupations[0].label.in("mn") == "Уурхайчид");
  CHECK(occupations[1].label.in("mn") == "Тогооч нар");
  CHECK(occupations[2].label.in("mn") == "clerk");
  CHECK(s.network.employment == std::vector<double>{100.0, 50.0, 50.0});
}
