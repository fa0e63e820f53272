// All rules of libopt train one network on two spirals, each with the learning rate that suits it
// best. Writes the loss after so many epochs: `optimizer_race > race.csv`.

#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "mathtool/math/error.hpp"
#include "mathtool/nn/settings_search.hpp"
#include "mathtool/nn/training.hpp"

using namespace mathtool;

namespace {

/// Points on two arms that wind around each other.
nn::Dataset two_spirals(Index n) {
  nn::Batch<float> x(n, 2), t(n, 1);
  for (Index i = 0; i < n; ++i) {
    const double r = 0.2 + 0.8 * static_cast<double>(i / 2) / static_cast<double>(n / 2);
    const double angle = 6 * r + 3.14159265 * static_cast<double>(i % 2);
    x.row(i) << static_cast<float>(r * std::cos(angle)), static_cast<float>(r * std::sin(angle));
    t(i, 0) = static_cast<float>(i % 2);
  }
  return {.shape = {2}, .features = x, .targets = t, .classes = {"one", "other"}};
}

}  // namespace

int main() try {
  const nn::Dataset data = two_spirals(200);
  const nn::Sequential<> start({2}, nn::parse_layers("dense 32 tanh, dense 16 tanh, dense 2"), 1);
  const auto run = [&](const std::string& rule, const std::string& rate) {
    nn::Sequential<> network = start;
    return nn::train(network, data,
                     {.loss = nn::CrossEntropy{},
                      .rule = opt::make_rule(rule, {{"learning_rate", std::stod(rate)}}),
                      .epochs = 100,
                      .batch = 20,
                      .seed = 1});
  };
  std::printf("rule,learning_rate,loss_10,loss_30,loss_100\n");
  for (const opt::RuleInfo& rule : opt::rules()) {
    const std::string name(rule.name);
    const nn::SettingsSearch search = nn::grid_search(
        nn::parse_search_space("rate=0.001,0.003,0.01,0.03,0.1,0.3,1,3"),
        [&](const nn::Settings& settings) {
          const nn::Training training = run(name, settings.at("rate"));
          if (training.epochs.empty()) return nn::Score{.status = training.status};
          return nn::Score{.loss = training.epochs.back().loss, .status = training.status};
        });
    if (!search.best) continue;  // no rate of these suits it
    const std::string& rate =
        search.trials[static_cast<std::size_t>(*search.best)].settings.at("rate");
    const std::vector<nn::Epoch> epochs = run(name, rate).epochs;
    std::printf("%s,%s,%.4f,%.4f,%.4f\n", name.c_str(), rate.c_str(), epochs[9].loss,
                epochs[29].loss, epochs[99].loss);
  }
} catch (const Error& error) {
  std::fprintf(stderr, "optimizer_race: %s\n", error.what());
  return 1;
}
