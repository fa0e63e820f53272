#pragma once

#include "mathtool/nn/layer.hpp"

namespace mathtool::nn {

/// A vector for each symbol of a vocabulary, learnt.
///     yₜ = row xₜ of W,   ∂W: every ∂yₜ added to that row
/// Shapes: (steps) numbers of symbols from 0 to (steps, dimension); W is vocabulary × dimension. A
///         number below 0 lies beyond the end of its sequence: its row is NaN, which recurrent
///         layers pass over.
/// Throws: DomainError for a number that is not of the vocabulary.
/// Ref:    Bengio, Ducharme, Vincent & Jauvin, A neural probabilistic language model (2003).
struct Embedding {
  Index dimension = 1;   ///< ≥ 1
  Index vocabulary = 0;  ///< ≥ 1; 0 in a list of layers: what the data have, to be set before use
  Initializer initializer = {InitializerKind::normal, 1};

  static constexpr std::string_view name = "embedding";
  static constexpr bool in_place = false, couples = false;

  bool operator==(const Embedding&) const = default;

  LayerPlan plan(const Shape& input) const;
  std::string text() const;

  template <std::floating_point T>
  void forward(const Site<T>& site, const ConstRows<T>& x, Rows<T>& y) const;
  template <std::floating_point T>
  void backward(const Site<T>& site, const ConstRows<T>& x, const ConstRows<T>& y,
                const ConstRows<T>& y_gradient, Rows<T>& x_gradient) const;
};

}  // namespace mathtool::nn
