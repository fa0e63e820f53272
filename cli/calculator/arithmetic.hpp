#pragma once

#include "cli/calculator/value.hpp"

namespace mathtool::cli {

/// Operators on values: exact while both sides are, else real, else complex; numbers join with
/// every entry of a matrix. `*`, `/` and `^` of matrices are those of algebra.
/// Throws: DomainError for kinds that do not go together, DimensionError for shapes that do not,
///         NotEstablished for a division by zero and where the result overflows.
Value calculate(math::Operator op, const Value& a, const Value& b);
Value calculate(math::Operator op, const Value& a);

/// Whether a condition holds. Throws: DomainError where it is no real number.
bool is_true(const Value& value);

}  // namespace mathtool::cli
