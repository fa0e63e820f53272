#include "mathtool/nn/layers/rnn.hpp"

#include "gate_kernels.hpp"
#include "recurrence.hpp"

namespace mathtool::nn {
namespace {

template <class T>
MATHTOOL_MULTIVERSION void rnn_forward(Index n, const T* z, const T* r, T* h) {
  MATHTOOL_INDEPENDENT for (Index j = 0; j < n; ++j) h[j] =
      hyperbolic_tangent(z[j] + (r ? r[j] : T(0)));
}

template <class T>
MATHTOOL_MULTIVERSION void rnn_backward(Index n, const T* h, T* h_gradient, T* z_gradient) {
  MATHTOOL_INDEPENDENT for (Index j = 0; j < n; ++j) {
    z_gradient[j] = h_gradient[j] * ((1 - h[j]) * (1 + h[j]));
    h_gradient[j] = 0;
  }
}

struct RnnCell {
  static constexpr Index gates = 1, states = 1, handed_on = 1;
  static constexpr bool own_part = false;

  template <class T>
  void forward(const CellStep<T>& s) const {
    rnn_forward(s.rows * s.units, s.z, s.r, s.states[0]);
  }

  template <class T>
  void backward(const CellStep<T>& s) const {
    for (Index b = 0; b < s.rows; ++b) {
      const Index at = b * s.units;
      if (s.valid[b] == 0)
        std::fill_n(s.z + at, s.units, T(0));
      else
        rnn_backward(s.units, s.states[0] + at, s.h_gradient + at, s.z + at);
    }
  }
};

}  // namespace

LayerPlan Rnn::plan(const Shape& input) const {
  return recurrent_plan(*this, input, RnnCell::gates, RnnCell::states, {bias_array("bias", units)});
}

std::string Rnn::text() const { return recurrent_text(*this); }

template <std::floating_point T>
void Rnn::forward(const Site<T>& site, const ConstRows<T>& x, Rows<T>& y) const {
  run_forward(RnnCell(), *this, site, x, y);
}

template <std::floating_point T>
void Rnn::backward(const Site<T>& site, const ConstRows<T>& x, const ConstRows<T>&,
                   const ConstRows<T>& y_gradient, Rows<T>& x_gradient) const {
  run_backward(RnnCell(), *this, site, x, y_gradient, x_gradient);
}

MATHTOOL_LAYER(Rnn);

}  // namespace mathtool::nn
