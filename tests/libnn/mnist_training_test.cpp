#include <fmt/core.h>

#include <filesystem>
#include <string>
#include <vector>

#include "mathtool/nn/image_data.hpp"
#include "mathtool/nn/training.hpp"
#include "support/reference_data.hpp"

using namespace mathtool;

namespace {

nn::Dataset mnist_part(const std::filesystem::path& folder, const std::string& part) {
  const std::string prefix = (folder / "images/mnist" / part).string();
  return nn::read_images(prefix + "-images-idx3-ubyte.gz", prefix + "-labels-idx1-ubyte.gz");
}

}  // namespace

// Slow, so only on demand: test_nn "[slow]".
TEST_CASE("training: 784-512-10 on MNIST reaches 97.5 % with each of four seeds", "[.][slow][nn]") {
  REQUIRE_REFERENCE_DATA(folder);
  const nn::Dataset data = mnist_part(folder, "train"), test = mnist_part(folder, "t10k");
  double sum = 0;
  for (std::uint64_t seed = 0; seed < 4; ++seed) {
    nn::Sequential<> network({784}, nn::parse_layers("dense 512 relu, dense 10"), seed);
    const nn::Training training = nn::train(network, data,
                                            {.loss = nn::CrossEntropy{},
                                             .rule = opt::RmsProp{.learning_rate = 1e-3},
                                             .epochs = 5,
                                             .batch = 128,
                                             .seed = seed});
    CHECK(training.status == Status::converged);
    const nn::Evaluation seen = nn::evaluate(network, test, nn::CrossEntropy{});
    std::string seconds;
    for (const nn::Epoch& epoch : training.epochs) seconds += fmt::format(" {:.2f}", epoch.seconds);
    WARN("seed " << seed << ": " << 100 * *seen.accuracy << " %, seconds by epoch" << seconds);
    CHECK(*seen.accuracy >= 0.975);
    sum += *seen.accuracy;
  }
  // PyTorch 1.13 with the same layers, rule and batches comes to 97.87 %.
  CHECK(sum / 4 >= 0.978);
}

TEST_CASE("training: LeNet on MNIST reaches 98 % after an epoch, 98.9 % after five",
          "[.][slow][nn]") {
  REQUIRE_REFERENCE_DATA(folder);
  const nn::Dataset data = mnist_part(folder, "train"), test = mnist_part(folder, "t10k");
  nn::Sequential<> network({1, 28, 28},
                           nn::parse_layers("conv 20 5x5 relu, maxpool 2, conv 50 5x5 relu, "
                                            "maxpool 2, dense 500 relu, dense 10"));
  std::vector<double> accuracy;
  const nn::Training training =
      nn::train(network, data,
                {.loss = nn::CrossEntropy{},
                 .rule = opt::Adam{.learning_rate = 1e-3},
                 .epochs = 5,
                 .batch = 64,
                 .on_epoch = [&](const nn::Epoch&, const auto&) {
                   accuracy.push_back(*nn::evaluate(network, test, nn::CrossEntropy{}).accuracy);
                 }});
  CHECK(training.status == Status::converged);
  REQUIRE(accuracy.size() == 5);
  WARN("after one epoch " << 100 * accuracy[0] << " %, after five " << 100 * accuracy[4] << " %");
  // PyTorch 1.13 with the same layers and Adam comes to 98.3 and 99.1 %.
  CHECK(accuracy[0] >= 0.98);
  CHECK(accuracy[4] >= 0.989);
}
