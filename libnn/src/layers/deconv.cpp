#include "mathtool/nn/layers/deconv.hpp"

#include <algorithm>

#include "kernel_text.hpp"
#include "layer_members.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/gemm.hpp"
#include "patches.hpp"
#include "sum_of.hpp"

namespace mathtool::nn {
namespace {

using math::Operand;
using math::Target;

/// One side of the image that a side of x is painted into.
Index painted(Index size, Index kernel, const Deconv& layer) {
  if (layer.padding.same) return size * layer.stride;
  return (size - 1) * layer.stride + kernel - 2 * layer.padding.around;
}

/// The shape of y. Throws: DimensionError where the padding leaves nothing of it.
Shape output_shape(const Deconv& layer, const Shape& input) {
  (void)image_count(input);
  Shape output = input;
  output.end()[-3] = layer.filters;
  output.end()[-2] = painted(input.end()[-2], layer.height, layer);
  output.end()[-1] = painted(input.end()[-1], layer.width, layer);
  require<DimensionError>(output.end()[-2] >= 1 && output.end()[-1] >= 1,
                          "expects larger images or less padding");
  return output;
}

/// The convolution that goes the other way, from y to x, for one group.
struct Reverse {
  Reverse(const Deconv& layer, const Shape& input)
      : window(window_over(output_shape(layer, input), layer.height, layer.width, layer.stride,
                           layer.padding)),
        channels(input.end()[-3] / layer.groups),
        images(image_count(input)) {
    window.channels = layer.filters / layer.groups;
  }

  Index weights() const { return channels * window.patch_size(); }
  Index inputs() const { return channels * window.places(); }

  Window window;
  Index channels, images;
};

template <class T>
T* patch_room(const Site<T>& site, const Reverse& reverse) {
  const auto numbers =
      static_cast<std::size_t>(reverse.window.patch_size() * reverse.window.places());
  if (site.scratch->size() < numbers) site.scratch->resize(numbers);
  return site.scratch->data();
}

}  // namespace

LayerPlan Deconv::plan(const Shape& input) const {
  require(filters >= 1 && groups >= 1 && filters % groups == 0,
          "deconv: groups must be >= 1 and divide the filters, got {} of {}", groups, filters);
  constexpr Index largest = 1'000'000;
  for (const Index side : {height, width, stride})
    require(side >= 1 && side <= largest,
            "deconv: the kernel's sides and the stride must be 1 to {}, got {}", largest, side);
  require(padding.around >= 0 && padding.around <= largest, "deconv: pad must be 0 to {}, got {}",
          largest, padding.around);
  require<DimensionError>(image_count(input) >= 1 && input.end()[-3] % groups == 0,
                          "expects a number of channels that {} groups divide", groups);
  require<DimensionError>(!padding.same || (height >= stride && width >= stride),
                          "expects a kernel of at least the stride for pad same");
  const Reverse reverse(*this, input);
  const Index each = math::element_count({filters / groups, height, width});
  LayerPlan plan{.output = output_shape(*this, input)};
  plan.parameters = {{.name = "weight",
                      .shape = {input.end()[-3], filters / groups, height, width},
                      .fan = {math::element_count({reverse.channels, height, width}), each},
                      .initializer = initializer},
                     {.name = "bias",
                      .shape = {filters},
                      .initializer = {InitializerKind::constant, 0},
                      .weight = false}};
  plan.multiplications = math::element_count({math::element_count(input), each});
  return plan;
}

std::string Deconv::text() const { return kernel_text(*this); }

template <std::floating_point T>
void Deconv::forward(const Site<T>& site, const ConstRows<T>& x, Rows<T>& y) const {
  const Reverse reverse(*this, *site.input);
  const Window& window = reverse.window;
  const Index pixels = window.height * window.width, images = x.rows() * reverse.images;
  Rows<T> patches(patch_room(site, reverse), window.patch_size(), window.places());
  const T* bias = site.parameters + groups * reverse.weights();
  for (Index i = 0; i < images; ++i)
    for (Index g = 0; g < groups; ++g) {
      T* to = y.data() + (i * groups + g) * window.image_size();
      for (Index f = 0; f < window.channels; ++f)
        std::fill_n(to + f * pixels, pixels, bias[g * window.channels + f]);
      math::gemm<T>(Operand::transposed,
                    ConstRows<T>(site.parameters + g * reverse.weights(), reverse.channels,
                                 window.patch_size()),
                    Operand::plain,
                    ConstRows<T>(x.data() + (i * groups + g) * reverse.inputs(), reverse.channels,
                                 window.places()),
                    Target::overwrite, patches);
      scatter_patches<T>(window, patches.data(), window.places(), to);
    }
}

template <std::floating_point T>
void Deconv::backward(const Site<T>& site, const ConstRows<T>& x, const ConstRows<T>&,
                      const ConstRows<T>& y_gradient, Rows<T>& x_gradient) const {
  const Reverse reverse(*this, *site.input);
  const Window& window = reverse.window;
  const Index pixels = window.height * window.width, images = x.rows() * reverse.images;
  Rows<T> patches(patch_room(site, reverse), window.patch_size(), window.places());
  T* bias = site.gradient ? site.gradient + groups * reverse.weights() : nullptr;
  if (bias) std::fill_n(bias, filters, T(0));
  for (Index i = 0; i < images; ++i)
    for (Index g = 0; g < groups; ++g) {
      const T* dy = y_gradient.data() + (i * groups + g) * window.image_size();
      gather_patches<T>(window, dy, patches.data(), window.places());
      const Index place = (i * groups + g) * reverse.inputs();
      if (site.gradient) {
        math::gemm<T>(
            Operand::plain, ConstRows<T>(x.data() + place, reverse.channels, window.places()),
            Operand::transposed, patches, i == 0 ? Target::overwrite : Target::add,
            Rows<T>(site.gradient + g * reverse.weights(), reverse.channels, window.patch_size()));
        for (Index f = 0; f < window.channels; ++f)
          bias[g * window.channels + f] += sum_of(dy + f * pixels, pixels);
      }
      if (x_gradient.data())
        math::gemm<T>(Operand::plain,
                      ConstRows<T>(site.parameters + g * reverse.weights(), reverse.channels,
                                   window.patch_size()),
                      Operand::plain, patches, Target::overwrite,
                      Rows<T>(x_gradient.data() + place, reverse.channels, window.places()));
    }
}

MATHTOOL_LAYER(Deconv);

}  // namespace mathtool::nn
