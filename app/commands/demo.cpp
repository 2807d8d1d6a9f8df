#include <spdlog/fmt/fmt.h>

#include "app/command.hpp"
#include "app/scenarios.hpp"
#include "app/simulate.hpp"
#include "app/terminal.hpp"

namespace steppe::app {
namespace {

class Demo final : public Command {
 public:
  std::string name() const override { return "demo"; }
  std::string usage() const override { return "[options]"; }
  std::string summary() const override {
    return "simulate a small invented country: a first look in a minute";
  }
  void declare(OptionSet& options) override {
    request_.replications = 10;
    options.whole("replications,n", "N", "runs with other random numbers (10)",
                  request_.replications, 1, 100000);
    options.whole("threads,j", "N", "threads, one replication each (as many as the machine has)",
                  request_.threads, 1, 4096);
    options.text("output,o", "DIR", "where the run folder goes (runs)", output_);
    options.flag("force", "make the run anew when it is there", request_.force);
    options.flag("json", "print the headline as JSON", request_.json);
    options.flag("quiet,q", "no progress and no warnings", request_.quiet);
  }
  int run() override {
    const std::filesystem::path bundled = bundled_scenarios();
    if (bundled.empty()) {
      complain("the example scenarios were not found beside the program; install it again");
      return kInternal;
    }
    request_.file = bundled / "examples" / "demo.yaml";
    if (!output_.empty()) request_.output = output_;
    return simulate(request_);
  }

 private:
  RunRequest request_;
  std::string output_;
};

}  // namespace

std::unique_ptr<Command> make_demo() { return std::make_unique<Demo>(); }

}  // namespace steppe::app
