#include "mathtool/nn/layers/dense.hpp"

#include "mathtool/math/error.hpp"

namespace mathtool::nn {
namespace {

template <class T>
using Weights = Eigen::Map<Batch<T>>;
template <class T>
using ConstWeights = Eigen::Map<const Batch<T>>;

}  // namespace

Dense::Dense(Index inputs, Index outputs) : inputs_(inputs), outputs_(outputs) {
  require(inputs >= 1 && outputs >= 1, "Dense: inputs and outputs must be >= 1, got {} and {}",
          inputs, outputs);
}

template <std::floating_point T>
Batch<T> Dense::forward(const ConstSlice<T>& parameters, const Batch<T>& x) const {
  require<DimensionError>(x.cols() == inputs_, "Dense: expected rows of {}, got {} x {}", inputs_,
                          x.rows(), x.cols());
  require<DimensionError>(parameters.size() == parameter_count(),
                          "Dense: expected {} parameters, got {}", parameter_count(),
                          parameters.size());
  const ConstWeights<T> weights(parameters.data(), inputs_, outputs_);
  Batch<T> y = x * weights;
  y.rowwise() += parameters.tail(outputs_).transpose();
  return y;
}

template <std::floating_point T>
Batch<T> Dense::backward(const ConstSlice<T>& parameters, const Batch<T>& x, const Batch<T>&,
                         const Batch<T>& y_gradient, Slice<T>& gradient) const {
  require<DimensionError>(y_gradient.cols() == outputs_ && y_gradient.rows() == x.rows(),
                          "Dense: expected a gradient of {} x {}, got {} x {}", x.rows(), outputs_,
                          y_gradient.rows(), y_gradient.cols());
  require<DimensionError>(
      x.cols() == inputs_ && parameters.size() == parameter_count() &&
          gradient.size() == parameter_count(),
      "Dense: expected rows of {} and {} parameters with their gradient, got {}, {} and {}",
      inputs_, parameter_count(), x.cols(), parameters.size(), gradient.size());
  const ConstWeights<T> weights(parameters.data(), inputs_, outputs_);
  Weights<T>(gradient.data(), inputs_, outputs_).noalias() += x.transpose() * y_gradient;
  gradient.tail(outputs_) += y_gradient.colwise().sum().transpose();
  return y_gradient * weights.transpose();
}

template Batch<float> Dense::forward(const ConstSlice<float>&, const Batch<float>&) const;
template Batch<double> Dense::forward(const ConstSlice<double>&, const Batch<double>&) const;
template Batch<float> Dense::backward(const ConstSlice<float>&, const Batch<float>&,
                                      const Batch<float>&, const Batch<float>&,
                                      Slice<float>&) const;
template Batch<double> Dense::backward(const ConstSlice<double>&, const Batch<double>&,
                                       const Batch<double>&, const Batch<double>&,
                                       Slice<double>&) const;

}  // namespace mathtool::nn
