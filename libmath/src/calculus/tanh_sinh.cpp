#include "tanh_sinh.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

namespace mathtool::math {
namespace {

constexpr double coarsest_step = 0.25;
constexpr double last_t = 3.25;  // beyond, a node is within 1e-17 of the end
/// Nodes that mirror each other about the middle would see 0 with Gauss and Kronrod where f at
/// mirrored points cancels by accident, as between the steps of a staircase.
constexpr double first_t = 0.31 * coarsest_step;

struct Node {
  double share;   ///< distance from the nearer end, as a share of the width
  bool from_low;  ///< which end that is
  double weight;  ///< u′(t)
};

Node node_at(double t) {
  const double share = 1.0 / (1.0 + std::exp(std::numbers::pi * std::sinh(std::abs(t))));
  return {share, t < 0.0, std::numbers::pi * std::cosh(t) * share * (1.0 - share)};
}

struct Nodes {
  std::array<std::vector<Node>, TanhSinh::finest + 1> of_level;  ///< new at this level

  Nodes() {
    double step = coarsest_step;
    for (std::size_t level = 0; level < of_level.size(); ++level) {
      auto& nodes = of_level[level];
      const double first = level == 0 ? first_t : first_t + step;
      const double apart = level == 0 ? step : 2 * step;
      for (double t = first; t <= last_t; t += apart) nodes.push_back(node_at(t));
      for (double t = first - apart; t >= -last_t; t -= apart) nodes.push_back(node_at(t));
      std::sort(nodes.begin(), nodes.end(),
                [](const Node& a, const Node& b) { return a.weight < b.weight; });
      step /= 2;
    }
  }
};

const Nodes& nodes_of_all_levels() {
  static const Nodes nodes;
  return nodes;
}

}  // namespace

std::size_t TanhSinh::nodes(int level) {
  return static_cast<std::size_t>(2 * last_t / coarsest_step * std::ldexp(1.0, level));
}

double TanhSinh::sample(double s, double share) {
  const double y = f_(chart_, s);
  // Closest to an end a formula may be 0/0 by rounding; a function that is truly singular there has
  // been moved to a logarithmic chart before.
  constexpr double close = 1e-12;
  if (std::isfinite(y) || share > close) return y;
  const double width = high_ - low_;
  return f_(chart_, s - low_ < high_ - s ? low_ + 64 * close * width : high_ - 64 * close * width);
}

double TanhSinh::refine() {
  ++level_;
  const auto& nodes = nodes_of_all_levels().of_level[static_cast<std::size_t>(level_)];
  const double width = high_ - low_;
  for (const Node& node : nodes) {  // the smallest terms first
    const double reach = width * node.share;
    sum_ += node.weight * sample(node.from_low ? low_ + reach : high_ - reach, node.share);
  }
  return std::ldexp(coarsest_step, -level_) * width * sum_;
}

}  // namespace mathtool::math
