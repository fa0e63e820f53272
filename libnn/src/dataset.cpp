#include "mathtool/nn/dataset.hpp"

#include <algorithm>
#include <cmath>

#include "mathtool/math/closest_match.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/multiversion.hpp"

namespace mathtool::nn {
namespace {

MATHTOOL_MULTIVERSION
void scale_bytes(const std::uint8_t* bytes, Index n, float scale, float* numbers) {
  for (Index i = 0; i < n; ++i) numbers[i] = static_cast<float>(bytes[i]) * scale;
}

/// As above; of the product in float, so that both see the same numbers.
MATHTOOL_MULTIVERSION
void scale_bytes(const std::uint8_t* bytes, Index n, float scale, double* numbers) {
  for (Index i = 0; i < n; ++i)
    numbers[i] = static_cast<double>(static_cast<float>(bytes[i]) * scale);
}

/// Rows asked for stand anywhere in memory, which is slow to answer; so it is asked a few rows
/// ahead.
void fetch_ahead(const std::uint8_t* bytes, Index n) {
  constexpr Index line = 64;
  for (Index i = 0; i < n; i += line) __builtin_prefetch(bytes + i);
}

/// Observations are counted from 1 in complaints, classes from 0 as targets hold them.
void check_finite(const Batch<float>& numbers, const Shape& shape, std::string_view what) {
  if (numbers.allFinite()) return;
  for (Index i = 0; i < numbers.rows(); ++i)
    for (Index j = 0; j < numbers.cols(); ++j)
      require(std::isfinite(numbers(i, j)) || beyond_end(shape, numbers.row(i).data(), j),
              "observation {}: {} {} of {} is {}, not a finite number", i + 1, what, j + 1,
              numbers.cols(), numbers(i, j));
}

/// Of several targets, as a sequence has, those below 0 do not count.
void check_classes(const Batch<float>& targets, Index classes) {
  for (Index i = 0; i < targets.rows(); ++i)
    for (Index j = 0; j < targets.cols(); ++j) {
      const float t = targets(i, j);
      const bool uncounted = t < 0 && targets.cols() > 1;
      require(uncounted || (t >= 0 && t < static_cast<float>(classes) && t == std::floor(t)),
              "observation {}: there is no class {}; the {} classes are numbered from 0 to {}",
              i + 1, t, classes, classes - 1);
    }
}

}  // namespace

bool beyond_end(const Shape& shape, const float* observation, Index place) {
  return shape.size() == 2 && std::isnan(observation[place - place % shape[1]]);
}

double Dataset::feature_scale() const {
  const auto* pixels = std::get_if<ByteRows>(&features);
  return pixels ? static_cast<double>(pixels->scale) : 1.0;
}

void Dataset::validate() const {
  const Index width = math::element_count(shape);
  require<DimensionError>(width >= 1, "a data set of observations of shape {}, without a feature",
                          math::to_string(shape));
  if (const auto* numbers = std::get_if<Batch<float>>(&features)) {
    require<DimensionError>(numbers->rows() == size(), "{} observations, but targets of {}",
                            numbers->rows(), size());
    require<DimensionError>(numbers->cols() == width,
                            "{} features per observation, where the shape {} has {}",
                            numbers->cols(), math::to_string(shape), width);
    check_finite(*numbers, shape, "feature");
  } else {
    const auto& pixels = std::get<ByteRows>(features);
    require<DimensionError>(
        std::ssize(pixels.bytes) / width == size() && std::ssize(pixels.bytes) % width == 0,
        "{} bytes of features, where {} observations of shape {} have {} each", pixels.bytes.size(),
        size(), math::to_string(shape), width);
    require(std::isfinite(pixels.scale), "a data set whose bytes count {} each", pixels.scale);
  }
  check_finite(targets, {}, "target");
  if (!classes.empty()) check_classes(targets, std::ssize(classes));
}

template <std::floating_point T>
void Dataset::gather(std::span<const Index> rows, Rows<T>& x, Rows<T>& t) const {
  Index i = 0;
  if (const auto* numbers = std::get_if<Batch<float>>(&features)) {
    for (const Index row : rows) x.row(i++) = numbers->row(row).template cast<T>();
  } else {
    const auto& pixels = std::get<ByteRows>(features);
    constexpr std::size_t ahead = 4;
    for (std::size_t k = 0; k < rows.size(); ++k) {
      if (k + ahead < rows.size())
        fetch_ahead(pixels.bytes.data() + rows[k + ahead] * x.cols(), x.cols());
      scale_bytes(pixels.bytes.data() + rows[k] * x.cols(), x.cols(), pixels.scale,
                  x.row(i++).data());
    }
  }
  i = 0;
  for (const Index row : rows) t.row(i++) = targets.row(row).template cast<T>();
}

template void Dataset::gather(std::span<const Index>, Rows<float>&, Rows<float>&) const;
template void Dataset::gather(std::span<const Index>, Rows<double>&, Rows<double>&) const;

Dataset Dataset::subset(std::span<const Index> rows) const {
  const Index n = std::ssize(rows);
  Dataset part{.shape = shape, .classes = classes};
  if (const auto* numbers = std::get_if<Batch<float>>(&features)) {
    Batch<float> chosen(n, numbers->cols());
    for (Index i = 0; i < n; ++i) chosen.row(i) = numbers->row(rows[static_cast<std::size_t>(i)]);
    part.features = std::move(chosen);
  } else {
    const auto& pixels = std::get<ByteRows>(features);
    const Index width = math::element_count(shape);
    ByteRows chosen{.bytes = {}, .scale = pixels.scale};
    chosen.bytes.reserve(static_cast<std::size_t>(n * width));
    for (const Index row : rows) {
      const auto first = pixels.bytes.begin() + row * width;
      chosen.bytes.insert(chosen.bytes.end(), first, first + width);
    }
    part.features = std::move(chosen);
  }
  part.targets.resize(n, targets.cols());
  for (Index i = 0; i < n; ++i)
    part.targets.row(i) = targets.row(rows[static_cast<std::size_t>(i)]);
  return part;
}

Dataset Dataset::of_classes(std::span<const std::string> names) const {
  constexpr Index not_asked_for = -1;
  std::vector<Index> places(classes.size(), not_asked_for), counts(names.size(), 0);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto found = std::find(classes.begin(), classes.end(), names[i]);
    require(found != classes.end(), "there is no class '{}'{}", names[i],
            did_you_mean(names[i], classes));
    Index& place = places[static_cast<std::size_t>(found - classes.begin())];
    require(place == not_asked_for, "class '{}' is named twice", names[i]);
    place = static_cast<Index>(i);
  }
  const std::vector<Index> all = labels();
  std::vector<Index> rows;
  for (Index row = 0; row < size(); ++row) {
    const Index place = places[static_cast<std::size_t>(all[static_cast<std::size_t>(row)])];
    if (place == not_asked_for) continue;
    rows.push_back(row);
    ++counts[static_cast<std::size_t>(place)];
  }
  for (std::size_t i = 0; i < names.size(); ++i)
    require<InsufficientDataError>(counts[i] > 0, "class '{}' has no observation", names[i]);
  Dataset part = subset(rows);
  part.classes.assign(names.begin(), names.end());
  for (float& label : part.targets.reshaped())
    label = static_cast<float>(places[static_cast<std::size_t>(label)]);
  return part;
}

std::vector<Index> Dataset::labels() const {
  require(!classes.empty() && targets.cols() == 1,
          "labels are of classes, one for each observation; here are {} classes and {} targets",
          classes.size(), targets.cols());
  std::vector<Index> result(static_cast<std::size_t>(size()));
  std::transform(targets.data(), targets.data() + size(), result.begin(),
                 [](float t) { return static_cast<Index>(t); });
  return result;
}

}  // namespace mathtool::nn
