#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "mathtool/nn/batch.hpp"

namespace mathtool::nn {

/// An image moved by whole pixels; what comes in is 0.
///     y(c, i, j) = x(c, i + r, j + s),   r and s each from −most to most, all equally likely
struct Shift {
  Index most = 0;  ///< ≥ 0, less than either side of the image
  bool operator==(const Shift&) const = default;
};

/// An image mirrored, along each axis that is asked for with probability 1/2.
struct Flip {
  bool horizontal = true;  ///< left to right
  bool vertical = false;   ///< upside down
  bool operator==(const Flip&) const = default;
};

/// An image of the same size cut out of one that is larger by `padding` on every side, where the
/// image goes on in its mirror image. All places are equally likely.
///     rows −2, −1, 0, 1 of the larger image are rows 2, 1, 0, 1
struct Crop {
  Index padding = 0;  ///< ≥ 0, less than either side of the image
  bool operator==(const Crop&) const = default;
};

/// N(0, sd²) added to every number.
struct Noise {
  double sd = 0;  ///< ≥ 0, in units of the network's input: of bytes 1 is all of their range
  bool operator==(const Noise&) const = default;
};

/// Brightness and contrast of each channel by itself.
///     y = m + (1 + g) (x − m) + b,   g within ±contrast, b within ±brightness, both uniform
/// where m is the mean of the channel in the image, or in each frame of a video.
struct Colour {
  double brightness = 0;  ///< ≥ 0, in units of the network's input
  double contrast = 0;    ///< in [0, 1]
  bool operator==(const Colour&) const = default;
};

/// One way to vary images that are learnt from, so that none is seen twice as the same.
struct Augmentation : std::variant<Shift, Flip, Crop, Noise, Colour> {
  using variant::variant;
  const variant& kind() const { return *this; }
};

struct AugmentationInfo {
  std::string_view name = {}, usage = {}, summary = {};
};

/// All of them, as help lists them: usage is "shift:PIXELS".
std::span<const AugmentationInfo> augmentation_kinds();

/// Reads a list that is done from left to right: "shift:2, flip, crop:4, noise:0.05, colour:0.2".
/// An empty text is an empty list.
/// Throws: DataError that quotes what is wrong and shows the usage or the nearest name.
std::vector<Augmentation> parse_augmentation(std::string_view text);

/// What parse_augmentation reads as the same.
std::string to_string(const Augmentation& augmentation);
std::string to_string(const std::vector<Augmentation>& augmentations);

/// Whether observations of this shape can be augmented so.
/// Throws: DimensionError unless they are images (channels, height, width) or videos (frames,
///         channels, height, width); DomainError for settings out of range.
void check_augmentation(std::span<const Augmentation> augmentations, const Shape& shape);

/// What is random in an augmentation.
struct AugmentationDraws {
  std::uint64_t seed = 0;  ///< of the training
  std::uint64_t step = 0;  ///< the number of the batch in it
};

/// Varies the images in the rows of x, of which `observations` are the numbers in the data. What
/// becomes of one is a function of it, its number, the draws and its place in the list alone:
/// neither threads nor the other rows change it. The frames of a video vary alike but for noise.
///
/// Pre:    check_augmentation passes; one observation for each row.
/// Cost:   per image a few passes over it; noise about 10 ns a number.
/// Ref:    Simard, Steinkraus & Platt, Best practices for convolutional neural networks applied to
///         visual document analysis (2003); Krizhevsky, Sutskever & Hinton, ImageNet classification
///         with deep convolutional neural networks (2012), section 4.1.
void augment(std::span<const Augmentation> augmentations, const Shape& shape,
             const AugmentationDraws& draws, std::span<const Index> observations, Rows<float>& x);

}  // namespace mathtool::nn
