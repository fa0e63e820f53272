#include "mathtool/stats/distributions/noncentral_chi2.hpp"

#include <algorithm>
#include <optional>

#include "special/incomplete_gamma.hpp"
#include "special/logarithms.hpp"
#include "special/noncentral_variates.hpp"
#include "special/poisson_mixture.hpp"

namespace mathtool::stats {

namespace {

/// Where its terms are so small that rounding hides which is the largest, the sum tells nothing:
/// there the logarithm of density and tail is that of the Bessel function in the density, by the
/// first term of Debye's expansion, to within some hundred.
/// Ref: DLMF 10.41.3; Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 2 (1995).
std::optional<Extended> log_far_out(Extended df, Extended nc, Extended x) {
  if (nc == 0 || x == 0) return std::nullopt;
  const Extended order = std::abs(df / 2 - 1), z = std::sqrt(nc) * std::sqrt(x);
  const Extended distance = (x - nc) / (std::sqrt(x) + std::sqrt(nc)), h = std::hypot(order, z);
  const Extended exponent = -distance * distance / 2 + order * order / (h + z) +
                            order * (std::log(x / nc) / 2 - std::asinh(order / z));
  constexpr Extended deep = 1e17L, cancelled = 1e-3L;
  if (exponent < -std::max(deep, cancelled * (x + nc + df))) return exponent;
  return std::nullopt;
}

}  // namespace

NoncentralChi2::NoncentralChi2(double df, double nc) : df_(df), nc_(nc) { check_parameters(*this); }

Extended NoncentralChi2::log_density(Extended x) const {
  const Extended a = Extended(df_) / 2;
  if (x == 0) return log_density_at_zero(a - 1, -Extended(nc_) / 2 - std::log(Extended(2)));
  if (const auto far_out = log_far_out(df_, nc_, x)) return *far_out;
  return log_poisson_mixture(Extended(nc_) / 2, [&](Extended j) {
    return log_gamma_weight(a + j, x / 2) + std::log((a + j) / x);
  });
}

namespace {

Extended log_component(Extended a, Extended y, Tail tail) {
  const Extended value = gamma_tails(a, y)[tail];
  return value < std::numeric_limits<Extended>::min() ? log_gamma_tail(a, y, tail)
                                                      : std::log(value);
}

}  // namespace

Tails NoncentralChi2::tails(Extended x) const {
  if (x == 0) return {0, 1};
  if (log_far_out(df_, nc_, x)) return x < mean() ? Tails{0, 1} : Tails{1, 0};
  return poisson_mixture_tails(
      Extended(nc_) / 2,
      [&](Extended j, Tail tail) { return log_component(Extended(df_) / 2 + j, x / 2, tail); },
      x < mean());
}

Extended NoncentralChi2::log_tail(Extended x, Tail tail) const {
  if ((tail == Tail::lower) == (x < mean()))
    if (const auto far_out = log_far_out(df_, nc_, x)) return *far_out;
  return log_poisson_mixture(Extended(nc_) / 2, [&](Extended j) {
    return log_component(Extended(df_) / 2 + j, x / 2, tail);
  });
}

double NoncentralChi2::sample(math::Philox& random) const {
  return noncentral_chi2_variate(df_, nc_, random);
}

double NoncentralChi2::skewness() const {
  const Extended k = df_, sum = k + 2 * Extended(nc_);
  return static_cast<double>((k + 3 * Extended(nc_)) / sum * std::sqrt(8 / sum));
}

double NoncentralChi2::kurtosis() const {
  const Extended k = df_, sum = k + 2 * Extended(nc_);
  return static_cast<double>(12 * ((k + 4 * Extended(nc_)) / sum) / sum);
}

}  // namespace mathtool::stats
