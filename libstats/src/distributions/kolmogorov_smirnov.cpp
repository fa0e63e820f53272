#include "mathtool/stats/distributions/kolmogorov_smirnov.hpp"

#include "special/empirical_band.hpp"
#include "special/gamma_functions.hpp"
#include "special/incomplete_gamma.hpp"
#include "special/smirnov_sum.hpp"

namespace mathtool::stats {
namespace {

/// P = n!/nⁿ (2t − 1)ⁿ as long as t = n x ≤ 1. Ref: Ruben & Gambino (1982).
LogBand first_piece(Extended n, Extended x) {
  const Extended base = std::max<Extended>(0, std::fma(2 * n, x, -1)), log_base = std::log(base);
  const Extended log_scale = -log_gamma_weight(n, n) - n;
  return {log_scale + n * log_base,
          log_scale + std::log(2 * n) + (n == 1 ? 0 : (n - 1) * log_base)};
}

LogBand band(Extended n, Extended x) {
  const Extended t = n * x;
  if (t <= 1) return first_piece(n, x);
  return band_series_holds(n, t) ? band_series(n, t) : band_matrix(n, t);
}

}  // namespace

KolmogorovSmirnov::KolmogorovSmirnov(double n) : n_(n) {
  check_parameters(*this);
  require(n >= 1, "{}: n must be at least 1, got {}", name, n);
}

// P(Dₙ ≥ x) = 2 P(D⁺ ≥ x) but for the chance that both sides reach x: none for x ≥ ½, and a share
// of exp(−6n x²) before.
bool KolmogorovSmirnov::is_upper(Extended x) const {
  return x >= (n_ == 1 ? 0.75L : 0.5L) || n_ * x * x >= 5.5L;
}

Extended KolmogorovSmirnov::log_density(Extended x) const {
  if (is_upper(x) && n_ > 1) return std::log(2.0L) + log_smirnov_density(n_, x);
  return band(n_, x).slope + std::log(static_cast<Extended>(n_));
}

Extended KolmogorovSmirnov::log_tail(Extended x, Tail tail) const {
  return tail == Tail::lower ? band(n_, x).probability : std::log(2.0L) + log_smirnov_tail(n_, x);
}

Tails KolmogorovSmirnov::tails(Extended x) const {
  const Tail tail = is_upper(x) ? Tail::upper : Tail::lower;
  const Extended near = std::exp(log_tail(x, tail));
  return tail == Tail::lower ? Tails{near, 1 - near} : Tails{1 - near, near};
}

}  // namespace mathtool::stats
