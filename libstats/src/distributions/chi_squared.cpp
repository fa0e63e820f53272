#include "mathtool/stats/distributions/chi_squared.hpp"

#include "arrays/closed_forms.hpp"
#include "mathtool/stats/variates.hpp"
#include "special/gamma_functions.hpp"
#include "special/incomplete_gamma.hpp"
#include "special/logarithms.hpp"

namespace mathtool::stats {

ChiSquared::ChiSquared(double df) : df_(df) { check_parameters(*this); }

Extended ChiSquared::log_density(Extended x) const {
  if (x == 0) return log_density_at_zero(half_df() - 1, -std::log(Extended(2)));
  return log_gamma_weight(half_df(), x / 2) + std::log(half_df() / x);
}

Tails ChiSquared::tails(Extended x) const { return gamma_tails(half_df(), x / 2); }

Extended ChiSquared::log_tail(Extended x, Tail tail) const {
  return log_gamma_tail(half_df(), x / 2, tail);
}

bool ChiSquared::closed_form(Verb verb, std::span<const double> x, std::span<double> out) const {
  const auto factor = static_cast<double>(std::exp(log_density(2) + 1));
  return verb == Verb::pdf && gamma_density_array(factor, df_ / 2 - 1, 2, x, out);
}

double ChiSquared::sample(math::Philox& random) const { return 2 * gamma_variate(df_ / 2, random); }

double ChiSquared::entropy() const {
  return static_cast<double>(gamma_entropy(half_df()) + std::log(Extended(2)));
}

}  // namespace mathtool::stats
