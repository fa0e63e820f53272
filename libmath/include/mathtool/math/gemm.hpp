#pragma once

#include <Eigen/Core>
#include <concepts>

namespace mathtool::math {

/// Matrices by rows, in place: blocks of larger ones too.
template <std::floating_point T>
using RowsRef = Eigen::Ref<Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>, 0,
                           Eigen::OuterStride<>>;
template <std::floating_point T>
using ConstRowsRef =
    Eigen::Ref<const Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>, 0,
               Eigen::OuterStride<>>;

enum class Operand { plain, transposed };

/// What becomes of C before the product is added.
enum class Target { overwrite, add };

/// C ← op(A) op(B), or C ← C + op(A) op(B), for float or double.
/// A single row times a plain B goes through a loop of our own, in the order of B's rows, with the
/// same bits on every processor, and up to `threads` threads (0: all) share the columns of a large
/// B. Other products are done on the calling thread: small ones through Eigen, large ones through
/// the dense backend.
/// Shapes: C is m × n, op(A) m × k, op(B) k × n; k = 0 gives zeros. Throws: DimensionError.
/// Cost:   m n k multiplications.
template <std::floating_point T>
void gemm(Operand a_as, const ConstRowsRef<T>& A, Operand b_as, const ConstRowsRef<T>& B,
          Target target, RowsRef<T> C, int threads = 1);

}  // namespace mathtool::math
