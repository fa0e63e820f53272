#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "onnx_file.hpp"
#include "onnx_windows.hpp"

namespace mathtool::test {

// Runs an ONNX file in double, operation by operation as "ONNX Operators" (github.com/onnx/onnx,
// docs/Operators.md) defines them, with plain loops. What a network here does not need is left out.

class OnnxRun {
 public:
  OnnxRun(OnnxFile file, OnnxArray input) : file_(std::move(file)) {
    for (const auto& [name, tensor] : file_.tensors) {
      OnnxArray array(tensor.shape);
      if (tensor.type == 1)
        array.values.assign(tensor.floats.begin(), tensor.floats.end());
      else
        std::ranges::transform(tensor.integers, array.values.begin(),
                               [](std::int64_t i) { return static_cast<double>(i); });
      arrays_[name] = std::move(array);
    }
    arrays_[file_.input.name] = std::move(input);
    for (const OnnxFile::Operation& operation : file_.operations) run(operation);
  }

  const OnnxArray& output() const { return arrays_.at(file_.output.name); }

 private:
  using Operation = OnnxFile::Operation;

  const OnnxArray& in(const Operation& o, std::size_t i) const {
    return arrays_.at(o.inputs.at(i));
  }
  OnnxArray& out(const Operation& o) { return arrays_[o.outputs.at(0)]; }

  void each(const Operation& o, const std::function<double(double)>& f) {
    OnnxArray y = in(o, 0);
    for (double& value : y.values) value = f(value);
    out(o) = std::move(y);
  }

  /// Shapes are aligned at their ends; a length of 1, or none, is repeated.
  void broadcast(const Operation& o, const std::function<double(double, double)>& f) {
    const OnnxArray &a = in(o, 0), &b = in(o, 1);
    const std::size_t axes = std::max(a.shape.size(), b.shape.size());
    const auto length = [axes](const OnnxArray& x, std::size_t axis) {
      const std::size_t missing = axes - x.shape.size();
      return axis < missing ? 1 : x.shape[axis - missing];
    };
    std::vector<std::int64_t> shape;
    for (std::size_t i = 0; i < axes; ++i) shape.push_back(std::max(length(a, i), length(b, i)));
    OnnxArray y(shape);
    for (std::int64_t flat = 0; flat < std::ssize(y.values); ++flat) {
      std::int64_t rest = flat, place_a = 0, place_b = 0, step_a = 1, step_b = 1;
      for (std::size_t i = axes; i-- > 0;) {
        const std::int64_t at = rest % shape[i];
        rest /= shape[i];
        if (length(a, i) > 1) place_a += at * step_a;
        if (length(b, i) > 1) place_b += at * step_b;
        step_a *= length(a, i), step_b *= length(b, i);
      }
      y.at(flat) = f(a.at(place_a), b.at(place_b));
    }
    out(o) = std::move(y);
  }

  /// (..., k) times (k, m).
  OnnxArray product(const OnnxArray& a, const OnnxArray& b) const {
    const std::int64_t k = b.length(0), m = b.length(1), rows = std::ssize(a.values) / k;
    std::vector<std::int64_t> shape = a.shape;
    if (shape.back() != k) throw std::runtime_error("a product of arrays that do not fit");
    shape.back() = m;
    OnnxArray y(shape);
    for (std::int64_t i = 0; i < rows; ++i)
      for (std::int64_t j = 0; j < m; ++j)
        for (std::int64_t l = 0; l < k; ++l) y.at(i * m + j) += a.at(i * k + l) * b.at(l * m + j);
    return y;
  }

  static OnnxArray transposed(const OnnxArray& a) {
    OnnxArray y({a.length(1), a.length(0)});
    for (std::int64_t i = 0; i < std::ssize(y.values); ++i)
      y.at(i) = a.at(i % a.length(0) * a.length(1) + i / a.length(0));
    return y;
  }

  void gemm(const Operation& o) {
    const auto turned = o.attributes.find("transB");
    const bool by_units = turned != o.attributes.end() && turned->second.integer == 1;
    OnnxArray y = product(in(o, 0), by_units ? transposed(in(o, 1)) : in(o, 1));
    for (std::int64_t i = 0; i < std::ssize(y.values); ++i) y.at(i) += in(o, 2).at(i % y.length(1));
    out(o) = std::move(y);
  }

