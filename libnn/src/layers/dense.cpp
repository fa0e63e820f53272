#include "mathtool/nn/layers/dense.hpp"

#include <fmt/format.h>

#include "layer_members.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/gemm.hpp"

namespace mathtool::nn {
namespace {

using math::Operand;
using math::Target;

Index steps(const Shape& input) { return input.size() == 2 ? input[0] : 1; }

/// W and b of the flat buffer.
template <class T>
struct Affine {
  Affine(const T* parameters, Index inputs, Index units)
      : weights(parameters, inputs, units), bias(parameters + inputs * units, units) {}

  ConstRows<T> weights;
  Eigen::Map<const Eigen::Matrix<T, 1, Eigen::Dynamic>> bias;
};

}  // namespace

LayerPlan Dense::plan(const Shape& input) const {
  require(units >= 1, "dense: units must be >= 1, got {}", units);
  const Index elements = math::element_count(input);
  require<DimensionError>(elements >= 1, "expects at least one input");
  const Index inputs = elements / steps(input);
  LayerPlan plan{.output = {units}, .multiplications = math::element_count({elements, units})};
  if (input.size() == 2) plan.output = {input[0], units};
  plan.parameters = {{.name = "weight",
                      .shape = {inputs, units},
                      .fan = {inputs, units},
                      .initializer = initializer},
                     {.name = "bias",
                      .shape = {units},
                      .initializer = {InitializerKind::constant, 0},
                      .weight = false}};
  return plan;
}

std::string Dense::text() const {
  if (initializer == Initializer{}) return fmt::format("dense {}", units);
  return fmt::format("dense {} init {}", units, to_string(initializer));
}

template <std::floating_point T>
void Dense::forward(const Site<T>& site, const ConstRows<T>& x, Rows<T>& y) const {
  const Index rows = x.rows() * steps(*site.input), inputs = x.size() / rows;
  const Affine<T> affine(site.parameters, inputs, units);
  Rows<T> to(y.data(), rows, units);
  for (Index i = 0; i < rows; ++i) to.row(i) = affine.bias;
  math::gemm<T>(Operand::plain, ConstRows<T>(x.data(), rows, inputs), Operand::plain,
                affine.weights, Target::add, to, site.threads);
}

template <std::floating_point T>
void Dense::backward(const Site<T>& site, const ConstRows<T>& x, const ConstRows<T>&,
                     const ConstRows<T>& y_gradient, Rows<T>& x_gradient) const {
  const Index rows = x.rows() * steps(*site.input), inputs = x.size() / rows;
  const ConstRows<T> from(x.data(), rows, inputs), dy(y_gradient.data(), rows, units);
  if (site.gradient) {
    math::gemm<T>(Operand::transposed, from, Operand::plain, dy, Target::overwrite,
                  Rows<T>(site.gradient, inputs, units));
    Eigen::Map<Eigen::Matrix<T, 1, Eigen::Dynamic>> bias(site.gradient + inputs * units, units);
    bias = dy.row(0);
    for (Index i = 1; i < rows; ++i) bias += dy.row(i);
  }
  if (x_gradient.data())
    math::gemm<T>(Operand::plain, dy, Operand::transposed,
                  Affine<T>(site.parameters, inputs, units).weights, Target::overwrite,
                  Rows<T>(x_gradient.data(), rows, inputs));
}

MATHTOOL_LAYER(Dense);

}  // namespace mathtool::nn
