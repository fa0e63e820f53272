#include "mathtool/math/tensor/tensor.hpp"

#include <cmath>
#include <limits>

#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/tensor/arithmetic.hpp"
#include "mathtool/math/tensor/concatenate.hpp"
#include "mathtool/math/tensor/elementwise.hpp"
#include "mathtool/math/tensor/matmul.hpp"
#include "mathtool/math/tensor/one_hot.hpp"
#include "mathtool/math/tensor/reduction.hpp"
#include "support/catch.hpp"

using namespace mathtool;
using math::arange;
using math::Shape;
using math::Tensor;
using math::TensorView;

namespace {

Tensor<double> counting(const Shape& shape) {
  return arange<double>(math::element_count(shape)).reshape(shape);
}

Tensor<double> numbers(const Shape& shape, std::vector<double> elements) {
  return Tensor<double>(shape, std::move(elements));
}

}  // namespace

TEST_CASE("tensor: elements lie row after row, and indices are checked", "[math]") {
  Tensor<double> a = counting({2, 3});
  CHECK(a(1, 0) == 3.0);
  CHECK(a(-1, -1) == 5.0);
  a(0, 2) = 20.0;
  CHECK(a.data()[2] == 20.0);
  CHECK(a.strides() == math::Strides{3, 1});
  CHECK(Tensor<double>()() == 0.0);
  CHECK_THROWS_WITH(a(0, 3), ContainsSubstring("index 3") && ContainsSubstring("(2, 3)"));
  CHECK_THROWS_WITH(a(0), ContainsSubstring("(2, 3)"));
  CHECK_THROWS_WITH(Tensor<double>({2, 2}, {1, 2, 3}), ContainsSubstring("3 elements"));
  CHECK_THROWS_AS(Tensor<double>({-1}), DimensionError);
  CHECK_THROWS_AS(Tensor<double>({1LL << 40, 1LL << 40}), DimensionError);
  CHECK(Tensor<double>({0, 1LL << 40, 1LL << 40}).size() == 0);
}

TEST_CASE("tensor: reshape keeps the order and works out one length", "[math]") {
  const Tensor<double> a = counting({2, 6});
  CHECK(a.reshape({3, -1}).shape() == Shape{3, 4});
  CHECK(a.reshape({3, -1})(2, 3) == 11.0);
  CHECK_THROWS_WITH(a.reshape({5, 2}), ContainsSubstring("(2, 6)") && ContainsSubstring("(5, 2)"));
  CHECK_THROWS_AS(a.reshape({-1, -1}), DimensionError);
  CHECK_THROWS_AS(a.reshape({5, -1}), DimensionError);
  CHECK(Tensor<double>(Shape{0, 4}).reshape({2, -1}).shape() == Shape{2, 0});
  CHECK_THROWS_WITH(a.view().transpose().reshape({12}), ContainsSubstring("copy"));
}

TEST_CASE("tensor view: transpose, permute, expand, squeeze and select share elements", "[math]") {
  Tensor<double> a = counting({2, 3, 4});
  const TensorView<double> t = a.view().permute({2, 0, 1});
  CHECK(t.shape() == Shape{4, 2, 3});
  CHECK(t(3, 1, 2) == a(1, 2, 3));
  CHECK(a.view().transpose().shape() == Shape{4, 3, 2});
  CHECK(a.view().expand(-1).shape() == Shape{2, 3, 4, 1});
  CHECK(a.view().expand(0).squeeze(0).shape() == a.shape());
  a.view().select(1, -1)(1, 0) = -7.0;
  CHECK(a(1, 2, 0) == -7.0);
  CHECK(a.view().is_contiguous());
  CHECK_FALSE(t.is_contiguous());
  CHECK_THROWS_AS(a.view().permute({0, 0, 1}), DimensionError);
  CHECK_THROWS_AS(a.view().permute({0, 1}), DimensionError);
  CHECK_THROWS_AS(a.view().squeeze(0), DimensionError);
  CHECK_THROWS_AS(a.view().select(0, 2), DimensionError);
  CHECK_THROWS_WITH(a.view().select(3, 0), ContainsSubstring("axis 3"));
}

