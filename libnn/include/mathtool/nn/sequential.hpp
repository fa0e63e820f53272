#pragma once

#include <cstdint>
#include <vector>

#include "mathtool/nn/architecture.hpp"
#include "mathtool/nn/batch.hpp"

namespace mathtool::nn {

/// A network: an architecture and its numbers, the parameters in one flat buffer and what is not
/// trained by gradients (running means) in another. So every rule of libopt, every gradient check
/// and every checkpoint takes it for a vector.
///
///     Sequential<> network({784}, parse_layers("dense 512 relu, dense 10"));
///     train(network, images, {.rule = opt::RmsProp{.learning_rate = 1e-3}, .epochs = 5});
///     Batch<float> logits = network.predict(x);
template <std::floating_point T = float>
class Sequential {
 public:
  /// Weights are drawn from `seed`, each array from a stream of its own; biases are 0.
  /// Throws: as Architecture.
  Sequential(Shape input, std::vector<Layer> layers, std::uint64_t seed = 0);

  /// With the numbers that it has learnt. Throws: DimensionError unless there are as many as the
  /// architecture needs.
  Sequential(Architecture architecture, Parameters<T> parameters, Parameters<T> buffers);

  const Architecture& architecture() const { return architecture_; }

  Parameters<T>& parameters() { return parameters_; }
  const Parameters<T>& parameters() const { return parameters_; }
  Parameters<T>& buffers() { return buffers_; }
  const Parameters<T>& buffers() const { return buffers_; }

  /// Outputs in inference: dropout does nothing, batch normalisation uses its running figures.
  /// Shapes:  x is n × inputs; the result n × outputs. Throws: DimensionError.
  /// Cost:    memory for the activations of a few hundred rows; `threads` (0: all) do not change
  ///          the bits.
  Batch<T> predict(const BatchRef<T>& x, int threads = 0) const;

  /// The same network in other numbers.
  template <std::floating_point U>
  Sequential<U> cast() const {
    return {architecture_, parameters_.template cast<U>(), buffers_.template cast<U>()};
  }

 private:
  Architecture architecture_;
  Parameters<T> parameters_, buffers_;
};

}  // namespace mathtool::nn
