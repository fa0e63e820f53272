#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include "mathtool/math/error.hpp"
#include "mathtool/nn/gradient_check.hpp"
#include "mathtool/nn/layers/all.hpp"
#include "support/network_pass.hpp"
#include "support/tolerance.hpp"

// Laws of every layer, every loss and every list of layers.

namespace {

using namespace mathtool;
using nn::Batch;
using nn::Layer;
using nn::Shape;

Index below(Index n) { return *rc::gen::inRange<Index>(0, n); }
double real(double low, double high) {
  return low + (high - low) * (static_cast<double>(below(4096)) + 0.5) / 4096;
}
std::uint64_t any_seed() { return *rc::gen::arbitrary<std::uint64_t>(); }

/// An example of a layer, and a shape that it takes.
struct Example {
  Layer layer;
  Shape input;
};

Shape any_shape() {
  Shape shape;
  for (Index axes = 1 + below(3); axes > 0; --axes) shape.push_back(1 + below(4));
  return shape;
}
Shape image() { return {1 + below(2), 3 + below(3), 3 + below(3)}; }
Shape flat_or_image() { return below(2) == 0 ? Shape{1 + below(6)} : image(); }
Shape flat_or_steps() {
  return below(2) == 0 ? Shape{1 + below(6)} : Shape{1 + below(3), 1 + below(4)};
}

Shape image_or_video() {
  Shape shape{2 * (1 + below(2)), 3 + below(3), 3 + below(3)};
  if (below(4) == 0) shape.insert(shape.begin(), 2);
  return shape;
}
Shape sequence() { return {1 + below(5), 1 + below(3)}; }

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
Example example_of(std::string_view kind) {
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
  return makers.at(kind)();
}

bool takes_symbols(const Example& example) {
  return nn::name_of(example.layer) == nn::Embedding::name;
}

/// Observations that an example takes: numbers at least `away` from 0, or symbols.
template <class T>
Batch<T> any_input(const Example& example, Index n, double away = 0) {
  const Index width = math::element_count(example.input);
  if (!takes_symbols(example)) return test::random_rows<T>(n, width, any_seed(), away);
  Batch<T> symbols(n, width);
  for (Index i = 0; i < symbols.size(); ++i)
    symbols.data()[i] = static_cast<T>(below(std::get<nn::Embedding>(example.layer).vocabulary));
  return symbols;
}

/// In every case one layer of each kind.
void for_each_layer(const std::function<void(const Example&)>& body) {
  for (const nn::LayerInfo& info : nn::layer_kinds()) body(example_of(info.name));
}

std::string shown(const Example& example, Index rows) {
  return nn::to_string(example.layer) + " of " + std::to_string(rows) + " x " +
         math::to_string(example.input);
}

/// Some numbers of an array against the differences of Σ c ∘ y.
void check_entries(nn::Sequential<double>& network, double* numbers, const double* gradient,
                   Index size, const std::function<double()>& value) {
  for (int k = 0; k < 4 && size > 0; ++k) {
    const Index i = below(size);
    const double kept = numbers[i], given = gradient[i];
    const double scale = std::max(std::abs(given), 0.01);
    const auto found = nn::slope_by_differences(
        [&](double at) {
          numbers[i] = at;
          return value();
        },
        kept, 3e-8 * scale);
    numbers[i] = kept;
    // Two numbers of a window may lie so close together that the larger one changes.
    if (!found && nn::name_of(network.architecture().layers()[0]) == "maxpool") continue;
    RC_ASSERT(found.has_value());
    RC_LOG() << "gradient " << given << ", differences " << *found << "\n";
    RC_ASSERT(std::abs(given - *found) <= 1e-7 * scale);
  }
}

void check_gradient(const Example& example, nn::Mode mode) {
  const Index n = 2 + below(4);
  RC_LOG() << shown(example, n) << "\n";
  nn::Sequential<double> network(example.input, {example.layer}, any_seed());
  const Index outputs = math::element_count(network.architecture().output());
  // Away from kinks at 0.
  Batch<double> x = any_input<double>(example, n, 0.1);
  const Batch<double> c = test::random_rows(n, outputs, any_seed());
  network.parameters() += 0.5 * test::random_rows(network.parameters().size(), 1, any_seed());
  network.buffers() += test::random_rows(network.buffers().size(), 1, any_seed()).cwiseAbs();
  const nn::PassOptions options{.mode = mode, .seed = any_seed(), .step = 3};
  const nn::Parameters<double> buffers = network.buffers();
  const test::NetworkPass<double> pass = test::network_pass(network, x, c, options);
  const auto value = [&] {
    network.buffers() = buffers;
    return test::network_pass(network, x, c, options).y.cwiseProduct(c).sum();
  };
  if (takes_symbols(example))
    RC_ASSERT(pass.x_gradient.isZero(0));
  else
    check_entries(network, x.data(), pass.x_gradient.data(), x.size(), value);
  check_entries(network, network.parameters().data(), pass.gradient.data(), pass.gradient.size(),
                value);
}

/// A list of layers as people might write it, and deeper.
std::vector<Layer> any_layers(int depth) {
  std::vector<Layer> layers;
  for (Index n = 1 + below(4); n > 0; --n) {
    const auto kinds = nn::layer_kinds();
    const std::string_view kind = kinds[static_cast<std::size_t>(below(std::ssize(kinds)))].name;
    if (kind == "residual") {
      if (depth < 3) layers.push_back(nn::Residual{any_layers(depth + 1)});
    } else if (kind == "dense") {
      const auto initializer = static_cast<nn::InitializerKind>(below(9));
      layers.push_back(nn::Dense{1 + below(2000), {initializer, below(2) == 0 ? 1 : real(0, 9)}});
    } else {
      layers.push_back(example_of(kind).layer);
    }
  }
  if (layers.empty()) layers.push_back(nn::Relu());
  return layers;
}

}  // namespace

