#include "mathtool/stats/distributions/mixture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "mathtool/stats/expectation.hpp"

namespace mathtool::stats {
namespace {

/// Whether every atom of one is an atom of the other.
bool is_within(const Lattice& coarse, const Lattice& fine) {
  const double steps = std::round(coarse.step / fine.step);
  return fine.contains(coarse.offset) &&
         std::abs(coarse.step - steps * fine.step) <= 4e-16 * coarse.step;
}

/// log ∑ exp.
Extended log_sum(const std::vector<Extended>& terms) {
  const Extended most = *std::ranges::max_element(terms);
  if (std::isinf(most)) return most;
  Extended sum = 0;
  for (const Extended term : terms) sum += std::exp(term - most);
  return most + std::log(sum);
}

}  // namespace

Mixture::Mixture(const std::vector<double>& weights, const std::vector<AnyDistribution>& components)
    : given_(weights), components_(components), weights_(weights.begin(), weights.end()) {
  require(!components.empty(), "{}: give at least one component", name);
  require(weights.size() == components.size(), "{}: {} weights do not fit {} components", name,
          weights.size(), components.size());
  for (const double weight : weights)
    require(contains(Domain::positive, weight), "{}: each weight must be {}, got {}", name,
            describe(Domain::positive), weight);
  const Extended sum = std::accumulate(weights_.begin(), weights_.end(), Extended(0));
  for (Extended& weight : weights_) weight /= sum;

  support_ = components.front().support();
  lattice_ = components.front().lattice();
  for (const AnyDistribution& each : components) {
    require(each.discrete() == discrete(),
            "{}: {} and {} do not mix, because one is discrete and the other continuous", name,
            components.front().text(), each.text());
    support_.low = std::min(support_.low, each.support().low);
    support_.high = std::max(support_.high, each.support().high);
    if (each.lattice().step < lattice_.step) lattice_ = each.lattice();
  }
  for (const AnyDistribution& each : components)
    require(!discrete() || is_within(each.lattice(), lattice_),
            "{}: the values of {} do not lie among those of the other components", name,
            each.text());
}

std::string Mixture::text() const {
  std::vector<std::string> texts;
  for (const AnyDistribution& each : components_) texts.push_back(each.text());
  return fmt::format("{}([{}], [{}])", name, fmt::join(given_, ", "), fmt::join(texts, ", "));
}

Extended Mixture::log_density(Extended x) const {
  std::vector<Extended> terms;
  for (std::size_t i = 0; i < components_.size(); ++i) {
    const AnyDistribution& each = components_[i];
    terms.push_back(detail::has_density(each, static_cast<double>(x))
                        ? std::log(weights_[i]) + each.log_density(x)
                        : -infinity);
  }
  return log_sum(terms);
}

Tails Mixture::tails(Extended x) const {
  Tails sum{0, 0};
  for (std::size_t i = 0; i < components_.size(); ++i) {
    const Tails each = detail::tails(components_[i], x);
    sum.below += weights_[i] * each.below;
    sum.above += weights_[i] * each.above;
  }
  return sum.below < sum.above ? Tails{sum.below, 1 - sum.below} : Tails{1 - sum.above, sum.above};
}

Extended Mixture::log_tail(Extended x, Tail tail) const {
  std::vector<Extended> terms;
  for (std::size_t i = 0; i < components_.size(); ++i)
    terms.push_back(std::log(weights_[i]) + detail::log_tail(components_[i], x, tail));
  return log_sum(terms);
}

// Between the components' own.
Extended Mixture::quantile(Extended p, Tail tail) const {
  Interval between{infinity, -infinity};
  Extended start = 0;
  for (std::size_t i = 0; i < components_.size(); ++i) {
    const Extended at = detail::quantile(components_[i], p, tail);
    between.low = std::min(between.low, static_cast<double>(at));
    between.high = std::max(between.high, static_cast<double>(at));
    start += weights_[i] * at;
  }
  if (!(between.low < between.high)) return between.low;
  return detail::with_view(*this, [&](detail::DistributionView view) {
    view.support = between;
    view.start = detail::atom_below(*this, static_cast<double>(start));
    return detail::search_quantile(view, p, tail);
  });
}

double Mixture::sample(math::Philox& random) const {
  Extended left = math::uniform(random);
  std::size_t i = 0;
  while (i + 1 < weights_.size() && left >= weights_[i]) left -= weights_[i++];
  return components_[i].sample(random);
}

Extended Mixture::raw_mean() const {
  Extended sum = 0;
  for (std::size_t i = 0; i < components_.size(); ++i) sum += weights_[i] * components_[i].mean();
  return sum;
}

Extended Mixture::central_moment(int power) const {
  const Extended centre = raw_mean();
  if (std::isinf(centre)) return power == 2 ? infinity : not_a_number;
  Extended sum = 0;
  for (std::size_t i = 0; i < components_.size(); ++i) {
    const AnyDistribution& each = components_[i];
    const Extended d = each.mean() - centre, second = each.variance();
    const Extended third = second == 0 || power < 3 ? 0 : each.skewness() * std::pow(second, 1.5L);
    const Extended fourth =
        second == 0 || power < 4 ? 0 : (each.kurtosis() + Extended(3)) * second * second;
    if (power == 2) sum += weights_[i] * (second + d * d);
    if (power == 3) sum += weights_[i] * (third + d * (3 * second + d * d));
    if (power == 4) sum += weights_[i] * (fourth + d * (4 * third + d * (6 * second + d * d)));
  }
  return sum;
}

double Mixture::skewness() const {
  const Extended variance = central_moment(2);
  return variance == 0 ? not_a_number
                       : static_cast<double>(central_moment(3) / std::pow(variance, 1.5L));
}

double Mixture::kurtosis() const {
  const Extended variance = central_moment(2);
  return variance == 0 ? not_a_number
                       : static_cast<double>(central_moment(4) / (variance * variance) - 3);
}

// Where the components have their probability, each looked at on its own scale.
double Mixture::mode() const {
  double best = not_a_number;
  for (const AnyDistribution& each : components_) {
    const double found = detail::with_view(each, [&](detail::DistributionView view) {
      const auto density = [&](double x) {
        return detail::has_density(*this, x) ? log_density(x) : -infinity;
      };
      view.log_density = density;
      return detail::mode(view);
    });
    const Extended gain = std::isnan(best) ? 1 : log_density(found) - log_density(best);
    if (gain > 0 || (gain == 0 && found < best)) best = found;
  }
  return best;
}

double Mixture::entropy() const {
  Extended sum = 0;
  for (std::size_t i = 0; i < components_.size(); ++i) {
    const auto surprise = [&](double x) { return static_cast<double>(-log_density(x)); };
    sum += weights_[i] * stats::expectation(components_[i], surprise).value;
  }
  return static_cast<double>(sum);
}

}  // namespace mathtool::stats
