#include "mathtool/stats/distributions/multinomial.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "special/constants.hpp"
#include "special/discrete_variates.hpp"
#include "special/incomplete_beta.hpp"
#include "special/incomplete_gamma.hpp"
#include "special/run_sum.hpp"

namespace mathtool::stats {
namespace {

/// log k! − k log k + k.
Extended factorial_rest(Extended k) {
  return k == 0 ? 0 : stirling_error(k) + (std::log(k) + log_two_pi) / 2;
}

}  // namespace

Multinomial::Multinomial(double n, const std::vector<double>& p)
    : n_(n), given_(p), p_(p.begin(), p.end()) {
  require(contains(Domain::count, n), "{}: n must be {}, got {}", name, describe(Domain::count), n);
  require(!p.empty(), "{}: give at least one probability", name);
  for (const double each : p)
    require(contains(Domain::probability, each), "{}: each p must be {}, got {}", name,
            describe(Domain::probability), each);
  const Extended sum = std::accumulate(p_.begin(), p_.end(), Extended(0));
  require(std::abs(sum - 1) <= 1e-9L, "{}: the probabilities must sum to 1, got {}", name,
          static_cast<double>(sum));
  for (Extended& each : p_) each /= sum;
}

std::string Multinomial::text() const {
  return fmt::format("{}({}, [{}])", name, n_, fmt::join(given_, ", "));
}

Eigen::VectorXd Multinomial::mean() const {
  Eigen::VectorXd mean(dimension());
  for (Eigen::Index i = 0; i < dimension(); ++i)
    mean(i) = static_cast<double>(n_ * p_[static_cast<std::size_t>(i)]);
  return mean;
}

Eigen::MatrixXd Multinomial::covariance() const {
  Eigen::MatrixXd covariance(dimension(), dimension());
  for (Eigen::Index i = 0; i < dimension(); ++i)
    for (Eigen::Index j = 0; j < dimension(); ++j) {
      const Extended p = p_[static_cast<std::size_t>(i)], q = p_[static_cast<std::size_t>(j)];
      covariance(i, j) = static_cast<double>(n_ * p * (i == j ? 1 - p : -q));
    }
  return covariance;
}

Extended Multinomial::log_density(Point k) const {
  Extended sum = factorial_rest(n_), count = 0;
  for (Eigen::Index i = 0; i < dimension(); ++i) {
    if (!contains(Domain::count, k(i))) return -infinity;
    const Extended expected = n_ * p_[static_cast<std::size_t>(i)];
    if (expected == 0 && k(i) > 0) return -infinity;
    sum -= factorial_rest(k(i)) + deviance(k(i), expected);
    count += k(i);
  }
  return count == n_ ? sum : -infinity;
}

// The same terms, each averaged over its binomial distribution.
double Multinomial::entropy() const {
  if (n_ == 0) return 0;
  Extended sum = -factorial_rest(n_);
  for (const Extended p : p_) {
    if (p == 0) continue;
    const Extended q = 1 - p, expected = n_ * p;
    if (!(q > 0)) return 0;
    sum += smooth_expectation(
        [&](Extended k, Extended) { return factorial_rest(k) + deviance(k, expected); },
        [&](Extended k) { return log_binomial_weight(k, n_ - k, p, q); }, {0, n_},
        static_cast<double>(expected), static_cast<double>(std::sqrt(expected * q)));
  }
  return static_cast<double>(sum);
}

// One outcome after the other, each among the trials that are left.
Eigen::VectorXd Multinomial::sample(math::Philox& random) const {
  Eigen::VectorXd counts = Eigen::VectorXd::Zero(dimension());
  double trials = n_;
  Extended rest = 1;
  for (Eigen::Index i = 0; i < dimension() && trials > 0; ++i) {
    const Extended p = p_[static_cast<std::size_t>(i)];
    const bool last = i + 1 == dimension() || !(p < rest);
    counts(i) = last ? trials : binomial_variate(trials, static_cast<double>(p / rest), random);
    trials -= counts(i);
    rest -= p;
  }
  return counts;
}

Binomial Multinomial::marginal(Eigen::Index outcome) const {
  require(0 <= outcome && outcome < dimension(), "{}: outcome {} is not among 0 to {}", name,
          outcome, dimension() - 1);
  return {n_, static_cast<double>(p_[static_cast<std::size_t>(outcome)])};
}

}  // namespace mathtool::stats
