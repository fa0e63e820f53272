// Thirty layers of rectified linear units: on its way back a gradient vanishes where weights are
// small and explodes where they are large; with He's variance 2/n it keeps its size. Writes the
// decimal logarithm of the gradient's norm in the output of each layer, three straight lines:
// `vanishing > norms.csv; mathtool plot norms.csv`.

#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "mathtool/math/error.hpp"
#include "mathtool/math/random/philox.hpp"
#include "mathtool/math/random/uniform.hpp"
#include "mathtool/nn/propagation.hpp"

using namespace mathtool;

namespace {

constexpr Index units = 16, depth = 30, rows = 100;

/// Of the gradient of the mean output over some random inputs, in double, as large ones are beyond
/// float.
std::vector<double> log_norms(const std::string& initializer) {
  std::string layers;
  for (Index i = 0; i < depth; ++i)
    layers += "dense " + std::to_string(units) + " relu init " + initializer + ", ";
  nn::Sequential<double> network({units}, nn::parse_layers(layers + "dense 1"), 2);
  nn::Propagation<double> propagation(network.architecture(), rows);

  math::Philox random(1);
  propagation.differentiate(
      network, rows,
      [&](Index, nn::Rows<double>& x) {
        for (double& value : x.reshaped()) value = 2 * math::uniform(random) - 1;
      },
      [&](Index, Index, const nn::ConstRows<double>&, nn::Rows<double>& gradient) {
        gradient.setConstant(1 / static_cast<double>(rows));
      },
      {});

  std::vector<double> norms;
  for (const nn::Node& node : network.architecture().nodes())
    if (nn::name_of(node.layer) == "dense")
      norms.push_back(std::log10(propagation.activation_gradient(node.to).norm()));
  return norms;
}

}  // namespace

int main() try {
  const std::vector<double> small = log_norms("normal:0.2");
  const std::vector<double> large = log_norms("normal:2");
  const std::vector<double> right = log_norms("he_normal");
  std::printf("layer,sd_0.2,sd_2,he_normal\n");
  for (std::size_t i = 0; i < static_cast<std::size_t>(depth); ++i)
    std::printf("%zu,%.2f,%.2f,%.2f\n", i + 1, small[i], large[i], right[i]);
} catch (const Error& error) {
  std::fprintf(stderr, "vanishing: %s\n", error.what());
  return 1;
}
