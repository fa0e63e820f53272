#include "mathtool/math/tensor/reduction.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <vector>

#include "mathtool/math/error.hpp"
#include "mathtool/math/tensor/strided_loop.hpp"
#include "tensor/integer128.hpp"

namespace mathtool::math {
namespace {

constexpr Index fold_lanes = 8;     // partial results side by side, whatever the processor has
constexpr Index fold_block = 2048;  // elements folded before the partial results are joined

/// Where the result of a reduction goes.
struct Plan {
  Plan(const Layout& from, const ReductionOptions& options) : to{from.shape, {}, 0} {
    std::vector<bool> reduced(from.shape.size(), options.axes.empty());
    for (const Index axis : options.axes) {
      const auto k = static_cast<std::size_t>(resolve_axis(axis, from.rank()));
      require<DimensionError>(!reduced[k], "reduction: axis {} is named twice", axis);
      reduced[k] = true;
    }
    Shape kept = from.shape;
    for (std::size_t k = 0; k < kept.size(); ++k) {
      if (reduced[k]) {
        count *= kept[k];
        kept[k] = 1;
      }
      if (!reduced[k] || options.keep_axes) shape.push_back(kept[k]);
    }
    to.strides = row_major_strides(kept);
    for (std::size_t k = 0; k < kept.size(); ++k)
      if (reduced[k]) to.strides[k] = 0;
  }

