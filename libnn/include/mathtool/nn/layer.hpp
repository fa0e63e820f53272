#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "mathtool/nn/batch.hpp"
#include "mathtool/nn/initializer.hpp"

namespace mathtool::nn {

/// One array of a layer's parameters.
struct ParameterArray {
  std::string name = {};  ///< "weight", "bias"
  Shape shape = {};
  Fan fan = {};
  Initializer initializer = {};
  bool weight = true;  ///< penalties pull at weights; biases and scales they leave alone
};

/// What a layer learns without a gradient, as a running mean.
struct BufferArray {
  std::string name = {};
  Shape shape = {};
  double initial = 0;
};

/// What a layer is for inputs of a shape.
struct LayerPlan {
  Shape output = {};
  std::vector<ParameterArray> parameters = {};  ///< one after the other in the flat buffer
  std::vector<BufferArray> buffers = {};
  Index saved = 0;    ///< numbers per observation that `forward` leaves to `backward`
  Index coupled = 0;  ///< numbers per batch that it leaves, of a layer that couples observations
  std::int64_t multiplications = 0;  ///< and additions, per observation
  std::int64_t weights_read = 0;     ///< in a pass, however few the observations; 0: all once
};

enum class Mode { inference, training };

/// What is random in a layer: a function of the seed of the training, the number of the batch, the
/// layer, and the row in its batch. Hence threads do not change it.
struct Draws {
  std::uint64_t seed = 0, step = 0, layer = 0;
  Index first_row = 0;
};

/// Where a layer works: its parts of the network's flat buffers, for some rows of a batch.
template <std::floating_point T>
struct Site {
  const Shape* input = nullptr;   ///< of one observation
  const T* parameters = nullptr;  ///< as its plan lists them
  T* gradient = nullptr;      ///< of the loss in them, to be filled; null in `forward`, and of a
                              ///< frozen layer
  T* buffers = nullptr;       ///< changed by `forward` in training alone
  T* saved = nullptr;         ///< rows × plan.saved
  T* coupled = nullptr;       ///< plan.coupled
  const T* before = nullptr;  ///< of a recurrent layer in `forward`: what it saved at the only step
                              ///< before, to go on from; null: it begins
  const T* within = nullptr;  ///< of a recurrent layer: rows × steps, 0 beyond the end of the
                              ///< network's input and else 1; null: as x says alone
  Mode mode = Mode::inference;
  Draws draws = {};
  std::vector<T>* scratch = nullptr;  ///< room that no other thread uses meanwhile
  int threads = 1;                    ///< that `forward` may use where bits do not depend on them
};

/// A stateless function y = f(θ, x): settings alone, no sizes, no numbers that are learnt. Those
/// stand in the network's flat buffers, so one layer serves any number of threads.
///
///     plan(input)                       what it is for inputs of this shape; DimensionError that
///                                       says what it expects, "expects (channels, height, width)"
///     forward(site, x, y)               fills y
///     backward(site, x, y, ∂y, ∂x)      fills ∂θ and ∂x, each unless it has no data; ∂ is
///                                       the gradient of the loss
///     text()                            what `parse_layers` reads as the same
///
/// A layer `in_place` has as many outputs as inputs, and may be handed the same memory for x and y,
/// for ∂x and ∂y: its `backward` looks at y alone. One that `couples` the observations of a
/// batch sees all of its rows at once, others see any part of them.
template <class L, class T>
concept LayerOf = std::copyable<L> && std::equality_comparable<L> &&
    requires(const L& layer, const Shape& input, const Site<T>& site, const ConstRows<T>& x,
             Rows<T>& y) {
  { L::name } -> std::convertible_to<std::string_view>;
  { L::in_place } -> std::convertible_to<bool>;
  { L::couples } -> std::convertible_to<bool>;
  { layer.plan(input) } -> std::same_as<LayerPlan>;
  { layer.text() } -> std::same_as<std::string>;
  layer.forward(site, x, y);
  layer.backward(site, x, x, x, y);
};

}  // namespace mathtool::nn