  void reshape(const Operation& o) {
    OnnxArray y = in(o, 0);
    std::vector<std::int64_t> shape;
    for (const double length : in(o, 1).values) shape.push_back(static_cast<std::int64_t>(length));
    const std::int64_t known = std::abs(OnnxArray::count(shape));
    std::ranges::replace(shape, std::int64_t{-1}, std::ssize(y.values) / known);
    if (OnnxArray::count(shape) != std::ssize(y.values)) throw std::runtime_error("a reshape");
    y.shape = shape;
    out(o) = std::move(y);
  }

  void transpose(const Operation& o) {
    const OnnxArray& x = in(o, 0);
    const std::vector<std::int64_t>& perm = o.attributes.at("perm").integers;
    std::vector<std::int64_t> shape, steps(x.shape.size(), 1);
    for (const std::int64_t axis : perm) shape.push_back(x.length(static_cast<std::size_t>(axis)));
    for (std::size_t i = steps.size() - 1; i > 0; --i) steps[i - 1] = steps[i] * x.shape[i];
    OnnxArray y(shape);
    for (std::int64_t flat = 0; flat < std::ssize(y.values); ++flat) {
      std::int64_t rest = flat, place = 0;
      for (std::size_t i = shape.size(); i-- > 0;) {
        place += rest % shape[i] * steps[static_cast<std::size_t>(perm[i])];
        rest /= shape[i];
      }
      y.at(flat) = x.at(place);
    }
    out(o) = std::move(y);
  }

  void batch_normalization(const Operation& o) {
    OnnxArray y = in(o, 0);
    const std::int64_t features = y.length(1);
    const std::int64_t pixels = std::ssize(y.values) / y.length(0) / features;
    const double epsilon = o.attributes.at("epsilon").number;
    for (std::int64_t i = 0; i < std::ssize(y.values); ++i) {
      const std::int64_t f = i / pixels % features;
      y.at(i) = (y.at(i) - in(o, 3).at(f)) / std::sqrt(in(o, 4).at(f) + epsilon) * in(o, 1).at(f) +
                in(o, 2).at(f);
    }
    out(o) = std::move(y);
  }

  void softmax(const Operation& o) {
    OnnxArray y = in(o, 0);
    if (o.attributes.at("axis").integer != std::ssize(y.shape) - 1)
      throw std::runtime_error("a softmax that is not along the last axis");
    const std::int64_t k = y.shape.back();
    for (std::int64_t row = 0; row < std::ssize(y.values) / k; ++row) {
      double sum = 0;
      for (std::int64_t j = 0; j < k; ++j) sum += std::exp(y.at(row * k + j));
      for (std::int64_t j = 0; j < k; ++j) y.at(row * k + j) = std::exp(y.at(row * k + j)) / sum;
    }
    out(o) = std::move(y);
  }

  void gather(const Operation& o) {
    const OnnxArray &table = in(o, 0), &rows = in(o, 1);
    std::vector<std::int64_t> shape = rows.shape;
    shape.push_back(table.length(1));
    OnnxArray y(shape);
    for (std::int64_t i = 0; i < std::ssize(y.values); ++i)
      y.at(i) = table.at(static_cast<std::int64_t>(rows.at(i / shape.back())) * shape.back() +
                         i % shape.back());
    out(o) = std::move(y);
  }

  /// Along the first axis.
  void slice(const Operation& o) {
    const OnnxArray& x = in(o, 0);
    const auto first = static_cast<std::int64_t>(in(o, 1).at(0));
    const auto end = static_cast<std::int64_t>(in(o, 2).at(0));
    std::vector<std::int64_t> shape = x.shape;
    shape[0] = end - first;
    OnnxArray y(shape);
    const std::int64_t each = std::ssize(x.values) / x.length(0);
    for (std::int64_t i = 0; i < std::ssize(y.values); ++i) y.at(i) = x.at(first * each + i);
    out(o) = std::move(y);
  }

