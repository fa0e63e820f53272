#include <rapidcheck.h>

#include <string>
#include <vector>

#include "mathtool/math/error.hpp"
#include "mathtool/nn/loss.hpp"
#include "support/catch.hpp"
#include "support/layer_examples.hpp"

// What is written of a network is read as the same.

using namespace mathtool;
using namespace mathtool::test;

namespace {

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
