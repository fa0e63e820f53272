#include "mathtool/nn/layers/dropout.hpp"

#include <fmt/format.h>

#include <array>
#include <span>

#include "elementwise.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/random/philox.hpp"

namespace mathtool::nn {
namespace {

/// out = in · factor where 32 random bits are no less than `threshold`, else in · 0: NaN stays. A
/// draw has the bits of two elements.
template <class T>
MATHTOOL_MULTIVERSION void thin_out(Index n, const std::uint64_t* draws, std::uint32_t threshold,
                                    T factor, const T* in, T* out) {
  const auto thin = [&](std::uint64_t bits, T x) {
    return x * (static_cast<std::uint32_t>(bits) >= threshold ? factor : T(0));
  };
  MATHTOOL_INDEPENDENT for (Index i = 0; i < n / 2; ++i) {
    out[2 * i] = thin(draws[i], in[2 * i]);
    out[2 * i + 1] = thin(draws[i] >> 32, in[2 * i + 1]);
  }
  if (n % 2 != 0) out[n - 1] = thin(draws[n / 2], in[n - 1]);
}

/// The stream of a layer in a batch, apart from those of initial weights and of the order of rows,
/// which are small numbers.
std::uint64_t dropout_stream(const Draws& draws) {
  return std::uint64_t{1} << 63 | draws.layer << 44 | draws.step;
}

/// Rows in training, their values and their gradients alike.
template <std::floating_point T>
void drop(double rate, const Draws& draws, const ConstRows<T>& in, Rows<T>& out) {
  const auto threshold = static_cast<std::uint32_t>(rate * 0x1p32);
  const T factor = static_cast<T>(1 / (1 - rate));
  const Index width = in.cols(), draws_per_row = (width + 1) / 2;
  math::Philox random(draws.seed, dropout_stream(draws));
  random.seek(static_cast<std::uint64_t>(draws.first_row * draws_per_row));
  std::array<std::uint64_t, 512> buffer;
  constexpr Index block = 2 * static_cast<Index>(buffer.size());
  for (Index row = 0; row < in.rows(); ++row)
    for (Index first = 0; first < width; first += block) {
      const Index count = std::min(block, width - first), at = row * width + first;
      random.draw(std::span(buffer).first(static_cast<std::size_t>((count + 1) / 2)));
      thin_out(count, buffer.data(), threshold, factor, in.data() + at, out.data() + at);
    }
}

}  // namespace

void Dropout::validate() const {
  require(rate >= 0 && rate < 1, "dropout: rate must be in [0, 1), got {}", rate);
}

LayerPlan Dropout::plan(const Shape& input) const {
  validate();
  return {.output = input};
}

std::string Dropout::text() const { return fmt::format("{} {}", name, rate); }

template <std::floating_point T>
void Dropout::forward(const Site<T>& site, const ConstRows<T>& x, Rows<T>& y) const {
  if (site.mode == Mode::training && rate > 0)
    drop(rate, site.draws, x, y);
  else
    pass_on(x, y);
}

template <std::floating_point T>
void Dropout::backward(const Site<T>& site, const ConstRows<T>&, const ConstRows<T>&,
                       const ConstRows<T>& y_gradient, Rows<T>& x_gradient) const {
  if (!x_gradient.data()) return;
  if (site.mode == Mode::training && rate > 0)
    drop(rate, site.draws, y_gradient, x_gradient);
  else
    pass_on(y_gradient, x_gradient);
}

MATHTOOL_LAYER(Dropout);

}  // namespace mathtool::nn
