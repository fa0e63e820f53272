#pragma once

#include <cstdint>
#include <vector>

#include "mathtool/math/function_ref.hpp"
#include "mathtool/nn/loss.hpp"
#include "mathtool/nn/sequential.hpp"

namespace mathtool::nn {

/// How one batch goes through a network.
struct PassOptions {
  Mode mode = Mode::inference;
  std::uint64_t seed = 0, step = 0;  ///< of dropout: the training and the batch in it
  std::vector<bool> frozen = {};     ///< nodes whose parameters get no gradient; empty: none
  int threads = 0;                   ///< 0: all; they do not change the bits
};

/// Memory for one batch on its way forward and back, used again for the next. A batch is cut into
/// shards of rows by its size and the size of the network alone; each goes its way by itself, as
/// far as layers do not couple observations, and has a gradient of its own, so that threads share
/// nothing and sums have one order.
template <std::floating_point T>
class Propagation {
 public:
  /// Pre: most_rows ≥ 1. The architecture must outlive it.
  Propagation(const Architecture& architecture, Index most_rows);

  /// Fills rows of the batch from `first` on: with features, or the gradient of the loss.
  using Fill = FunctionRef<void(Index first, Rows<T>& x)>;
  /// Sees the outputs of some rows, and fills the gradient of the loss in them.
  using Judge = FunctionRef<void(Index shard, Index first, const ConstRows<T>& y, Rows<T>& dy)>;

  /// Shards of a batch of so many rows, and the first row of each.
  Index shards(Index rows) const;
  Index first_row(Index shard, Index rows) const;

  /// Outputs for `rows` observations; valid until the next call.
  ConstRows<T> forward(Sequential<T>& network, Index rows, Fill fill, const PassOptions& options);

  /// Forward, judge, backward: leaves a gradient for each shard. Those of frozen nodes are not
  /// written.
  void differentiate(Sequential<T>& network, Index rows, Fill fill, Judge judge,
                     const PassOptions& options);

  /// The sum over the shards of the last batch of gradient entries [begin, begin + g.size()).
  void add_up(Index begin, Eigen::Ref<Parameters<T>> g) const;

  /// What stands in a slot for `rows` observations, and its gradient: to look into a network.
  ConstRows<T> activation(Index slot, Index rows) const;
  ConstRows<T> activation_gradient(Index slot, Index rows) const;

 private:
  struct Segment {
    Index begin = 0, end = 0;  ///< nodes
    bool couples = false;
  };

  Site<T> site(const Sequential<T>& network, const Node& node, Index shard, Index first,
               const PassOptions& options);
  void prepare(Index rows, bool backward);
  void run_forward(Sequential<T>& network, const Segment& segment, Index shard, Index first,
                   Index count, const PassOptions& options);
  void run_backward(Sequential<T>& network, const Segment& segment, Index shard, Index first,
                    Index count, const PassOptions& options);

  const Architecture& architecture_;
  Index most_rows_;
  Index shards_ = 1;
  std::vector<Segment> segments_;
  std::vector<std::vector<T>> slots_, gradients_;  ///< rows × size of each slot
  std::vector<std::vector<T>> saved_, coupled_;    ///< of each node
  std::vector<std::vector<T>> parameter_gradients_;  ///< of each shard
  std::vector<std::vector<T>> scratch_;              ///< of each shard
};

/// Mean loss over a batch and its gradient in the parameters: an objective for `opt::minimize`, and
/// what gradients are checked by. In training mode, with draws of `seed`; buffers stay as they are.
/// Shapes: x is n × inputs, targets n × loss.targets(output). Throws: DimensionError, DomainError.
template <std::floating_point T>
double loss_and_gradient(const Sequential<T>& network, const Loss& loss, const BatchRef<T>& x,
                         const BatchRef<T>& targets, Parameters<T>& gradient,
                         const PassOptions& options = {.mode = Mode::training});

}  // namespace mathtool::nn
