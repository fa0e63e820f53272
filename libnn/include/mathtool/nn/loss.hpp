#pragma once

#include <concepts>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "mathtool/nn/batch.hpp"

namespace mathtool::nn {

/// z are the outputs of one observation, t its targets, m their number.

///     Σ (zᵢ − tᵢ)² / m
struct SquaredError {
  bool operator==(const SquaredError&) const = default;
};

///     Σ h(zᵢ − tᵢ) / m,   h(r) = r² / 2 where |r| ≤ δ, else δ (|r| − δ / 2)
/// Ref: Huber, Robust estimation of a location parameter (1964).
struct Huber {
  double delta = 1;  ///< δ > 0
  bool operator==(const Huber&) const = default;
};

/// Of logits, for one class of K: t is its number from 0; for sequences one for each step, and a
/// t < 0 does not count.
///     −(1 − ε) wₜ log pₜ − ε Σ wⱼ log pⱼ / K,   log pⱼ = zⱼ − log Σ exp zᵢ
/// Ref: Szegedy et al., Rethinking the inception architecture for computer vision (2016), §7.
struct CrossEntropy {
  double label_smoothing = 0;              ///< ε in [0, 1)
  std::vector<double> class_weights = {};  ///< w, K of them, ≥ 0; none: all 1
  bool operator==(const CrossEntropy&) const = default;
};

/// Of logits, for m independent yes or no: t is 1 or 0, or a probability.
///     Σ ((1 − tᵢ) log(1 + exp zᵢ) + w tᵢ log(1 + exp(−zᵢ))) / m
struct BinaryCrossEntropy {
  double positive_weight = 1;  ///< w > 0; how much a term of t = 1 counts
  bool operator==(const BinaryCrossEntropy&) const = default;
};

/// What training makes small: the mean over the observations of a batch, weighted where classes
/// are. Logarithms and exponentials are of logits and never overflow.
///
/// Shapes: outputs are n × outputs, targets n × `targets(output shape)`.
struct Loss : std::variant<SquaredError, Huber, CrossEntropy, BinaryCrossEntropy> {
  using variant::variant;
  const variant& kind() const { return *this; }

  /// Throws: DomainError for settings out of range.
  void validate() const;

  /// Numbers per observation that targets have, for outputs of this shape; the last axis of the
  /// output is the classes of a cross-entropy.   Throws: DomainError for settings out of range,
  /// DimensionError for class weights of another number.
  Index targets(const Shape& output) const;

  /// What these observations count: their number, the sum of the weights of their classes.
  /// Throws: DomainError for a class that there is not, or a yes or no that is not in [0, 1];
  /// DimensionError for class weights of another number.
  template <std::floating_point T>
  double weight(const ConstRows<T>& targets, const Shape& output) const;

  /// The sum over these observations, weighted; fills ∂ = `scale` times its gradient, if that has
  /// data. Computed in double for each row.
  template <std::floating_point T>
  double sum(const ConstRows<T>& outputs, const ConstRows<T>& targets, const Shape& output,
             double scale, Rows<T>& gradient) const;
};

/// Reads `mse`, `huber[:delta]`, `cross_entropy[:smoothing[:weight,weight,...]]` and
/// `bce[:positive weight]`. Throws: DataError.
Loss parse_loss(std::string_view text);
std::string to_string(const Loss& loss);

}  // namespace mathtool::nn
