#pragma once

#include <cmath>
#include <cstdint>

#include "mathtool/math/random/philox.hpp"
#include "mathtool/math/random/uniform.hpp"
#include "mathtool/nn/dataset.hpp"

// Data sets that networks learn from in a few milliseconds.

namespace mathtool::test {

/// n points in the plane around three corners of a triangle, each class its own, so that they
/// overlap a little.
inline nn::Dataset three_clouds(Index n, std::uint64_t seed = 1) {
  math::Philox random(seed);
  nn::Batch<float> x(n, 2), t(n, 1);
  for (Index i = 0; i < n; ++i) {
    const double angle = 2.0943951 * static_cast<double>(i % 3);
    x(i, 0) = static_cast<float>(std::cos(angle) + 1.6 * math::uniform(random) - 0.8);
    x(i, 1) = static_cast<float>(std::sin(angle) + 1.6 * math::uniform(random) - 0.8);
    t(i, 0) = static_cast<float>(i % 3);
  }
  return {.shape = {2}, .features = x, .targets = t, .classes = {"a", "b", "c"}};
}

/// n observations of so many features within ±1, with random classes: to be learnt by heart alone.
inline nn::Dataset noise(Index n, Index features, Index classes, std::uint64_t seed = 1) {
  math::Philox random(seed);
  nn::Batch<float> x(n, features), t(n, 1);
  for (Index i = 0; i < x.size(); ++i)
    x.data()[i] = static_cast<float>(2 * math::uniform(random) - 1);
  for (Index i = 0; i < n; ++i)
    t(i, 0) = static_cast<float>(math::uniform_index(random, static_cast<std::uint64_t>(classes)));
  nn::Dataset data{.shape = {features}, .features = x, .targets = t};
  for (Index k = 0; k < classes; ++k) data.classes.push_back(std::to_string(k));
  return data;
}

/// y = 3 − 2 x for n values of x within ±1.
inline nn::Dataset straight_line(Index n) {
  nn::Batch<float> x(n, 1), t(n, 1);
  for (Index i = 0; i < n; ++i) {
    x(i, 0) = 2 * (static_cast<float>(i) + 0.5F) / static_cast<float>(n) - 1;
    t(i, 0) = 3 - 2 * x(i, 0);
  }
  return {.shape = {1}, .features = x, .targets = t};
}

}  // namespace mathtool::test
