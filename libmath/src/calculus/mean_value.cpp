#include "mathtool/math/calculus/mean_value.hpp"

#include <algorithm>
#include <cmath>

#include "mathtool/math/error.hpp"

namespace mathtool::math {
namespace {

struct Enclosure {
  double a, at_a, b, at_b;
};

/// Halves until the ends are neighbouring doubles.
Enclosure narrow(FunctionRef<double(double)> f, Enclosure bracket, std::int64_t& evaluations) {
  auto& [a, at_a, b, at_b] = bracket;
  while (true) {
    const double middle = a + 0.5 * (b - a);
    if (middle <= a || middle >= b) return bracket;
    const double at_middle = f(middle);
    ++evaluations;
    if ((at_middle < 0.0) == (at_a < 0.0))
      a = middle, at_a = at_middle;
    else
      b = middle, at_b = at_middle;
  }
}

}  // namespace

MeanValue mean_value(FunctionRef<double(double)> f, double a, double b,
                     const MeanValueOptions& options) {
  require(std::isfinite(a) && std::isfinite(b) && a != b,
          "mean_value: limits must be finite and different, got [{}, {}]", a, b);
  require(options.search >= 1, "mean_value: search must be >= 1, got {}", options.search);
  const double low = std::min(a, b), high = std::max(a, b), width = high - low;
  const Integral integral = integrate(f, low, high, options.integration);
  MeanValue mean;
  static_cast<Estimate&>(mean) = integral;
  mean.value = integral.value / width;
  mean.error = integral.error / width;
  if (!std::isfinite(mean.value)) return mean;

  const auto excess = [&](double x) { return f(x) - mean.value; };
  double x = low, at_x = excess(x), largest = std::abs(at_x);
  bool constant = true;
  for (int i = 1; i <= options.search; ++i) {
    options.integration.stop.check();
    const double next = i == options.search ? high : low + width * i / options.search;
    const double at_next = excess(next);
    if (std::abs(at_next) > 4 * mean.error) constant = false;
    largest = std::max(largest, std::isfinite(at_next) ? std::abs(at_next) : 0.0);
    if (at_x == 0.0 && i > 1 && !constant) {
      mean.attained.push_back({x, 0.0});
    } else if (at_x * at_next < 0.0) {
      const Enclosure found = narrow(excess, {x, at_x, next, at_next}, mean.evaluations);
      const double jump = std::abs(found.at_b - found.at_a);
      // Between neighbouring doubles a continuous function hardly moves.
      if (jump < 1e-6 * largest) {
        const double slope = std::abs(at_next - at_x) / (next - x);
        mean.attained.push_back({found.a, (found.b - found.a) + mean.error / slope});
      }
    }
    x = next, at_x = at_next;
  }
  mean.evaluations += options.search + 1;
  if (constant) mean.attained = {{low + 0.5 * width, 0.5 * width}};
  return mean;
}

}  // namespace mathtool::math
