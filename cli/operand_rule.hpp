#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mathtool/math/function_ref.hpp"

namespace mathtool::cli {

/// What an option wants behind its name.
enum class Takes {
  nothing,
  value,
  figure_file  ///< attached, or the next argument when it ends like a picture; else no value
};

/// One option with its value, or one operand.
struct Argument {
  std::string option = {};  ///< as typed, "-k" or "--components"; empty: an operand
  std::string value = {};   ///< of the option, or the operand itself
};

/// Divides a command line into options and operands before any value is looked at.
///
/// One leading '-' is no option by itself: only a declared short option, alone or with its value
/// attached ("-k", "-k3"), is one; whatever else begins with '-' is an operand ("-.5", "-inf",
/// "-x1*x2", "-"). The argument behind an option that takes a value is its value, even with a
/// leading '-'. "--" ends the options.
/// Throws: DomainError for an unknown "--name" (with the nearest of `known`), an option without its
///         value, and a flag with one.
std::vector<Argument> divide_arguments(std::span<const std::string> words,
                                       FunctionRef<std::optional<Takes>(const std::string&)> takes,
                                       std::span<const std::string> known);

}  // namespace mathtool::cli
