#pragma once

#include <string>
#include <vector>

#include "cli/calculator/value.hpp"
#include "mathtool/math/expression/function_table.hpp"

namespace mathtool::cli {

/// The functions of numbers: the elementary ones, the special ones, and those of whole numbers.
const math::FunctionTable& number_functions();

/// Whether a name is that of a function of numbers.
bool is_number_function(const std::string& name);

/// A function of numbers at values: exact where it can be, complex where it must be (sqrt(-1)), of
/// a matrix entry by entry.
/// Throws: DomainError for a wrong number or kind of arguments; NotEstablished where the function
///         has no value there: a pole, an overflow.
Value apply_function(const std::string& name, const std::vector<Value>& arguments);

/// By multiplication for whole exponents, so that i^2 is -1.
Complex complex_power(const Complex& base, const Complex& exponent);

}  // namespace mathtool::cli
