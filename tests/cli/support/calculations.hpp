#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "cli/support/command.hpp"

namespace mathtool::test {

inline const Command calc{"calc"};

inline nlohmann::json result(const std::string& expression) { return calc.result({expression}); }

inline double value(const std::string& expression) { return result(expression)["value"]; }

}  // namespace mathtool::test
