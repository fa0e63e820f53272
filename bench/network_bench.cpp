// Networks beside PyTorch, whose figures `bench/peers/network_peer.py` prints: an epoch of a
// 784-512-10 perceptron by RMSProp on 60,000 images of bytes, batches of 128, and the outputs of
// one observation. The bytes are random: the time does not depend on them.

#include <benchmark/benchmark.h>

#include <vector>

#include "mathtool/math/random/uniform.hpp"
#include "mathtool/nn/propagation.hpp"
#include "mathtool/nn/training.hpp"

namespace {

using namespace mathtool;

nn::Sequential<> perceptron() {
  return nn::Sequential<>({784}, nn::parse_layers("dense 512 relu, dense 10"), 1);
}

nn::Dataset random_images(Index n) {
  math::Philox random(1);
  nn::ByteRows pixels;
  pixels.bytes.resize(static_cast<std::size_t>(n) * 784);
  for (std::uint8_t& byte : pixels.bytes) byte = static_cast<std::uint8_t>(random());
  nn::Dataset data{.shape = {784}, .features = std::move(pixels)};
  data.targets.resize(n, 1);
  for (Index i = 0; i < n; ++i)
    data.targets(i, 0) = static_cast<float>(math::uniform_index(random, 10));
  data.classes = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
  return data;
}

void perceptron_epoch(benchmark::State& state) {
  const nn::Dataset data = random_images(60'000);
  nn::Sequential<> network = perceptron();
  for (auto _ : state) {
    const nn::Training training =
        nn::train(network, data,
                  {.loss = nn::CrossEntropy{},
                   .rule = opt::RmsProp{.learning_rate = 1e-3},
                   .epochs = 1,
                   .batch = 128,
                   .run = {.threads = static_cast<int>(state.range(0))}});
    benchmark::DoNotOptimize(training.epochs.back().loss);
  }
  state.SetItemsProcessed(state.iterations() * data.size());
}
BENCHMARK(perceptron_epoch)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

void perceptron_of_one(benchmark::State& state) {
  const nn::Sequential<> network = perceptron();
  const nn::Batch<float> x = nn::Batch<float>::Constant(1, 784, 0.5F);
  for (auto _ : state) benchmark::DoNotOptimize(network.predict(x));
}
BENCHMARK(perceptron_of_one)->Unit(benchmark::kMicrosecond);

}  // namespace
