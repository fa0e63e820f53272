#include "mathtool/opt/methods/multistart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "latin_hypercube.hpp"
#include "local_search.hpp"
#include "mathtool/math/constants.hpp"

namespace mathtool::opt {
namespace {

/// Counts where a search ended, with the minima that are the same to within 1e-4 of the box.
void count_minimum(std::vector<Multistart::Found>& minima, const Iterate& end, const Box& box) {
  const Vec width = (box.high - box.low).cwiseMax(std::numeric_limits<double>::min());
  for (Multistart::Found& found : minima) {
    if (((found.x - end.x).cwiseQuotient(width)).lpNorm<Eigen::Infinity>() > 1e-4) continue;
    ++found.times;
    if (end.value < found.value) found.x = end.x, found.value = end.value;
    return;
  }
  minima.push_back({end.x, end.value, 1});
}

std::string summary_of(const Multistart::State& s) {
  // As low as the best to within what a search may leave.
  const double slack =
      std::max(1e-6 * std::abs(s.best.value), 1e-9 * std::abs(s.start_value - s.best.value));
  int at_best = 0, ways = 0;
  for (const Multistart::Found& found : s.minima)
    if (found.value <= s.best.value + slack) at_best += found.times, ++ways;
  std::string text =
      fmt::format("{} of {} searches ended at the lowest value", at_best, s.points.cols());
  if (ways > 1) text += fmt::format(", in {} places", ways);
  text += fmt::format("; {} different minim{}", s.minima.size(), s.minima.size() == 1 ? "um" : "a");
  if (s.failed > 0) text += fmt::format("; f was not finite at {} starts", s.failed);
  if (at_best == 1 && s.points.cols() > 1) text += "; more starts may find a lower one";
  return text;
}

}  // namespace

Multistart::State Multistart::init(const Iterate& start) const {
  State state;
  state.best = start;
  state.start_value = start.value;
  return state;
}

std::optional<Stop> Multistart::step(State& s, Evaluations& f, Iterate& now) const {
  if (s.points.size() == 0) {
    require_finite(f.box(), "multistart");
    const Index n = now.x.size();
    s.points = latin_hypercube(f.box(), starts > 0 ? starts : 40 + 20 * n, seed);
    s.points.col(0) = now.x;
  }
  Iterate local = s.best;  // the start
  local.iteration = 0;
  if (s.next > 0) {
    local.x = s.points.col(s.next);
    local.value = f(local.x, local.gradient);
  }
  ++s.next;
  if (std::isnan(local.value)) {
    ++s.failed;
  } else {
    Stop end = search_locally(f, local);
    count_minimum(s.minima, local, f.box());
    if (local.value < s.best.value || s.next == 1) {
      s.best = std::move(local);
      s.best_end = std::move(end);
    }
  }
  now.x = s.best.x;
  now.value = s.best.value;
  // From one minimum to the next the loop is not to compare slopes; the last one is told.
  now.gradient.resize(0);
  if (now.value == -infinity || f.exhausted() || s.next < s.points.cols()) return std::nullopt;
  now.gradient = s.best.gradient;
  return Stop{s.best_end.status, fmt::format("{}; {}", s.best_end.reason, summary_of(s))};
}

}  // namespace mathtool::opt
