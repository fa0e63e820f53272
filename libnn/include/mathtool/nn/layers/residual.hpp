#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mathtool::nn {

struct Layer;

/// Layers with a way round them.
///     y = x + F(x)
/// Shapes: F leaves the shape of its input as it is.
/// Ref:    He et al., Deep residual learning for image recognition (2016).
struct Residual {
  std::vector<Layer> layers;  ///< F; at least one (no default: Layer is not complete here)

  static constexpr std::string_view name = "residual";

  bool operator==(const Residual&) const = default;

  std::string text() const;
};

}  // namespace mathtool::nn
