#include "mathtool/stats/distributions/student_t.hpp"

#include "arrays/closed_forms.hpp"
#include "mathtool/stats/variates.hpp"
#include "special/constants.hpp"
#include "special/gamma_functions.hpp"
#include "special/incomplete_beta.hpp"
#include "special/incomplete_gamma.hpp"
#include "special/logarithms.hpp"

namespace mathtool::stats {

StudentT::StudentT(double df) : df_(df) { check_parameters(*this); }

// log(Γ((df + 1)/2)/Γ(df/2)) after Loader (2000), whose terms do not cancel for large df.
Extended StudentT::log_height() const {
  const Extended a = Extended(df_) / 2, b = a + 0.5L;
  return stirling_error(b) - stirling_error(a) - deviance(a, b, 0.5L) - log_root_two_pi;
}

Extended StudentT::log_density(Extended x) const {
  const Extended square = x * x / df_;
  return log_height() - (Extended(df_) + 1) / 2 * std::log1p(square);
}

Tails StudentT::tails(Extended x) const {
  const Extended sum = df_ + x * x;
  const Extended small = beta_tails(Extended(df_) / 2, 0.5L, df_ / sum, x * x / sum).below / 2;
  return x < 0 ? Tails{small, 1 - small} : Tails{1 - small, small};
}

Extended StudentT::log_tail(Extended x, Tail) const {
  const Extended sum = df_ + x * x;
  return log_lower_beta_tail(Extended(df_) / 2, 0.5L, df_ / sum, x * x / sum) -
         std::log(Extended(2));
}

bool StudentT::closed_form(Verb verb, std::span<const double> x, std::span<double> out) const {
  const auto factor = static_cast<double>(std::exp(log_density(0)));
  return verb == Verb::pdf && student_t_density_array(factor, (df_ + 1) / 2, df_, x, out);
}

double StudentT::sample(math::Philox& random) const {
  const double z = normal_variate(random);
  return z * std::sqrt(df_ / 2 / gamma_variate(df_ / 2, random));
}

Extended StudentT::variance() const {
  if (df_ <= 2) return df_ > 1 ? infinity : not_a_number;
  return df_ / (Extended(df_) - 2);
}

double StudentT::kurtosis() const {
  if (df_ <= 4) return df_ > 2 ? infinity : not_a_number;
  return static_cast<double>(6 / (Extended(df_) - 4));
}

double StudentT::entropy() const {
  const Extended a = Extended(df_) / 2, b = a + 0.5L;
  return static_cast<double>(b * (std::log1p(0.5L / a) + digamma_gap(a) - digamma_gap(b)) -
                             log_height());
}

}  // namespace mathtool::stats
