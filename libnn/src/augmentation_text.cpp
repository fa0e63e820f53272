#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "mathtool/math/closest_match.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/nn/augmentation.hpp"
#include "number_text.hpp"

namespace mathtool::nn {
namespace {

std::string_view without_blanks(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::vector<std::string_view> split_at(std::string_view text, char mark) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(mark);
    parts.push_back(without_blanks(text.substr(0, end)));
    if (end == text.npos) return parts;
    text.remove_prefix(end + 1);
  }
}

/// One item of the list: a name and what stands behind its colons.
class AugmentationReader {
 public:
  explicit AugmentationReader(std::string_view text)
      : text_(text), fields_(split_at(text, ':')), info_(find_info()) {}

  Augmentation read() const {
    const std::string_view name = info_.name;
    if (name == "shift") return Shift{pixels()};
    if (name == "crop") return Crop{pixels()};
    if (name == "flip") return flip();
    if (name == "noise") return Noise{number(1, 1)};
    const double brightness = number(1, 2);
    const double contrast = fields_.size() == 3 ? number(2, 2) : std::min(brightness, 1.0);
    if (contrast > 1) fail();
    return Colour{brightness, contrast};
  }

 private:
  const AugmentationInfo& find_info() const {
    std::vector<std::string> names;
    for (const AugmentationInfo& info : augmentation_kinds()) {
      if (info.name == fields_[0]) return info;
      names.emplace_back(info.name);
    }
    throw DataError(fmt::format("augmentation '{}': there are {}{}", text_, fmt::join(names, ", "),
                                did_you_mean(fields_[0], names)));
  }

  Index pixels() const {
    const auto value = fields_.size() == 2 ? read_number<Index>(fields_[1]) : std::nullopt;
    if (!value || *value < 0) fail();
    return *value;
  }

  /// Field `at` of an item with at most `most` of them behind its name.
  double number(std::size_t at, std::size_t most) const {
    const bool there = fields_.size() > at && fields_.size() <= most + 1;
    const auto value = there ? read_number<double>(fields_[at]) : std::nullopt;
    if (!value || *value < 0) fail();
    return *value;
  }

  Flip flip() const {
    const std::string_view axis = fields_.size() == 1 ? "horizontal" : fields_[1];
    if (fields_.size() > 2 || (axis != "horizontal" && axis != "vertical" && axis != "both"))
      fail();
    return {.horizontal = axis != "vertical", .vertical = axis != "horizontal"};
  }

  [[noreturn]] void fail() const {
    throw DataError(
        fmt::format("augmentation '{}': expected {}, {}", text_, info_.usage, info_.summary));
  }

  std::string_view text_;
  std::vector<std::string_view> fields_;
  const AugmentationInfo& info_;
};

struct AugmentationText {
  std::string operator()(const Shift& shift) const { return fmt::format("shift:{}", shift.most); }
  std::string operator()(const Crop& crop) const { return fmt::format("crop:{}", crop.padding); }
  std::string operator()(const Noise& noise) const { return fmt::format("noise:{}", noise.sd); }
  std::string operator()(const Flip& flip) const {
    if (!flip.vertical) return "flip";
    return flip.horizontal ? "flip:both" : "flip:vertical";
  }
  std::string operator()(const Colour& colour) const {
    if (colour.contrast == colour.brightness) return fmt::format("colour:{}", colour.brightness);
    return fmt::format("colour:{}:{}", colour.brightness, colour.contrast);
  }
};

}  // namespace

std::span<const AugmentationInfo> augmentation_kinds() {
  static constexpr std::array kinds = {
      AugmentationInfo{"shift", "shift:PIXELS", "a move of at most so many pixels"},
      AugmentationInfo{"flip", "flip[:horizontal|vertical|both]", "mirrored, or not"},
      AugmentationInfo{"crop", "crop:PIXELS",
                       "cut out of the image with so many pixels of its mirror image around"},
      AugmentationInfo{"noise", "noise:SD", "normal noise of this standard deviation >= 0"},
      AugmentationInfo{"colour", "colour:BRIGHTNESS[:CONTRAST]",
                       "each channel brighter or darker by at most BRIGHTNESS >= 0, its contrast "
                       "changed by at most the share CONTRAST in [0, 1]"}};
  static_assert(
      kinds.size() ==
      std::variant_size_v<std::remove_cvref_t<decltype(std::declval<Augmentation>().kind())>>);
  return kinds;
}

std::vector<Augmentation> parse_augmentation(std::string_view text) {
  std::vector<Augmentation> augmentations;
  if (without_blanks(text).empty()) return augmentations;
  for (const std::string_view item : split_at(text, ','))
    augmentations.push_back(AugmentationReader(item).read());
  return augmentations;
}

std::string to_string(const Augmentation& augmentation) {
  return std::visit(AugmentationText{}, augmentation.kind());
}

std::string to_string(const std::vector<Augmentation>& augmentations) {
  std::vector<std::string> texts;
  for (const Augmentation& augmentation : augmentations) texts.push_back(to_string(augmentation));
  return fmt::format("{}", fmt::join(texts, ", "));
}

}  // namespace mathtool::nn
