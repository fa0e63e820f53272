#include "cli/progress_bar.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <memory>

#include "cli/bar.hpp"
#include "cli/interrupt.hpp"
#include "cli/standard_error.hpp"
#include "cli/terminal.hpp"

namespace mathtool::cli {
namespace {

/// Standard error has one last line, so there is one such flag.
std::atomic<bool> line_is_drawn = false;

std::string duration(double seconds) {
  const auto whole = static_cast<std::int64_t>(seconds + 0.5);
  return whole < 60 ? fmt::format("{} s", whole)
                    : fmt::format("{}:{:02} min", whole / 60, whole % 60);
}

}  // namespace

std::string progress_line(const std::string& task, std::int64_t done, std::int64_t total,
                          double seconds) {
  const double megabytes = static_cast<double>(done) / 1e6;
  const double rate = megabytes / std::max(seconds, 1e-9);
  if (total <= 0) return fmt::format("{}  {:.0f} MB  {:.0f} MB/s", task, megabytes, rate);
  const double share = static_cast<double>(done) / static_cast<double>(total);
  constexpr int cells = 24;
  std::string filled = bar(share, cells, false);
  filled.resize(cells, '.');
  const double left = share > 0 ? seconds * (1 - share) / share : 0;
  return fmt::format("{}  [{}] {:3.0f} %  {:.0f} MB/s  {} left", task, filled, 100 * share, rate,
                     duration(left));
}

void ProgressBar::update(std::int64_t done, std::int64_t total) {
  using namespace std::chrono_literals;
  const auto now = Clock::now();
  if (done < last_done_) start_ = now;  // another pass over the same input
  last_done_ = done;
  if (now - start_ < 500ms || now - last_drawn_ < 100ms) return;
  last_drawn_ = now;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  const std::string line = progress_line(task_, done, total, seconds);
  write_stderr("\r\x1b[K" + line.substr(0, static_cast<std::size_t>(terminal_width() - 1)));
  line_is_drawn = true;
}

void erase_progress() {
  if (line_is_drawn.exchange(false)) write_stderr("\r\x1b[K");
}

RunControl run_control(const GlobalOptions& global, const std::string& task) {
  RunControl run{.threads = global.threads, .stop = interrupt_token()};
  if (global.quiet || !is_terminal(STDERR_FILENO)) return run;
  run.progress.listener = [bar = std::make_shared<ProgressBar>(task)](
                              std::int64_t done, std::int64_t total) { bar->update(done, total); };
  return run;
}

}  // namespace mathtool::cli
