#include "cli/plot/label_placement.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace mathtool::cli {
namespace {

bool inside(const Box& box, const Box& bounds) {
  return box.x >= bounds.x && box.y >= bounds.y && box.x + box.width <= bounds.x + bounds.width &&
         box.y + box.height <= bounds.y + bounds.height;
}

bool contains(const Box& box, Point point) {
  return box.x < point.x && point.x < box.x + box.width && box.y < point.y &&
         point.y < box.y + box.height;
}

/// The box that touches a circle of radius `gap` around the anchor from outside, in direction
/// `angle`.
Box beside(const Label& label, double angle, double gap) {
  const double c = std::cos(angle), s = std::sin(angle);
  return {label.anchor.x + c * (gap + label.width / 2) - label.width / 2,
          label.anchor.y + s * (gap + label.height / 2) - label.height / 2, label.width,
          label.height};
}

/// What speaks against a free place: points under the text first, then distance, then direction.
double cost(const Box& box, double turn, double gap, std::span<const Point> obstacles,
            std::span<const Label> labels) {
  double covered = 0;
  for (const Point& point : obstacles) covered += contains(box, point);
  for (const Label& label : labels) covered += 4.0 * contains(box, label.anchor);
  return covered + 3 * gap / box.height + turn;
}

}  // namespace

bool overlap(const Box& a, const Box& b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

std::vector<std::optional<Box>> place_labels(std::span<const Label> labels, const Box& bounds,
                                             Point centre, std::span<const Point> obstacles) {
  constexpr int directions = 24;
  constexpr std::array gaps = {0.4, 0.8, 1.4, 2.2, 3.2, 4.5};  // in heights of the text
  std::vector<std::optional<Box>> placed;
  for (const Label& label : labels) {
    const double outward = std::atan2(label.anchor.y - centre.y, label.anchor.x - centre.x);
    std::optional<Box> best;
    double least = 0;
    for (const double gap : gaps) {
      for (int i = 0; i < directions; ++i) {
        // 0, 1, -1, 2, -2, ... steps away from the preferred direction
        const double turn = (i + 1) / 2 * (2 * std::numbers::pi / directions);
        const double angle = outward + (i % 2 == 1 ? turn : -turn);
        const Box box = beside(label, angle, gap * label.height);
        const bool taken = std::any_of(placed.begin(), placed.end(), [&](const auto& other) {
          return other && overlap(box, *other);
        });
        if (taken || !inside(box, bounds)) continue;
        const double price = cost(box, turn, gap * label.height, obstacles, labels);
        if (best && price >= least) continue;
        best = box;
        least = price;
      }
    }
    placed.push_back(best);
  }
  return placed;
}

}  // namespace mathtool::cli