TEST_CASE("tensor view: slices with steps in both directions", "[math]") {
  const Tensor<double> a = arange<double>(10);
  const auto taken = [&](const math::Slice& s) { return Tensor<double>(a.view().slice(0, s)); };
  CHECK(taken({.from = 2, .to = 5}) == numbers({3}, {2, 3, 4}));
  CHECK(taken({.step = 4}) == numbers({3}, {0, 4, 8}));
  CHECK(taken({.step = -4}) == numbers({3}, {9, 5, 1}));
  CHECK(taken({.from = -3}) == numbers({3}, {7, 8, 9}));
  CHECK(taken({.from = 7, .to = 2, .step = -2}) == numbers({3}, {7, 5, 3}));
  CHECK(taken({.to = -8}) == numbers({2}, {0, 1}));
  CHECK(taken({.from = 5, .to = 2}).size() == 0);
  CHECK(taken({.from = -100, .to = 100}) == a);
  CHECK(taken({.step = std::numeric_limits<Index>::min()}) == numbers({1}, {9}));
  CHECK_THROWS_AS(taken({.step = 0}), DomainError);
  // The same on a view that runs backwards already.
  const TensorView<const double> back = a.view().slice(0, {.step = -1});
  CHECK(Tensor<double>(back.slice(0, {.from = 1, .to = 4})) == numbers({3}, {8, 7, 6}));
}

TEST_CASE("tensor arithmetic: broadcasting by hand, and with plain numbers", "[math]") {
  const Tensor<double> column = numbers({2, 1}, {1, 2}), row = numbers({3}, {10, 20, 30});
  CHECK(column + row == numbers({2, 3}, {11, 21, 31, 12, 22, 32}));
  CHECK(row - 1 == numbers({3}, {9, 19, 29}));
  CHECK(1 / column == numbers({2, 1}, {1, 0.5}));
  CHECK(-row == numbers({3}, {-10, -20, -30}));
  CHECK((Tensor<double>(Shape{0, 3}) * row).shape() == Shape{0, 3});
  CHECK_THROWS_WITH(column + numbers({3, 2}, {1, 2, 3, 4, 5, 6}),
                    ContainsSubstring("(2, 1)") && ContainsSubstring("(3, 2)"));
}

TEST_CASE("tensor arithmetic: in place, also where the operands overlap", "[math]") {
  Tensor<double> a = counting({2, 2});
  a += 1;
  a *= numbers({2}, {10, 100});
  CHECK(a == numbers({2, 2}, {10, 200, 30, 400}));
  a.view().select(0, 0) -= a.view().select(0, 1);
  CHECK(a == numbers({2, 2}, {-20, -200, 30, 400}));
  Tensor<double> b = arange<double>(4);
  b += b.view().slice(0, {.step = -1});
  CHECK(b == numbers({4}, {3, 3, 3, 3}));
  Tensor<double> c = numbers({2, 2}, {1, 2, 3, 4});
  c += c.view().transpose();
  CHECK(c == numbers({2, 2}, {2, 5, 5, 8}));
  Tensor<double> d = numbers({2}, {1, 2});
  CHECK_THROWS_WITH(d += a, ContainsSubstring("(2, 2)") && ContainsSubstring("(2,)"));
}

TEST_CASE("tensor arithmetic: integers do not wrap around", "[math]") {
  const Tensor<std::uint8_t> a(Shape{2}, {200, 10}), b(Shape{2}, {100, 20});
  CHECK_THROWS_WITH(a + b, ContainsSubstring("uint8"));
  CHECK_THROWS_AS(b - a, DomainError);
  CHECK(math::cast<std::int32_t>(a) + math::cast<std::int32_t>(b) ==
        Tensor<std::int32_t>(Shape{2}, {300, 30}));
  CHECK_THROWS_AS(a + 300, DomainError);
  CHECK_THROWS_AS(a / 0, DomainError);
  CHECK(a / 7 == Tensor<std::uint8_t>(Shape{2}, {28, 1}));
  const Tensor<std::int64_t> least(Shape{1}, {std::numeric_limits<std::int64_t>::min()});
  CHECK_THROWS_AS(least / -1, DomainError);
  CHECK_THROWS_AS(least * 2, DomainError);
  CHECK_THROWS_AS(-least, DomainError);
}

TEST_CASE("tensor elementwise: map, zip and masks", "[math]") {
  const Tensor<double> a = counting({2, 3});
  CHECK(math::map(a, [](double x) { return x * x; })(1, 2) == 25.0);
  CHECK(math::map(a.view().transpose(), [](double x) { return x > 2; }) ==
        Tensor<std::uint8_t>(Shape{3, 2}, {0, 1, 0, 1, 0, 1}));
  const Tensor<float> rounded = math::map(a, [](double x) { return static_cast<float>(x); });
  CHECK(rounded(0, 1) == 1.0F);
  CHECK(math::zip(a, numbers({2, 1}, {1, 4}), [](double x, double y) { return x < y; }) ==
        Tensor<std::uint8_t>(Shape{2, 3}, {1, 0, 0, 1, 0, 0}));
}

