#include "cli/command.hpp"
#include "cli/help_page.hpp"
#include "cli/options.hpp"
#include "mathtool/data/output_file.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

Exit run(const Invocation& invocation) {
  std::vector<std::string> words;
  Options options(invocation);
  options.operands("COMMAND", words, "the command to explain; without it, all are listed");
  options.parse();
  if (!words.empty()) {
    const auto [command, rest] = find_command(words);
    require(rest.empty(), "one operand too many: '{}'; usage: mathtool help [COMMAND]",
            rest.empty() ? "" : rest.front());
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
  mathtool help nn train  the same of a command in two words
)",
                   run};

}  // namespace mathtool::cli
