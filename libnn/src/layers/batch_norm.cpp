#include "mathtool/nn/layers/batch_norm.hpp"

#include <fmt/format.h>

#include <cmath>

#include "elementwise.hpp"
#include "mathtool/math/error.hpp"
#include "sum_in_lanes.hpp"

namespace mathtool::nn {
namespace {

/// How many features or channels there are.
Index feature_count(const Shape& input) { return input.size() == 1 ? input[0] : input.end()[-3]; }

/// How the numbers of some rows belong to features: number i of a row to feature i / pixels. Of
/// videos every frame is a row.
struct FeatureGrid {
  Index rows, features, pixels;

  FeatureGrid(const Shape& input, Index n)
      : rows(input.size() == 4 ? n * input[0] : n),
        features(feature_count(input)),
        pixels(input.size() == 1 ? 1 : input.end()[-2] * input.end()[-1]) {}

  Index count() const { return rows * pixels; }  ///< of numbers per feature
};

/// Σ term(i, feature) over the numbers i of each feature.
template <class Term>
MATHTOOL_KERNEL void sum_by_feature(const FeatureGrid& grid, double* sums, const Term& term) {
  std::fill_n(sums, grid.features, 0.0);
  for (Index row = 0; row < grid.rows; ++row) {
    const Index first = row * grid.features;
    if (grid.pixels == 1)
      for (Index f = 0; f < grid.features; ++f) sums[f] += term(first + f, f);
    else
      for (Index f = 0; f < grid.features; ++f)
        sums[f] += sum_in_lanes(grid.pixels,
                                [&](Index i) { return term((first + f) * grid.pixels + i, f); });
  }
}

/// out[i] = value(i, feature) for all numbers i.
template <class T, class Value>
MATHTOOL_KERNEL void fill_by_feature(const FeatureGrid& grid, T* __restrict out,
                                     const Value& value) {
  for (Index row = 0; row < grid.rows; ++row) {
    const Index first = row * grid.features;
    if (grid.pixels == 1)
      for (Index f = 0; f < grid.features; ++f) out[first + f] = value(first + f, f);
    else
      for (Index f = 0; f < grid.features; ++f)
        for (Index i = (first + f) * grid.pixels; i < (first + f + 1) * grid.pixels; ++i)
          out[i] = value(i, f);
  }
}

/// The sums of a feature's numbers over N, then those of the squares of their differences from it.
template <class T>
MATHTOOL_MULTIVERSION void batch_moments(const FeatureGrid& grid, const T* x, double* mean,
                                         double* variance) {
  const auto n = static_cast<double>(grid.count());
  sum_by_feature(grid, mean, [&](Index i, Index) { return static_cast<double>(x[i]); });
  for (Index f = 0; f < grid.features; ++f) mean[f] /= n;
  sum_by_feature(grid, variance, [&](Index i, Index f) {
    const double d = static_cast<double>(x[i]) - mean[f];
    return d * d;
  });
  for (Index f = 0; f < grid.features; ++f) variance[f] /= n;
}

/// What numbers of a feature are centred at and multiplied by.
template <class T>
struct Normaliser {
  const T *center, *factor;
  MATHTOOL_KERNEL T operator()(T x, Index f) const { return (x - center[f]) * factor[f]; }
};

template <class T>
MATHTOOL_MULTIVERSION void normalise(const FeatureGrid& grid, Normaliser<T> unit, const T* gamma,
                                     const T* beta, const T* x, T* y) {
  fill_by_feature(grid, y, [&](Index i, Index f) { return gamma[f] * unit(x[i], f) + beta[f]; });
}

/// Σ ∂y and Σ ∂y u of each feature.
template <class T>
MATHTOOL_MULTIVERSION void gradient_sums(const FeatureGrid& grid, Normaliser<T> unit, const T* x,
                                         const T* y_gradient, double* plain, double* with_unit) {
  sum_by_feature(grid, plain, [&](Index i, Index) { return static_cast<double>(y_gradient[i]); });
  sum_by_feature(grid, with_unit, [&](Index i, Index f) {
    return static_cast<double>(y_gradient[i]) * static_cast<double>(unit(x[i], f));
  });
}

/// ∂x = slope (∂y − shift − u tilt).
template <class T>
MATHTOOL_MULTIVERSION void input_gradient(const FeatureGrid& grid, Normaliser<T> unit,
                                          const double* slope, const double* shift,
                                          const double* tilt, const T* x, const T* y_gradient,
                                          T* x_gradient) {
  fill_by_feature(grid, x_gradient, [&](Index i, Index f) {
    const double u = static_cast<double>(unit(x[i], f));
    return static_cast<T>(slope[f] * (static_cast<double>(y_gradient[i]) - shift[f] - u * tilt[f]));
  });
}

/// Whether figures of the batch are taken: one number alone, as of the observation that is left
/// over behind the last whole batch, has no spread.
template <class T>
bool by_batch(const Site<T>& site, const FeatureGrid& grid) {
  return site.mode == Mode::training && grid.count() >= 2;
}

/// μ and 1 / √(σ² + ε) from the running figures.
template <class T>
std::vector<T> running_normaliser(const T* buffers, Index features, double epsilon) {
  std::vector<T> numbers(buffers, buffers + 2 * features);
  for (Index f = 0; f < features; ++f) {
    T& factor = numbers[static_cast<std::size_t>(features + f)];
    factor = static_cast<T>(1 / std::sqrt(static_cast<double>(factor) + epsilon));
  }
  return numbers;
}

}  // namespace

void BatchNorm::validate() const {
  require(momentum > 0 && momentum <= 1, "batchnorm: momentum must be in (0, 1], got {}", momentum);
  require(epsilon > 0 && std::isfinite(epsilon), "batchnorm: epsilon must be > 0, got {}", epsilon);
}

LayerPlan BatchNorm::plan(const Shape& input) const {
  validate();
  const bool known = input.size() == 1 || input.size() == 3 || input.size() == 4;
  require<DimensionError>(known && math::element_count(input) >= 1,
                          "expects (features), (channels, height, width) or (frames, channels, "
                          "height, width)");
  const Shape features = {feature_count(input)};
  const auto constant = [](double value) {
    return Initializer{.kind = InitializerKind::constant, .scale = value};
  };
  return {.output = input,
          .parameters =
              {{.name = "weight", .shape = features, .initializer = constant(1), .weight = false},
               {.name = "bias", .shape = features, .initializer = constant(0), .weight = false}},
          .buffers = {{.name = "running_mean", .shape = features, .initial = 0},
                      {.name = "running_var", .shape = features, .initial = 1}},
          .coupled = 2 * features[0],
          .multiplications = 2 * math::element_count(input)};
}

std::string BatchNorm::text() const {
  std::string text(name);
  if (momentum != BatchNorm().momentum) text += fmt::format(" momentum {}", momentum);
  if (epsilon != BatchNorm().epsilon) text += fmt::format(" epsilon {}", epsilon);
  return text;
}

template <std::floating_point T>
void BatchNorm::forward(const Site<T>& site, const ConstRows<T>& x, Rows<T>& y) const {
  const FeatureGrid grid(*site.input, x.rows());
  const Index features = grid.features;
  const T *gamma = site.parameters, *beta = gamma + features;
  if (!by_batch(site, grid)) {
    const std::vector<T> numbers = running_normaliser(site.buffers, features, epsilon);
    normalise<T>(grid, {numbers.data(), numbers.data() + features}, gamma, beta, x.data(),
                 y.data());
    return;
  }
  const auto n = static_cast<double>(grid.count());
  std::vector<double> moments(static_cast<std::size_t>(2 * features));
  double *mean = moments.data(), *variance = mean + features;
  batch_moments(grid, x.data(), mean, variance);
  const auto blend = [&](T& running, double value) {
    running = static_cast<T>((1 - momentum) * static_cast<double>(running) + momentum * value);
  };
  for (Index f = 0; f < features; ++f) {
    site.coupled[f] = static_cast<T>(mean[f]);
    site.coupled[features + f] = static_cast<T>(1 / std::sqrt(variance[f] + epsilon));
    blend(site.buffers[f], mean[f]);
    blend(site.buffers[features + f], variance[f] * (n / (n - 1)));
  }
  normalise<T>(grid, {site.coupled, site.coupled + features}, gamma, beta, x.data(), y.data());
}

template <std::floating_point T>
void BatchNorm::backward(const Site<T>& site, const ConstRows<T>& x, const ConstRows<T>&,
                         const ConstRows<T>& y_gradient, Rows<T>& x_gradient) const {
  const FeatureGrid grid(*site.input, x.rows());
  const Index features = grid.features;
  const bool training = by_batch(site, grid);
  const std::vector<T> running =
      training ? std::vector<T>() : running_normaliser(site.buffers, features, epsilon);
  const T* numbers = training ? site.coupled : running.data();
  const Normaliser<T> unit{numbers, numbers + features};

  std::vector<double> sums(static_cast<std::size_t>(3 * features));
  double *plain = sums.data(), *with_unit = plain + features, *slope = with_unit + features;
  gradient_sums(grid, unit, x.data(), y_gradient.data(), plain, with_unit);
  if (site.gradient)
    for (Index f = 0; f < features; ++f) {
      site.gradient[f] = static_cast<T>(with_unit[f]);
      site.gradient[features + f] = static_cast<T>(plain[f]);
    }
  if (!x_gradient.data()) return;
  // The running figures do not depend on this batch.
  const double share = training ? 1 / static_cast<double>(grid.count()) : 0;
  for (Index f = 0; f < features; ++f) {
    slope[f] = static_cast<double>(site.parameters[f]) * static_cast<double>(unit.factor[f]);
    plain[f] *= share;
    with_unit[f] *= share;
  }
  input_gradient(grid, unit, slope, plain, with_unit, x.data(), y_gradient.data(),
                 x_gradient.data());
}

MATHTOOL_LAYER(BatchNorm);

}  // namespace mathtool::nn
