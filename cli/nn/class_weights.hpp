#pragma once

#include <span>
#include <string>
#include <vector>

#include "mathtool/math/types.hpp"

namespace mathtool::cli {

/// What an observation of each class counts, by --class-weights.
///     balanced: n / (K nₖ), so that all classes count alike
/// `labels` are those to learn from, as numbers of `classes`.
/// Throws: DomainError for a class that there is not, with the nearest one, and for a weight < 0.
std::vector<double> class_weights(const std::string& text, std::span<const std::string> classes,
                                  std::span<const Index> labels);

}  // namespace mathtool::cli
