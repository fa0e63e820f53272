#pragma once

#include <optional>
#include <string>

#include "cli/calculator/value.hpp"
#include "cli/report.hpp"

namespace mathtool::cli {

/// A value for people: fractions as they are, numbers with the digits that are known when `error`
/// says so, matrices aligned.
std::string show_value(const Value& value, int digits = 15, std::optional<double> error = {});

/// A value as the contract has it: a number, {"re", "im"}, nested lists, or a string.
Json value_json(const Value& value);

}  // namespace mathtool::cli
