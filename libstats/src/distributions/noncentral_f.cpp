#include "mathtool/stats/distributions/noncentral_f.hpp"

#include "mathtool/stats/properties.hpp"
#include "special/discrete_variates.hpp"
#include "special/gamma_ratio_variate.hpp"
#include "special/incomplete_beta.hpp"
#include "special/logarithms.hpp"
#include "special/poisson_mixture.hpp"

namespace mathtool::stats {

NoncentralF::NoncentralF(double df1, double df2, double nc) : df1_(df1), df2_(df2), nc_(nc) {
  check_parameters(*this);
}

Extended NoncentralF::log_density(Extended x) const {
  const Extended a = Extended(df1_) / 2, b = Extended(df2_) / 2, mean = Extended(nc_) / 2;
  if (x == 0) return log_density_at_zero(a - 1, -mean);
  return log_poisson_mixture(
             mean, [&](Extended j) { return log_beta_weight(a + j, b, share(x), rest(x)); }) -
         std::log(x);
}

Tails NoncentralF::tails(Extended x) const {
  if (x == 0) return {0, 1};
  const Extended a = Extended(df1_) / 2, b = Extended(df2_) / 2, mean = Extended(nc_) / 2;
  return poisson_mixture_tails(
      mean, [&](Extended j, Tail tail) { return log_beta_tail(a + j, b, share(x), rest(x), tail); },
      x * df1_ < Extended(df1_) + nc_);
}

Extended NoncentralF::log_tail(Extended x, Tail tail) const {
  const Extended a = Extended(df1_) / 2, b = Extended(df2_) / 2;
  return log_poisson_mixture(Extended(nc_) / 2, [&](Extended j) {
    return log_beta_tail(a + j, b, share(x), rest(x), tail);
  });
}

double NoncentralF::sample(math::Philox& random) const {
  const double j = nc_ > 0 ? poisson_variate(nc_ / 2, random) : 0;
  return gamma_ratio_variate(df1_ / 2 + j, df2_ / 2, random) * (df2_ / df1_);
}

double NoncentralF::mean() const {
  if (df2_ <= 2) return infinity;
  return static_cast<double>((1 + nc_ / Extended(df1_)) * (df2_ / (Extended(df2_) - 2)));
}

Extended NoncentralF::variance() const {
  if (df2_ <= 4) return infinity;
  const Extended m = df1_, n = df2_, c = nc_, factor = n / m / (n - 2);
  return 2 * factor * factor * (((m + c) * (m + c) + (m + 2 * c) * (n - 2)) / (n - 4));
}

double NoncentralF::skewness() const {
  if (df2_ <= 6) return df2_ > 4 ? infinity : not_a_number;
  return static_cast<double>(detail::moment(*this, mean(), 3) / std::pow(variance(), 1.5L));
}

double NoncentralF::kurtosis() const {
  if (df2_ <= 8) return df2_ > 4 ? infinity : not_a_number;
  return static_cast<double>(detail::moment(*this, mean(), 4) / std::pow(variance(), 2) - 3);
}

}  // namespace mathtool::stats
