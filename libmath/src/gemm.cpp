#include "mathtool/math/gemm.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>

#include "blas.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/parallel.hpp"
#include "row_product.hpp"

namespace mathtool::math {
namespace {

/// Below so many multiplications the backend's preparations cost more than they save.
constexpr Index smallest_backend_product = 32 * 32 * 32;

/// Multiplications that are worth a thread's while, where each reads a number from memory.
constexpr Index least_share = 1 << 17;

/// y ← y + x B by columns of B, none of which looks at another: threads do not change the bits.
template <class T>
void share_row_product(const ConstRowsRef<T>& x, const ConstRowsRef<T>& B, RowsRef<T>& y,
                       int threads) {
  const Index k = B.rows(), n = B.cols();
  // A power of two, which two and four threads share evenly.
  const auto shares = static_cast<Index>(
      std::bit_floor(static_cast<std::uint64_t>(std::clamp<Index>(k * n / least_share, 1, 8))));
  parallel_for(
      shares,
      [&](Index i) {
        const Index first = n * i / shares, end = n * (i + 1) / shares;
        add_row_product<T>(k, end - first, x.data(), B.data() + first, B.outerStride(),
                           y.data() + first);
      },
      threads);
}

template <class T, class A, class B>
void eigen_product(const A& a, const B& b, Target target, RowsRef<T>& C) {
  if (target == Target::overwrite)
    C.noalias() = a * b;
  else
    C.noalias() += a * b;
}

}  // namespace

template <std::floating_point T>
void gemm(Operand a_as, const ConstRowsRef<T>& A, Operand b_as, const ConstRowsRef<T>& B,
          Target target, RowsRef<T> C, int threads) {
  const bool ta = a_as == Operand::transposed, tb = b_as == Operand::transposed;
  const Index m = ta ? A.cols() : A.rows(), k = ta ? A.rows() : A.cols();
  const Index k_b = tb ? B.cols() : B.rows(), n = tb ? B.rows() : B.cols();
  require<DimensionError>(k == k_b && C.rows() == m && C.cols() == n,
                          "gemm: {} x {} times {} x {} do not fit {} x {}", m, k, k_b, n, C.rows(),
                          C.cols());
  if (m == 0 || n == 0) return;
  if (k == 0) {
    if (target == Target::overwrite) C.setZero();
    return;
  }
  if (m == 1 && !ta && !tb) {
    if (target == Target::overwrite) C.setZero();
    share_row_product<T>(A, B, C, threads);
  } else if (m * n * k >= smallest_backend_product && blas::available()) {
    // By rows, Cᵀ = op(B)ᵀ op(A)ᵀ is what a backend by columns sees.
    blas::gemm<T>(tb ? 'T' : 'N', ta ? 'T' : 'N', n, m, k, B.data(), B.outerStride(), A.data(),
                  A.outerStride(), target == Target::add ? T(1) : T(0), C.data(), C.outerStride());
  } else if (ta && tb) {
    eigen_product<T>(A.transpose(), B.transpose(), target, C);
  } else if (ta) {
    eigen_product<T>(A.transpose(), B, target, C);
  } else if (tb) {
    eigen_product<T>(A, B.transpose(), target, C);
  } else {
    eigen_product<T>(A, B, target, C);
  }
}

template void gemm(Operand, const ConstRowsRef<float>&, Operand, const ConstRowsRef<float>&, Target,
                   RowsRef<float>, int);
template void gemm(Operand, const ConstRowsRef<double>&, Operand, const ConstRowsRef<double>&,
                   Target, RowsRef<double>, int);

}  // namespace mathtool::math
