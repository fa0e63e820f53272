#include <algorithm>
#include <numeric>
#include <vector>

#include "data_fit.hpp"
#include "mathtool/nn/propagation.hpp"
#include "mathtool/nn/training.hpp"
#include "right_answers.hpp"

namespace mathtool::nn {
namespace {

/// So many at once: activations that stay in the cache, and products large enough to be fast.
constexpr Index evaluated_at_once = 256;

/// Calls `see` with the outputs and targets of some observations after the other, all in order.
void for_each_outputs(
    const Sequential<float>& network, const Dataset& data, const RunControl& run,
    FunctionRef<void(Index first, const ConstRows<float>&, const ConstRows<float>&)> see) {
  const Index n = data.size(), width = data.targets.cols();
  const Index most = std::min(evaluated_at_once, n);
  if (n == 0) return;
  Propagation<float> propagation(network.architecture(), most);
  std::vector<Index> order(static_cast<std::size_t>(n));
  std::iota(order.begin(), order.end(), Index{0});
  Batch<float> targets(most, width);
  for (Index first = 0; first < n; first += most) {
    run.stop.check();
    const Index rows = std::min(most, n - first);
    const auto fill = [&](Index row, Rows<float>& x) {
      const auto part = std::span<const Index>(order).subspan(static_cast<std::size_t>(first + row),
                                                              static_cast<std::size_t>(x.rows()));
      Rows<float> t(targets.data() + row * width, x.rows(), width);
      data.gather<float>(part, x, t);
    };
    const ConstRows<float> outputs = propagation.forward(network, rows, fill, run.threads);
    see(first, outputs, ConstRows<float>(targets.data(), rows, width));
    run.progress.report(first + rows, n);
  }
}

}  // namespace

Evaluation evaluate(const Sequential<float>& network, const Dataset& data, const Loss& loss,
                    const RunControl& run) {
  const Shape& output = network.architecture().output();
  check_data(network.architecture(), data, loss, "evaluation data");
  double sum = 0, weight = 0;
  RightAnswers answers;
  Rows<float> no_gradient(nullptr, 0, 0);
  for_each_outputs(network, data, run,
                   [&](Index, const ConstRows<float>& y, const ConstRows<float>& t) {
                     sum += loss.sum<float>(y, t, output, 1, no_gradient);
                     weight += loss.weight<float>(t, output);
                     answers += count_right(loss, y, t, output);
                   });
  return {.loss = sum / weight, .accuracy = answers.share()};
}

Batch<float> predict(const Sequential<float>& network, const Dataset& data, const RunControl& run) {
  check_features(network.architecture(), data, "data to predict");
  Batch<float> outputs(data.size(), math::element_count(network.architecture().output()));
  for_each_outputs(network, data, run,
                   [&](Index first, const ConstRows<float>& y, const ConstRows<float>&) {
                     outputs.middleRows(first, y.rows()) = y;
                   });
  return outputs;
}

}  // namespace mathtool::nn
