#pragma once

#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "mathtool/math/types.hpp"

namespace mathtool::nn {

enum class InitializerKind {
  automatic,       ///< by what follows: he_normal before ReLU and its kin, else xavier_uniform
  constant,        ///< `scale` everywhere
  normal,          ///< N(0, scale²)
  uniform,         ///< U(−scale, scale)
  xavier_normal,   ///< N(0, 2 scale² / (fan in + fan out))
  xavier_uniform,  ///< U of the same variance
  he_normal,       ///< N(0, 2 scale² / fan in)
  he_uniform,      ///< U of the same variance
  orthogonal       ///< scale · Q, rows or columns orthonormal, whichever are fewer
};

/// What the weights of a layer are before training.
/// Ref: Glorot & Bengio, Understanding the difficulty of training deep feedforward neural networks
///      (2010); He et al., Delving deep into rectifiers (2015); Saxe, McClelland & Ganguli, Exact
///      solutions to the nonlinear dynamics of learning in deep linear networks (2014).
struct Initializer {
  InitializerKind kind = InitializerKind::automatic;
  double scale = 1;  ///< > 0, of `constant` any

  bool operator==(const Initializer&) const = default;
};

/// How many inputs lead to an output of a layer, and outputs from an input.
struct Fan {
  Index in = 1, out = 1;
};

/// Fills `weights` with draws of (seed, stream): the same numbers in float, rounded once, as in
/// double.
/// Shapes: weights are any array by rows, of `rows` rows where it is to be an orthogonal matrix.
/// Throws: DomainError for a scale that is not > 0, and for `automatic`, which is no distribution;
///         DimensionError where there are not as many weights in each row.
template <std::floating_point T>
void initialize(const Initializer& initializer, const Fan& fan, Index rows, std::uint64_t seed,
                std::uint64_t stream, std::span<T> weights);

/// Reads `he_normal`, `normal:0.2`, `orthogonal:1.4`. Throws: DataError that shows what there is.
Initializer parse_initializer(std::string_view text);
std::string to_string(const Initializer& initializer);

}  // namespace mathtool::nn
