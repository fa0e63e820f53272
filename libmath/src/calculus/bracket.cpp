#include "bracket.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <utility>

namespace mathtool::math {
namespace {

/// Doubles as integers in the same order, neighbours next to each other.
std::int64_t rank(double x) {
  const auto bits = std::bit_cast<std::int64_t>(x);
  return bits >= 0 ? bits : std::numeric_limits<std::int64_t>::min() - bits;
}

double of_rank(std::int64_t rank) {
  return std::bit_cast<double>(rank >= 0 ? rank : std::numeric_limits<std::int64_t>::min() - rank);
}

bool same_sign(double x, double y) { return (x > 0) == (y > 0); }

/// A second try beside a point where f is not a number, as at x = 0 for sin(x)/x.
double beside(double x, double a, double b) { return x + (std::max(a, b) - x) / 1024; }

/// Where the inverse parabola through three points is 0, as a share of the way from a to b; one
/// half where the parabola is not to be trusted.
double share_to_zero(const Bracket& now, double c, double fc) {
  const double xi = (now.a - now.b) / (c - now.b), phi = (now.fa - now.fb) / (fc - now.fb);
  if (!(phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi)) return 0.5;
  const double share =
      now.fa / (now.fb - now.fa) * fc / (now.fb - fc) +
      (c - now.a) / (now.b - now.a) * now.fa / (fc - now.fa) * now.fb / (fc - now.fb);
  return std::isfinite(share) ? share : 0.5;
}

}  // namespace

double middle_double(double a, double b) { return of_rank(std::midpoint(rank(a), rank(b))); }

Bracket narrowed(Bracket now, CountedFunction& f) {
  constexpr int patience = 60;  // then halving the ranks is sure to end within 64 steps
  double share = 0.5;
  for (int step = 0; now.fa != 0 && now.fb != 0 && !f.exhausted(); ++step) {
    if (std::nextafter(now.a, now.b) == now.b) break;
    const double unit = std::numeric_limits<double>::epsilon() *
                        std::max(std::abs(now.a), std::abs(now.b)) / std::abs(now.b - now.a);
    double x =
        now.a + std::clamp(share, std::min(unit, 0.5), std::max(1 - unit, 0.5)) * (now.b - now.a);
    if (step >= patience || !std::isfinite(x) || x == now.a || x == now.b)
      x = middle_double(now.a, now.b);
    double fx = f(x);
    if (std::isnan(fx)) {
      x = beside(x, now.a, now.b);
      fx = f(x);
    }
    if (std::isnan(fx)) {
      if (std::abs(rank(now.a) - rank(now.b)) <= 4) break;  // a hole of a single double
      return {x, fx, now.b, now.fb};
    }

    double c = now.a, fc = now.fa;
    if (!same_sign(fx, now.fa)) {
      c = now.b, fc = now.fb;
      now.b = now.a, now.fb = now.fa;
    }
    now.a = x, now.fa = fx;
    share = share_to_zero(now, c, fc);
  }
  if (std::abs(now.fb) < std::abs(now.fa)) {
    std::swap(now.a, now.b);
    std::swap(now.fa, now.fb);
  }
  return now;
}

double least_point(FunctionRef<double(double)> g, double a, double b) {
  constexpr double golden = 0.381966011250105151795413165634;
  const auto value = [&](double x) {
    const double y = g(x);
    return std::isnan(y) ? std::numeric_limits<double>::infinity() : y;
  };
  double x = a + golden * (b - a), y = b - golden * (b - a);
  double gx = value(x), gy = value(y);
  for (int step = 0; step < 120 && a < x && x < y && y < b; ++step) {
    if (gx <= gy) {
      b = y, y = x, gy = gx;
      x = a + golden * (b - a);
      gx = value(x);
    } else {
      a = x, x = y, gx = gy;
      y = b - golden * (b - a);
      gy = value(y);
    }
  }
  return gx <= gy ? x : y;
}

}  // namespace mathtool::math
