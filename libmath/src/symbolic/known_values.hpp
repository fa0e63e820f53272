#pragma once

#include <string>
#include <vector>

#include "canonical.hpp"

namespace mathtool::math {

/// What a call becomes where that is simpler: sin(0) is 0, cos(-u) is cos(u), log(exp(u)) is u,
/// sqrt(u) a power. Null: the call stays.
Form known_value(const std::string& function, const std::vector<Form>& arguments);

}  // namespace mathtool::math
