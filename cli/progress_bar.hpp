#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "cli/options.hpp"
#include "mathtool/math/run_control.hpp"

namespace mathtool::cli {

/// Progress through the bytes of an input, in words: share, bar, rate and time left; without a
/// total, how much has been read and how fast.
std::string progress_line(const std::string& task, std::int64_t done, std::int64_t total,
                          double seconds);

/// Draws that line on standard error: after half a second, at most ten times a second.
class ProgressBar {
 public:
  explicit ProgressBar(std::string task) : task_(std::move(task)) {}

  void update(std::int64_t done, std::int64_t total);

 private:
  using Clock = std::chrono::steady_clock;

  std::string task_;
  std::int64_t last_done_ = 0;
  Clock::time_point start_ = Clock::now();
  Clock::time_point last_drawn_ = {};
};

/// Takes the line away again, if there is one: before anything else is printed.
void erase_progress();

/// Threads, Ctrl-C and a progress bar on a terminal's stderr, for library calls.
RunControl run_control(const GlobalOptions& global, const std::string& task);

}  // namespace mathtool::cli
