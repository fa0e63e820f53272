#include "mathtool/stats/distributions/categorical.hpp"

#include <algorithm>
#include <numeric>

#include "mathtool/stats/any_distribution.hpp"

namespace mathtool::stats {

Categorical::Categorical(const std::vector<double>& p) : given_(p), p_(p.begin(), p.end()) {
  require(!p.empty(), "{}: give at least one probability", name);
  for (const double each : p)
    require(contains(Domain::probability, each), "{}: each p must be {}, got {}", name,
            describe(Domain::probability), each);
  const Extended sum = std::accumulate(p_.begin(), p_.end(), Extended(0));
  require(std::abs(sum - 1) <= 1e-9L, "{}: the probabilities must sum to 1, got {}", name,
          static_cast<double>(sum));
  for (Extended& each : p_) each /= sum;

  // Both from their own end, so that a small tail is the sum of small numbers.
  tails_.resize(p_.size());
  Extended below = 0, above = 0;
  for (std::size_t i = 0; i < p_.size(); ++i) tails_[i].below = below += p_[i];
  for (std::size_t i = p_.size(); i-- > 0; above += p_[i]) tails_[i].above = above;

  const auto positive = [](Extended each) { return each > 0; };
  low_ = 1 + static_cast<double>(std::ranges::find_if(p_, positive) - p_.begin());
  high_ = static_cast<double>(p_.rend() - std::find_if(p_.rbegin(), p_.rend(), positive));
}

std::string Categorical::text() const { return detail::specification(name, given_); }

Extended Categorical::log_density(Extended k) const {
  return std::log(p_[static_cast<std::size_t>(k) - 1]);
}

double Categorical::sample(math::Philox& random) const {
  const Extended u = math::uniform(random);
  const auto found = std::ranges::lower_bound(tails_, u, {}, &Tails::below);
  return std::min(1 + static_cast<double>(found - tails_.begin()), high_);
}

double Categorical::mean() const {
  Extended sum = 0;
  for (std::size_t i = 0; i < p_.size(); ++i) sum += p_[i] * (i + 1);
  return static_cast<double>(sum);
}

Extended Categorical::central_moment(int power) const {
  Extended centre = 0, sum = 0;
  for (std::size_t i = 0; i < p_.size(); ++i) centre += p_[i] * (i + 1);
  for (std::size_t i = 0; i < p_.size(); ++i) sum += p_[i] * std::pow(i + 1 - centre, power);
  return low_ == high_ ? 0 : sum;
}

double Categorical::skewness() const {
  if (low_ == high_) return not_a_number;
  return static_cast<double>(central_moment(3) / std::pow(variance(), 1.5L));
}

double Categorical::kurtosis() const {
  if (low_ == high_) return not_a_number;
  return static_cast<double>(central_moment(4) / std::pow(variance(), 2) - 3);
}

double Categorical::mode() const {
  return 1 + static_cast<double>(std::ranges::max_element(p_) - p_.begin());
}

double Categorical::entropy() const {
  Extended sum = 0;
  for (const Extended each : p_)
    if (each > 0) sum -= each * std::log(each);
  return static_cast<double>(sum);
}

}  // namespace mathtool::stats
