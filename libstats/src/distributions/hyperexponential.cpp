#include "mathtool/stats/distributions/hyperexponential.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "mathtool/stats/variates.hpp"

namespace mathtool::stats {

Hyperexponential::Hyperexponential(std::vector<double> p, std::vector<double> rate)
    : p_(std::move(p)), rate_(std::move(rate)) {
  require(!p_.empty() && p_.size() == rate_.size(),
          "{}: p and rate must be lists of the same length, got {} and {} numbers", name, p_.size(),
          rate_.size());
  double sum = 0;
  for (const double value : p_) {
    require(contains(Domain::probability, value), "{}: p must be {}, got {}", name,
            describe(Domain::probability), value);
    sum += value;
  }
  require(std::abs(sum - 1) <= 1e-12 * static_cast<double>(p_.size()),
          "{}: the sum of p must be 1, got {}", name, sum);
  for (const double value : rate_)
    require(contains(Domain::positive, value), "{}: rate must be {}, got {}", name,
            describe(Domain::positive), value);
}

std::string Hyperexponential::text() const {
  return fmt::format("{}([{}], [{}])", name, fmt::join(p_, ", "), fmt::join(rate_, ", "));
}

Extended Hyperexponential::log_sum(Extended x, int power) const {
  // The slowest rate of all that occur sets the magnitude.
  Extended slowest = infinity, sum = 0;
  for (std::size_t i = 0; i < p_.size(); ++i)
    if (p_[i] > 0) slowest = std::min<Extended>(slowest, rate_[i]);
  for (std::size_t i = 0; i < p_.size(); ++i)
    sum += p_[i] * (power == 0 ? 1 : rate_[i]) * std::exp((slowest - rate_[i]) * x);
  return std::log(sum) - slowest * x;
}

Extended Hyperexponential::log_density(Extended x) const { return log_sum(x, 1); }

Tails Hyperexponential::tails(Extended x) const {
  Tails tails{0, 0};
  for (std::size_t i = 0; i < p_.size(); ++i) {
    tails.below -= p_[i] * std::expm1(-rate_[i] * x);
    tails.above += p_[i] * std::exp(-rate_[i] * x);
  }
  return tails;
}

Extended Hyperexponential::log_tail(Extended x, Tail tail) const {
  return tail == Tail::upper ? log_sum(x, 0) : std::log(tails(x).below);
}

double Hyperexponential::sample(math::Philox& random) const {
  double left = math::uniform(random);
  std::size_t i = 0;
  while (i + 1 < p_.size() && left >= p_[i]) left -= p_[i++];
  return exponential_variate(random) / rate_[i];
}

Extended Hyperexponential::raw_moment(int power) const {
  Extended sum = 0;
  for (std::size_t i = 0; i < p_.size(); ++i) sum += p_[i] / std::pow(Extended(rate_[i]), power);
  return std::tgamma(Extended(power + 1)) * sum;
}

Extended Hyperexponential::variance() const {
  return raw_moment(2) - raw_moment(1) * raw_moment(1);
}

double Hyperexponential::skewness() const {
  const Extended m = raw_moment(1), square = raw_moment(2) - m * m;
  const Extended third = raw_moment(3) - 3 * m * raw_moment(2) + 2 * m * m * m;
  return static_cast<double>(third / (square * std::sqrt(square)));
}

double Hyperexponential::kurtosis() const {
  const Extended m = raw_moment(1), square = raw_moment(2) - m * m;
  const Extended fourth =
      raw_moment(4) - 4 * m * raw_moment(3) + 6 * m * m * raw_moment(2) - 3 * m * m * m * m;
  return static_cast<double>(fourth / (square * square) - 3);
}

}  // namespace mathtool::stats
