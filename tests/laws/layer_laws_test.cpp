#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "mathtool/nn/gradient_check.hpp"
#include "support/layer_examples.hpp"
#include "support/tolerance.hpp"

// Laws of every layer.

namespace {

using namespace mathtool;
using namespace mathtool::test;
using nn::Batch;

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
