#include "app/command.hpp"
#include "app/program.hpp"
#include "app/terminal.hpp"
#include "sim/scenario/reader.hpp"

namespace steppe::app {
namespace {

class Schema final : public Command {
 public:
  std::string name() const override { return "schema"; }
  std::string usage() const override { return "> steppe.schema.json"; }
  std::string summary() const override {
    return "print the JSON Schema of scenario files, for editors";
  }
  std::string details() const override {
    return "Editors with a YAML language server complete and check scenario files whose first "
           "line\n"
           "is: # yaml-language-server: $schema=steppe.schema.json";
  }
  void declare(OptionSet&) override {}
  int run() override {
    print(json_schema(known_models().catalogue()));
    return kSuccess;
  }
};

}  // namespace

std::unique_ptr<Command> make_schema() { return std::make_unique<Schema>(); }

}  // namespace steppe::app
