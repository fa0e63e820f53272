#pragma once

#include "mathtool/math/random/uniform.hpp"
#include "mathtool/nn/propagation.hpp"

namespace mathtool::test {

/// Outputs of a network, and the gradient of Σ c ∘ y for fixed coefficients c: then ∂y is c.
template <class T>
struct NetworkPass {
  nn::Batch<T> y, x_gradient;
  nn::Parameters<T> gradient;
};

/// Changes the buffers of the network in training mode.
template <class T>
NetworkPass<T> network_pass(nn::Sequential<T>& network, const nn::Batch<T>& x,
                            const nn::Batch<T>& c, nn::PassOptions options = {}) {
  const nn::Architecture& architecture = network.architecture();
  options.input_gradient = true;
  nn::Propagation<T> propagation(architecture, x.rows());
  NetworkPass<T> found;
  found.y.resize(x.rows(), math::element_count(architecture.output()));
  propagation.differentiate(
      network, x.rows(),
      [&](Index first, nn::Rows<T>& part) { part = x.middleRows(first, part.rows()); },
      [&](Index, Index first, const nn::ConstRows<T>& y, nn::Rows<T>& dy) {
        found.y.middleRows(first, y.rows()) = y;
        dy = c.middleRows(first, y.rows());
      },
      options);
  found.x_gradient = propagation.activation_gradient(0);
  found.gradient.resize(architecture.parameter_count());
  propagation.add_up(0, found.gradient);
  return found;
}

/// n × p numbers, uniform in (−2, 2) but at least `gap` from 0.
template <class T = double>
nn::Batch<T> random_rows(Index n, Index p, std::uint64_t seed, double gap = 0) {
  math::Philox random(seed);
  nn::Batch<T> x(n, p);
  for (Index i = 0; i < x.size(); ++i) {
    const double u = (4 - 2 * gap) * math::uniform(random) - (2 - gap);
    x.data()[i] = static_cast<T>(u < 0 ? u - gap : u + gap);
  }
  return x;
}

}  // namespace mathtool::test