TEST_CASE("tensor cast: fractions are cut off, and what does not fit is refused", "[math]") {
  CHECK(math::cast<std::int32_t>(numbers({3}, {2.9, -2.9, 0})) ==
        Tensor<std::int32_t>(Shape{3}, {2, -2, 0}));
  CHECK(math::cast<std::uint8_t>(numbers({1}, {255.9}))(0) == 255);
  CHECK(math::cast<std::uint8_t>(numbers({1}, {-0.9}))(0) == 0);
  for (const double x : {256.0, -1.0, double{NAN}, infinity})
    CHECK_THROWS_WITH(math::cast<std::uint8_t>(numbers({1}, {x})), ContainsSubstring("uint8"));
  CHECK(math::cast<std::int64_t>(numbers({1}, {-0x1p63}))(0) ==
        std::numeric_limits<std::int64_t>::min());
  CHECK_THROWS_AS(math::cast<std::int64_t>(numbers({1}, {0x1p63})), DomainError);
  CHECK_THROWS_AS(math::cast<std::int32_t>(Tensor<std::int64_t>(Shape{1}, {1LL << 31})),
                  DomainError);
  CHECK(math::cast<double>(Tensor<std::uint8_t>(Shape{1}, {7}))(0) == 7.0);
}

TEST_CASE("tensor reduction: over all axes, some, and kept", "[math]") {
  const Tensor<double> a = counting({2, 3, 4});
  CHECK(math::sum(a)() == 276.0);
  CHECK(math::sum(a, {.axes = {0, -1}}) == numbers({3}, {60, 92, 124}));
  CHECK(math::sum(a, {.axes = {1}, .keep_axes = true}).shape() == Shape{2, 1, 4});
  CHECK(math::mean(a, {.axes = {2}}) == numbers({2, 3}, {1.5, 5.5, 9.5, 13.5, 17.5, 21.5}));
  CHECK(math::max(a, {.axes = {0, 2}}) == numbers({3}, {15, 19, 23}));
  CHECK(math::min(-a)() == -23.0);
  CHECK(math::product(numbers({2, 2}, {1, 2, 3, 4}), {.axes = {0}}) == numbers({2}, {3, 8}));
  CHECK(math::argmax(a.view().slice(2, {.step = -1})) ==
        Tensor<std::int64_t>(Shape{2, 3}, {0, 0, 0, 0, 0, 0}));
  CHECK(math::argmin(numbers({2, 3}, {3, 1, 1, 0, 5, 0})) ==
        Tensor<std::int64_t>(Shape{2}, {1, 0}));
  CHECK(math::argmax(a, 0, true).shape() == Shape{1, 3, 4});
  CHECK_THROWS_AS(math::sum(a, {.axes = {1, -2}}), DimensionError);
  CHECK_THROWS_AS(math::sum(a, {.axes = {3}}), DimensionError);
}

