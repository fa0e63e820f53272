#include "cli/plot/ticks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "cli/plot/gnuplot_text.hpp"

namespace mathtool::cli {
namespace {

constexpr double most_ticks = 10;

/// Significant digits that tell neighbours apart: the 6 that numbers have anyway, or more, then at
/// least those before the point.
int digits_for(const Range& range, double step) {
  constexpr double usual = 6, most = 17;
  const double largest = std::max(std::abs(range.low), std::abs(range.high));
  const double apart = std::ceil(std::log10(largest / step)) + 1;
  if (apart <= usual) return static_cast<int>(usual);
  return static_cast<int>(std::min(std::max(apart, std::floor(std::log10(largest)) + 1), most));
}

double first_tick(const Range& range, double step) { return std::ceil(range.low / step) * step; }

/// The room that all numbers take beside each other, blanks between them included.
double room_for_all(const Range& range, double step, const Canvas& canvas) {
  constexpr std::size_t between = 2;
  const int digits = digits_for(range, step);
  const auto width = [&](double number) { return fmt::format("{:.{}g}", number, digits).size(); };
  const double last = std::floor(range.high / step) * step;
  const std::size_t widest = std::max(width(first_tick(range, step)), width(last));
  return (range.high - range.low) / step * canvas.letter_width *
         static_cast<double>(widest + between);
}

}  // namespace

double round_step(double least) {
  const double power = std::pow(10.0, std::floor(std::log10(least)));
  for (const double factor : {1.0, 2.0, 5.0})
    if (factor * power >= least) return factor * power;
  return 10 * power;
}

std::string number_tics(char axis, bool integers, const Range& range, const Canvas& canvas) {
  const auto [low, high] = std::minmax(range.low, range.high);
  const Range all{low, high};
  double step = round_step((high - low) / most_ticks);
  if (integers) step = std::max(1.0, step);
  while (axis == 'x' && step < high - low && room_for_all(all, step, canvas) > canvas.frame().width)
    step = round_step(1.5 * step);
  return fmt::format("set format {0} '%.{1}g'\nset {0}tics norotate {2},{3}\n", axis,
                     digits_for(all, step), number(first_tick(all, step)), number(step));
}

}  // namespace mathtool::cli