TEST_CASE("layers: gradients equal differences to 1e-7, in training and in inference",
          "[nn][law]") {
  CHECK(rc::check([] {
    for_each_layer([](const Example& example) {
      check_gradient(example, nn::Mode::training);
      check_gradient(example, nn::Mode::inference);
    });
  }));
}

TEST_CASE("layers: gradients equal differences inside a residual", "[nn][law]") {
  CHECK(rc::check([] {
    for_each_layer([](const Example& example) {
      const Shape output = nn::Architecture(example.input, {example.layer}).output();
      if (output != example.input) return;
      check_gradient({nn::Residual{{example.layer}}, example.input}, nn::Mode::training);
      const nn::Residual twice{{nn::Residual{{example.layer, nn::Tanh()}}, nn::Sigmoid()}};
      if (nn::name_of(example.layer) != "maxpool")
        check_gradient({twice, example.input}, nn::Mode::training);
    });
  }));
}

TEST_CASE("layers: float follows double to its own rounding", "[nn][law]") {
  CHECK(rc::check([] {
    for_each_layer([](const Example& example) {
      const Index n = 3 + below(4);
      RC_LOG() << shown(example, n) << "\n";
      nn::Sequential<float> single(example.input, {example.layer}, any_seed());
      nn::Sequential<double> twice = single.cast<double>();
      const auto x = any_input<float>(example, n, 0.1);
      const auto c = test::random_rows<float>(
          n, math::element_count(single.architecture().output()), any_seed());
      const auto a = test::network_pass(single, x, c);
      const auto b = test::network_pass<double>(twice, x.cast<double>(), c.cast<double>());
      const auto near = [](const auto& one, const auto& other) {
        // Two rows of almost one value are normalised by what a float has lost of them.
        return one.size() == 0 || (one.template cast<double>() - other).cwiseAbs().maxCoeff() <=
                                      2e-4 * (1 + other.cwiseAbs().maxCoeff());
      };
      RC_ASSERT(near(a.y, b.y));
      RC_ASSERT(near(a.gradient, b.gradient));
    });
  }));
}

