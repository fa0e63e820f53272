#pragma once

#include <string>

#include "cli/calculator/value.hpp"

namespace mathtool::cli {

/// The mean, sd or median of all numbers in a vector, matrix or list.
/// Throws: InsufficientDataError for the sd of one number.
Value statistic_of(const std::string& name, const Value& numbers);

}  // namespace mathtool::cli
