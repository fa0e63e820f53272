#pragma once

#include <string>
#include <vector>

#include "mathtool/math/function_ref.hpp"

namespace mathtool::cli {

/// "a, b, c, d, e, and 7 more": at most five names, each as `show` writes it, so that a message
/// does not grow with the table.
std::string first_few(const std::vector<std::string>& names,
                      FunctionRef<std::string(const std::string&)> show);

/// The same with each name in quotes.
std::string first_few(const std::vector<std::string>& names);

}  // namespace mathtool::cli
