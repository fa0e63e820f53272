// Networks beside PyTorch, whose figures bench/peers/network_peer.py prints: an epoch over 60,000
// images of bytes by RMSProp in batches of 128, of a perceptron 784-512-10 and of LeNet; the
// outputs for one observation; a step of Adam on 64 sequences of 100 characters through an LSTM of
// 256. All data are random: the times do not depend on them.

#include <benchmark/benchmark.h>

#include <chrono>
#include <vector>

#include "mathtool/math/random/uniform.hpp"
#include "mathtool/nn/propagation.hpp"
#include "mathtool/nn/training.hpp"
#include "mathtool/stats/sample_median.hpp"

namespace {

using namespace mathtool;

constexpr const char* perceptron = "dense 512 relu, dense 10";
constexpr const char* lenet =
    "conv 20 5x5 relu, maxpool 2, conv 50 5x5 relu, maxpool 2, dense 500 relu, dense 10";

nn::Dataset random_images(Index n) {
  math::Philox random(1);
  nn::ByteRows pixels;
  pixels.bytes.resize(static_cast<std::size_t>(n) * 784);
  for (std::uint8_t& byte : pixels.bytes) byte = static_cast<std::uint8_t>(random());
  nn::Dataset data{.shape = {1, 28, 28}, .features = std::move(pixels)};
  data.targets.resize(n, 1);
  for (Index i = 0; i < n; ++i)
    data.targets(i, 0) = static_cast<float>(math::uniform_index(random, 10));
  data.classes = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
  return data;
}

void train_epochs(benchmark::State& state, const char* layers) {
  const nn::Dataset data = random_images(60'000);
  nn::Sequential<> network(data.shape, nn::parse_layers(layers), 1);
  for (auto _ : state) {
    const nn::Training training = nn::train(network, data,
                                            {.loss = nn::CrossEntropy{},
                                             .rule = opt::RmsProp{.learning_rate = 1e-3},
                                             .epochs = 1,
                                             .batch = 128,
                                             .run = {.threads = static_cast<int>(state.range(0))}});
    benchmark::DoNotOptimize(training.epochs.back().loss);
  }
  state.SetItemsProcessed(state.iterations() * data.size());
}

void perceptron_epoch(benchmark::State& state) { train_epochs(state, perceptron); }
BENCHMARK(perceptron_epoch)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

void lenet_epoch(benchmark::State& state) { train_epochs(state, lenet); }
BENCHMARK(lenet_epoch)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

void predict_one(benchmark::State& state, const char* layers) {
  const nn::Sequential<> network({1, 28, 28}, nn::parse_layers(layers), 1);
  const nn::Batch<float> x = nn::Batch<float>::Constant(1, 784, 0.5F);
  std::vector<double> microseconds;
  for (auto _ : state) {
    const auto start = std::chrono::steady_clock::now();
    benchmark::DoNotOptimize(network.predict(x));
    const std::chrono::duration<double, std::micro> taken =
        std::chrono::steady_clock::now() - start;
    microseconds.push_back(taken.count());
  }
  state.counters["median_us"] = stats::sample_median(microseconds);  // as the peer's figure is
}

void perceptron_of_one(benchmark::State& state) { predict_one(state, perceptron); }
BENCHMARK(perceptron_of_one)->Unit(benchmark::kMicrosecond);

void lenet_of_one(benchmark::State& state) { predict_one(state, lenet); }
BENCHMARK(lenet_of_one)->Unit(benchmark::kMicrosecond);

void ten_character_steps(benchmark::State& state) {
  constexpr Index symbols = 65, steps = 100, batch = 64, rows = 10 * batch;
  math::Philox random(1);
  nn::Dataset data{.shape = {steps, symbols}};
  nn::Batch<float> x = nn::Batch<float>::Zero(rows, steps * symbols);
  data.targets.resize(rows, steps);
  const auto draw = [&] { return static_cast<Index>(math::uniform_index(random, symbols)); };
  for (Index i = 0; i < rows; ++i)
    for (Index t = 0; t < steps; ++t) {
      x(i, t * symbols + draw()) = 1;
      data.targets(i, t) = static_cast<float>(draw());
    }
  data.features = std::move(x);
  nn::Sequential<> network(data.shape, nn::parse_layers("lstm 256 all, dense 65"), 1);
  for (auto _ : state) {
    const nn::Training training = nn::train(network, data,
                                            {.loss = nn::CrossEntropy{},
                                             .rule = opt::Adam{.learning_rate = 2e-3},
                                             .clipping = {.global_norm = 5},
                                             .epochs = 1,
                                             .batch = batch,
                                             .run = {.threads = static_cast<int>(state.range(0))}});
    benchmark::DoNotOptimize(training.epochs.back().loss);
  }
}
BENCHMARK(ten_character_steps)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
