#include "mathtool/nn/loss.hpp"

#include <algorithm>
#include <cmath>

#include "loss_kernels.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::nn {
namespace {

struct CheckSettings {
  void operator()(const SquaredError&) const {}
  void operator()(const Huber& loss) const {
    require(loss.delta > 0 && std::isfinite(loss.delta), "huber: delta must be > 0, got {}",
            loss.delta);
  }
  void operator()(const CrossEntropy& loss) const {
    require(loss.label_smoothing >= 0 && loss.label_smoothing < 1,
            "cross_entropy: label_smoothing must be in [0, 1), got {}", loss.label_smoothing);
    for (const double weight : loss.class_weights)
      require(weight >= 0 && std::isfinite(weight),
              "cross_entropy: class weights must be >= 0 and finite, got {}", weight);
    require(loss.class_weights.empty() ||
                *std::max_element(loss.class_weights.begin(), loss.class_weights.end()) > 0,
            "cross_entropy: class weights must not all be 0");
  }
  void operator()(const BinaryCrossEntropy& loss) const {
    require(loss.positive_weight > 0 && std::isfinite(loss.positive_weight),
            "bce: positive_weight must be > 0, got {}", loss.positive_weight);
  }
};

/// The number of classes, and how often there are so many.
struct ClassAxis {
  Index classes = 1, steps = 1;

  explicit ClassAxis(const Shape& output) {
    require<DimensionError>(!output.empty() && math::element_count(output) > 0,
                            "cross_entropy: outputs {} have no axis of classes",
                            math::to_string(output));
    classes = output.back();
    steps = math::element_count(output) / classes;
  }
};

template <std::floating_point T>
void check_outputs(const ConstRows<T>& outputs, const ConstRows<T>& targets, const Shape& output,
                   Index per_row, const Rows<T>& gradient) {
  require<DimensionError>(
      outputs.cols() == math::element_count(output) && targets.rows() == outputs.rows() &&
          targets.cols() == per_row,
      "loss: {} x {} outputs of shape {} and {} x {} targets, of which each row should have {}",
      outputs.rows(), outputs.cols(), math::to_string(output), targets.rows(), targets.cols(),
      per_row);
  require<DimensionError>(
      !gradient.data() || (gradient.rows() == outputs.rows() && gradient.cols() == outputs.cols()),
      "loss: {} x {} outputs and a gradient of {} x {}", outputs.rows(), outputs.cols(),
      gradient.rows(), gradient.cols());
}

}  // namespace

void Loss::validate() const { std::visit(CheckSettings(), kind()); }

Index Loss::targets(const Shape& output) const {
  validate();
  const auto* loss = std::get_if<CrossEntropy>(this);
  if (!loss) return math::element_count(output);
  const ClassAxis axis(output);
  require<DimensionError>(
      loss->class_weights.empty() || std::ssize(loss->class_weights) == axis.classes,
      "cross_entropy: {} class weights for {} classes", loss->class_weights.size(), axis.classes);
  return axis.steps;
}

template <std::floating_point T>
double Loss::weight(const ConstRows<T>& targets, const Shape& output) const {
  this->targets(output);  // throws where class weights do not fit
  if (std::holds_alternative<BinaryCrossEntropy>(*this))
    for (Index i = 0; i < targets.size(); ++i)
      require(targets.data()[i] >= 0 && targets.data()[i] <= 1,
              "bce: {} is neither 0 nor 1 nor between them", targets.data()[i]);
  const auto* loss = std::get_if<CrossEntropy>(this);
  if (!loss) return static_cast<double>(targets.rows());
  const Index classes = ClassAxis(output).classes;
  double sum = 0;
  for (Index i = 0; i < targets.size(); ++i) {
    const Index k = class_of(static_cast<double>(targets.data()[i]), classes);
    if (k >= 0)
      sum += loss->class_weights.empty() ? 1 : loss->class_weights[static_cast<std::size_t>(k)];
  }
  return sum;
}

template <std::floating_point T>
double Loss::sum(const ConstRows<T>& outputs, const ConstRows<T>& targets, const Shape& output,
                 double scale, Rows<T>& gradient) const {
  check_outputs(outputs, targets, output, this->targets(output), gradient);
  const T *z = outputs.data(), *t = targets.data();
  return std::visit(
      [&]<class L>(const L& loss) {
        if constexpr (std::same_as<L, CrossEntropy>) {
          return sum_cross_entropy(loss, targets.size(), output.back(), z, t, scale,
                                   gradient.data());
        } else {
          const auto m = static_cast<double>(outputs.cols());
          return sum_terms(loss, outputs.size(), z, t, scale / m, gradient.data()) / m;
        }
      },
      kind());
}

template double Loss::weight(const ConstRows<float>&, const Shape&) const;
template double Loss::weight(const ConstRows<double>&, const Shape&) const;
template double Loss::sum(const ConstRows<float>&, const ConstRows<float>&, const Shape&, double,
                          Rows<float>&) const;
template double Loss::sum(const ConstRows<double>&, const ConstRows<double>&, const Shape&, double,
                          Rows<double>&) const;

}  // namespace mathtool::nn
