// One unit draws a line between yes and no: enough for AND, never enough for XOR. A hidden layer
// bends the line.

#include <cmath>
#include <cstdio>

#include "mathtool/math/error.hpp"
#include "mathtool/nn/training.hpp"

using namespace mathtool;

namespace {

/// The four pairs of 0 and 1, and what a function says to each.
nn::Dataset truth_table(float of_00, float of_01, float of_10, float of_11) {
  nn::Batch<float> x(4, 2), t(4, 1);
  x << 0, 0, 0, 1, 1, 0, 1, 1;
  t << of_00, of_01, of_10, of_11;
  return {.shape = {2}, .features = x, .targets = t};
}

void learn(const char* function, const nn::Dataset& table, const char* layers) {
  nn::Sequential<> network({2}, nn::parse_layers(layers), 1);
  const nn::Loss loss = nn::BinaryCrossEntropy{};
  const nn::Training training = nn::train(
      network, table,
      {.loss = loss, .rule = opt::Adam{.learning_rate = 0.05}, .epochs = 1000, .batch = 4});
  const nn::Evaluation end = nn::evaluate(network, table, loss);
  std::printf("%s by '%s': %.0f of 4 right, loss %.3f (%s)\n", function, layers, 4 * *end.accuracy,
              end.loss, training.reason.c_str());
  const nn::Batch<float> logits = nn::predict(network, table);
  const auto& x = std::get<nn::Batch<float>>(table.features);
  for (Index i = 0; i < 4; ++i)
    std::printf("  %.0f %.0f: %.3f\n", x(i, 0), x(i, 1), 1 / (1 + std::exp(-logits(i, 0))));
}

}  // namespace

int main() try {
  learn("AND", truth_table(0, 0, 0, 1), "dense 1");
  learn("XOR", truth_table(0, 1, 1, 0), "dense 1");
  learn("XOR", truth_table(0, 1, 1, 0), "dense 4 tanh, dense 1");
} catch (const Error& error) {
  std::fprintf(stderr, "perceptron: %s\n", error.what());
  return 1;
}