  Layout to;        ///< the result, stretched to the shape of the operand
  Shape shape;      ///< of the result
  Index count = 1;  ///< of elements that are folded into one
};

/// How elements are folded into a result. `join` also takes two vectors of accumulators, lane by
/// lane, where `in_lanes` says so.
template <class T>
struct SumFold {
  using Accumulator =
      std::conditional_t<std::is_floating_point_v<T>, double,
                         std::conditional_t<sizeof(T) == 8, Integer128, std::int64_t>>;
  static constexpr Accumulator start = 0;
  static constexpr bool in_lanes = !std::is_same_v<Accumulator, Integer128>;
  template <class V>
  static void join(V& a, const V& b) {
    a += b;
  }
};

template <class T>
struct ProductFold {
  using Accumulator = std::conditional_t<std::is_floating_point_v<T>, double, std::int64_t>;
  static constexpr Accumulator start = 1;
  static constexpr bool in_lanes = std::is_floating_point_v<T>;
  template <class V>
  static void join(V& a, const V& b) {
    if constexpr (std::is_floating_point_v<T>) {
      a *= b;
    } else {
      const bool fits = !__builtin_mul_overflow(a, b, &a);
      require(fits, "product: the result does not fit into int64");
    }
  }
};

/// A NaN wins against every number, so that it is not lost.
template <class T>
struct MinFold {
  using Accumulator = T;
  static constexpr T start = std::numeric_limits<T>::has_infinity
                                 ? std::numeric_limits<T>::infinity()
                                 : std::numeric_limits<T>::max();
  static constexpr bool in_lanes = true;
  template <class V>
  static void join(V& a, const V& b) {
    a = ((b < a) | (b != b)) ? b : a;
  }
};

template <class T>
struct MaxFold {
  using Accumulator = T;
  static constexpr T start = std::numeric_limits<T>::has_infinity
                                 ? -std::numeric_limits<T>::infinity()
                                 : std::numeric_limits<T>::lowest();
  static constexpr bool in_lanes = true;
  template <class V>
  static void join(V& a, const V& b) {
    a = ((b > a) | (b != b)) ? b : a;
  }
};

template <class T>
struct VectorOf {
  typedef T type __attribute__((vector_size(fold_lanes * sizeof(T))));
};

/// The n elements from x, a multiple of the lanes, folded into `result` lane by lane and then
/// across.
template <class Fold, class T>
void fold_lane_by_lane(const T* x, Index n, typename Fold::Accumulator& result) {
  using Elements = typename VectorOf<T>::type;
  using Accumulators = typename VectorOf<typename Fold::Accumulator>::type;
  Accumulators partial;
  for (Index l = 0; l < fold_lanes; ++l) partial[l] = Fold::start;
  for (Index i = 0; i < n; i += fold_lanes) {
    Elements elements;
    std::memcpy(&elements, x + i, sizeof(elements));
    Fold::join(partial, __builtin_convertvector(elements, Accumulators));
  }
  for (Index l = 0; l < fold_lanes; ++l) Fold::join(result, typename Fold::Accumulator{partial[l]});
}

/// n elements that lie one after the other, folded by blocks.
template <class Fold, class T>
typename Fold::Accumulator fold_contiguous(const T* x, Index n) {
  using Accumulator = typename Fold::Accumulator;
  Accumulator result = Fold::start;
  Index i = 0;
  if constexpr (Fold::in_lanes)
    while (n - i >= fold_lanes) {
      const Index whole = std::min((n - i) / fold_lanes * fold_lanes, fold_block);
      Accumulator block = Fold::start;
      fold_lane_by_lane<Fold>(x + i, whole, block);
      Fold::join(result, block);
      i += whole;
    }
  for (; i < n; ++i) Fold::join(result, static_cast<Accumulator>(x[i]));
  return result;
}

template <class Fold, class T>
std::vector<typename Fold::Accumulator> fold(const TensorView<const T>& a, const Plan& plan) {
  using Accumulator = typename Fold::Accumulator;
  std::vector<Accumulator> results(static_cast<std::size_t>(element_count(plan.shape)),
                                   Fold::start);
  strided_loop({&a.layout(), &plan.to}, [&](const StridedRun& run) {
    const T* x = a.data() + run.offsets[0];
    Accumulator* to = results.data() + run.offsets[1];
    const Index dx = run.steps[0], dr = run.steps[1], n = run.n;
    if (dr == 0 && dx == 1)
      Fold::join(*to, fold_contiguous<Fold>(x, n));
    else if (dr == 1 && dx == 1)
      for (Index i = 0; i < n; ++i) Fold::join(to[i], static_cast<Accumulator>(x[i]));
    else
      for (Index i = 0; i < n; ++i) Fold::join(to[i * dr], static_cast<Accumulator>(x[i * dx]));
  });
  return results;
}

template <class R, class Accumulators, class Finish>
Tensor<R> finished(const Plan& plan, const Accumulators& accumulators, Finish finish) {
  Tensor<R> result(plan.shape);
  std::transform(accumulators.begin(), accumulators.end(), result.data(), finish);
  return result;
}

template <class Fold, class T>
Tensor<T> extreme(const char* name, const TensorView<const T>& a, const ReductionOptions& options) {
  const Plan plan(a.layout(), options);
  require(plan.count > 0 || element_count(plan.shape) == 0, "{} of no elements, shape {}", name,
          to_string(a.shape()));
  return finished<T>(plan, fold<Fold>(a, plan), [](T x) { return x; });
}

}  // namespace

template <TensorElement T>
Tensor<SumElement<T>> Reduction<T>::sum(const View& a, const ReductionOptions& options) {
  const Plan plan(a.layout(), options);
  using Accumulator = typename SumFold<T>::Accumulator;
  return finished<SumElement<T>>(plan, fold<SumFold<T>>(a, plan), [](Accumulator x) {
    if constexpr (std::is_integral_v<T>) {
      using Limits = std::numeric_limits<std::int64_t>;
      require(Limits::min() <= x && x <= Limits::max(), "sum: the result does not fit into int64");
    }
    return static_cast<SumElement<T>>(x);
  });
}

template <TensorElement T>
Tensor<SumElement<T>> Reduction<T>::product(const View& a, const ReductionOptions& options) {
  const Plan plan(a.layout(), options);
  return finished<SumElement<T>>(plan, fold<ProductFold<T>>(a, plan),
                                 [](auto x) { return static_cast<SumElement<T>>(x); });
}

template <TensorElement T>
Tensor<MeanElement<T>> Reduction<T>::mean(const View& a, const ReductionOptions& options) {
  const Plan plan(a.layout(), options);
  const double count = static_cast<double>(plan.count);
  return finished<MeanElement<T>>(plan, fold<SumFold<T>>(a, plan), [count](auto x) {
    return static_cast<MeanElement<T>>(static_cast<double>(x) / count);
  });
}

template <TensorElement T>
Tensor<T> Reduction<T>::min(const View& a, const ReductionOptions& options) {
  return extreme<MinFold<T>>("min", a, options);
}

template <TensorElement T>
Tensor<T> Reduction<T>::max(const View& a, const ReductionOptions& options) {
  return extreme<MaxFold<T>>("max", a, options);
}

template <TensorElement T>
Tensor<std::int64_t> Reduction<T>::arg_extreme(const View& a, Index axis, bool keep_axis,
                                               bool largest) {
  const auto k = static_cast<std::size_t>(resolve_axis(axis, a.rank()));
  const Index length = a.shape()[k], stride = a.strides()[k];
  Shape shape = a.shape();
  shape[k] = 1;
  Layout starts = a.layout();  // of each run along the axis
  starts.shape[k] = 1;
  require(length > 0 || element_count(shape) == 0, "{} of no elements, shape {}",
          largest ? "argmax" : "argmin", to_string(a.shape()));
  if (!keep_axis) shape.erase(shape.begin() + static_cast<Index>(k));
  Tensor<std::int64_t> result(shape);
  std::int64_t* to = result.data();
  strided_loop({&starts}, [&](const StridedRun& run) {
    for (Index i = 0; i < run.n; ++i) {
      const T* x = a.data() + run.offsets[0] + i * run.steps[0];
      Index best = 0;
      for (Index j = 1; j < length && x[best * stride] == x[best * stride]; ++j) {
        const T here = x[j * stride], there = x[best * stride];
        if ((largest ? here > there : here < there) || here != here) best = j;
      }
      *to++ = best;
    }
  });
  return result;
}

template struct Reduction<float>;
template struct Reduction<double>;
template struct Reduction<std::int32_t>;
template struct Reduction<std::int64_t>;
template struct Reduction<std::uint8_t>;

}  // namespace mathtool::math
