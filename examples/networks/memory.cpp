// How far back a recurrent network learns: the gradient of what it says at the last of 100 steps,
// on its way back to the first. In a simple recurrent layer it vanishes where state weights are
// small and explodes where they are large. A memory cell hands it on as far as its forget gates are
// open: they begin at σ(1) = 0.73, and a bias of 5 opens them to 0.993. Writes the decimal
// logarithm of its norm in the state at each step: `memory > norms.csv; mathtool plot norms.csv`.

#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "mathtool/math/error.hpp"
#include "mathtool/math/random/philox.hpp"
#include "mathtool/math/random/uniform.hpp"
#include "mathtool/nn/gradient_norms.hpp"

using namespace mathtool;

namespace {

constexpr Index steps = 100, features = 4, units = 32, rows = 20;

/// State weights begin orthogonal, so that they neither shrink nor stretch; `change` changes that.
/// In double, as large gradients are beyond float.
template <class Change>
std::vector<double> log_norms(const std::string& layer, const std::string& array,
                              const Change& change) {
  nn::Sequential<double> network(
      {steps, features}, nn::parse_layers(layer + " " + std::to_string(units) + ", dense 1"));
  for (const nn::PlacedArray& placed : network.architecture().parameter_arrays())
    if (placed.name == array) change(network.parameters().segment(placed.begin, placed.size));
  math::Philox random(1);
  nn::Batch<double> x(rows, steps * features), y(rows, 1);
  for (double& value : x.reshaped()) value = 0.1 * (2 * math::uniform(random) - 1);
  for (double& value : y.reshaped()) value = 2 * math::uniform(random) - 1;
  const Vec norms =
      nn::gradient_norms_over_time<double>(network, nn::SquaredError{}, x, y).front().norms;
  std::vector<double> logarithms;
  for (const double norm : norms) logarithms.push_back(std::log10(norm));
  return logarithms;
}

}  // namespace

int main() try {
  const auto shrink = [](auto&& weights) { weights *= 0.7; };
  const auto stretch = [](auto&& weights) { weights *= 1.5; };
  const auto open = [](auto&& bias) { bias.setConstant(5); };
  const std::vector<double> curves[] = {
      log_norms("rnn", "0.state_weight", shrink), log_norms("rnn", "0.state_weight", stretch),
      log_norms("lstm", "", open), log_norms("lstm", "0.forget_bias", open)};
  std::printf("step,rnn_small,rnn_large,lstm,lstm_open\n");
  for (std::size_t t = 0; t < static_cast<std::size_t>(steps); ++t) {
    std::printf("%zu", t + 1);
    for (const std::vector<double>& curve : curves) std::printf(",%.2f", curve[t]);
    std::printf("\n");
  }
} catch (const Error& error) {
  std::fprintf(stderr, "memory: %s\n", error.what());
  return 1;
}
