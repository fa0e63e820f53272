#pragma once

#include <string>

#include "canonical.hpp"

namespace mathtool::math {

/// sin, cos and tan, or sinh, cosh and tanh, which share their formulas but for a sign:
///     cos² + sign sin² = 1        cos' = −sign sin        tan' = 1 + sign tan²
struct WaveFamily {
  std::string sine, cosine, tangent;
  int sign;

  bool has(const Form& form) const {
    return form->kind == Canonical::Kind::call &&
           (form->name == sine || form->name == cosine || form->name == tangent);
  }
};

inline const WaveFamily circular_functions{"sin", "cos", "tan", 1};
inline const WaveFamily hyperbolic_functions{"sinh", "cosh", "tanh", -1};

}  // namespace mathtool::math
