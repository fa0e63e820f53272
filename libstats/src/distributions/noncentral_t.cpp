#include "mathtool/stats/distributions/noncentral_t.hpp"

#include "mathtool/stats/variates.hpp"
#include "special/constants.hpp"
#include "special/gamma_functions.hpp"
#include "special/incomplete_gamma.hpp"
#include "special/log_integral.hpp"
#include "special/logarithms.hpp"
#include "special/normal_tails.hpp"

namespace mathtool::stats {

namespace {

/// The log-density of w = ½ log(χ²/df).
class LogSpread {
 public:
  explicit LogSpread(Extended df)
      : a_(df / 2),
        height_(std::log(2 * a_) - stirling_error(a_) - log_root_two_pi - std::log(a_) / 2) {}

  Extended operator()(Extended w) const {
    const Extended square = std::expm1(2 * w);
    if (std::abs(w) > 0.25L) return height_ - a_ * (square - 2 * w);
    return height_ - deviance(a_, a_ * (1 + square), a_ * square);
  }

 private:
  Extended a_, height_;
};

}  // namespace

NoncentralT::NoncentralT(double df, double nc) : df_(df), nc_(nc) { check_parameters(*this); }

Extended NoncentralT::log_density(Extended x) const {
  const LogSpread log_spread(df_);
  return log_integral(
             [&](Extended w) {
               const Extended distance = x * std::exp(w) - nc_;
               return log_spread(w) + w - distance * distance / 2;
             },
             0, scale()) -
         log_root_two_pi;
}

Extended NoncentralT::log_tail(Extended x, Tail tail) const {
  const LogSpread log_spread(df_);
  return log_integral(
      [&](Extended w) {
        const Extended z = x * std::exp(w) - nc_, inwards = tail == Tail::lower ? z : -z;
        return log_spread(w) +
               (inwards < -100 ? log_normal_tail(z, tail) : std::log(normal_tails(z)[tail]));
      },
      0, scale());
}

Tails NoncentralT::tails(Extended x) const {
  const bool left = x < nc_;
  const Extended first = std::exp(log_tail(x, left ? Tail::lower : Tail::upper));
  if (first <= 0.75L) return left ? Tails{first, 1 - first} : Tails{1 - first, first};
  const Extended second = std::exp(log_tail(x, left ? Tail::upper : Tail::lower));
  return left ? Tails{1 - second, second} : Tails{second, 1 - second};
}

double NoncentralT::sample(math::Philox& random) const {
  const double z = normal_variate(random) + nc_;
  return z * std::sqrt(df_ / 2 / gamma_variate(df_ / 2, random));
}

double NoncentralT::mean() const {
  if (df_ <= 1) return not_a_number;
  return static_cast<double>(nc_ * inverse_chi_mean(df_));
}

Extended NoncentralT::variance() const {
  if (df_ <= 2) return df_ > 1 ? infinity : not_a_number;
  const Extended n = df_, c = nc_, m = c * inverse_chi_mean(n);
  return n / (n - 2) * (1 + c * c) - m * m;
}

// Ref: Hogben, Pinkham & Wilk (1961).
double NoncentralT::skewness() const {
  if (df_ <= 3) return not_a_number;
  const Extended n = df_, c = nc_, m = c * inverse_chi_mean(n);
  const Extended square = n / (n - 2) * (1 + c * c) - m * m;
  return static_cast<double>(m * (n * (c * c + 2 * n - 3) / ((n - 2) * (n - 3)) - 2 * square) /
                             (square * std::sqrt(square)));
}

double NoncentralT::kurtosis() const {
  if (df_ <= 4) return df_ > 2 ? infinity : not_a_number;
  const Extended n = df_, c = nc_, m = c * inverse_chi_mean(n), square_nc = c * c;
  const Extended square = n / (n - 2) * (1 + square_nc) - m * m;
  const Extended fourth =
      n * n / ((n - 2) * (n - 4)) * (square_nc * square_nc + 6 * square_nc + 3) -
      m * m * (n * ((n + 1) * square_nc + 3 * (3 * n - 5)) / ((n - 2) * (n - 3)) - 3 * square);
  return static_cast<double>(fourth / (square * square) - 3);
}

}  // namespace mathtool::stats
