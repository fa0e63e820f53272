#include <rapidcheck.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "mathtool/math/tensor/arithmetic.hpp"
#include "mathtool/math/tensor/concatenate.hpp"
#include "mathtool/math/tensor/matmul.hpp"
#include "mathtool/math/tensor/reduction.hpp"
#include "support/catch.hpp"

// Whatever the shape and the strides, results are those of the plainest possible loop over indices.

using namespace mathtool;
using math::Shape;
using math::Tensor;
using math::TensorView;

namespace {

using Elements = std::int64_t;

/// Every index of a shape in row-major order.
std::vector<Shape> indices_of(const Shape& shape) {
  std::vector<Shape> indices;
  Shape index(shape.size(), 0);
  for (Index k = 0; k < math::element_count(shape); ++k) {
    indices.push_back(index);
    for (std::size_t axis = shape.size(); axis-- > 0;) {
      if (++index[axis] < shape[axis]) break;
      index[axis] = 0;
    }
  }
  return indices;
}

Elements element(const TensorView<const Elements>& view, const Shape& index) {
  return view.data()[view.layout().position(index)];
}

/// Uniform, whatever the size that RapidCheck aims at.
Index any_index(Index from, Index to) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(from, to));
}

Shape any_shape() {
  Shape shape(static_cast<std::size_t>(any_index(0, 5)));
  for (Index& length : shape) length = any_index(any_index(0, 8) == 0 ? 0 : 1, 5);
  return shape;
}

Tensor<Elements> any_tensor(const Shape& shape) {
  const auto n = static_cast<std::size_t>(math::element_count(shape));
  return Tensor<Elements>(
      shape, *rc::gen::container<std::vector<Elements>>(n, rc::gen::inRange<Elements>(-99, 100)));
}

/// A view of `tensor` with shuffled axes, some of them backwards or with gaps.
TensorView<const Elements> any_view(const Tensor<Elements>& tensor) {
  std::vector<Index> axes(tensor.shape().size());
  for (std::size_t k = 0; k < axes.size(); ++k) axes[k] = static_cast<Index>(k);
  for (std::size_t k = axes.size(); k > 1; --k)
    std::swap(axes[k - 1], axes[static_cast<std::size_t>(any_index(0, static_cast<Index>(k)))]);
  TensorView<const Elements> view = tensor.view().permute(axes);
  for (Index axis = 0; axis < view.rank(); ++axis)
    view = view.slice(axis, {.step = *rc::gen::element<Index>(1, -1, 2, -2)});
  return view;
}

/// The index into an operand that broadcasting reads at `index` of the result.
Shape stretched(const Shape& index, const Shape& shape) {
  Shape result(index.end() - std::ssize(shape), index.end());
  for (std::size_t k = 0; k < shape.size(); ++k)
    if (shape[k] == 1) result[k] = 0;
  return result;
}

}  // namespace

TEST_CASE("tensor law: broadcasting equals the naive loop", "[math]") {
  CHECK(rc::check([] {
    const Tensor<Elements> a = any_tensor(any_shape());
    const TensorView<const Elements> x = any_view(a);
    Shape other = x.shape();  // the same with axes taken off in front and lengths made 1
    other.erase(other.begin(), other.begin() + any_index(0, x.rank() + 1));
    for (Index& length : other)
      if (*rc::gen::arbitrary<bool>()) length = 1;
    const Tensor<Elements> b = any_tensor(other);
    const Tensor<Elements> left = x - b, right = b - x;
    const Shape expected = math::broadcast_shapes(x.shape(), b.shape());
    RC_ASSERT(left.shape() == expected);
    std::size_t k = 0;
    for (const Shape& index : indices_of(expected)) {
      const Elements difference =
          element(x, stretched(index, x.shape())) - element(b.view(), stretched(index, b.shape()));
      RC_ASSERT(left.elements()[k] == difference);
      RC_ASSERT(right.elements()[k] == -difference);
      ++k;
    }
  }));
}

