#include "mathtool/nn/gradient_norms.hpp"

#include "mathtool/math/error.hpp"
#include "mathtool/nn/propagation.hpp"

namespace mathtool::nn {

template <std::floating_point T>
std::vector<GradientNorms> gradient_norms_over_time(const Sequential<T>& network, const Loss& loss,
                                                    const BatchRef<T>& x,
                                                    const BatchRef<T>& targets, LossOver over) {
  const Architecture& architecture = network.architecture();
  const Shape& output = architecture.output();
  require<DimensionError>(x.cols() == math::element_count(architecture.input()) &&
                              x.rows() == targets.rows() && x.rows() >= 1 &&
                              targets.cols() == loss.targets(output),
                          "gradient norms: observations of {} x {} with targets of {} x {}; "
                          "expected rows of {} and of {}",
                          x.rows(), x.cols(), targets.rows(), targets.cols(),
                          math::element_count(architecture.input()), loss.targets(output));
  const Batch<T> t = targets;
  const double weight = loss.weight<T>(ConstRows<T>(t.data(), t.rows(), t.cols()), output);
  require(weight > 0, "gradient norms: no target counts");
  const bool cut = over == LossOver::last_step && output.size() > 1;

  Sequential<T> scratch = network;
  Propagation<T> propagation(scratch.architecture(), x.rows());
  propagation.differentiate(
      scratch, x.rows(),
      [&](Index first, Rows<T>& part) { part = x.middleRows(first, part.rows()); },
      [&](Index, Index first, const ConstRows<T>& y, Rows<T>& dy) {
        const ConstRows<T> part(t.data() + first * t.cols(), y.rows(), t.cols());
        loss.sum<T>(y, part, output, 1 / weight, dy);
        if (cut) dy.leftCols(dy.cols() - dy.cols() / output[0]).setZero();
      },
      {});

  std::vector<GradientNorms> found;
  const std::vector<Node>& nodes = scratch.architecture().nodes();
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (!is_recurrent(nodes[i].layer)) continue;
    const Index steps = nodes[i].input[0];
    Vec squares = Vec::Zero(steps);
    for (Index shard = 0; shard < propagation.shards(x.rows()); ++shard) {
      const std::span<const T> saved = propagation.saved(i, shard);
      const Index rows = std::ssize(saved) / nodes[i].plan.saved;
      // The squares of all rows, step by step, are what the layer saves last.
      const auto last = saved.last(static_cast<std::size_t>(steps * rows));
      squares += ConstRows<T>(last.data(), steps, rows).template cast<double>().rowwise().sum();
    }
    found.push_back({scratch.architecture().describe(nodes[i]), squares.cwiseSqrt()});
  }
  require(!found.empty(), "gradient norms: there is no recurrent layer in the network");
  return found;
}

template std::vector<GradientNorms> gradient_norms_over_time(const Sequential<float>&, const Loss&,
                                                             const BatchRef<float>&,
                                                             const BatchRef<float>&, LossOver);
template std::vector<GradientNorms> gradient_norms_over_time(const Sequential<double>&, const Loss&,
                                                             const BatchRef<double>&,
                                                             const BatchRef<double>&, LossOver);

}  // namespace mathtool::nn
