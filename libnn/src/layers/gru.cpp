#include "mathtool/nn/layers/gru.hpp"

#include "gate_kernels.hpp"
#include "recurrence.hpp"

namespace mathtool::nn {
namespace {

/// One row: z holds r, z, n, H each; u is what h adds to n before the reset.
template <class T, bool first>
MATHTOOL_MULTIVERSION void gru_forward(Index H, T* __restrict z, const T* __restrict recurrent,
                                       const T* __restrict n_bias, const T* __restrict before,
                                       T* __restrict u, T* __restrict h) {
  T *reset = z, *update = z + H, *n = z + 2 * H;
  for (Index j = 0; j < H; ++j) {
    reset[j] = logistic(first ? reset[j] : reset[j] + recurrent[j]);
    update[j] = logistic(first ? update[j] : update[j] + recurrent[H + j]);
    u[j] = first ? n_bias[j] : recurrent[2 * H + j] + n_bias[j];
    n[j] = hyperbolic_tangent(n[j] + reset[j] * u[j]);
    h[j] = first ? (1 - update[j]) * n[j] : (1 - update[j]) * n[j] + update[j] * before[j];
  }
}

/// Leaves in u the gradient of what h adds to n.
template <class T, bool first>
MATHTOOL_MULTIVERSION void gru_backward(Index H, T* __restrict z, const T* __restrict before,
                                        T* __restrict u, T* __restrict h_gradient) {
  T *reset = z, *update = z + H, *n = z + 2 * H;
  for (Index j = 0; j < H; ++j) {
    const T dh = h_gradient[j], old = first ? T(0) : before[j];
    const T d_update = dh * (old - n[j]);
    const T dn = dh * (1 - update[j]) * ((1 - n[j]) * (1 + n[j]));
    const T d_reset = dn * u[j];
    h_gradient[j] = dh * update[j];
    u[j] = dn * reset[j];
    reset[j] = d_reset * (reset[j] * (1 - reset[j]));
    update[j] = d_update * (update[j] * (1 - update[j]));
    n[j] = dn;
  }
}

struct GruCell {
  static constexpr Index gates = 3, states = 2, handed_on = 1;  // h, u
  static constexpr bool own_part = true;

  template <class T>
  void forward(const CellStep<T>& s) const {
    const Index H = s.units;
    const auto row = s.r ? gru_forward<T, false> : gru_forward<T, true>;
    for (Index b = 0; b < s.rows; ++b)
      row(H, s.z + b * 3 * H, s.r ? s.r + b * 3 * H : nullptr, s.extra,
          s.r ? s.before[0] + b * H : nullptr, s.states[1] + b * H, s.states[0] + b * H);
  }

  template <class T>
  void backward(const CellStep<T>& s) const {
    const Index H = s.units;
    const bool first = !s.before[0];
    const auto row = first ? gru_backward<T, true> : gru_backward<T, false>;
    for (Index b = 0; b < s.rows; ++b) {
      if (s.valid[b] == 0) {
        std::fill_n(s.z + b * 3 * H, 3 * H, T(0));
        std::fill_n(s.states[1] + b * H, H, T(0));
      } else {
        row(H, s.z + b * 3 * H, first ? nullptr : s.before[0] + b * H, s.states[1] + b * H,
            s.h_gradient + b * H);
      }
    }
  }
};

}  // namespace

LayerPlan Gru::plan(const Shape& input) const {
  return recurrent_plan(*this, input, GruCell::gates, GruCell::states,
                        {bias_array("reset_bias", units), bias_array("update_bias", units),
                         bias_array("new_bias", units), bias_array("new_state_bias", units)});
}

std::string Gru::text() const { return recurrent_text(*this); }

template <std::floating_point T>
void Gru::forward(const Site<T>& site, const ConstRows<T>& x, Rows<T>& y) const {
  run_forward(GruCell(), *this, site, x, y);
}

template <std::floating_point T>
void Gru::backward(const Site<T>& site, const ConstRows<T>& x, const ConstRows<T>&,
                   const ConstRows<T>& y_gradient, Rows<T>& x_gradient) const {
  run_backward(GruCell(), *this, site, x, y_gradient, x_gradient);
}

MATHTOOL_LAYER(Gru);

}  // namespace mathtool::nn
