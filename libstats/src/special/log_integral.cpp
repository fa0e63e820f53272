#include "special/log_integral.hpp"

#include <algorithm>

#include "special/gauss_panel.hpp"

namespace mathtool::stats {
namespace {

/// Where a function with one peak is highest, to some digits, by golden section.
Extended peak(FunctionRef<Extended(Extended)> f, Extended start, Extended scale) {
  constexpr Extended shrink = 0.6180339887498948482L;
  Extended x = start, step = scale, height = f(x);
  if (!(f(x + step) > height)) step = -step;
  for (Extended next; (next = f(x + step)) > height && std::isfinite(step); step *= 2)
    height = next, x += step;
  Extended a = x - std::abs(step), b = x + std::abs(step);
  Extended c = b - shrink * (b - a), d = a + shrink * (b - a), fc = f(c), fd = f(d);
  for (int i = 0; i < 36; ++i) {
    if (fc >= fd) {
      b = d, d = c, fd = fc;
      c = b - shrink * (b - a);
      fc = f(c);
    } else {
      a = c, c = d, fc = fd;
      d = a + shrink * (b - a);
      fd = f(d);
    }
  }
  return (a + b) / 2;
}

}  // namespace

Extended log_integral(FunctionRef<Extended(Extended)> f, Extended start, Extended scale) {
  const Extended top = peak(f, start, scale), largest = f(top);
  if (!std::isfinite(largest)) return largest;
  constexpr Extended deepest = 46;
  const auto reach = [&](Extended sign) {
    Extended step = scale * 1e-6L;
    while (f(top + sign * step) > largest - deepest && std::isfinite(step)) step *= 1.5L;
    return step;
  };
  // In panels that grow outwards, for what happens near the top would be lost in a long tail.
  const auto side = [&](Extended sign) {
    const auto relative = [&](Extended away) { return std::exp(f(top + sign * away) - largest); };
    const Extended end = reach(sign);
    Extended sum = 0;
    for (Extended from = 0, to = 16 * scale; from < end; from = to, to *= 16)
      sum += gauss_integral(relative, from, std::min(to, end), 1e-13L);
    return sum;
  };
  return largest + std::log(side(-1) + side(1));
}

}  // namespace mathtool::stats
