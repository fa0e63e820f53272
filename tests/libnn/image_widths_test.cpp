#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <string>

#include "mathtool/nn/layers/all.hpp"
#include "support/catch.hpp"
#include "support/network_pass.hpp"

using namespace mathtool;
using nn::Batch;

namespace {

constexpr Index height = 7;

/// What a window over one plane gives, and the gradient in the plane, one number at a time.
struct Expected {
  Batch<float> y, x_gradient;
};

Expected largest_of(const Batch<float>& x, const Batch<float>& c, Index width, Index size,
                    Index stride) {
  Expected e{.y = Batch<float>(1, c.cols()), .x_gradient = Batch<float>::Zero(1, x.cols())};
  for (Index i = 0, place = 0; i + size <= height; i += stride)
    for (Index j = 0; j + size <= width; j += stride, ++place) {
      Index at = i * width + j;
      for (Index k = 0; k < size; ++k)
        for (Index l = 0; l < size; ++l) {
          const Index here = (i + k) * width + j + l;
          if (x(here) > x(at) || std::isnan(x(here))) at = here;
        }
      e.y(place) = x(at);
      e.x_gradient(at) += c(place);
    }
  return e;
}

Expected filtered(const Batch<float>& x, const Batch<float>& c, Index width, Index stride,
                  Index pad, const nn::Parameters<float>& filter) {
  Expected e{.y = Batch<float>(1, c.cols()), .x_gradient = Batch<float>::Zero(1, x.cols())};
  for (Index i = -pad, place = 0; i + 3 <= height + pad; i += stride)
    for (Index j = -pad; j + 3 <= width + pad; j += stride, ++place) {
      e.y(place) = filter(9);
      for (Index k = 0; k < 3; ++k)
        for (Index l = 0; l < 3; ++l) {
          if (i + k < 0 || i + k >= height || j + l < 0 || j + l >= width) continue;
          const Index here = (i + k) * width + j + l;
          e.y(place) += filter(3 * k + l) * x(here);
          e.x_gradient(here) += filter(3 * k + l) * c(place);
        }
    }
  return e;
}

bool same(const Batch<float>& a, const Batch<float>& b) {
  if (a.cols() != b.cols()) return false;
  for (Index i = 0; i < a.cols(); ++i)
    if (a(i) != b(i) && !(std::isnan(a(i)) && std::isnan(b(i)))) return false;
  return true;
}

/// Small whole numbers: sums of their products are exact, and many are equal.
Batch<float> whole_numbers(Index n, std::uint64_t seed) {
  return (2 * test::random_rows<float>(1, n, seed)).array().round();
}

}  // namespace

TEST_CASE("maxpool, conv: images of any width, against one number at a time", "[nn]") {
  // Rows are taken in blocks of 16, 8, 4 and 1.
  for (Index width = 3; width <= 70; ++width) {
    INFO("width " << width);
    const auto seed = static_cast<std::uint64_t>(width);
    for (const Index size : {2, 3})
      for (const Index stride : {1, 2, 3}) {
        const std::string layer = fmt::format("maxpool {} stride {}", size, stride);
        INFO(layer);
        nn::Sequential<float> network({1, height, width}, nn::parse_layers(layer));
        Batch<float> x = whole_numbers(height * width, seed);
        if (width % 3 == 0) x(width + 1) = std::numeric_limits<float>::quiet_NaN();
        const Batch<float> c =
            whole_numbers(math::element_count(network.architecture().output()), 9);
        const auto pass = test::network_pass<float>(network, x, c);
        const Expected expected = largest_of(x, c, width, size, stride);
        CHECK(same(pass.y, expected.y));
        CHECK(same(pass.x_gradient, expected.x_gradient));
      }
    for (const Index stride : {1, 2})
      for (const Index pad : {0, 1, 2}) {
        const std::string layer = fmt::format("conv 1 3x3 stride {} pad {}", stride, pad);
        INFO(layer);
        nn::Sequential<float> network({1, height, width}, nn::parse_layers(layer));
        network.parameters() << 1, -2, 3, 0, 5, -1, 2, 2, -3, 4;
        const Batch<float> x = whole_numbers(height * width, seed);
        const Batch<float> c =
            whole_numbers(math::element_count(network.architecture().output()), 9);
        const auto pass = test::network_pass<float>(network, x, c);
        const Expected expected = filtered(x, c, width, stride, pad, network.parameters());
        CHECK(same(pass.y, expected.y));
        CHECK(same(pass.x_gradient, expected.x_gradient));
      }
  }
}
