// LeNet on handwritten digits: `lenet FOLDER [EPOCHS [AUGMENTATION]]`, where FOLDER has the four
// files of MNIST (train-images-idx3-ubyte, ..., plain or .gz) and AUGMENTATION is such as
// "shift:1".

#include <cstdio>
#include <cstdlib>
#include <string>

#include "mathtool/math/error.hpp"
#include "mathtool/nn/image_data.hpp"
#include "mathtool/nn/training.hpp"

using namespace mathtool;

int main(int count, char** arguments) try {
  if (count < 2 || count > 4) {
    std::fprintf(stderr, "usage: lenet FOLDER [EPOCHS [AUGMENTATION]]\n");
    return 2;
  }
  const std::string folder = std::string(arguments[1]) + "/";
  const nn::Dataset data =
      nn::read_images(folder + "train-images-idx3-ubyte", folder + "train-labels-idx1-ubyte");
  const nn::Dataset test =
      nn::read_images(folder + "t10k-images-idx3-ubyte", folder + "t10k-labels-idx1-ubyte");

  nn::Sequential<> network(
      data.shape, nn::parse_layers("conv 20 5x5 relu, maxpool 2, conv 50 5x5 relu, maxpool 2, "
                                   "flatten, dense 500 relu, dense 10"));
  const nn::Loss loss = nn::CrossEntropy{};
  const auto print = [&](const nn::Epoch& epoch, const auto&) {
    // After every epoch, to be looked at; nothing is chosen by it.
    const nn::Evaluation seen = nn::evaluate(network, test, loss);
    std::printf("epoch %lld: loss %.4f, accuracy %.4f; test: loss %.4f, accuracy %.4f, %.2f s\n",
                static_cast<long long>(epoch.epoch), epoch.loss, *epoch.accuracy, seen.loss,
                *seen.accuracy, epoch.seconds);
    std::fflush(stdout);
  };
  const nn::Training training =
      nn::train(network, data,
                {.loss = loss,
                 .rule = opt::Adam{.learning_rate = 1e-3},
                 .epochs = count > 2 ? std::atoi(arguments[2]) : 5,
                 .batch = 64,
                 .augmentation = nn::parse_augmentation(count > 3 ? arguments[3] : ""),
                 .on_epoch = print});
  std::printf("%s\n", training.reason.c_str());
} catch (const Error& error) {
  std::fprintf(stderr, "lenet: %s\n", error.what());
  return 1;
}
