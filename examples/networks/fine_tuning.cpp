// What one task teaches for another: `fine_tuning FOLDER [IMAGES [EPOCHS]]`, where FOLDER has the
// four files of MNIST. LeNet learns the digits 0 to 4. Then its convolutions are frozen, its head
// is drawn anew, and it learns 5 to 9 from few images (500), beside a network that begins by
// chance.

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <string>
#include <vector>

#include "mathtool/math/error.hpp"
#include "mathtool/nn/fine_tuning.hpp"
#include "mathtool/nn/image_data.hpp"
#include "mathtool/nn/training.hpp"

using namespace mathtool;

namespace {

const nn::Loss loss = nn::CrossEntropy{};

void learn(const char* what, nn::Sequential<>& network, const nn::Dataset& data,
           const nn::Dataset& test, std::int64_t epochs, const std::vector<Index>& frozen) {
  const nn::Training training = nn::train(
      network, data,
      {.loss = loss, .rule = opt::Adam{}, .epochs = epochs, .batch = 64, .frozen = frozen});
  std::printf("%s: %lld images, test accuracy %.4f (%s)\n", what,
              static_cast<long long>(data.size()), *nn::evaluate(network, test, loss).accuracy,
              training.reason.c_str());
  std::fflush(stdout);
}

}  // namespace

int main(int count, char** arguments) try {
  if (count < 2 || count > 4) {
    std::fprintf(stderr, "usage: fine_tuning FOLDER [IMAGES [EPOCHS]]\n");
    return 2;
  }
  const std::string folder = std::string(arguments[1]) + "/";
  const Index images = count > 2 ? std::atoi(arguments[2]) : 500;
  const std::int64_t epochs = count > 3 ? std::atoi(arguments[3]) : 20;
  const nn::Dataset data =
      nn::read_images(folder + "train-images-idx3-ubyte", folder + "train-labels-idx1-ubyte");
  const nn::Dataset test =
      nn::read_images(folder + "t10k-images-idx3-ubyte", folder + "t10k-labels-idx1-ubyte");
  const std::vector<std::string> low = {"0", "1", "2", "3", "4"}, high = {"5", "6", "7", "8", "9"};

  nn::Sequential<> lenet(
      data.shape, nn::parse_layers("conv 20 5x5 relu, maxpool 2, conv 50 5x5 relu, maxpool 2, "
                                   "flatten, dense 500 relu, dense 5"));
  learn("0 to 4", lenet, data.of_classes(low), test.of_classes(low), 1, {});

  const nn::Dataset others = data.of_classes(high), other_test = test.of_classes(high);
  std::vector<Index> first(static_cast<std::size_t>(std::min(images, others.size())));
  std::iota(first.begin(), first.end(), Index{0});
  const nn::Dataset few = others.subset(first);
  nn::Sequential<> tuned = nn::with_new_head(lenet, 5);
  learn("5 to 9, fine-tuned", tuned, few, other_test, epochs, {0, 3});
  nn::Sequential<> fresh(data.shape, lenet.architecture().layers());
  learn("5 to 9, by chance", fresh, few, other_test, epochs, {});
} catch (const Error& error) {
  std::fprintf(stderr, "fine_tuning: %s\n", error.what());
  return 1;
}
