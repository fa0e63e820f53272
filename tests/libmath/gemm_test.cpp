#include "mathtool/math/gemm.hpp"

#include <rapidcheck.h>

#include <limits>

#include "mathtool/math/error.hpp"
#include "support/random_matrix.hpp"

using namespace mathtool;
using math::Operand;
using math::Target;

namespace {

template <class T>
using ByRows = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// The product by its definition, in long double.
template <class T>
ByRows<T> defined_product(const ByRows<T>& a, const ByRows<T>& b) {
  ByRows<T> c(a.rows(), b.cols());
  for (Index i = 0; i < c.rows(); ++i)
    for (Index j = 0; j < c.cols(); ++j) {
      long double sum = 0;
      for (Index l = 0; l < a.cols(); ++l)
        sum += static_cast<long double>(a(i, l)) * static_cast<long double>(b(l, j));
      c(i, j) = static_cast<T>(sum);
    }
  return c;
}

template <class T>
ByRows<T> random_rows(Index rows, Index columns, std::uint64_t seed) {
  return test::random_matrix(rows, columns, seed).cast<T>();
}

/// Every form of a product, of blocks within larger matrices, against the definition.
template <class T>
void check_products(Index m, Index k, Index n, std::uint64_t seed) {
  const ByRows<T> a = random_rows<T>(m, k, seed), b = random_rows<T>(k, n, seed + 1);
  const ByRows<T> expected = defined_product<T>(a, b);
  const T error = static_cast<T>(k + 2) * 8 * std::numeric_limits<T>::epsilon();
  for (const bool ta : {false, true})
    for (const bool tb : {false, true})
      for (const Target target : {Target::overwrite, Target::add}) {
        ByRows<T> left = ByRows<T>::Constant((ta ? k : m) + 1, (ta ? m : k) + 3, T(99));
        ByRows<T> right = ByRows<T>::Constant((tb ? n : k) + 1, (tb ? k : n) + 2, T(99));
        ByRows<T> c = ByRows<T>::Constant(m + 2, n + 5, T(7));
        auto left_block = left.block(1, 2, ta ? k : m, ta ? m : k);
        auto right_block = right.block(1, 1, tb ? n : k, tb ? k : n);
        if (ta)
          left_block = a.transpose();
        else
          left_block = a;
        if (tb)
          right_block = b.transpose();
        else
          right_block = b;
        math::gemm<T>(ta ? Operand::transposed : Operand::plain, left_block,
                      tb ? Operand::transposed : Operand::plain, right_block, target,
                      c.block(1, 3, m, n));
        ByRows<T> wanted = ByRows<T>::Constant(m + 2, n + 5, T(7));
        if (target == Target::add)
          wanted.block(1, 3, m, n) += expected;
        else
          wanted.block(1, 3, m, n) = expected;
        RC_ASSERT((c - wanted).cwiseAbs().maxCoeff() <= error);
      }
}

}  // namespace

TEST_CASE("gemm: equals the definition for every form, size and type", "[math][law]") {
  CHECK(rc::check([] {
    const Index m = *rc::gen::inRange(1, 40), k = *rc::gen::inRange(0, 60);
    const Index n = *rc::gen::inRange(1, 50);
    const auto seed = *rc::gen::arbitrary<std::uint64_t>();
    check_products<double>(m, k, n, seed);
    check_products<float>(m, k, n, seed);
  }));
}

TEST_CASE("gemm: one row times a matrix", "[math]") {
  for (const Index k : {1, 7, 8, 9, 100}) {
    check_products<float>(1, k, 300, 5);
    check_products<double>(1, k, 300, 6);
  }
}

TEST_CASE("gemm: threads that share the columns of one row do not change its bits", "[math]") {
  const ByRows<float> a = random_rows<float>(1, 700, 1), b = random_rows<float>(700, 1003, 2);
  ByRows<float> alone(1, 1003), shared(1, 1003);
  math::gemm<float>(Operand::plain, a, Operand::plain, b, Target::overwrite, alone);
  for (Index j = 0; j < b.cols(); j += 100) {  // no column looks at another
    ByRows<float> one(1, 1);
    math::gemm<float>(Operand::plain, a, Operand::plain, b.col(j).eval(), Target::overwrite, one);
    CHECK(one(0, 0) == alone(0, j));
  }
  for (const int threads : {0, 2, 3, 8}) {
    math::gemm<float>(Operand::plain, a, Operand::plain, b, Target::overwrite, shared, threads);
    CHECK(shared == alone);
  }
}

TEST_CASE("gemm: NaN and infinity come through, also beside a zero", "[math]") {
  ByRows<float> a = ByRows<float>::Zero(1, 9), b = ByRows<float>::Ones(9, 3), c(1, 3);
  b(8, 1) = std::numeric_limits<float>::infinity();
  math::gemm<float>(Operand::plain, a, Operand::plain, b, Target::overwrite, c);
  CHECK(c(0, 0) == 0);
  CHECK(std::isnan(c(0, 1)));
}

TEST_CASE("gemm: what C held is not looked at when it is overwritten", "[math]") {
  const ByRows<double> a = ByRows<double>::Ones(40, 40);
  ByRows<double> c = ByRows<double>::Constant(40, 40, std::numeric_limits<double>::quiet_NaN());
  math::gemm<double>(Operand::plain, a, Operand::plain, a, Target::overwrite, c);
  CHECK((c.array() == 40).all());
}

TEST_CASE("gemm: shapes that do not fit are named", "[math]") {
  const ByRows<double> a = ByRows<double>::Ones(2, 3), b = ByRows<double>::Ones(2, 3);
  ByRows<double> c(2, 3);
  CHECK_THROWS_WITH(math::gemm<double>(Operand::plain, a, Operand::plain, b, Target::add, c),
                    ContainsSubstring("2 x 3 times 2 x 3 do not fit 2 x 3"));
}