  /// RNN, LSTM, GRU, one direction: (steps, n, features) to Y (steps, 1, n, H).
  void recurrence(const Operation& o) {
    const OnnxArray &x = in(o, 0), &W = in(o, 1), &R = in(o, 2), &B = in(o, 3);
    const std::int64_t steps = x.length(0), n = x.length(1), d = x.length(2), H = R.length(2);
    const std::int64_t width = R.length(1);
    const auto sigma = [](double z) { return 1 / (1 + std::exp(-z)); };
    OnnxArray Y({steps, 1, n, H});
    for (std::int64_t row = 0; row < n; ++row) {
      std::vector<double> h(static_cast<std::size_t>(H)), c = h;
      for (std::int64_t t = 0; t < steps; ++t) {
        OnnxArray of_x({width}), of_h({width});
        for (std::int64_t g = 0; g < width; ++g) {
          of_x.at(g) = B.at(g), of_h.at(g) = B.at(width + g);
          for (std::int64_t k = 0; k < d; ++k)
            of_x.at(g) += W.at(g * d + k) * x.at((t * n + row) * d + k);
          for (std::int64_t k = 0; k < H; ++k)
            of_h.at(g) += R.at(g * H + k) * h[static_cast<std::size_t>(k)];
        }
        for (std::int64_t j = 0; j < H; ++j) {
          double &state = h[static_cast<std::size_t>(j)], &cell = c[static_cast<std::size_t>(j)];
          const auto z = [&](std::int64_t gate) {
            return of_x.at(gate * H + j) + of_h.at(gate * H + j);
          };
          if (o.type == "RNN") {
            state = std::tanh(z(0));
          } else if (o.type == "LSTM") {  // i, o, f, c
            cell = sigma(z(2)) * cell + sigma(z(0)) * std::tanh(z(3));
            state = sigma(z(1)) * std::tanh(cell);
          } else {  // z, r, h, with linear_before_reset
            if (o.attributes.at("linear_before_reset").integer != 1)
              throw std::runtime_error("a reset before the product");
            const double update = sigma(z(0));
            const double fresh = std::tanh(of_x.at(2 * H + j) + sigma(z(1)) * of_h.at(2 * H + j));
            state = (1 - update) * fresh + update * state;
          }
          Y.at((t * n + row) * H + j) = state;
        }
      }
    }
    if (o.attributes.at("hidden_size").integer != H) throw std::runtime_error("hidden_size");
    for (std::size_t i = 5; i < o.inputs.size(); ++i)
      if (std::ranges::any_of(in(o, i).values, [](double start) { return start != 0; }))
        throw std::runtime_error("a state at the start that is not 0");
    out(o) = std::move(Y);
  }

  void run(const Operation& o) {
    const std::string& type = o.type;
    const auto alpha = [&o] { return static_cast<double>(o.attributes.at("alpha").number); };
    if (type == "Identity" || type == "Cast")
      each(o, [](double x) { return x; });
    else if (type == "Add")
      broadcast(o, std::plus<>());
    else if (type == "Sub")
      broadcast(o, std::minus<>());
    else if (type == "Mul")
      broadcast(o, std::multiplies<>());
    else if (type == "MatMul")
      out(o) = product(in(o, 0), in(o, 1));
    else if (type == "Gemm")
      gemm(o);
    else if (type == "Reshape")
      reshape(o);
    else if (type == "Transpose")
      transpose(o);
    else if (type == "Flatten") {
      OnnxArray y = in(o, 0);
      y.shape = {y.length(0), std::ssize(y.values) / y.length(0)};
      out(o) = std::move(y);
    } else if (type == "Conv")
      out(o) = onnx_conv(o, in(o, 0), in(o, 1), in(o, 2));
    else if (type == "ConvTranspose")
      out(o) = onnx_conv_transpose(o, in(o, 0), in(o, 1), in(o, 2));
    else if (type == "MaxPool")
      out(o) = onnx_pool(o, in(o, 0), true);
    else if (type == "AveragePool")
      out(o) = onnx_pool(o, in(o, 0), false);
    else if (type == "BatchNormalization")
      batch_normalization(o);
    else if (type == "Softmax")
      softmax(o);
    else if (type == "Gather")
      gather(o);
    else if (type == "Slice")
      slice(o);
    else if (type == "RNN" || type == "LSTM" || type == "GRU")
      recurrence(o);
    else if (type == "Relu")
      each(o, [](double x) { return std::max(x, 0.0); });
    else if (type == "LeakyRelu")
      each(o, [a = alpha()](double x) { return x < 0 ? a * x : x; });
    else if (type == "Elu")
      each(o, [a = alpha()](double x) { return x < 0 ? a * std::expm1(x) : x; });
    else if (type == "Erf")
      each(o, [](double x) { return std::erf(x); });
    else if (type == "Sigmoid")
      each(o, [](double x) { return 1 / (1 + std::exp(-x)); });
    else if (type == "Tanh")
      each(o, [](double x) { return std::tanh(x); });
    else
      throw std::runtime_error("operation " + type);
  }

  OnnxFile file_;
  std::map<std::string, OnnxArray> arrays_ = {};
};

}  // namespace mathtool::test
