#pragma once

#include <string_view>

#include "mathtool/nn/architecture.hpp"
#include "mathtool/nn/dataset.hpp"
#include "mathtool/nn/loss.hpp"

namespace mathtool::nn {

/// Whether a network can read the observations: as many elements as its input has, in whatever
/// shape, as they lie in the same order. `what` is the data: "training data".
/// Throws: DimensionError.
void check_features(const Architecture& architecture, const Dataset& data, std::string_view what);

/// The same, and whether the loss can judge by the targets.
/// Throws: DimensionError; DomainError for a class that there is not, and where nothing counts.
void check_data(const Architecture& architecture, const Dataset& data, const Loss& loss,
                std::string_view what);

}  // namespace mathtool::nn
