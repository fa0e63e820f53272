#pragma once

#include <rapidcheck.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

#include "mathtool/nn/layers/all.hpp"
#include "support/network_pass.hpp"

namespace mathtool::test {

using nn::Layer;
using nn::Shape;

/// Draws of RapidCheck.
inline Index below(Index n) { return *rc::gen::inRange<Index>(0, n); }
inline double real(double low, double high) {
  return low + (high - low) * (static_cast<double>(below(4096)) + 0.5) / 4096;
}
inline std::uint64_t any_seed() { return *rc::gen::arbitrary<std::uint64_t>(); }

/// An example of a layer, and a shape that it takes.
struct Example {
  Layer layer;
  Shape input;
};

inline Shape any_shape() {
  Shape shape;
  for (Index axes = 1 + below(3); axes > 0; --axes) shape.push_back(1 + below(4));
  return shape;
}
inline Shape image() { return {1 + below(2), 3 + below(3), 3 + below(3)}; }
inline Shape flat_or_image() { return below(2) == 0 ? Shape{1 + below(6)} : image(); }
inline Shape flat_or_steps() {
  return below(2) == 0 ? Shape{1 + below(6)} : Shape{1 + below(3), 1 + below(4)};
}

inline Shape image_or_video() {
  Shape shape{2 * (1 + below(2)), 3 + below(3), 3 + below(3)};
  if (below(4) == 0) shape.insert(shape.begin(), 2);
  return shape;
}
inline Shape sequence() { return {1 + below(5), 1 + below(3)}; }

/// Any kernel that fits images of three pixels and an even number of channels.
template <class Kernel>
Kernel kernel() {
  Kernel layer{.filters = 2 * (1 + below(2)),
               .height = 1 + below(3),
               .width = 1 + below(3),
               .stride = 1 + below(3),
               .groups = 1 + below(2)};
  if (below(3) == 0) {
    layer.padding.same = true;
    layer.stride = std::min({layer.stride, layer.height, layer.width});
  } else {
    layer.padding.around = below(std::min(layer.height, layer.width));
  }
  return layer;
}

template <class Pool>
Pool pool() {
  const Index size = 1 + below(3), stride = below(3);
  return {.size = size, .stride = stride == size ? 0 : stride};
}

template <class Recurrent>
Recurrent recurrent() {
  return {.units = 1 + below(3), .all = below(2) == 0};
}

/// How to make an example of each kind: a new kind fails the tests until it has one.
inline Example example_of(std::string_view kind) {
  using Make = std::function<Example()>;
  static const std::map<std::string_view, Make> makers = {
      {"dense",
       [] {
         return Example{nn::Dense{1 + below(5)}, flat_or_steps()};
       }},
      {"conv",
       [] {
         return Example{kernel<nn::Conv>(), image_or_video()};
       }},
      {"deconv",
       [] {
         return Example{kernel<nn::Deconv>(), image_or_video()};
       }},
      {"maxpool",
       [] {
         return Example{pool<nn::MaxPool>(), image_or_video()};
       }},
      {"avgpool",
       [] {
         return Example{pool<nn::AvgPool>(), image_or_video()};
       }},
      {"embedding",
       [] {
         return Example{nn::Embedding{1 + below(3), 4}, {1 + below(4)}};
       }},
      {"rnn",
       [] {
         return Example{recurrent<nn::Rnn>(), sequence()};
       }},
      {"lstm",
       [] {
         return Example{recurrent<nn::Lstm>(), sequence()};
       }},
      {"gru",
       [] {
         return Example{recurrent<nn::Gru>(), sequence()};
       }},
      {"relu",
       [] {
         return Example{nn::Relu(), any_shape()};
       }},
      {"leaky_relu",
       [] {
         return Example{nn::LeakyRelu{real(0, 1)}, any_shape()};
       }},
      {"elu",
       [] {
         return Example{nn::Elu{real(0, 2)}, any_shape()};
       }},
      {"gelu",
       [] {
         return Example{nn::Gelu(), any_shape()};
       }},
      {"sigmoid",
       [] {
         return Example{nn::Sigmoid(), any_shape()};
       }},
      {"tanh",
       [] {
         return Example{nn::Tanh(), any_shape()};
       }},
      {"softmax",
       [] {
         return Example{nn::Softmax(), any_shape()};
       }},
      {"flatten",
       [] {
         return Example{nn::Flatten(), any_shape()};
       }},
      {"dropout",
       [] {
         return Example{nn::Dropout{real(0, 1)}, any_shape()};
       }},
      {"batchnorm",
       [] {
         return Example{nn::BatchNorm{real(0, 1), real(0, 0.1)}, flat_or_image()};
       }},
      {"residual",
       [] {
         const Index n = 1 + below(4);
         return Example{nn::Residual{{nn::Dense{n}, nn::Tanh(), nn::Dense{n}}}, {n}};
       }},
  };
  const auto found = makers.find(kind);
  if (found == makers.end()) throw std::logic_error("no example of " + std::string(kind));
  return found->second();
}

inline bool takes_symbols(const Example& example) {
  return nn::name_of(example.layer) == nn::Embedding::name;
}

/// Observations that an example takes: numbers at least `away` from 0, or symbols.
template <class T>
nn::Batch<T> any_input(const Example& example, Index n, double away = 0) {
  const Index width = math::element_count(example.input);
  if (!takes_symbols(example)) return random_rows<T>(n, width, any_seed(), away);
  nn::Batch<T> symbols(n, width);
  for (Index i = 0; i < symbols.size(); ++i)
    symbols.data()[i] = static_cast<T>(below(std::get<nn::Embedding>(example.layer).vocabulary));
  return symbols;
}

/// In every case one layer of each kind.
inline void for_each_layer(const std::function<void(const Example&)>& body) {
  for (const nn::LayerInfo& info : nn::layer_kinds()) body(example_of(info.name));
}

}  // namespace mathtool::test
