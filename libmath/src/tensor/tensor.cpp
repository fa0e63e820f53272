#include "mathtool/math/tensor/tensor.hpp"

#include "mathtool/math/tensor/strided_loop.hpp"

namespace mathtool::math {

template <TensorElement T>
Tensor<T>::Tensor(const TensorView<const T>& view) : Tensor(view.shape()) {
  T* out = data();
  strided_loop({&view.layout()}, [&](const StridedRun& run) {
    const T* from = view.data() + run.offsets[0];
    if (run.steps[0] == 1)
      std::copy_n(from, run.n, out);
    else
      for (Index i = 0; i < run.n; ++i) out[i] = from[i * run.steps[0]];
    out += run.n;
  });
}

template class Tensor<float>;
template class Tensor<double>;
template class Tensor<std::int32_t>;
template class Tensor<std::int64_t>;
template class Tensor<std::uint8_t>;

}  // namespace mathtool::math
