#pragma once

#include "canonical.hpp"

namespace mathtool::math {

/// The sign of a formula where it is the same for all positive values of its variables; that is
/// tried, not proved.
enum class Sign { negative, zero, positive, unknown };
Sign sign_of(const Form& form);

}  // namespace mathtool::math
