#include "mathtool/nn/sampling.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

#include "mathtool/math/elementary_kernels.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/random/philox.hpp"
#include "mathtool/math/random/uniform.hpp"
#include "stepwise.hpp"

namespace mathtool::nn {
namespace {

/// A class with the probability exp(zₖ / τ) / Σ exp(zⱼ / τ). Pre: finite logits, u in (0, 1).
std::int32_t draw_class(const ConstRows<float>& logits, double temperature, double u) {
  Index likeliest = 0;
  logits.row(0).maxCoeff(&likeliest);
  if (temperature == 0) return static_cast<std::int32_t>(likeliest);
  const auto top = static_cast<double>(logits(0, likeliest));
  std::vector<double> sums(static_cast<std::size_t>(logits.cols()));
  double sum = 0;
  for (Index k = 0; k < logits.cols(); ++k) {
    // Below exp(−700) nothing is drawn, nor does the kernel go further.
    const double z = (static_cast<double>(logits(0, k)) - top) / temperature;
    sum += z > -700 ? math::kernels::exp(z) : 0;
    sums[static_cast<std::size_t>(k)] = sum;
  }
  const auto found = std::upper_bound(sums.begin(), sums.end(), u * sum);
  return static_cast<std::int32_t>(
      std::min<std::ptrdiff_t>(found - sums.begin(), std::ssize(sums) - 1));
}

}  // namespace

std::string sample_text(const Sequential<float>& network, const Vocabulary& vocabulary,
                        std::string_view prompt, const SamplingOptions& options,
                        const RunControl& run) {
  require(options.length >= 0, "sampling: the length must be >= 0, got {}", options.length);
  require(options.temperature >= 0 && std::isfinite(options.temperature),
          "sampling: the temperature must be finite and >= 0, got {}", options.temperature);
  Stepwise steps(network);
  const Shape& output = steps.architecture().output();
  require<DimensionError>(
      math::element_count(steps.architecture().input()) == 1 &&
          math::element_count(output) == vocabulary.size() && vocabulary.size() >= 1,
      "sampling: a network of inputs {} and outputs {} for {} characters; it takes a character at "
      "each step and gives a logit for each",
      math::to_string(network.architecture().input()),
      math::to_string(network.architecture().output()), vocabulary.size());

  std::vector<std::int32_t> given = vocabulary.encode(prompt, "prompt");
  if (given.empty()) given.push_back(vocabulary.contains(U'\n') ? vocabulary.number(U'\n') : 0);
  const auto read = [&](std::int32_t symbol) {
    const auto x = static_cast<float>(symbol);
    return steps.step(ConstRows<float>(&x, 1, 1));
  };
  for (const std::int32_t symbol : std::span(given).first(given.size() - 1)) {
    run.stop.check();
    read(symbol);
  }
  math::Philox random(options.seed);
  std::vector<std::int32_t> written;
  std::int32_t last = given.back();
  while (std::ssize(written) < options.length) {
    run.stop.check();
    const ConstRows<float> logits = read(last);
    if (!logits.allFinite()) break;
    last = draw_class(logits, options.temperature, math::uniform(random));
    written.push_back(last);
    run.progress.report(std::ssize(written), options.length);
  }
  return vocabulary.decode(written);
}

}  // namespace mathtool::nn
