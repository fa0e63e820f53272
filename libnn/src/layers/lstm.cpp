#include "mathtool/nn/layers/lstm.hpp"

#include "gate_kernels.hpp"
#include "recurrence.hpp"

namespace mathtool::nn {
namespace {

/// One row: z holds i, f, g, o, H each. `c_before` may be null, for 0.
template <class T, bool first>
MATHTOOL_MULTIVERSION void lstm_forward(Index H, T* __restrict z, const T* __restrict r,
                                        const T* __restrict c_before, T* __restrict c,
                                        T* __restrict tanh_c, T* __restrict h) {
  T *i = z, *f = z + H, *g = z + 2 * H, *o = z + 3 * H;
  for (Index j = 0; j < H; ++j) {
    i[j] = logistic(first ? i[j] : i[j] + r[j]);
    f[j] = logistic(first ? f[j] : f[j] + r[H + j]);
    g[j] = hyperbolic_tangent(first ? g[j] : g[j] + r[2 * H + j]);
    o[j] = logistic(first ? o[j] : o[j] + r[3 * H + j]);
    c[j] = first ? i[j] * g[j] : f[j] * c_before[j] + i[j] * g[j];
    tanh_c[j] = hyperbolic_tangent(c[j]);
    h[j] = o[j] * tanh_c[j];
  }
}

template <class T, bool first>
MATHTOOL_MULTIVERSION void lstm_backward(Index H, T* __restrict z, const T* __restrict c_before,
                                         const T* __restrict tanh_c, T* __restrict h_gradient,
                                         T* __restrict c_gradient) {
  T *i = z, *f = z + H, *g = z + 2 * H, *o = z + 3 * H;
  for (Index j = 0; j < H; ++j) {
    const T dh = h_gradient[j];
    const T dc = c_gradient[j] + dh * o[j] * ((1 - tanh_c[j]) * (1 + tanh_c[j]));
    const T di = dc * g[j], df = first ? T(0) : dc * c_before[j], dg = dc * i[j];
    const T d_o = dh * tanh_c[j];
    c_gradient[j] = dc * f[j];
    h_gradient[j] = 0;
    i[j] = di * (i[j] * (1 - i[j]));
    f[j] = df * (f[j] * (1 - f[j]));
    g[j] = dg * ((1 - g[j]) * (1 + g[j]));
    o[j] = d_o * (o[j] * (1 - o[j]));
  }
}

struct LstmCell {
  static constexpr Index gates = 4, states = 3, handed_on = 2;  // h, c, tanh c
  static constexpr bool own_part = false;

  template <class T>
  void forward(const CellStep<T>& s) const {
    const Index H = s.units;
    const auto row = s.r ? lstm_forward<T, false> : lstm_forward<T, true>;
    for (Index b = 0; b < s.rows; ++b)
      row(H, s.z + b * 4 * H, s.r ? s.r + b * 4 * H : nullptr, s.r ? s.before[1] + b * H : nullptr,
          s.states[1] + b * H, s.states[2] + b * H, s.states[0] + b * H);
  }

  template <class T>
  void backward(const CellStep<T>& s) const {
    const Index H = s.units;
    const bool first = !s.before[1];
    const auto row = first ? lstm_backward<T, true> : lstm_backward<T, false>;
    for (Index b = 0; b < s.rows; ++b) {
      if (s.valid[b] == 0)
        std::fill_n(s.z + b * 4 * H, 4 * H, T(0));
      else
        row(H, s.z + b * 4 * H, first ? nullptr : s.before[1] + b * H, s.states[2] + b * H,
            s.h_gradient + b * H, s.c_gradient + b * H);
    }
  }
};

}  // namespace

LayerPlan Lstm::plan(const Shape& input) const {
  return recurrent_plan(*this, input, LstmCell::gates, LstmCell::states,
                        {bias_array("input_bias", units), bias_array("forget_bias", units, 1),
                         bias_array("cell_bias", units), bias_array("output_bias", units)});
}

std::string Lstm::text() const { return recurrent_text(*this); }

template <std::floating_point T>
void Lstm::forward(const Site<T>& site, const ConstRows<T>& x, Rows<T>& y) const {
  run_forward(LstmCell(), *this, site, x, y);
}

template <std::floating_point T>
void Lstm::backward(const Site<T>& site, const ConstRows<T>& x, const ConstRows<T>&,
                    const ConstRows<T>& y_gradient, Rows<T>& x_gradient) const {
  run_backward(LstmCell(), *this, site, x, y_gradient, x_gradient);
}

MATHTOOL_LAYER(Lstm);

}  // namespace mathtool::nn
