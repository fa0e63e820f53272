// Underfitting and overfitting: a network without a hidden layer and one with two, trained on more
// and more points of two noisy spirals. Writes the losses on them and on points not seen:
// `learning_curve > curve.csv; mathtool plot curve.csv`.

#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "mathtool/math/error.hpp"
#include "mathtool/math/random/philox.hpp"
#include "mathtool/math/random/uniform.hpp"
#include "mathtool/nn/model_selection.hpp"

using namespace mathtool;

namespace {

nn::Dataset noisy_spirals(Index n) {
  math::Philox random(3);
  nn::Batch<float> x(n, 2), t(n, 1);
  for (Index i = 0; i < n; ++i) {
    const double r = 0.2 + 0.8 * math::uniform(random);
    const double angle = 5 * r + 3.14159265 * static_cast<double>(i % 2);
    x(i, 0) = static_cast<float>(r * std::cos(angle) + 0.4 * math::uniform(random) - 0.2);
    x(i, 1) = static_cast<float>(r * std::sin(angle) + 0.4 * math::uniform(random) - 0.2);
    t(i, 0) = static_cast<float>(i % 2);
  }
  return {.shape = {2}, .features = x, .targets = t, .classes = {"one", "other"}};
}

}  // namespace

int main() try {
  const nn::Dataset data = noisy_spirals(1200);
  const stats::Split split = stats::stratified_split(data.labels(), {.test_share = 1.0 / 3});
  const std::vector<Index> sizes = {10, 20, 50, 100, 200, 400, 800};
  const auto curve = [&](const std::string& layers) {
    return nn::learning_curve(split, sizes, [&](const stats::Split& part, Index) {
      const Index batches = (std::ssize(part.train) + 19) / 20;
      return nn::Experiment{.network = {{2}, nn::parse_layers(layers), 1},
                            .train = data.subset(part.train),
                            .test = data.subset(part.test),
                            .training = {.loss = nn::CrossEntropy{},
                                         .rule = opt::Adam{.learning_rate = 0.01},
                                         .epochs = 2000 / batches,  // as many steps for each size
                                         .batch = 20}};
    });
  };
  const std::vector<nn::Finding> simple = curve("dense 2");
  const std::vector<nn::Finding> flexible = curve("dense 32 tanh, dense 32 tanh, dense 2");
  std::printf("observations,simple_train,simple_test,flexible_train,flexible_test\n");
  for (std::size_t i = 0; i < sizes.size(); ++i)
    std::printf("%lld,%.3f,%.3f,%.3f,%.3f\n", static_cast<long long>(sizes[i]),
                simple[i].train.loss, simple[i].test.loss, flexible[i].train.loss,
                flexible[i].test.loss);
} catch (const Error& error) {
  std::fprintf(stderr, "learning_curve: %s\n", error.what());
  return 1;
}
