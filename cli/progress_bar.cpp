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
                          double seconds, const ProgressUnit& unit, std::int64_t begun, int width) {
  const auto in_units = [&](std::int64_t count) { return static_cast<double>(count) / unit.size; };
  const double rate = in_units(done - begun) / std::max(seconds, 1e-9);
  if (total <= 0)
    return fmt::format("{}  {:.0f} {}  {:.0f} {}/s", task, in_units(done), unit.name, rate,
                       unit.name);
  const double share = static_cast<double>(done) / static_cast<double>(total);
  const double left = rate > 0 ? in_units(total - done) / rate : 0;
  const std::string figures =
      fmt::format("{:3.0f} %  {:.{}f} {}/s  {} left", 100 * share, rate,
                  rate < 10 && unit.size == 1 ? 1 : 0, unit.name, duration(left));
  constexpr int fewest = 5, most = 24, around = 5;  // cells; blanks and brackets
  const auto words = static_cast<int>(task.size() + figures.size());
  const int cells = std::clamp(width - words - around, fewest, most);
  std::string filled = bar(share, cells, false);
  filled.resize(static_cast<std::size_t>(cells), '.');
  return fmt::format("{}  [{}] {}", task, filled, figures);
}

void ProgressBar::update(std::int64_t done, std::int64_t total) {
  using namespace std::chrono_literals;
  const auto now = Clock::now();
  if (done < last_done_) {  // another pass over the same input
    start_ = now;
    begun_ = 0;
  }
  last_done_ = done;
  if (now - start_ < 500ms || now - last_drawn_ < 100ms) return;
  last_drawn_ = now;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  const std::string line =
      progress_line(task_, done, total, seconds, unit_, begun_, terminal_width() - 1);
  write_stderr("\r\x1b[K" + line.substr(0, static_cast<std::size_t>(terminal_width() - 1)));
  line_is_drawn = true;
}

void erase_progress() {
  if (line_is_drawn.exchange(false)) write_stderr("\r\x1b[K");
}

RunControl run_control(const GlobalOptions& global, const std::string& task) {
  return run_control(global, std::make_shared<ProgressBar>(task));
}

RunControl run_control(const GlobalOptions& global, std::shared_ptr<ProgressBar> bar) {
  RunControl run{.threads = global.threads, .stop = interrupt_token()};
  if (global.quiet || !is_terminal(STDERR_FILENO)) return run;
  run.progress.listener = [bar = std::move(bar)](std::int64_t done, std::int64_t total) {
    bar->update(done, total);
  };
  return run;
}

}  // namespace mathtool::cli
