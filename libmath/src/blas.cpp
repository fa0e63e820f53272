#include "blas.hpp"

#include <dlfcn.h>
#include <fmt/core.h>

#include <algorithm>
#include <limits>
#include <vector>

#include "mathtool/math/error.hpp"

namespace mathtool::math::blas {
namespace {

using Syrk = void(const char*, const char*, const int*, const int*, const double*, const double*,
                  const int*, const double*, double*, const int*);
template <class T>
using Gemm = void(const char*, const char*, const int*, const int*, const int*, const T*, const T*,
                  const int*, const T*, const int*, const T*, T*, const int*);
using Syevd = void(const char*, const char*, const int*, double*, const int*, double*, double*,
                   const int*, int*, const int*, int*, std::size_t, std::size_t);
using Gesdd = void(const char*, const int*, const int*, double*, const int*, double*, double*,
                   const int*, double*, const int*, double*, const int*, int*, int*, std::size_t);

/// Beyond it the sizes of LAPACK's work space overflow its 32-bit integers.
constexpr Index largest_lapack_side = 20'000;

/// The last arguments of the LAPACK routines are the hidden lengths of their character arguments.
struct OpenBlas {
  Syrk* syrk = nullptr;
  Gemm<double>* dgemm = nullptr;
  Gemm<float>* sgemm = nullptr;
  Syevd* syevd = nullptr;
  Gesdd* gesdd = nullptr;
  std::string name;

  OpenBlas() {
    void* library = dlopen("libopenblas.so.0", RTLD_NOW | RTLD_LOCAL);
    if (!library) return;
    const auto find = [library](auto*& function, const char* symbol) {
      function =
          reinterpret_cast<std::remove_reference_t<decltype(function)>>(dlsym(library, symbol));
    };
    void (*set_threads)(int) = nullptr;
    char* (*config)() = nullptr;
    char* (*core)() = nullptr;
    find(set_threads, "openblas_set_num_threads");
    find(config, "openblas_get_config");
    find(core, "openblas_get_corename");
    if (!set_threads || !config || !core) return;
    set_threads(1);
    find(syrk, "dsyrk_");
    find(dgemm, "dgemm_");
    find(sgemm, "sgemm_");
    find(syevd, "dsyevd_");
    find(gesdd, "dgesdd_");
    const std::string words = config();  // "OpenBLAS 0.3.21 NO_LAPACKE ..."
    name = fmt::format("{} ({})", words.substr(0, words.find(' ', words.find(' ') + 1)), core());
  }
};

const OpenBlas& library() {
  static const OpenBlas loaded;
  return loaded;
}

int narrow(Index size) {
  require<DimensionError>(size <= std::numeric_limits<int>::max(),
                          "a matrix side of {} is too large for LAPACK", size);
  return static_cast<int>(size);
}

}  // namespace

bool available() { return library().syrk && library().dgemm && library().sgemm; }

std::string name() { return library().name; }

void syrk(Index n, Index k, const double* a, Index lda, double* c, Index ldc) {
  const int n_ = narrow(n), k_ = narrow(k), lda_ = narrow(lda), ldc_ = narrow(ldc);
  const double one = 1.0;
  library().syrk("L", "N", &n_, &k_, &one, a, &lda_, &one, c, &ldc_);
}

template <std::floating_point T>
void gemm(char op_a, char op_b, Index m, Index n, Index k, const T* a, Index lda, const T* b,
          Index ldb, T beta, T* c, Index ldc) {
  const int m_ = narrow(m), n_ = narrow(n), k_ = narrow(k);
  const int lda_ = narrow(lda), ldb_ = narrow(ldb), ldc_ = narrow(ldc);
  const T one = 1;
  if constexpr (std::same_as<T, float>)
    library().sgemm(&op_a, &op_b, &m_, &n_, &k_, &one, a, &lda_, b, &ldb_, &beta, c, &ldc_);
  else
    library().dgemm(&op_a, &op_b, &m_, &n_, &k_, &one, a, &lda_, b, &ldb_, &beta, c, &ldc_);
}

template void gemm(char, char, Index, Index, Index, const float*, Index, const float*, Index, float,
                   float*, Index);
template void gemm(char, char, Index, Index, Index, const double*, Index, const double*, Index,
                   double, double*, Index);

bool syevd(Mat& A, Vec& values, bool vectors) {
  if (!library().syevd || A.rows() > largest_lapack_side) return false;
  const char* job = vectors ? "V" : "N";
  const int n = narrow(A.rows()), ask = -1;
  values.resize(A.rows());
  int info = 0, integers = 0;
  double numbers = 0.0;
  library().syevd(job, "L", &n, A.data(), &n, values.data(), &numbers, &ask, &integers, &ask, &info,
                  1, 1);
  if (info != 0) return false;
  std::vector<double> work(static_cast<std::size_t>(numbers));
  std::vector<int> int_work(static_cast<std::size_t>(integers));
  const int size = narrow(std::ssize(work)), int_size = narrow(std::ssize(int_work));
  library().syevd(job, "L", &n, A.data(), &n, values.data(), work.data(), &size, int_work.data(),
                  &int_size, &info, 1, 1);
  return info == 0;
}

bool gesdd(Mat& A, Mat& U, Vec& singular, Mat& Vt) {
  if (!library().gesdd || std::min(A.rows(), A.cols()) > largest_lapack_side) return false;
  const int m = narrow(A.rows()), n = narrow(A.cols()), k = std::min(m, n), ask = -1;
  U.resize(m, k);
  Vt.resize(k, n);
  singular.resize(k);
  std::vector<int> int_work(8 * static_cast<std::size_t>(k));
  int info = 0;
  double numbers = 0.0;
  library().gesdd("S", &m, &n, A.data(), &m, singular.data(), U.data(), &m, Vt.data(), &k, &numbers,
                  &ask, int_work.data(), &info, 1);
  if (info != 0) return false;
  std::vector<double> work(static_cast<std::size_t>(numbers));
  const int size = narrow(std::ssize(work));
  library().gesdd("S", &m, &n, A.data(), &m, singular.data(), U.data(), &m, Vt.data(), &k,
                  work.data(), &size, int_work.data(), &info, 1);
  return info == 0;
}

}  // namespace mathtool::math::blas
