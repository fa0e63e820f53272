#include "cli/stopwatch.hpp"

#include <chrono>

namespace mathtool::cli {
namespace {

const auto start = std::chrono::steady_clock::now();

}  // namespace

double seconds_since_start() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace mathtool::cli
