// Handwritten digits, 784-512-10: `mnist FOLDER [EPOCHS]`, where FOLDER has the four files of MNIST
// (train-images-idx3-ubyte, ..., plain or .gz).

#include <cstdio>
#include <cstdlib>
#include <string>

#include "mathtool/math/error.hpp"
#include "mathtool/nn/image_data.hpp"
#include "mathtool/nn/training.hpp"

using namespace mathtool;

int main(int count, char** arguments) try {
  if (count < 2 || count > 3) {
    std::fprintf(stderr, "usage: mnist FOLDER [EPOCHS]\n");
    return 2;
  }
  const std::string folder = std::string(arguments[1]) + "/";
  const nn::Dataset data =
      nn::read_images(folder + "train-images-idx3-ubyte", folder + "train-labels-idx1-ubyte");
  const nn::Dataset test =
      nn::read_images(folder + "t10k-images-idx3-ubyte", folder + "t10k-labels-idx1-ubyte");

  nn::Sequential<> network({784}, nn::parse_layers("dense 512 relu, dense 10"));
  const nn::Loss loss = nn::CrossEntropy{};
  const auto print = [](const nn::Epoch& epoch, const auto&) {
    std::printf("epoch %lld: loss %.4f, accuracy %.4f, %.2f s\n",
                static_cast<long long>(epoch.epoch), epoch.loss, *epoch.accuracy, epoch.seconds);
    std::fflush(stdout);
  };
  const nn::Training training = nn::train(network, data,
                                          {.loss = loss,
                                           .rule = opt::RmsProp{.learning_rate = 1e-3},
                                           .epochs = count == 3 ? std::atoi(arguments[2]) : 5,
                                           .batch = 128,
                                           .on_epoch = print});
  const nn::Evaluation end = nn::evaluate(network, test, loss);
  std::printf("test: loss %.4f, accuracy %.4f (%s)\n", end.loss, *end.accuracy,
              training.reason.c_str());
} catch (const Error& error) {
  std::fprintf(stderr, "mnist: %s\n", error.what());
  return 1;
}
