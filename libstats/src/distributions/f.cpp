#include "mathtool/stats/distributions/f.hpp"

#include "special/constants.hpp"
#include "special/gamma_functions.hpp"
#include "special/gamma_ratio_variate.hpp"
#include "special/incomplete_beta.hpp"
#include "special/incomplete_gamma.hpp"
#include "special/logarithms.hpp"

namespace mathtool::stats {

F::F(double df1, double df2) : df1_(df1), df2_(df2) { check_parameters(*this); }

Extended F::log_density(Extended x) const {
  if (x == 0) return log_density_at_zero(a() - 1, 0);
  return log_beta_weight(a(), b(), share(x), rest(x)) - std::log(x);
}

Tails F::tails(Extended x) const { return beta_tails(a(), b(), share(x), rest(x)); }

Extended F::log_tail(Extended x, Tail tail) const {
  return tail == Tail::lower ? log_lower_beta_tail(a(), b(), share(x), rest(x))
                             : log_lower_beta_tail(b(), a(), rest(x), share(x));
}

double F::sample(math::Philox& random) const {
  return gamma_ratio_variate(df1_ / 2, df2_ / 2, random) * (df2_ / df1_);
}

double F::mean() const {
  return df2_ > 2 ? static_cast<double>(df2_ / (Extended(df2_) - 2)) : infinity;
}

Extended F::variance() const {
  if (df2_ <= 4) return infinity;
  const Extended m = df1_, n = df2_, mean = n / (n - 2);
  return 2 * mean * mean * ((m + n - 2) / m / (n - 4));
}

double F::skewness() const {
  const Extended m = df1_, n = df2_;
  if (n <= 6) return n > 4 ? infinity : not_a_number;
  return static_cast<double>((2 * m + n - 2) / (n - 6) * std::sqrt(8 * (n - 4) / m / (m + n - 2)));
}

double F::kurtosis() const {
  const Extended m = df1_, n = df2_;
  if (n <= 8) return n > 4 ? infinity : not_a_number;
  return static_cast<double>(12 * ((5 * n - 22) + (n - 4) / m * ((n - 2) / (m + n - 2) * (n - 2))) /
                             ((n - 6) * (n - 8)));
}

double F::mode() const {
  if (df1_ <= 2) return 0;
  return static_cast<double>((1 - 2 / Extended(df1_)) * (df2_ / (Extended(df2_) + 2)));
}

double F::entropy() const {
  const Extended n = a() + b();
  return static_cast<double>(log_root_two_pi + stirling_error(a()) + stirling_error(b()) -
                             stirling_error(n) + std::log(n / a() / b()) / 2 +
                             (a() - 1) * digamma_gap(a()) + (b() + 1) * digamma_gap(b()) -
                             n * digamma_gap(n));
}

}  // namespace mathtool::stats
