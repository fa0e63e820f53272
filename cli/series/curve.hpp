#pragma once

#include <optional>
#include <span>
#include <vector>

#include "cli/figure.hpp"
#include "mathtool/math/function_ref.hpp"

namespace mathtool::cli {

/// Points of the graph of a function from left to right. Between them it is drawn as a line; where
/// y is NaN, the line is broken: outside the domain, at a pole, at a jump.
struct Curve {
  std::vector<double> x = {}, y = {};
};

using BlockFunction = FunctionRef<void(std::span<const double> x, std::span<double> y)>;

/// Samples f on [low, high] at 513 evenly spaced points, and at more where the graph bends: an
/// interval is halved, at most four times more, until its middle lies within 1/500 of the extent of
/// the graph from the chord. Intervals across which the graph jumps however near one looks are
/// broken.
/// Pre: low < high, both finite and with a finite difference.
Curve sample_curve(BlockFunction f, double low, double high);

/// What of the y axis to show when some values tower above all others, as near a pole: a few times
/// the range of nine tenths of the points. None when everything fits.
std::optional<Limits> readable_limits(std::span<const Curve> curves);

}  // namespace mathtool::cli
