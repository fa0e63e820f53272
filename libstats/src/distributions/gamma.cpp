#include "mathtool/stats/distributions/gamma.hpp"

#include "arrays/closed_forms.hpp"
#include "mathtool/stats/variates.hpp"
#include "special/gamma_functions.hpp"
#include "special/incomplete_gamma.hpp"

namespace mathtool::stats {

Gamma::Gamma(double shape, double scale) : shape_(shape), scale_(scale) { check_parameters(*this); }

Extended Gamma::log_density(Extended x) const {
  if (x == 0) return shape_ == 1 ? -std::log(Extended(scale_)) : (1 - shape_) * infinity;
  return log_gamma_weight(shape_, x / scale_) + std::log(shape_ / x);
}

Tails Gamma::tails(Extended x) const { return gamma_tails(shape_, x / scale_); }

Extended Gamma::log_tail(Extended x, Tail tail) const {
  return log_gamma_tail(shape_, x / scale_, tail);
}

bool Gamma::closed_form(Verb verb, std::span<const double> x, std::span<double> out) const {
  const auto factor = static_cast<double>(std::exp(log_density(scale_) + 1));
  return verb == Verb::pdf && gamma_density_array(factor, shape_ - 1, scale_, x, out);
}

double Gamma::sample(math::Philox& random) const { return scale_ * gamma_variate(shape_, random); }

double Gamma::entropy() const {
  return static_cast<double>(gamma_entropy(shape_) + std::log(Extended(scale_)));
}

}  // namespace mathtool::stats
