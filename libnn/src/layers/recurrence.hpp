#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "layer_members.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/gemm.hpp"
#include "mathtool/math/multiversion.hpp"

namespace mathtool::nn {

// What recurrent layers share: the way through time. All that is kept lies step by step, so that
// what happens at one step is one product of matrices, and what happens at all steps another.
//
// A cell is one step of n observations with H units:
//     gates       numbers H times over that x and h lead to
//     states      arrays of H numbers that are kept for `backward`, of which 0 is h
//     own_part    whether the last gate's share of h W has a gradient of its own
//     forward(CellStep)    from z = x W + b and r = h U to states; z becomes the gates' values
//     handed_on   how many of the states the next step needs
//     backward(CellStep)   from ∂h to ∂z in z, ∂r of the last gate in state 1 with own_part, and
//                          what reaches the step before directly

/// One step of some observations. Rows are observations.
template <class T>
struct CellStep {
  Index rows = 0, units = 0;
  T* z = nullptr;            ///< rows × gates · H
  const T* r = nullptr;      ///< rows × gates · H; null at the first step: 0
  const T* extra = nullptr;  ///< parameters behind b
  T* states[4] = {};         ///< rows × H each
  const T* before[4] = {};   ///< those of the step before; null at the first
  T* h_gradient = nullptr;   ///< in: ∂h; out: what reaches the step before directly
  T* c_gradient = nullptr;   ///< the same of a second state that is handed on
  const T* valid = nullptr;  ///< in `backward`: of each row 1, or 0 beyond the end of a sequence,
                             ///< where ∂z is 0 and ∂h stays
};

template <class Layer>
LayerPlan recurrent_plan(const Layer& layer, const Shape& input, Index gates, Index states,
                         std::vector<ParameterArray> biases) {
  require(layer.units >= 1, "{}: units must be >= 1, got {}", Layer::name, layer.units);
  require(layer.truncate >= 0, "{}: truncate must be >= 0, got {}", Layer::name, layer.truncate);
  require<DimensionError>(input.size() == 2 && input[0] >= 1 && input[1] >= 1,
                          "expects (steps, features)");
  const Index steps = input[0], features = input[1], units = layer.units, width = gates * units;
  LayerPlan plan{.output = {units}};
  if (layer.all) plan.output = {steps, units};
  plan.parameters = {{.name = "input_weight",
                      .shape = {features, width},
                      .fan = {features, units},
                      .initializer = layer.initializer},
                     {.name = "state_weight",
                      .shape = {units, width},
                      .fan = {units, width},
                      .initializer = {InitializerKind::orthogonal, 1}}};
  for (ParameterArray& bias : biases) plan.parameters.push_back(std::move(bias));
  plan.saved = math::element_count({steps, width + states * units + 1});
  plan.multiplications = math::element_count({steps, width, features + units});
  plan.weights_read =
      math::element_count({features, width}) + math::element_count({steps, units, width}) / 2;
  return plan;
}

/// A bias of H numbers that begins at `value`.
inline ParameterArray bias_array(std::string name, Index units, double value = 0) {
  return {.name = std::move(name),
          .shape = {units},
          .initializer = {InitializerKind::constant, value},
          .weight = false};
}

template <class Layer>
std::string recurrent_text(const Layer& layer) {
  std::string text = fmt::format("{} {}", Layer::name, layer.units);
  if (layer.all) text += " all";
  if (layer.truncate > 0) text += fmt::format(" truncate {}", layer.truncate);
  if (layer.initializer != Initializer{}) text += " init " + to_string(layer.initializer);
  return text;
}

/// The sum of the rows, one after the other: Eigen's order would depend on where they lie in
/// memory.
template <class T>
void add_up_rows(const ConstRows<T>& rows, T* sum) {
  std::copy_n(rows.data(), rows.cols(), sum);
  for (Index i = 1; i < rows.rows(); ++i) {
    const T* row = rows.data() + i * rows.cols();
    for (Index j = 0; j < rows.cols(); ++j) sum[j] += row[j];
  }
}

/// Memory of a layer for all steps of some observations.
template <class T>
struct Unrolled {
  Unrolled(const Site<T>& site, Index observations, Index hidden, Index gates, Index states)
      : rows(observations),
        steps((*site.input)[0]),
        features((*site.input)[1]),
        units(hidden),
        width(gates * hidden),
        z(site.saved),
        norms(z + steps * rows * (width + states * units)) {
    const Index of_x = steps * rows * features, of_step = rows * std::max(width, 2 * units);
    const auto room = static_cast<std::size_t>(of_x + steps * rows + of_step);
    if (site.scratch->size() < room) site.scratch->resize(room);
    x = site.scratch->data();
    valid = x + of_x;
    step = valid + steps * rows;
  }

