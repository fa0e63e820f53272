#pragma once

#include <initializer_list>

#include "mathtool/math/function_ref.hpp"
#include "mathtool/math/tensor/tensor_view.hpp"

namespace mathtool::math {

/// What a strided loop hands to its body: a run of `n` positions, operand k at
/// offsets[k], offsets[k] + steps[k], ...
struct StridedRun {
  const Index* offsets;
  const Index* steps;
  Index n;
};

/// Walks several layouts of one shape in step, in row-major order. Axes along which every operand
/// simply continues are walked as one, so that contiguous operands give a single run.
///
/// Shapes: all layouts have the same shape.
void strided_loop(std::initializer_list<const Layout*> operands,
                  FunctionRef<void(const StridedRun&)> body);

}  // namespace mathtool::math
