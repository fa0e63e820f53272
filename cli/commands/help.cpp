#include "cli/command.hpp"
#include "cli/help_page.hpp"
#include "cli/options.hpp"
#include "mathtool/data/output_file.hpp"

namespace mathtool::cli {
namespace {

Exit run(const Invocation& invocation) {
  std::string name;
  Options options(invocation);
  options.operand("COMMAND", name, false, "the command to explain; without it, all are listed");
  options.parse();
  if (!name.empty()) {
    const Command& command = find_command(name);
    return command.run({command, {"--help"}});
  }
  data::OutputFile out("-");
  out.write(program_help());
  out.commit();
  return Exit::done;
}

}  // namespace

extern const Command help;
const Command help{"help", "what the commands do, one by one", "[COMMAND]",
                   R"(Examples:
  mathtool help           every command in a line
  mathtool help pca       examples and options of one command
)",
                   run};

}  // namespace mathtool::cli