TEST_CASE("layers: an observation's output depends on nothing beside it, unless they are coupled",
          "[nn][law]") {
  CHECK(rc::check([] {
    for_each_layer([](const Example& example) {
      const Index n = 1 + below(40), at = below(n);
      const nn::Sequential<float> network(example.input, {example.layer}, any_seed());
      const auto x = any_input<float>(example, n);
      const Batch<float> all = network.predict(x), one = network.predict(x.middleRows(at, 1));
      RC_LOG() << shown(example, n) << "\n";
      // A product of matrices may add in another order for another number of rows.
      RC_ASSERT((all.row(at) - one).cwiseAbs().maxCoeff() <=
                1e-5F * (1 + one.cwiseAbs().maxCoeff()));
    });
  }));
}

TEST_CASE("layers: NaN in an observation does not become a number", "[nn][law]") {
  for (const nn::LayerInfo& info : nn::layer_kinds()) {
    INFO(info.name);
    // For these it stands for a step beyond the end, or is no symbol.
    if (info.name.ends_with("rnn") || info.name == "lstm" || info.name == "gru" ||
        info.name == "embedding")
      continue;
    const bool image = info.name.ends_with("pool") || info.name.ends_with("conv");
    const Layer layer = info.name == "dense"      ? Layer(nn::Dense{4})
                        : info.name == "residual" ? Layer(nn::Residual{{nn::Tanh()}})
                        : info.name == "dropout"  ? Layer(nn::Dropout{0.9})
                        : info.name == "conv"     ? Layer(nn::Conv{2, 2, 2})
                        : info.name == "deconv"   ? Layer(nn::Deconv{2, 2, 2})
                        : image ? nn::parse_layers(std::string(info.name) + " 2").at(0)
                                : nn::parse_layers(info.name).at(0);
    nn::Sequential<float> single(image ? Shape{1, 2, 2} : Shape{4}, {layer});
    nn::Sequential<double> twice = single.cast<double>();
    Batch<float> x = test::random_rows<float>(2, 4, 1);
    x.row(0).setConstant(std::numeric_limits<float>::quiet_NaN());
    const Index outputs = math::element_count(single.architecture().output());
    const nn::PassOptions training{.mode = nn::Mode::training};
    CHECK(single.predict(x).row(0).array().isNaN().all());
    CHECK(twice.predict(x.cast<double>()).row(0).array().isNaN().all());
    CHECK(test::network_pass<float>(single, x, Batch<float>::Ones(2, outputs), training)
              .y.row(0)
              .array()
              .isNaN()
              .all());
  }
}

