#include "product_rule.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <boost/math/quadrature/gauss.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "mathtool/math/compensated_sum.hpp"
#include "mathtool/math/constants.hpp"

namespace mathtool::math {
namespace {

struct Rule {
  std::vector<double> node, weight;  // on [0, 1]
};

template <unsigned n>
Rule gauss_legendre() {
  using Gauss = boost::math::quadrature::gauss<double, n>;
  Rule rule;
  for (std::size_t i = 0; i < Gauss::abscissa().size(); ++i) {
    const double node = Gauss::abscissa()[i], weight = 0.5 * Gauss::weights()[i];
    rule.node.push_back(0.5 + 0.5 * node);
    rule.weight.push_back(weight);
    if (node == 0.0) continue;
    rule.node.push_back(0.5 - 0.5 * node);
    rule.weight.push_back(weight);
  }
  return rule;
}

struct ProductSum {
  double value = 0.0, magnitude = 0.0;
};

ProductSum product_sum(const UnitCubeIntegrand& f, const Rule& rule, const StopToken& stop) {
  const std::size_t d = f.dimensions(), n = rule.node.size();
  std::vector<std::size_t> index(d, 0);
  std::vector<double> u(d), x(d), partial(d, 1.0);  // products of the weights of sides before k
  const auto set_from = [&](std::size_t k) {
    for (; k + 1 < d; ++k) {
      u[k] = rule.node[index[k]];
      partial[k + 1] = partial[k] * rule.weight[index[k]];
    }
  };
  set_from(0);
  CompensatedSum value;
  double magnitude = 0.0;
  while (true) {
    // The last side runs fastest, so that the others' weights are multiplied once for n nodes.
    for (std::size_t i = 0; i < n; ++i) {
      u[d - 1] = rule.node[i];
      const double term = partial[d - 1] * rule.weight[i] * f(u, x);
      value += term;
      magnitude += std::abs(term);
    }
    stop.check();
    std::size_t k = d - 1;
    while (k > 0 && ++index[k - 1] == n) index[--k] = 0;
    if (k == 0) return {value.value(), magnitude};
    set_from(k - 1);
  }
}

}  // namespace

Estimate integrate_by_products(const UnitCubeIntegrand& f, const CubatureOptions& options,
                               std::int64_t most) {
  static const std::vector<Rule> rules{gauss_legendre<7>(),  gauss_legendre<10>(),
                                       gauss_legendre<15>(), gauss_legendre<20>(),
                                       gauss_legendre<25>(), gauss_legendre<30>()};
  Estimate result;
  double last = std::numeric_limits<double>::quiet_NaN();
  for (const Rule& rule : rules) {
    const double nodes = std::pow(static_cast<double>(rule.node.size()), f.dimensions());
    if (static_cast<double>(result.evaluations) + nodes > static_cast<double>(most)) break;
    const ProductSum sum = product_sum(f, rule, options.stop);
    result.evaluations += static_cast<std::int64_t>(nodes);
    result.value = sum.value;
    if (!std::isfinite(sum.value)) {
      result.status = Status::not_finite;
      result.reason = "the integrand is not finite at a node";
      return result;
    }
    result.error = std::abs(sum.value - last) + 8 * epsilon * sum.magnitude;
    const double allowed = std::max(
        {options.abs_tol, options.rel_tol * std::abs(sum.value), 16 * epsilon * sum.magnitude});
    if (result.error <= allowed) {
      result.status = Status::converged;
      return result;
    }
    last = sum.value;
  }
  result.reason = fmt::format("product rules still differ by {:.2g}", result.error);
  return result;
}

}  // namespace mathtool::math
