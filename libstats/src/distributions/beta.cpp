#include "mathtool/stats/distributions/beta.hpp"

#include "arrays/closed_forms.hpp"
#include "special/constants.hpp"
#include "special/gamma_functions.hpp"
#include "special/gamma_ratio_variate.hpp"
#include "special/incomplete_beta.hpp"
#include "special/incomplete_gamma.hpp"
#include "special/logarithms.hpp"

namespace mathtool::stats {

Beta::Beta(double a, double b) : a_(a), b_(b) { check_parameters(*this); }

Extended Beta::log_density(Extended x) const {
  const Extended a = a_, b = b_;
  if (x == 0) return log_density_at_zero(a - 1, std::log(b));
  if (x == 1) return log_density_at_zero(b - 1, std::log(a));
  return log_beta_weight(a, b, x, 1 - x) - std::log(x) - std::log1p(-x);
}

Tails Beta::tails(Extended x) const { return beta_tails(a_, b_, x, 1 - x); }

Extended Beta::log_tail(Extended x, Tail tail) const {
  return tail == Tail::lower ? log_lower_beta_tail(a_, b_, x, 1 - x)
                             : log_lower_beta_tail(b_, a_, 1 - x, x);
}

bool Beta::closed_form(Verb verb, std::span<const double> x, std::span<double> out) const {
  const auto factor =
      static_cast<double>(std::exp(log_density(0.5L)) * std::exp2(Extended(a_) + b_ - 2));
  return verb == Verb::pdf && beta_density_array(factor, a_ - 1, b_ - 1, x, out);
}

double Beta::sample(math::Philox& random) const {
  return 1 / (1 + gamma_ratio_variate(b_, a_, random));
}

double Beta::mean() const { return static_cast<double>(a_ / (Extended(a_) + b_)); }

Extended Beta::variance() const {
  const Extended n = Extended(a_) + b_;
  return a_ / n * (b_ / n) / (n + 1);
}

double Beta::skewness() const {
  const Extended a = a_, b = b_, n = a + b;
  return static_cast<double>(2 * (b - a) / (n + 2) * std::sqrt((n + 1) / a / b));
}

double Beta::kurtosis() const {
  const Extended a = a_, b = b_, n = a + b;
  return static_cast<double>(6 * ((a - b) / a * ((a - b) / b) * ((n + 1) / (n + 2)) - 1) / (n + 3));
}

double Beta::mode() const {
  if (a_ > 1 && b_ > 1) return static_cast<double>((a_ - 1) / (Extended(a_) + b_ - 2));
  return a_ > 1 || (a_ == 1 && b_ < 1) ? 1 : 0;
}

double Beta::entropy() const {
  const Extended a = a_, b = b_, n = a + b;
  return static_cast<double>(log_root_two_pi + stirling_error(a) + stirling_error(b) -
                             stirling_error(n) + std::log(a / n * (b / n) / n) / 2 +
                             (a - 1) * digamma_gap(a) + (b - 1) * digamma_gap(b) -
                             (n - 2) * digamma_gap(n));
}

}  // namespace mathtool::stats
