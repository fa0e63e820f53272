#include "mathtool/math/calculus/derivative.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::math {
namespace {

/// At most x, 47 times a power of 2: few digits, so that x ± h is exact, and a prime, so that a
/// function of period 1 is not read at whole periods.
double short_number(double x) { return 47 * std::exp2(std::floor(std::log2(x / 47))); }

/// A difference quotient at one distance.
struct Quotient {
  double value;
  double noise;  ///< what rounding in f can do to it
  double size;   ///< largest |f| at its points
};

struct Guess {
  double value = std::numeric_limits<double>::quiet_NaN();
  double error = infinity;
  double size = 0;  ///< of f at the largest distance where it is finite
};

/// Differences of one function at one point.
class Differences {
 public:
  Differences(FunctionRef<double(double)> f, double x, int order) : f_(f), x_(x), order_(order) {}

  double read(double at) {
    ++evaluations_;
    return f_(at);
  }
  std::int64_t evaluations() const { return evaluations_; }

  /// The n-th difference over n + 1 points at steps of h, centred on x or beginning there.
  Quotient quotient(double h, Side side) {
    const double start = side == Side::both ? -0.5 * order_ : side == Side::left ? -order_ : 0.0;
    double difference = 0, binomial = order_ % 2 == 0 ? 1 : -1, largest = 0, sizes = 0;
    for (int j = 0; j <= order_; ++j) {
      const double value = read(x_ + (start + j) * h);
      difference += binomial * value;
      sizes += std::abs(binomial * value);
      largest = std::max(largest, std::abs(value));
      binomial *= -double(order_ - j) / (j + 1);
    }
    const double unit = std::pow(h, order_);
    return {difference / unit, (epsilon + noise_) * sizes / unit, largest};
  }

  /// Measures how far f jumps between places close to x, relative to its size: between neighbouring
  /// doubles, or wider apart where f stands still on that scale.
  void measure_noise(Side side) {
    const double size = std::max(std::abs(x_), std::numeric_limits<double>::min());
    const double ulp = std::nextafter(size, infinity) - size;
    for (const int exponent : {0, 12, 24}) {
      const double step = std::ldexp((side == Side::left ? -61 : 61) * ulp, exponent);
      double values[8];
      for (int i = 0; i < 8; ++i) values[i] = read(x_ + i * step);
      for (int i = 0; i + 3 < 8; ++i) {
        const double third = values[i] - 3 * values[i + 1] + 3 * values[i + 2] - values[i + 3];
        if (third != 0 && std::isfinite(third))
          noise_ = std::max(noise_, std::abs(third / 4 / values[i]));
      }
      if (noise_ > 0) break;
    }
    noise_ = std::min(noise_, 1e-3);
  }

 private:
  FunctionRef<double(double)> f_;
  double x_;
  int order_;
  double noise_ = 0;
  std::int64_t evaluations_ = 0;
};

/// The best entry of Richardson's table over `count` quotients from `first` on, each at half the
/// distance of the one before. The error of a quotient is a series in h^step.
Guess extrapolate(const std::vector<Quotient>& quotients, std::size_t first, std::size_t count,
                  int step) {
  Guess best;
  std::vector<double> row;
  for (std::size_t i = 0; i < count && first + i < quotients.size(); ++i) {
    const Quotient& quotient = quotients[first + i];
    if (!std::isfinite(quotient.value)) {
      row.clear();
      continue;
    }
    double entry = quotient.value;
    for (std::size_t j = 0; j < row.size(); ++j) {
      const double factor = std::ldexp(1.0, step * int(j + 1)) - 1;
      const double next = entry + (entry - row[j]) / factor;
      const double error =
          2 * std::max(std::abs(next - entry), std::abs(next - row[j])) + 4 * quotient.noise;
      if (j > 0 && error < best.error) best = {.value = next, .error = error};
      row[j] = entry;
      entry = next;
    }
    row.push_back(entry);
  }
  return best;
}

/// From the nearest distances to the farthest: a guess from farther away is better when it says
/// more without contradicting what was known.
Guess best_guess(Differences& differences, Side side, double step, double smallest) {
  std::vector<Quotient> quotients;
  for (double h = step; h >= smallest; h /= 2) quotients.push_back(differences.quotient(h, side));
  constexpr std::size_t window = 8;
  Guess best;
  for (std::size_t first = quotients.size(); first-- > 0;) {
    const Guess guess = extrapolate(quotients, first, window, side == Side::both ? 2 : 1);
    const bool agrees = !(std::abs(guess.value - best.value) > guess.error + best.error);
    if (guess.error < best.error && agrees) best = guess;
  }
  for (std::size_t i = quotients.size(); i-- > 0;)
    if (std::isfinite(quotients[i].value)) best.size = quotients[i].size;
  return best;
}

}  // namespace

Estimate numerical_derivative(FunctionRef<double(double)> f, double x,
                              const DerivativeOptions& options) {
  require(std::isfinite(x), "numerical_derivative: x must be finite, got {}", x);
  require(options.order >= 1 && options.order <= 8,
          "numerical_derivative: order must be 1 ... 8, got {}", options.order);
  require(options.step >= 0, "numerical_derivative: step must be >= 0, got {}", options.step);

  const double reach = std::max(1.0, std::abs(x));
  const double step = short_number(options.step > 0 ? options.step : reach / 2);
  const double smallest = x == 0 ? step * 0x1p-60 : 512 * epsilon * std::abs(x);
  Differences differences(f, x, options.order);
  differences.measure_noise(options.side);

  Guess best = best_guess(differences, options.side, step, smallest);
  bool sides_differ = false;
  if (options.side == Side::both) {
    const Guess left = best_guess(differences, Side::left, step, smallest);
    const Guess right = best_guess(differences, Side::right, step, smallest);
    sides_differ = std::abs(left.value - right.value) > 2 * (left.error + right.error);
  }

  Estimate estimate{.value = best.value, .error = best.error};
  estimate.evaluations = differences.evaluations();
  if (!std::isfinite(best.value)) {
    estimate.status = Status::not_finite;
    estimate.reason = fmt::format("the function has no finite values around {}", x);
  } else if (sides_differ) {
    estimate.status = Status::suspicious;
    estimate.reason =
        fmt::format("the derivatives from the left and from the right of {} differ", x);
  } else if (best.error <= std::max(options.rel_tol * std::abs(best.value),
                                    options.abs_tol * best.size / std::pow(reach, options.order))) {
    estimate.status = Status::converged;
  } else {
    estimate.status = Status::out_of_budget;
    estimate.reason = fmt::format("rounding and curvature leave {:.6g} known to within {:.2g} only",
                                  best.value, best.error);
  }
  return estimate;
}

}  // namespace mathtool::math
