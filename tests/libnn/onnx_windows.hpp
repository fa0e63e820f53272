#pragma once

#include <algorithm>
#include <numeric>

#include "onnx_array.hpp"
#include "onnx_file.hpp"

namespace mathtool::test {

// What moves over images, as "ONNX Operators" defines it, with plain loops.

/// A window over (n, c, h, w): its lengths and how it moves.
struct OnnxWindow {
  std::int64_t n, c, h, w, rows, columns, down, across, top, left, bottom, right;

  OnnxWindow(const OnnxFile::Operation& o, const OnnxArray& x)
      : n(x.length(0)), c(x.length(1)), h(x.length(2)), w(x.length(3)) {
    const auto& kernel = o.attributes.at("kernel_shape").integers;
    const auto& strides = o.attributes.at("strides").integers;
    const auto& pads = o.attributes.at("pads").integers;
    rows = kernel.at(0), columns = kernel.at(1), down = strides.at(0), across = strides.at(1);
    top = pads.at(0), left = pads.at(1), bottom = pads.at(2), right = pads.at(3);
  }
  std::int64_t out_h() const { return (h + top + bottom - rows) / down + 1; }
  std::int64_t out_w() const { return (w + left + right - columns) / across + 1; }
};

inline OnnxArray onnx_conv(const OnnxFile::Operation& o, const OnnxArray& x, const OnnxArray& W,
                           const OnnxArray& b) {
  const OnnxWindow m(o, x);
  const std::int64_t filters = W.length(0), channels = W.length(1);
  const std::int64_t each = filters / o.attributes.at("group").integer;
  OnnxArray y({m.n, filters, m.out_h(), m.out_w()});
  std::int64_t place = 0;
  for (std::int64_t n = 0; n < m.n; ++n)
    for (std::int64_t f = 0; f < filters; ++f)
      for (std::int64_t i = 0; i < m.out_h(); ++i)
        for (std::int64_t j = 0; j < m.out_w(); ++j) {
          double sum = b.at(f);
          for (std::int64_t c = 0; c < channels; ++c)
            for (std::int64_t k = 0; k < m.rows; ++k)
              for (std::int64_t l = 0; l < m.columns; ++l) {
                const std::int64_t u = i * m.down + k - m.top, v = j * m.across + l - m.left;
                if (u < 0 || u >= m.h || v < 0 || v >= m.w) continue;
                sum += W.at(((f * channels + c) * m.rows + k) * m.columns + l) *
                       x.at(((n * m.c + f / each * channels + c) * m.h + u) * m.w + v);
              }
          y.at(place++) = sum;
        }
  return y;
}

inline OnnxArray onnx_conv_transpose(const OnnxFile::Operation& o, const OnnxArray& x,
                                     const OnnxArray& W, const OnnxArray& b) {
  const OnnxWindow m(o, x);
  const std::int64_t groups = o.attributes.at("group").integer, each = W.length(1);
  const std::int64_t h = m.down * (m.h - 1) + m.rows - m.top - m.bottom;
  const std::int64_t w = m.across * (m.w - 1) + m.columns - m.left - m.right;
  OnnxArray y({m.n, groups * each, h, w});
  for (std::int64_t i = 0; i < std::ssize(y.values); ++i)
    y.at(i) = b.at(i / (h * w) % (groups * each));
  for (std::int64_t n = 0; n < m.n; ++n)
    for (std::int64_t c = 0; c < m.c; ++c)
      for (std::int64_t i = 0; i < m.h; ++i)
        for (std::int64_t j = 0; j < m.w; ++j)
          for (std::int64_t f = 0; f < each; ++f)
            for (std::int64_t k = 0; k < m.rows; ++k)
              for (std::int64_t l = 0; l < m.columns; ++l) {
                const std::int64_t u = i * m.down + k - m.top, v = j * m.across + l - m.left;
                if (u < 0 || u >= h || v < 0 || v >= w) continue;
                const std::int64_t filter = c / (m.c / groups) * each + f;
                y.at(((n * groups * each + filter) * h + u) * w + v) +=
                    W.at(((c * each + f) * m.rows + k) * m.columns + l) *
                    x.at(((n * m.c + c) * m.h + i) * m.w + j);
              }
  return y;
}

inline OnnxArray onnx_pool(const OnnxFile::Operation& o, const OnnxArray& x, bool largest) {
  const OnnxWindow m(o, x);
  OnnxArray y({m.n, m.c, m.out_h(), m.out_w()});
  std::int64_t place = 0;
  for (std::int64_t plane = 0; plane < m.n * m.c; ++plane)
    for (std::int64_t i = 0; i < m.out_h(); ++i)
      for (std::int64_t j = 0; j < m.out_w(); ++j) {
        std::vector<double> under;
        for (std::int64_t k = 0; k < m.rows; ++k)
          for (std::int64_t l = 0; l < m.columns; ++l)
            under.push_back(x.at((plane * m.h + i * m.down + k) * m.w + j * m.across + l));
        y.at(place++) = largest ? *std::ranges::max_element(under)
                                : std::accumulate(under.begin(), under.end(), 0.0) /
                                      static_cast<double>(under.size());
      }
  return y;
}

}  // namespace mathtool::test