TEST_CASE("tensor reduction: of nothing, of NaN, and of integers", "[math]") {
  const Tensor<double> nothing(Shape{0, 2});
  CHECK(math::sum(nothing, {.axes = {0}}) == numbers({2}, {0, 0}));
  CHECK(math::product(nothing)() == 1.0);
  CHECK(std::isnan(math::mean(nothing)()));
  CHECK_THROWS_WITH(math::max(nothing), ContainsSubstring("(0, 2)"));
  CHECK(math::max(nothing, {.axes = {1}}).size() == 0);
  CHECK_THROWS_AS(math::argmax(nothing, 0), DomainError);
  for (const std::size_t place : {0, 3, 20}) {
    Tensor<double> a = arange<double>(21);
    a.elements()[place] = NAN;
    CHECK(std::isnan(math::max(a)()));
    CHECK(std::isnan(math::min(a)()));
    CHECK(math::argmax(a)() == static_cast<std::int64_t>(place));
    CHECK(math::argmin(a)() == static_cast<std::int64_t>(place));
  }
  CHECK(math::max(numbers({2}, {-infinity, -infinity}))() == -infinity);
  CHECK(math::sum(Tensor<std::uint8_t>(Shape{1000}, 255))() == 255'000);
  CHECK(math::mean(Tensor<std::int32_t>(Shape{2}, {1, 2}))() == 1.5);
  const Tensor<std::int64_t> large(Shape{2}, std::int64_t{1} << 62);
  CHECK_THROWS_AS(math::sum(large), DomainError);
  CHECK(math::mean(large)() == 0x1p62);
  CHECK_THROWS_AS(math::product(large), DomainError);
}

TEST_CASE("tensor reduction: long sums of floats keep their digits", "[math]") {
  const Index n = 1'000'001;
  // 0.1 as a float is 13421773 / 2²⁷.
  const double expected = static_cast<double>(n) * 13421773 / 0x1p27;
  CHECK(math::sum(Tensor<float>(Shape{n}, 0.1F))() == static_cast<float>(expected));
  CHECK(std::abs(math::sum(Tensor<double>(Shape{n}, 0.1))() - 100000.1) <= 1e-8);
}

TEST_CASE("tensor matmul: vectors, matrices and batches", "[math]") {
  const Tensor<double> a = numbers({2, 3}, {1, 2, 3, 4, 5, 6}), x = numbers({3}, {1, 0, -1});
  CHECK(math::matmul(a, x) == numbers({2}, {-2, -2}));
  CHECK(math::matmul(x, x)() == 2.0);
  CHECK(math::matmul(numbers({2}, {1, 1}), a) == numbers({3}, {5, 7, 9}));
  CHECK(math::matmul(a, a.view().transpose()) == numbers({2, 2}, {14, 32, 32, 77}));
  const Tensor<double> batch = counting({4, 1, 2, 3});
  const Tensor<double> products = math::matmul(batch, counting({5, 3, 2}));
  CHECK(products.shape() == Shape{4, 5, 2, 2});
  // Row (9, 10, 11) times column (25, 27, 29).
  CHECK(products(1, 4, 1, 1) == 9 * 25 + 10 * 27 + 11 * 29);
  CHECK(math::matmul(Tensor<double>(Shape{2, 0}), Tensor<double>(Shape{0, 3})) ==
        Tensor<double>(Shape{2, 3}));
  CHECK_THROWS_WITH(math::matmul(a, a), ContainsSubstring("(2, 3)"));
  CHECK_THROWS_AS(math::matmul(Tensor<double>(), x), DimensionError);
  const Tensor<std::uint8_t> bytes(Shape{2, 2}, {10, 20, 30, 4});
  CHECK_THROWS_AS(math::matmul(bytes, bytes), DomainError);
  const Tensor<std::int32_t> whole = math::cast<std::int32_t>(bytes);
  CHECK(math::matmul(whole, whole) == Tensor<std::int32_t>(Shape{2, 2}, {700, 280, 420, 616}));
  CHECK(math::matmul(math::cast<float>(a), math::cast<float>(x)) ==
        Tensor<float>(Shape{2}, {-2, -2}));
}

TEST_CASE("tensor: concatenate, stack and one-hot", "[math]") {
  const Tensor<double> a = counting({2, 2}), b = numbers({2, 1}, {8, 9});
  CHECK(math::concatenate<double>({a, b}, 1) == numbers({2, 3}, {0, 1, 8, 2, 3, 9}));
  CHECK(math::concatenate<double>({a, a.view().transpose()}) ==
        numbers({4, 2}, {0, 1, 2, 3, 0, 2, 1, 3}));
  CHECK(math::stack<double>({a, a}, -1).shape() == Shape{2, 2, 2});
  CHECK(math::stack<double>({a, -a}, 1)(1, 1, 0) == -2.0);
  CHECK_THROWS_WITH(math::concatenate<double>({a, b}, 0),
                    ContainsSubstring("(2, 2)") && ContainsSubstring("(2, 1)"));
  CHECK_THROWS_WITH(math::stack<double>({a, b}), ContainsSubstring("(2, 1)"));
  CHECK_THROWS_AS(math::concatenate<double>({}), DimensionError);
  const Tensor<std::int64_t> labels(Shape{3}, {2, 0, 1});
  CHECK(math::one_hot<float>(labels, 3) == Tensor<float>(Shape{3, 3}, {0, 0, 1, 1, 0, 0, 0, 1, 0}));
  CHECK_THROWS_WITH(math::one_hot<float>(labels, 2), ContainsSubstring("label 2"));
}
