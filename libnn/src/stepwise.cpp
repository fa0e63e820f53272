#include "stepwise.hpp"

#include <concepts>

#include "mathtool/math/error.hpp"

namespace mathtool::nn {
namespace {

template <class L>
constexpr bool sees_whole_window =
    std::same_as<L, Flatten> || std::same_as<L, Conv> || std::same_as<L, Deconv> ||
    std::same_as<L, MaxPool> || std::same_as<L, AvgPool>;

Architecture of_one_step(const Architecture& whole) {
  require<DimensionError>(whole.input().size() <= 2,
                          "a network of inputs {} takes no sequence, which is (steps) or (steps, "
                          "features)",
                          math::to_string(whole.input()));
  for (const Node& node : whole.nodes())
    std::visit(
        [&]<class L>(const L&) {
          require(!sees_whole_window<L>,
                  "{} sees a whole window at once; a network that goes from step to step has "
                  "recurrent layers, dense ones and activations",
                  whole.describe(node));
        },
        node.layer.kind());
  Shape input = whole.input();
  input[0] = 1;
  return {std::move(input), whole.layers()};
}

}  // namespace

Stepwise::Stepwise(const Sequential<float>& network)
    : network_(network), architecture_(of_one_step(network.architecture())) {
  require<DimensionError>(architecture_.parameter_count() == network.parameters().size(),
                          "a network that takes every step by itself has {} parameters, this one "
                          "{}",
                          architecture_.parameter_count(), network.parameters().size());
  for (const Index size : architecture_.slots())
    slots_.emplace_back(static_cast<std::size_t>(size));
  for (const Node& node : architecture_.nodes())
    saved_.emplace_back(static_cast<std::size_t>(node.plan.saved));
  before_ = saved_;
}

ConstRows<float> Stepwise::step(const ConstRows<float>& x) {
  const std::vector<Node>& nodes = architecture_.nodes();
  const auto slot = [&](Index number) {
    std::vector<float>& numbers = slots_[static_cast<std::size_t>(number)];
    return Rows<float>(numbers.data(), 1, std::ssize(numbers));
  };
  slot(0) = x;
  std::swap(saved_, before_);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const Node& node = nodes[i];
    const Rows<float> from = slot(node.from);
    Rows<float> y = slot(node.to);
    // In inference, buffers are only read.
    const Site<float> site{.input = &node.input,
                           .parameters = network_.parameters().data() + node.parameters,
                           .buffers = const_cast<float*>(network_.buffers().data()) + node.buffers,
                           .saved = saved_[i].data(),
                           .before = begun_ ? before_[i].data() : nullptr,
                           .scratch = &scratch_};
    std::visit(
        [&]<class L>(const L& layer) {
          if constexpr (std::same_as<L, Residual>)
            y = from + slot(*node.added);
          else
            layer.forward(site, ConstRows<float>(from.data(), 1, from.cols()), y);
        },
        node.layer.kind());
  }
  begun_ = true;
  const Rows<float> y = slot(nodes.back().to);
  return {y.data(), 1, y.cols()};
}

}  // namespace mathtool::nn