TEST_CASE("tensor law: reductions equal the naive loop", "[math]") {
  CHECK(rc::check([] {
    const Tensor<Elements> a = any_tensor(any_shape());
    const TensorView<const Elements> x = any_view(a);
    RC_PRE(x.size() > 0 && x.rank() > 0);
    std::vector<Index> axes;
    for (Index axis = 0; axis < x.rank(); ++axis)
      if (*rc::gen::arbitrary<bool>()) axes.push_back(axis);
    RC_PRE(!axes.empty());
    const math::ReductionOptions options{.axes = axes, .keep_axes = true};
    Shape kept = x.shape();
    for (const Index axis : axes) kept[static_cast<std::size_t>(axis)] = 1;
    Tensor<Elements> sums(kept), largest(kept, -1000);
    for (const Shape& index : indices_of(x.shape())) {
      const Shape to = stretched(index, kept);
      const auto at = static_cast<std::size_t>(sums.view().layout().position(to));
      sums.elements()[at] += element(x, index);
      largest.elements()[at] = std::max(largest.elements()[at], element(x, index));
    }
    RC_ASSERT(math::sum(x, options) == sums);
    RC_ASSERT(math::max(x, options) == largest);
    RC_ASSERT(math::min(-x, options) == -largest);
    const Tensor<std::int64_t> where = math::argmax(x, axes[0], true);
    const Tensor<Elements> best = math::max(x, {.axes = {axes[0]}, .keep_axes = true});
    for (const Shape& index : indices_of(where.shape())) {
      Shape found = index;
      found[static_cast<std::size_t>(axes[0])] = element(where.view(), index);
      RC_ASSERT(element(x, found) == element(best.view(), index));
    }
  }));
}

TEST_CASE("tensor law: slices select what Python's do", "[math]") {
  CHECK(rc::check([] {
    const Index n = any_index(0, 8);
    const Index step = any_index(1, 5) * *rc::gen::element<Index>(1, -1);
    math::Slice slice{.step = step};
    if (*rc::gen::arbitrary<bool>()) slice.from = any_index(-10, 11);
    if (*rc::gen::arbitrary<bool>()) slice.to = any_index(-10, 11);
    // By the definition: from + k step, as long as it is before `to`, where it is an element.
    const auto counted = [&](Index i) { return i < 0 ? i + n : i; };
    std::vector<Elements> expected;
    Index i = slice.from ? counted(*slice.from) : (step > 0 ? 0 : n - 1);
    i = step > 0 ? std::max<Index>(i, 0) : std::min(i, n - 1);
    const Index end = slice.to ? counted(*slice.to) : (step > 0 ? n : -1);
    for (; i >= 0 && i < n && (step > 0 ? i < end : i > end); i += step) expected.push_back(i);
    const Tensor<Elements> taken(math::arange<Elements>(n).view().slice(0, slice));
    RC_ASSERT(std::vector<Elements>(taken.elements().begin(), taken.elements().end()) == expected);
  }));
}

TEST_CASE("tensor law: matmul equals the sum of products", "[math]") {
  CHECK(rc::check([] {
    const Index batch = any_index(1, 6), m = any_index(1, 6), k = any_index(1, 6);
    const Index n = any_index(1, 6);
    const Tensor<Elements> a = any_tensor({batch, m, k}), b = any_tensor({k, n});
    const Tensor<Elements> product = math::matmul(a, b);
    // (batch, m, k, 1) · (k, n), summed over k.
    RC_ASSERT(product == math::sum(a.view().expand(-1) * b, {.axes = {2}}));
  }));
}

TEST_CASE("tensor law: parts concatenate back to the whole", "[math]") {
  CHECK(rc::check([] {
    const Tensor<Elements> a = any_tensor(any_shape());
    const TensorView<const Elements> x = any_view(a);
    RC_PRE(x.rank() > 0);
    const Index axis = any_index(-x.rank(), x.rank());
    const Index cut = any_index(0, x.length(axis) + 1);
    const Tensor<Elements> whole = math::concatenate<Elements>(
        {x.slice(axis, {.to = cut}), x.slice(axis, {.from = cut})}, axis);
    RC_ASSERT(whole == Tensor<Elements>(x));
  }));
}
