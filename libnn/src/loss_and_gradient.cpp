#include <vector>

#include "mathtool/math/error.hpp"
#include "mathtool/nn/propagation.hpp"

namespace mathtool::nn {

template <std::floating_point T>
double loss_and_gradient(const Sequential<T>& network, const Loss& loss, const BatchRef<T>& x,
                         const BatchRef<T>& targets, Parameters<T>& gradient,
                         const PassOptions& options) {
  const Architecture& architecture = network.architecture();
  const Shape& output = architecture.output();
  require<DimensionError>(
      x.cols() == math::element_count(architecture.input()) && x.rows() == targets.rows() &&
          targets.cols() == loss.targets(output),
      "network: observations of {} x {} with targets of {} x {}; expected rows of {} and of {}",
      x.rows(), x.cols(), targets.rows(), targets.cols(), math::element_count(architecture.input()),
      loss.targets(output));
  const Batch<T> t = targets;
  const double weight = loss.weight<T>(ConstRows<T>(t.data(), t.rows(), t.cols()), output);
  Sequential<T> scratch = network;
  Propagation<T> propagation(scratch.architecture(), x.rows());
  std::vector<double> sums(static_cast<std::size_t>(propagation.shards(x.rows())));
  propagation.differentiate(
      scratch, x.rows(),
      [&](Index first, Rows<T>& part) { part = x.middleRows(first, part.rows()); },
      [&](Index shard, Index first, const ConstRows<T>& y, Rows<T>& dy) {
        const ConstRows<T> part(t.data() + first * t.cols(), y.rows(), t.cols());
        sums[static_cast<std::size_t>(shard)] = loss.sum<T>(y, part, output, 1 / weight, dy);
      },
      options);
  gradient.resize(architecture.parameter_count());
  propagation.add_up(0, gradient);
  double sum = 0;
  for (const double part : sums) sum += part;
  return sum / weight;
}

template double loss_and_gradient(const Sequential<float>&, const Loss&, const BatchRef<float>&,
                                  const BatchRef<float>&, Parameters<float>&, const PassOptions&);
template double loss_and_gradient(const Sequential<double>&, const Loss&, const BatchRef<double>&,
                                  const BatchRef<double>&, Parameters<double>&, const PassOptions&);

}  // namespace mathtool::nn
