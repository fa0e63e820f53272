#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "cli/options.hpp"
#include "mathtool/math/run_control.hpp"

namespace mathtool::cli {

/// What progress is counted in, and how many of what is counted make one of it.
struct ProgressUnit {
  std::string name = "MB";
  double size = 1e6;
};

/// Progress through an input, in words: share, bar, rate and time left; without a total, how much
/// has been read and how fast. `begun` was done before the seconds began. In a narrow terminal
/// the bar is shorter.
std::string progress_line(const std::string& task, std::int64_t done, std::int64_t total,
                          double seconds, const ProgressUnit& unit = {}, std::int64_t begun = 0,
                          int width = 200);

/// Draws that line on standard error: after half a second, at most ten times a second.
class ProgressBar {
 public:
  /// `begun` was done before, and says nothing of the rate.
  explicit ProgressBar(std::string task, ProgressUnit unit = {}, std::int64_t begun = 0)
      : task_(std::move(task)), unit_(std::move(unit)), begun_(begun) {}

  void update(std::int64_t done, std::int64_t total);
  /// What is said in front of the bar from now on.
  void rename(std::string task) { task_ = std::move(task); }

 private:
  using Clock = std::chrono::steady_clock;

  std::string task_;
  ProgressUnit unit_;
  std::int64_t begun_, last_done_ = 0;
  Clock::time_point start_ = Clock::now();
  Clock::time_point last_drawn_ = {};
};

/// Takes the line away again, if there is one: before anything else is printed.
void erase_progress();

/// Threads, Ctrl-C and a progress bar on a terminal's stderr, for library calls.
RunControl run_control(const GlobalOptions& global, const std::string& task);

/// The same with a bar that the caller made, to rename it on the way.
RunControl run_control(const GlobalOptions& global, std::shared_ptr<ProgressBar> bar);

}  // namespace mathtool::cli
