#pragma once

#include <optional>
#include <string>

#include "cli/calculator/calculator.hpp"

namespace mathtool::cli {

/// The n-th derivative by x of a closed formula at a closed point, from its power series with 50
/// digits: whatever the order, no formula of it is needed. Nothing where double precision shows
/// that digits cancel, where there is no series, and where a function has none.
std::optional<double> series_derivative(const math::Expression& f, const std::string& x,
                                        const math::Expression& point, int n);

}  // namespace mathtool::cli