TEST_CASE("losses: gradients equal differences to 1e-7, with weights and smoothing", "[nn][law]") {
  CHECK(rc::check([] {
    const Index n = 1 + below(6), k = 1 + below(5), steps = 1 + below(3);
    std::vector<double> weights;
    for (Index j = 0; j < k; ++j) weights.push_back(real(0.1, 3));
    const std::vector<nn::Loss> losses = {nn::SquaredError{}, nn::Huber{real(0.1, 2)},
                                          nn::BinaryCrossEntropy{real(0.1, 4)}, nn::CrossEntropy{},
                                          nn::CrossEntropy{real(0, 0.9), weights}};
    for (const nn::Loss& loss : losses) {
      const bool classes = std::holds_alternative<nn::CrossEntropy>(loss);
      const bool parts = std::holds_alternative<nn::BinaryCrossEntropy>(loss);
      const Shape output = steps == 1 ? Shape{k} : Shape{steps, k};
      const Index m = loss.targets(output);
      RC_ASSERT(m == (classes ? steps : steps * k));
      Batch<double> z = 2 * test::random_rows(n, steps * k, any_seed());
      Batch<double> t = test::random_rows(n, m, any_seed());
      if (parts) t = t.cwiseAbs() / 2;
      if (classes) t = t.unaryExpr([&](double) { return static_cast<double>(below(k)); });
      if (classes && below(3) == 0) t(below(n), below(m)) = -1;
      const nn::ConstRows<double> targets(t.data(), n, m);
      const auto value = [&](Batch<double>* gradient) {
        nn::Rows<double> dz(gradient ? gradient->data() : nullptr, gradient ? n : 0,
                            gradient ? z.cols() : 0);
        return loss.sum<double>(nn::ConstRows<double>(z.data(), n, z.cols()), targets, output, 0.5,
                                dz);
      };
      Batch<double> gradient(n, z.cols());
      RC_ASSERT(value(&gradient) == value(nullptr));
      RC_LOG() << nn::to_string(loss) << "\n";
      for (int i = 0; i < 4; ++i) {
        const Index at = below(z.size());
        const double kept = z.data()[at], given = gradient.data()[at];
        const double scale = std::max(std::abs(given), 0.01);
        const auto found = nn::slope_by_differences(
            [&](double number) {
              z.data()[at] = number;
              return 0.5 * value(nullptr);
            },
            kept, 3e-8 * scale);
        z.data()[at] = kept;
        // The second derivative of Huber's loss jumps, which differences notice nearby.
        if (!found && std::holds_alternative<nn::Huber>(loss)) continue;
        RC_ASSERT(found.has_value());
        RC_ASSERT(std::abs(given - *found) <= 1e-7 * scale);
      }
    }
  }));
}

TEST_CASE("layers: what is written is read as the same", "[nn][law]") {
  CHECK(rc::check([] {
    const std::vector<Layer> layers = any_layers(0);
    const std::string text = nn::to_string(layers);
    RC_LOG() << text << "\n";
    RC_ASSERT(nn::parse_layers(text) == layers);
  }));
}

TEST_CASE("layers: whatever the text, it is read or refused in one line", "[nn][law]") {
  CHECK(rc::check([] {
    // Pieces that layers are made of, in any order.
    static const std::vector<std::string> pieces = {
        "dense", "128", " ",   ", ",        "(",       ")",    "relu", "residual(",  "init ",
        ":",     "-1",  "0.5", "he_normal", "softmax", "conv", "3x3",  "stride ",    "\t",
        "1e999", "nan", "x",   "dropout ",  "pad ",    "same", "\n",   "batchnorm ", "momentum "};
    std::string text;
    for (Index n = below(12); n > 0; --n)
      text += pieces[static_cast<std::size_t>(below(std::ssize(pieces)))];
    try {
      const std::vector<Layer> layers = nn::parse_layers(text);
      RC_ASSERT(!layers.empty());
      RC_ASSERT(nn::parse_layers(nn::to_string(layers)) == layers);
    } catch (const DataError& error) {
      RC_ASSERT(std::string(error.what()).starts_with("layers '"));
    }
  }));
}

TEST_CASE("losses and initialisers: what is written is read as the same", "[nn][law]") {
  CHECK(rc::check([] {
    std::vector<double> weights;
    for (Index j = below(4); j > 0; --j) weights.push_back(real(0.1, 3));
    const std::vector<nn::Loss> losses = {
        nn::SquaredError{}, nn::Huber{real(0, 5)}, nn::CrossEntropy{real(0, 1), weights},
        nn::CrossEntropy{0, weights}, nn::BinaryCrossEntropy{real(0, 5)}};
    for (const nn::Loss& loss : losses) RC_ASSERT(nn::parse_loss(nn::to_string(loss)) == loss);
    const nn::Initializer initializer{static_cast<nn::InitializerKind>(below(9)), real(0, 5)};
    RC_ASSERT(nn::parse_initializer(nn::to_string(initializer)) == initializer);
  }));
}
