#include "cli/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string>

namespace mathtool::cli {
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

}  // namespace

bool is_terminal(int descriptor) { return ::isatty(descriptor) == 1; }

int terminal_width() {
  constexpr int narrowest = 20;
  const int columns = std::atoi(environment("COLUMNS").c_str());
  if (columns > 0) return std::max(columns, narrowest);
  winsize window = {};
  for (const int descriptor : {STDOUT_FILENO, STDERR_FILENO})
    if (::ioctl(descriptor, TIOCGWINSZ, &window) == 0 && window.ws_col > 0)
      return std::max<int>(window.ws_col, narrowest);
  return 80;
}

bool utf8_locale() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const std::string value = environment(name);
    if (value.empty()) continue;
    for (const char* spelling : {"UTF-8", "utf-8", "UTF8", "utf8"})
      if (value.find(spelling) != std::string::npos) return true;
    return false;
  }
  return false;
}

bool use_color(Color wish, int descriptor) {
  if (wish != Color::automatic) return wish == Color::always;
  if (!environment("NO_COLOR").empty()) return false;
  const std::string force = environment("CLICOLOR_FORCE");
  if (!force.empty() && force != "0") return true;
  return environment("TERM") != "dumb" && is_terminal(descriptor);
}

}  // namespace mathtool::cli