  /// A state of all steps, or of one.
  T* state(Index number) const { return z + steps * rows * (width + number * units); }
  T* state(Index number, Index t) const { return state(number) + t * rows * units; }

  /// Turns x step by step, with 0 beyond the ends.
  void take(const ConstRows<T>& from, const T* within) {
    all_valid = true;
    for (Index b = 0; b < rows; ++b)
      for (Index t = 0; t < steps; ++t) {
        const T* row = from.data() + (b * steps + t) * features;
        const bool here = row[0] == row[0] && (!within || within[b * steps + t] != 0);
        valid[t * rows + b] = here ? T(1) : T(0);
        all_valid = all_valid && here;
        T* to = x + (t * rows + b) * features;
        if (here)
          std::copy_n(row, features, to);
        else
          std::fill_n(to, features, T(0));
      }
  }

  Index rows, steps, features, units, width;
  T *z, *norms;  ///< of gates at all steps; ‖∂h‖² of each step and row
  T *x = nullptr, *valid = nullptr, *step = nullptr;
  bool all_valid = true;
};

template <class Cell, class Layer, class T>
void run_forward(const Cell& cell, const Layer& layer, const Site<T>& site, const ConstRows<T>& x,
                 Rows<T>& y) {
  using math::Operand;
  using math::Target;
  Unrolled<T> u(site, x.rows(), layer.units, Cell::gates, Cell::states);
  u.take(x, site.within);
  const Index all_rows = u.steps * u.rows, size = u.rows * u.units;
  const T* input_weights = site.parameters;
  const T* state_weights = input_weights + u.features * u.width;
  const T* bias = state_weights + u.units * u.width;
  for (Index i = 0; i < all_rows; ++i) std::copy_n(bias, u.width, u.z + i * u.width);
  math::gemm<T>(Operand::plain, ConstRows<T>(u.x, all_rows, u.features), Operand::plain,
                ConstRows<T>(input_weights, u.features, u.width), Target::add,
                Rows<T>(u.z, all_rows, u.width));
  for (Index t = 0; t < u.steps; ++t) {
    CellStep<T> step{.rows = u.rows, .units = u.units, .z = u.z + t * u.rows * u.width};
    step.extra = bias + u.width;
    for (Index s = 0; s < Cell::states; ++s) {
      step.states[s] = u.state(s, t);
      if (t > 0)
        step.before[s] = u.state(s, t - 1);
      else if (site.before)
        step.before[s] = site.before + u.rows * (u.width + s * u.units);
    }
    if (step.before[0]) {
      math::gemm<T>(Operand::plain, ConstRows<T>(step.before[0], u.rows, u.units), Operand::plain,
                    ConstRows<T>(state_weights, u.units, u.width), Target::overwrite,
                    Rows<T>(u.step, u.rows, u.width));
      step.r = u.step;
    }
    cell.forward(step);
    for (Index b = 0; !u.all_valid && b < u.rows; ++b) {
      if (u.valid[t * u.rows + b] != 0) continue;
      for (Index s = 0; s < Cell::handed_on; ++s) {
        if (step.before[s])
          std::copy_n(step.before[s] + b * u.units, u.units, step.states[s] + b * u.units);
        else
          std::fill_n(step.states[s] + b * u.units, u.units, T(0));
      }
    }
  }
  const T* h = u.state(0);
  if (!layer.all) {
    std::copy_n(h + (u.steps - 1) * size, size, y.data());
    return;
  }
  for (Index t = 0; t < u.steps; ++t)
    for (Index b = 0; b < u.rows; ++b)
      std::copy_n(h + t * size + b * u.units, u.units, y.data() + (b * u.steps + t) * u.units);
}

template <class Cell, class Layer, class T>
void run_backward(const Cell& cell, const Layer& layer, const Site<T>& site, const ConstRows<T>& x,
                  const ConstRows<T>& y_gradient, Rows<T>& x_gradient) {
  using math::Operand;
  using math::Target;
  Unrolled<T> u(site, x.rows(), layer.units, Cell::gates, Cell::states);
  u.take(x, site.within);
  const Index all_rows = u.steps * u.rows, size = u.rows * u.units;
  const T* state_weights = site.parameters + u.features * u.width;
  const T* bias = state_weights + u.units * u.width;
  T *dh = u.step, *dc = dh + size;
  std::fill_n(dh, 2 * size, T(0));
  for (Index t = u.steps; t-- > 0;) {
    if (layer.all) {
      for (Index b = 0; b < u.rows; ++b) {
        const T* from = y_gradient.data() + (b * u.steps + t) * u.units;
        for (Index j = 0; j < u.units; ++j) dh[b * u.units + j] += from[j];
      }
    } else if (t == u.steps - 1) {
      std::copy_n(y_gradient.data(), size, dh);
    }
    for (Index b = 0; b < u.rows; ++b)
      u.norms[t * u.rows + b] = ConstRows<T>(dh + b * u.units, 1, u.units).squaredNorm();
    CellStep<T> step{.rows = u.rows, .units = u.units, .z = u.z + t * u.rows * u.width};
    step.extra = bias + u.width;
    for (Index s = 0; s < Cell::states; ++s) {
      step.states[s] = u.state(s, t);
      step.before[s] = t > 0 ? u.state(s, t - 1) : nullptr;
    }
    step.h_gradient = dh;
    step.c_gradient = dc;
    step.valid = u.valid + t * u.rows;
    cell.backward(step);
    const bool cut = layer.truncate > 0 && t % layer.truncate == 0;
    if (t == 0 || cut) {
      std::fill_n(dh, 2 * size, T(0));
      continue;
    }
    const ConstRows<T> weights(state_weights, u.units, u.width);
    const Index shared = Cell::own_part ? u.width - u.units : u.width;
    const ConstRows<T> dz(step.z, u.rows, u.width);
    math::gemm<T>(Operand::plain, dz.leftCols(shared), Operand::transposed,
                  weights.leftCols(shared), Target::add, Rows<T>(dh, u.rows, u.units));
    if constexpr (Cell::own_part)
      math::gemm<T>(Operand::plain, ConstRows<T>(step.states[1], u.rows, u.units),
                    Operand::transposed, weights.rightCols(u.units), Target::add,
                    Rows<T>(dh, u.rows, u.units));
  }
  const ConstRows<T> dz(u.z, all_rows, u.width);
  if (site.gradient) {
    T* to = site.gradient;
    math::gemm<T>(Operand::transposed, ConstRows<T>(u.x, all_rows, u.features), Operand::plain, dz,
                  Target::overwrite, Rows<T>(to, u.features, u.width));
    to += u.features * u.width;
    // Each step meets the state of the step before; the first meets 0.
    const Index later = all_rows - u.rows, shared = Cell::own_part ? u.width - u.units : u.width;
    const ConstRows<T> h(u.state(0), later, u.units);
    Rows<T> dU(to, u.units, u.width);
    math::gemm<T>(Operand::transposed, h, Operand::plain, dz.bottomRows(later).leftCols(shared),
                  Target::overwrite, dU.leftCols(shared));
    if constexpr (Cell::own_part)
      math::gemm<T>(Operand::transposed, h, Operand::plain,
                    ConstRows<T>(u.state(1, 1), later, u.units), Target::overwrite,
                    dU.rightCols(u.units));
    to += u.units * u.width;
    add_up_rows(dz, to);
    if constexpr (Cell::own_part)
      add_up_rows(ConstRows<T>(u.state(1), all_rows, u.units), to + u.width);
  }
  if (!x_gradient.data()) return;
  Rows<T> dx(u.x, all_rows, u.features);
  math::gemm<T>(Operand::plain, dz, Operand::transposed,
                ConstRows<T>(site.parameters, u.features, u.width), Target::overwrite, dx);
  for (Index b = 0; b < u.rows; ++b)
    for (Index t = 0; t < u.steps; ++t)
      std::copy_n(u.x + (t * u.rows + b) * u.features, u.features,
                  x_gradient.data() + (b * u.steps + t) * u.features);
}

}  // namespace mathtool::nn
