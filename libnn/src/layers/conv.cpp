#include "mathtool/nn/layers/conv.hpp"

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

/// So many columns make a product fast, while patches of as many places stay in the cache.
constexpr Index columns_at_once = 128;

/// What both directions need: images in groups whose patches stand side by side.
struct Patchwork {
  Patchwork(const Conv& conv, const Shape& input)
      : window(window_over(input, conv.height, conv.width, conv.stride, conv.padding)),
        groups(conv.groups),
        filters(conv.filters / conv.groups),
        frames(image_count(input)) {
    part = window;
    part.channels = window.channels / groups;
    places = window.places();
    at_once = std::max<Index>(1, columns_at_once / places);
    identity = conv.height == 1 && conv.width == 1 && conv.stride == 1 && window.top == 0 &&
               window.left == 0 && places == window.height * window.width;
    if (identity) at_once = 1;  // an image is its own patches
  }

  Index weights() const { return filters * part.patch_size(); }  ///< of a group
  Index outputs() const { return groups * filters * places; }    ///< of an image

  /// Patches of `count` images for one group, as columns; the image itself where that is the same.
  template <class T>
  ConstRows<T> patches(const T* images, Index group, Index count, T* room) const {
    const T* first = images + group * part.image_size();
    const Index columns = count * places;
    if (identity) return {first, part.patch_size(), columns};
    for (Index i = 0; i < count; ++i)
      gather_patches<T>(part, first + i * window.image_size(), room + i * places, columns);
    return {room, part.patch_size(), columns};
  }

  Window window, part;  ///< of all channels, of those of a group
  Index groups, filters, frames, places = 0, at_once = 1;
  bool identity = false;
};

template <class T>
T* room_for(const Site<T>& site, Index numbers) {
  if (std::ssize(*site.scratch) < numbers) site.scratch->resize(static_cast<std::size_t>(numbers));
  return site.scratch->data();
}

}  // namespace

LayerPlan Conv::plan(const Shape& input) const {
  require(filters >= 1, "conv: filters must be >= 1, got {}", filters);
  require(groups >= 1 && filters % groups == 0,
          "conv: groups must be >= 1 and divide the {} filters, got {}", filters, groups);
  const Window w = window_over(input, height, width, stride, padding);
  require<DimensionError>(w.channels % groups == 0,
                          "expects a number of channels that {} groups divide", groups);
  const Index channels = w.channels / groups;
  LayerPlan plan{.output = input};
  plan.output.end()[-3] = filters;
  plan.output.end()[-2] = w.out_height;
  plan.output.end()[-1] = w.out_width;
  plan.parameters = {{.name = "weight",
                      .shape = {filters, channels, height, width},
                      .fan = {channels * height * width, filters / groups * height * width},
                      .initializer = initializer},
                     {.name = "bias",
                      .shape = {filters},
                      .initializer = {InitializerKind::constant, 0},
                      .weight = false}};
  plan.multiplications =
      math::element_count({image_count(input), filters, w.places(), channels, height, width});
  return plan;
}

std::string Conv::text() const { return kernel_text(*this); }

template <std::floating_point T>
void Conv::forward(const Site<T>& site, const ConstRows<T>& x, Rows<T>& y) const {
  const Patchwork work(*this, *site.input);
  const Index images = x.rows() * work.frames, most = work.at_once * work.places;
  T* room = room_for<T>(site, (work.part.patch_size() + work.filters) * most);
  T* products = room + work.part.patch_size() * most;
  const T* bias = site.parameters + work.groups * work.weights();
  for (Index first = 0; first < images; first += work.at_once) {
    const Index count = std::min(work.at_once, images - first), columns = count * work.places;
    for (Index g = 0; g < work.groups; ++g) {
      T* to = y.data() + first * work.outputs() + g * work.filters * work.places;
      const bool direct = count == 1;
      Rows<T> z(direct ? to : products, work.filters, columns);
      for (Index f = 0; f < work.filters; ++f)
        std::fill_n(z.data() + f * columns, columns, bias[g * work.filters + f]);
      math::gemm<T>(
          Operand::plain,
          ConstRows<T>(site.parameters + g * work.weights(), work.filters, work.part.patch_size()),
          Operand::plain,
          work.patches<T>(x.data() + first * work.window.image_size(), g, count, room), Target::add,
          z);
      if (direct) continue;
      for (Index i = 0; i < count; ++i)
        for (Index f = 0; f < work.filters; ++f)
          std::copy_n(z.data() + f * columns + i * work.places, work.places,
                      to + i * work.outputs() + f * work.places);
    }
  }
}

template <std::floating_point T>
void Conv::backward(const Site<T>& site, const ConstRows<T>& x, const ConstRows<T>&,
                    const ConstRows<T>& y_gradient, Rows<T>& x_gradient) const {
  const Patchwork work(*this, *site.input);
  const Index images = x.rows() * work.frames, most = work.at_once * work.places;
  const Index patch = work.part.patch_size();
  T* room = room_for<T>(site, (2 * patch + work.filters) * most);
  T* patch_gradients = room + patch * most;
  T* gathered = patch_gradients + patch * most;
  T* bias = site.gradient ? site.gradient + work.groups * work.weights() : nullptr;
  if (bias) std::fill_n(bias, filters, T(0));
  if (x_gradient.data()) x_gradient.setZero();
  for (Index first = 0; first < images; first += work.at_once) {
    const Index count = std::min(work.at_once, images - first), columns = count * work.places;
    for (Index g = 0; g < work.groups; ++g) {
      const T* from = y_gradient.data() + first * work.outputs() + g * work.filters * work.places;
      if (count > 1)
        for (Index i = 0; i < count; ++i)
          for (Index f = 0; f < work.filters; ++f)
            std::copy_n(from + i * work.outputs() + f * work.places, work.places,
                        gathered + f * columns + i * work.places);
      const ConstRows<T> dz(count > 1 ? gathered : from, work.filters, columns);
      if (site.gradient) {
        math::gemm<T>(Operand::plain, dz, Operand::transposed,
                      work.patches<T>(x.data() + first * work.window.image_size(), g, count, room),
                      first == 0 ? Target::overwrite : Target::add,
                      Rows<T>(site.gradient + g * work.weights(), work.filters, patch));
        for (Index f = 0; f < work.filters; ++f)
          bias[g * work.filters + f] += sum_of(dz.data() + f * columns, columns);
      }
      if (!x_gradient.data()) continue;
      const ConstRows<T> weights(site.parameters + g * work.weights(), work.filters, patch);
      T* image = x_gradient.data() + first * work.window.image_size() + g * work.part.image_size();
      Rows<T> dp(work.identity ? image : patch_gradients, patch, columns);
      math::gemm<T>(Operand::transposed, weights, Operand::plain, dz, Target::overwrite, dp);
      if (work.identity) continue;
      for (Index i = 0; i < count; ++i)
        scatter_patches<T>(work.part, dp.data() + i * work.places, columns,
                           image + i * work.window.image_size());
    }
  }
}

MATHTOOL_LAYER(Conv);

}  // namespace mathtool::nn
