#include "divergence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>
#include <string_view>
#include <vector>

namespace mathtool::nn {
namespace {

/// Features beyond this make sums and gradients beyond what a learning rate is made for.
constexpr double large_feature = 1e3;

std::string_view what_is(double x) { return std::isnan(x) ? "NaN" : "infinite"; }

/// The place of the first number that is not finite, or none.
std::optional<Index> first_not_finite(const float* numbers, Index count) {
  const Eigen::Map<const Parameters<float>> all(numbers, count);
  if (all.allFinite()) return std::nullopt;
  return std::find_if(numbers, numbers + count, [](float x) { return !std::isfinite(x); }) -
         numbers;
}

/// The same of what stands in a network for observations x, beyond whose ends anything may: of
/// `steps` each, or of 0 where the numbers are not of steps.
std::optional<Index> first_fault(const ConstRows<float>& y, const ConstRows<float>& x,
                                 const Architecture& architecture, Index steps) {
  const auto ended = [&](Index place) {
    if (steps == 0) return false;
    const Index step = place % y.cols() / (y.cols() / steps);
    const float first = x(place / y.cols(), step * (x.cols() / steps));
    return architecture.symbols() > 0 ? first < 0 : std::isnan(first);
  };
  for (Index place = 0; place < y.size(); ++place)
    if (!std::isfinite(y.data()[place]) && !ended(place)) return place;
  return std::nullopt;
}

/// Of how many steps the numbers behind a node are, where these are those of the input.
Index steps_of(const Node& node, const Architecture& architecture) {
  const bool sequence = node.in_sequence && node.plan.output.size() == 2;
  return sequence ? architecture.marked_steps() : 0;
}

std::string complain_of_data(std::string_view what, const float* numbers, Index place, Index width,
                             std::span<const Index> observations, const TrainingPlace& at) {
  const Index row = place / width;
  return fmt::format(
      "{} {} of observation {} is {}, seen {}; repair such observations, or leave them out", what,
      place % width + 1, observations[static_cast<std::size_t>(row)] + 1, what_is(numbers[place]),
      at.text());
}

/// What to try when numbers grew beyond all bounds.
std::string advice(const TrainingPlace& at, double largest_feature) {
  std::string text = "try ";
  if (largest_feature > large_feature)
    text += fmt::format("features of a size about 1 (they reach {:.3g}: standardise them), ",
                        largest_feature);
  if (at.steps == 0 && largest_feature <= large_feature)
    return text + "smaller initial weights, as of he_normal or xavier_uniform";
  if (at.steps == 0) return text + "or smaller initial weights";
  if (largest_feature > large_feature) text += "or ";
  text += fmt::format("a smaller learning rate than {:g}", at.learning_rate);
  if (!at.clipped) text += ", or clipping";
  return text;
}

}  // namespace

std::string TrainingPlace::text() const {
  if (batch == 0) return fmt::format("in the validation behind epoch {}", epoch);
  return fmt::format("in batch {} of epoch {}", batch, epoch);
}

std::optional<std::string> explain_not_finite(const Sequential<float>& network,
                                              const Propagation<float>& pass,
                                              const ConstRows<float>& targets,
                                              std::span<const Index> observations,
                                              const TrainingPlace& at) {
  const Architecture& architecture = network.architecture();
  const ConstRows<float> x = pass.activation(0);
  if (const auto place = first_fault(x, x, architecture, architecture.marked_steps()))
    return complain_of_data("feature", x.data(), *place, x.cols(), observations, at);
  if (const auto place = first_not_finite(targets.data(), targets.size()))
    return complain_of_data("target", targets.data(), *place, targets.cols(), observations, at);

  const double largest_feature = x.cwiseAbs().maxCoeff();
  const float* parameters = network.parameters().data();
  for (const PlacedArray& array : architecture.parameter_arrays()) {
    const auto place = first_not_finite(parameters + array.begin, array.size);
    if (!place) continue;
    const Node& node = architecture.nodes()[static_cast<std::size_t>(array.node)];
    const std::string which =
        fmt::format("a {} of {} is {}", array.name.substr(array.name.rfind('.') + 1),
                    architecture.describe(node), what_is(parameters[array.begin + *place]));
    if (at.steps == 0)
      return which + " before the first step; the network was not whole when training began";
    return fmt::format("{} {}; {}", which, at.text(), advice(at, largest_feature));
  }
  for (const Node& node : architecture.nodes()) {
    const ConstRows<float> y = pass.activation(node.to);
    if (const auto place = first_fault(y, x, architecture, steps_of(node, architecture)))
      return fmt::format("the output of {} is {} {}; {}", architecture.describe(node),
                         what_is(y.data()[*place]), at.text(), advice(at, largest_feature));
  }
  return std::nullopt;
}

std::string explain_not_finite(const Sequential<float>& network, const Dataset& data,
                               const TrainingPlace& at, const RunControl& run) {
  const Index n = data.size(), most = std::min<Index>(256, n);
  Propagation<float> pass(network.architecture(), most);
  std::vector<Index> order(static_cast<std::size_t>(n));
  std::iota(order.begin(), order.end(), Index{0});
  Batch<float> targets(most, data.targets.cols());
  for (Index first = 0; first < n; first += most) {
    const Index rows = std::min(most, n - first);
    const auto observations = std::span<const Index>(order).subspan(static_cast<std::size_t>(first),
                                                                    static_cast<std::size_t>(rows));
    pass.forward(
        network, rows,
        [&](Index row, Rows<float>& x) {
          Rows<float> t(targets.data() + row * targets.cols(), x.rows(), targets.cols());
          data.gather<float>(observations.subspan(static_cast<std::size_t>(row),
                                                  static_cast<std::size_t>(x.rows())),
                             x, t);
        },
        run.threads);
    const ConstRows<float> seen(targets.data(), rows, targets.cols());
    if (auto reason = explain_not_finite(network, pass, seen, observations, at)) return *reason;
  }
  return fmt::format("the loss is not finite {}; {}", at.text(), advice(at, 0));
}

std::optional<std::string> explain_divergence(const Sequential<float>& network, const Dataset& data,
                                              const Loss& loss, double reached,
                                              double learning_rate) {
  const Shape& output = network.architecture().output();
  constexpr Index at_once = 1024;
  const Index n = data.size(), width = data.targets.cols();
  const Batch<float> zeros = Batch<float>::Zero(std::min(n, at_once), math::element_count(output));
  Rows<float> no_gradient(nullptr, 0, 0);
  double sum = 0, weight = 0;
  for (Index first = 0; first < n; first += at_once) {
    const Index rows = std::min(at_once, n - first);
    const ConstRows<float> z(zeros.data(), rows, zeros.cols());
    const ConstRows<float> t(data.targets.data() + first * width, rows, width);
    sum += loss.sum<float>(z, t, output, 1, no_gradient);
    weight += loss.weight<float>(t, output);
  }
  const double silent = sum / weight;
  if (!(silent > 0 && reached > 1000 * silent)) return std::nullopt;
  return fmt::format(
      "the loss is {:.4g}, where outputs of 0 alone would have {:.4g}: the steps were too long, or "
      "the weights too large from the start; try a smaller learning rate than {:g}, or smaller "
      "initial weights",
      reached, silent, learning_rate);
}

}  // namespace mathtool::nn
