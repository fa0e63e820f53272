#include "cli/standard_error.hpp"

#include <unistd.h>

#include <cerrno>

#include "cli/terminal_text.hpp"

namespace mathtool::cli {

void write_stderr(std::string_view text) {
  while (!text.empty()) {
    const auto written = ::write(STDERR_FILENO, text.data(), text.size());
    if (written < 0 && errno != EINTR) return;
    if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
  }
}

void write_stderr_line(std::string_view line) { write_stderr(printable(line) + "\n"); }

}  // namespace mathtool::cli
