#pragma once

#include "cli/calculator/value.hpp"

namespace mathtool::cli {

/// Arithmetic of matrices, and of a matrix and a number. Throws: as `calculate`.
Value matrices(math::Operator op, const Value& a, const Value& b);

Value transposed(const Value& a);

/// A[i, j], v[i], or the i-th item of a list; counted from 1. Throws: DomainError outside.
Value element(const Value& value, const std::vector<Value>& places);

/// The matrix of these entries, each a number or a block that fits its neighbours.
Value matrix_of(const std::vector<std::vector<Value>>& rows);

}  // namespace mathtool::cli
