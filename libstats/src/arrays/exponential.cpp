#include <cmath>

#include "arrays/closed_forms.hpp"
#include "arrays/elementwise.hpp"

namespace mathtool::stats {
namespace {

using namespace math::kernels;

/// `inside` for x ≥ 0, `before` for x < 0.
MATHTOOL_KERNEL double from_zero(double x, double inside, double before) {
  return x >= 0 ? inside : x < 0 ? before : x;
}

/// log(1 − e⁻ᵗ).
MATHTOOL_KERNEL double log_rise(double t) {
  const double near = log(-expm1_of_negative(-t)), far = log1p(-exp(-t));
  return t < 0.5 ? near : far;
}

MATHTOOL_KERNEL double waiting_time(double log_left, double p, double rate) {
  return p >= 0 && p <= 1 ? -log_left / rate : not_a_number;
}

}  // namespace

MATHTOOL_MULTIVERSION
void exponential_array(Verb verb, double rate, std::span<const double> x, std::span<double> out) {
  const double log_rate = std::log(rate);
  switch (verb) {
    case Verb::pdf: MATHTOOL_ELEMENTWISE(from_zero(v, rate * exp(-rate * v), 0)) return;
    case Verb::log_pdf: MATHTOOL_ELEMENTWISE(from_zero(v, log_rate - rate * v, -infinity)) return;
    case Verb::cdf: MATHTOOL_ELEMENTWISE(from_zero(v, -expm1_of_negative(-rate * v), 0)) return;
    case Verb::survival: MATHTOOL_ELEMENTWISE(from_zero(v, exp(-rate * v), 1)) return;
    case Verb::log_cdf: MATHTOOL_ELEMENTWISE(from_zero(v, log_rise(rate * v), -infinity)) return;
    case Verb::log_survival: MATHTOOL_ELEMENTWISE(from_zero(v, -rate * v, 0)) return;
    case Verb::quantile: MATHTOOL_ELEMENTWISE(waiting_time(log1p(-v), v, rate)) return;
    case Verb::quantile_survival: MATHTOOL_ELEMENTWISE(waiting_time(log(v), v, rate)) return;
  }
}

}  // namespace mathtool::stats
