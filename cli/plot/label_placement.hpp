#pragma once

#include <optional>
#include <span>
#include <vector>

namespace mathtool::cli {

/// A rectangle by its lower left corner. All lengths are in one unit: pixels, or characters.
struct Box {
  double x = 0, y = 0, width = 0, height = 0;
};

bool overlap(const Box& a, const Box& b);

struct Point {
  double x = 0, y = 0;
};

/// A text of a certain size that belongs at a point.
struct Label {
  Point anchor = {};
  double width = 0, height = 0;
};

/// Finds a place near its anchor for each label, within `bounds`, where it covers neither another
/// label nor, as far as possible, a point of `obstacles` or an anchor. Places on the far side from
/// `centre` are preferred, so that labels of arrows stand beyond their tips. Labels are placed one
/// by one in the order given; one that finds no free place has none.
/// Cost: labels² + labels · obstacles.
std::vector<std::optional<Box>> place_labels(std::span<const Label> labels, const Box& bounds,
                                             Point centre, std::span<const Point> obstacles);

}  // namespace mathtool::cli
