#include "mathtool/nn/augmentation.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "mathtool/math/error.hpp"
#include "mathtool/math/random/uniform.hpp"
#include "mathtool/stats/variates.hpp"

namespace mathtool::nn {
namespace {

constexpr double most_change = 1e6;  // of a feature

using math::Philox;

/// Planes of height × width numbers, one for each channel of each frame.
struct Planes {
  explicit Planes(const Shape& shape)
      : frames(shape.size() == 4 ? shape[0] : 1),
        channels(shape.end()[-3]),
        height(shape.end()[-2]),
        width(shape.end()[-1]) {}

  Index size() const { return height * width; }

  Index frames, channels, height, width;
};

/// From which row or column of an image each of its new ones comes; −1: it becomes 0.
using Sources = std::vector<Index>;

/// Room that the images of a batch use one after the other.
struct Workroom {
  Sources rows = {}, columns = {};
  std::vector<float> image = {};
  std::vector<double> normals = {};
};

/// A whole number within ±most, each equally likely.
Index draw_within(Index most, Philox& random) {
  return static_cast<Index>(math::uniform_index(random, static_cast<std::uint64_t>(2 * most + 1))) -
         most;
}

double draw_within(double most, Philox& random) { return most * (2 * math::uniform(random) - 1); }

void rearrange(const Planes& planes, Workroom& room, float* image) {
  room.image.assign(image, image + planes.frames * planes.channels * planes.size());
  const float* from = room.image.data();
  for (Index plane = 0; plane < planes.frames * planes.channels; ++plane, from += planes.size())
    for (const Index row : room.rows) {
      const float* line = from + row * planes.width;
      for (const Index column : room.columns)
        *image++ = row < 0 || column < 0 ? 0.0F : line[column];
    }
}

void shift_axis(Index by, Index size, Sources& sources) {
  sources.resize(static_cast<std::size_t>(size));
  for (Index i = 0; i < size; ++i) {
    const Index from = i + by;
    sources[static_cast<std::size_t>(i)] = from >= 0 && from < size ? from : -1;
  }
}

void flip_axis(bool flip, Index size, Sources& sources) {
  sources.resize(static_cast<std::size_t>(size));
  std::iota(sources.begin(), sources.end(), Index{0});
  if (flip) std::reverse(sources.begin(), sources.end());
}

void crop_axis(Index by, Index size, Sources& sources) {
  sources.resize(static_cast<std::size_t>(size));
  for (Index i = 0; i < size; ++i) {
    const Index from = std::abs(i + by);
    sources[static_cast<std::size_t>(i)] = from < size ? from : 2 * (size - 1) - from;
  }
}

void apply(const Shift& shift, const Planes& planes, Philox& random, Workroom& room, float* image) {
  const Index down = draw_within(shift.most, random), across = draw_within(shift.most, random);
  if (down == 0 && across == 0) return;
  shift_axis(down, planes.height, room.rows);
  shift_axis(across, planes.width, room.columns);
  rearrange(planes, room, image);
}

void apply(const Flip& flip, const Planes& planes, Philox& random, Workroom& room, float* image) {
  const bool over = math::uniform(random) < 0.5 && flip.vertical;
  const bool across = math::uniform(random) < 0.5 && flip.horizontal;
  if (!over && !across) return;
  flip_axis(over, planes.height, room.rows);
  flip_axis(across, planes.width, room.columns);
  rearrange(planes, room, image);
}

void apply(const Crop& crop, const Planes& planes, Philox& random, Workroom& room, float* image) {
  const Index down = draw_within(crop.padding, random), across = draw_within(crop.padding, random);
  if (down == 0 && across == 0) return;
  crop_axis(down, planes.height, room.rows);
  crop_axis(across, planes.width, room.columns);
  rearrange(planes, room, image);
}

void apply(const Noise& noise, const Planes& planes, Philox& random, Workroom& room, float* image) {
  const Index n = planes.frames * planes.channels * planes.size();
  room.normals.resize(static_cast<std::size_t>(n));
  stats::normal_variates(random, room.normals);
  for (Index i = 0; i < n; ++i)
    image[i] += static_cast<float>(noise.sd * room.normals[static_cast<std::size_t>(i)]);
}

void apply(const Colour& colour, const Planes& planes, Philox& random, Workroom&, float* image) {
  for (Index channel = 0; channel < planes.channels; ++channel) {
    const auto gain = static_cast<float>(draw_within(colour.contrast, random));
    const auto lift = static_cast<float>(draw_within(colour.brightness, random));
    for (Index frame = 0; frame < planes.frames; ++frame) {
      float* plane = image + (frame * planes.channels + channel) * planes.size();
      const double sum = std::accumulate(plane, plane + planes.size(), 0.0);
      const auto mean = static_cast<float>(sum / static_cast<double>(planes.size()));
      for (Index i = 0; i < planes.size(); ++i) plane[i] += gain * (plane[i] - mean) + lift;
    }
  }
}

void check(const Shift& shift, const Planes& planes) {
  require(shift.most >= 0 && shift.most < std::min(planes.height, planes.width),
          "augmentation: shift must be in [0, {}] for images of {} x {}, got {}",
          std::min(planes.height, planes.width) - 1, planes.height, planes.width, shift.most);
}

void check(const Crop& crop, const Planes& planes) {
  require(crop.padding >= 0 && crop.padding < std::min(planes.height, planes.width),
          "augmentation: crop must be in [0, {}] for images of {} x {}, got {}",
          std::min(planes.height, planes.width) - 1, planes.height, planes.width, crop.padding);
}

void check(const Flip& flip, const Planes&) {
  require(flip.horizontal || flip.vertical,
          "augmentation: flip must be horizontal, vertical or both");
}

void check(const Noise& noise, const Planes&) {
  require(noise.sd >= 0 && noise.sd <= most_change,
          "augmentation: the sd of noise must be in [0, {}], got {}", most_change, noise.sd);
}

void check(const Colour& colour, const Planes&) {
  require(colour.brightness >= 0 && colour.brightness <= most_change,
          "augmentation: the brightness of colour must be in [0, {}], got {}", most_change,
          colour.brightness);
  require(colour.contrast >= 0 && colour.contrast <= 1,
          "augmentation: the contrast of colour must be in [0, 1], got {}", colour.contrast);
}

/// What is random about one observation in one batch: half of what the bijection makes of the two,
/// so that hardly two pairs have the same key.
std::uint64_t key_of(const AugmentationDraws& draws, Index observation) {
  const auto halves = [](std::uint64_t bits) {
    return std::array{static_cast<std::uint32_t>(bits), static_cast<std::uint32_t>(bits >> 32)};
  };
  const auto number = halves(static_cast<std::uint64_t>(observation)), step = halves(draws.step);
  const auto bits = Philox::rounds({number[0], number[1], step[0], step[1]}, halves(draws.seed));
  return bits[0] | static_cast<std::uint64_t>(bits[1]) << 32;
}

}  // namespace

void check_augmentation(std::span<const Augmentation> augmentations, const Shape& shape) {
  if (augmentations.empty()) return;
  require<DimensionError>(
      (shape.size() == 3 || shape.size() == 4) && math::element_count(shape) >= 1,
      "augmentation is of images (channels, height, width), but the "
      "observations are {}",
      math::to_string(shape));
  const Planes planes(shape);
  for (const Augmentation& augmentation : augmentations)
    std::visit([&](const auto& kind) { check(kind, planes); }, augmentation.kind());
}

void augment(std::span<const Augmentation> augmentations, const Shape& shape,
             const AugmentationDraws& draws, std::span<const Index> observations, Rows<float>& x) {
  if (augmentations.empty()) return;
  const Planes planes(shape);
  Workroom room;
  for (Index row = 0; row < x.rows(); ++row) {
    const std::uint64_t key = key_of(draws, observations[static_cast<std::size_t>(row)]);
    for (std::size_t place = 0; place < augmentations.size(); ++place) {
      Philox random(key, place);
      std::visit(
          [&](const auto& kind) { apply(kind, planes, random, room, x.data() + row * x.cols()); },
          augmentations[place].kind());
    }
  }
}

}  // namespace mathtool::nn
