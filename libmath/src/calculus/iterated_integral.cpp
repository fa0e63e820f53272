#include "mathtool/math/calculus/iterated_integral.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "mathtool/math/calculus/integrate.hpp"

namespace mathtool::math {
namespace {

/// Ends the whole when a line cannot be integrated.
struct LineFailed {
  Status status;
  std::string reason;
};

/// Integrates along lines within lines, each depth ten times as finely as the one around it, to
/// which its errors are noise.
class Lines {
 public:
  explicit Lines(const IteratedOptions& options) : options_(options) {}

  double integral(FunctionRef<double(double)> f, double low, double high, int depth) {
    constexpr int scan = 42;
    const double finer = std::pow(0.1, depth);
    const Integral line = math::integrate(f, low, high,
                                          {.rel_tol = finer * options_.rel_tol,
                                           .abs_tol = finer * options_.abs_tol,
                                           .scan = scan,
                                           .zero_scan = 0,
                                           .stop = options_.stop});
    const double size = std::abs(line.value);
    const bool converged =
        line.status == Status::converged || line.error <= options_.rel_tol * size;
    // A line on which the integrand is 0 is nothing unusual here.
    const bool zero = line.status == Status::suspicious && line.value == 0.0;
    // Beside a singular corner few lines can be exact, and few of them matter.
    const bool rough = std::isfinite(line.error) && line.status != Status::suspicious;
    if (!converged && !zero && !rough)
      throw LineFailed{line.status, "an inner integral: " + line.reason};
    if (!converged && !zero) rough_ = true;
    last_error_ = line.error;
    if (converged && size > 0.0) largest_share_ = std::max(largest_share_, line.error / size);
    return line.value;
  }

  /// Counts evaluations of the integrand itself.
  void count() {
    if (++evaluations_ > options_.max_evaluations)
      throw LineFailed{Status::out_of_budget,
                       fmt::format("{} evaluations were not enough", options_.max_evaluations)};
  }

  /// The outermost integral of `line`.
  Estimate over(FunctionRef<double(double)> line, double a, double b) {
    constexpr int scan = 84;
    Estimate result;
    try {
      const IntegrateOptions outer{.rel_tol = 0.5 * options_.rel_tol,
                                   .abs_tol = 0.5 * options_.abs_tol,
                                   .scan = scan,
                                   .stop = options_.stop};
      result = math::integrate(line, a, b, outer);
      result.error += largest_share_ * std::abs(result.value);
      if (rough_) add_rough_lines(result, line, a, b, outer);
    } catch (const LineFailed& failed) {
      result = Estimate{};
      result.status = failed.status;
      result.reason = failed.reason;
    }
    result.evaluations = evaluations_;
    return result;
  }

 private:
  /// Integrates the errors of the lines as well.
  void add_rough_lines(Estimate& result, FunctionRef<double(double)> line, double a, double b,
                       IntegrateOptions outer) {
    outer.rel_tol = 0.1;
    const auto error = [&](double x) {
      line(x);
      return last_error_;
    };
    const Integral errors = math::integrate(error, a, b, outer);
    result.error += std::abs(errors.value) + errors.error;
    const double allowed = std::max(options_.abs_tol, options_.rel_tol * std::abs(result.value));
    if (result.status != Status::converged || result.error <= allowed) return;
    result.status = Status::stalled;
    result.reason = fmt::format("inner integrals leave an error of {:.2g}", result.error);
  }

  const IteratedOptions& options_;
  std::int64_t evaluations_ = 0;
  bool rough_ = false;
  double last_error_ = 0.0, largest_share_ = 0.0;
};

}  // namespace

Estimate iterated_integral(FunctionRef<double(double, double)> f, double a, double b,
                           FunctionRef<double(double)> low, FunctionRef<double(double)> high,
                           const IteratedOptions& options) {
  Lines lines(options);
  const auto along_y = [&](double x) {
    const auto at = [&](double y) {
      lines.count();
      return f(x, y);
    };
    return lines.integral(at, low(x), high(x), 1);
  };
  return lines.over(along_y, a, b);
}

Estimate iterated_integral(FunctionRef<double(double, double, double)> f, double a, double b,
                           FunctionRef<double(double)> y_low, FunctionRef<double(double)> y_high,
                           FunctionRef<double(double, double)> z_low,
                           FunctionRef<double(double, double)> z_high,
                           const IteratedOptions& options) {
  Lines lines(options);
  const auto along_y = [&](double x) {
    const auto along_z = [&](double y) {
      const auto at = [&](double z) {
        lines.count();
        return f(x, y, z);
      };
      return lines.integral(at, z_low(x, y), z_high(x, y), 2);
    };
    return lines.integral(along_z, y_low(x), y_high(x), 1);
  };
  return lines.over(along_y, a, b);
}

}  // namespace mathtool::math
