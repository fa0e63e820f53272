#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "mathtool/math/function_ref.hpp"
#include "mathtool/nn/loss.hpp"
#include "mathtool/nn/sequential.hpp"

namespace mathtool::nn {

/// How one batch goes through a network.
struct PassOptions {
  Mode mode = Mode::training;
  std::uint64_t seed = 0, step = 0;  ///< of dropout: the training and the batch in it
  /// Nodes whose parameters get no gradient, and which, where they couple observations, work as in
  /// inference; empty: none.
  std::vector<bool> frozen = {};
  bool backward = true;         ///< false: forward and the judge alone
  bool input_gradient = false;  ///< whether the gradient in the input is wanted as well
  int threads = 0;              ///< 0: all; they do not change the bits
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

  /// Fills rows of the batch from `first` on.
  using Fill = FunctionRef<void(Index first, Rows<T>& x)>;
  /// Sees the outputs of some rows, and fills the gradient of the loss in them.
  using Judge = FunctionRef<void(Index shard, Index first, const ConstRows<T>& y, Rows<T>& dy)>;

  /// Into how many shards a batch of so many rows is cut.
  Index shards(Index rows) const;

  /// Outputs in inference for `rows` observations; valid until the next call.
  ConstRows<T> forward(const Sequential<T>& network, Index rows, Fill fill, int threads = 0);

  /// Forward, judge, backward: leaves a gradient for each shard. `mode` training changes the
  /// network's buffers. Gradients of frozen nodes are not written.
  void differentiate(Sequential<T>& network, Index rows, Fill fill, Judge judge,
                     const PassOptions& options);

  /// Entries [begin, begin + g.size()) of the gradient: the sum over the shards of the last batch.
  void add_up(Index begin, Eigen::Ref<Parameters<T>> g) const;

  /// What stands in a slot for the rows of the last batch, and its gradient: to look into a
  /// network.
  ConstRows<T> activation(Index slot) const;
  ConstRows<T> activation_gradient(Index slot) const;

  /// What the layer of a node left for the rows of one shard of the last batch, which forward and
  /// backward have changed: rows × its plan.saved, in an order of its own. Pre: it does not couple.
  std::span<const T> saved(std::size_t node, Index shard) const;

 private:
  /// Nodes that can run one after the other for some rows alone, or one that cannot.
  struct Segment {
    std::size_t begin = 0, end = 0;
    bool couples = false;
  };
  /// Rows of the batch that one call works on.
  struct Part {
    Index shard = 0, first = 0, count = 0;
  };

  void prepare(Index rows, bool backward);
  void in_parts(const Segment& segment, int threads, FunctionRef<void(const Part&)> body) const;
  void mark_ends(const Part& part);
  Site<T> site(const Sequential<T>& network, std::size_t node, const Part& part, T* buffers,
               const PassOptions& options);
  Rows<T> rows_of(std::vector<std::vector<T>>& slots, Index slot, const Part& part) const;
  void run_forward(const Sequential<T>& network, const Segment& segment, const Part& part,
                   T* buffers, const PassOptions& options);
  void run_backward(const Sequential<T>& network, const Segment& segment, const Part& part,
                    T* buffers, const PassOptions& options, std::size_t first_trained);

  const Architecture& architecture_;
  Index most_rows_;
  Index rows_ = 0, shards_ = 1;  ///< of the last batch
  std::vector<Segment> segments_ = {};
  std::vector<std::vector<T>> slots_ = {}, gradients_ = {};  ///< rows × size of each slot
  std::vector<std::vector<T>> saved_ = {}, coupled_ = {};    ///< of each node
  std::vector<T> within_ = {};  ///< rows × steps: 0 beyond the end of a sequence, for layers behind
                                ///< others that fill those steps with numbers
  std::vector<std::vector<T>> parameter_gradients_ = {};  ///< of each shard
  std::vector<std::vector<T>> scratch_ = {};              ///< of each shard
};

/// Mean loss over a batch and its gradient in the parameters: an objective for `opt::minimize`, and
/// what gradients are checked by. Buffers stay as they are.
/// Shapes: x is n × inputs, targets n × loss.targets(output). Throws: DimensionError, DomainError.
template <std::floating_point T>
double loss_and_gradient(const Sequential<T>& network, const Loss& loss, const BatchRef<T>& x,
                         const BatchRef<T>& targets, Parameters<T>& gradient,
                         const PassOptions& options = {});

}  // namespace mathtool::nn
