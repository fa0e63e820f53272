#pragma once

#include <cstdint>
#include <functional>
#include <numeric>
#include <vector>

namespace mathtool::test {

/// Numbers with a shape, the last axis fastest.
struct OnnxArray {
  std::vector<std::int64_t> shape = {};
  std::vector<double> values = {};

  explicit OnnxArray(std::vector<std::int64_t> lengths = {})
      : shape(std::move(lengths)), values(static_cast<std::size_t>(count(shape))) {}

  static std::int64_t count(const std::vector<std::int64_t>& lengths) {
    return std::accumulate(lengths.begin(), lengths.end(), std::int64_t{1}, std::multiplies<>());
  }
  double& at(std::int64_t i) { return values.at(static_cast<std::size_t>(i)); }
  double at(std::int64_t i) const { return values.at(static_cast<std::size_t>(i)); }
  std::int64_t length(std::size_t axis) const { return shape.at(axis); }
};

}  // namespace mathtool::test
