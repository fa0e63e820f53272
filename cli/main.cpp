#include <unistd.h>

#include <string>
#include <vector>

#include "cli/command.hpp"
#include "cli/failure.hpp"
#include "cli/help_page.hpp"
#include "cli/interrupt.hpp"
#include "cli/process_settings.hpp"
#include "cli/terminal.hpp"
#include "cli/version_page.hpp"
#include "mathtool/data/output_file.hpp"

namespace mathtool::cli {
namespace {

Exit show(const std::string& page) {
  data::OutputFile out("-");
  out.write(page);
  out.commit();
  return Exit::done;
}

Exit run(const std::vector<std::string>& words) {
  if (words.empty() && is_terminal(STDIN_FILENO) && is_terminal(STDOUT_FILENO))
    return run({"calc"});
  if (words.empty() || words[0] == "--help" || words[0] == "-h") return show(program_help());
  if (words[0] == "--version") return show(version_page());
  const Invocation invocation = find_command(words);
  return invocation.command.run(invocation);
}

}  // namespace
}  // namespace mathtool::cli

int main(int argc, char* argv[]) {
  using namespace mathtool::cli;
  const std::vector<std::string> words(argv + (argc > 0 ? 1 : 0), argv + argc);
  Exit exit = Exit::done;
  try {
    settle_process();
    listen_for_interrupts();
    exit = run(words);
  } catch (...) { exit = explain_failure(words); }
  return static_cast<int>(exit);
}
