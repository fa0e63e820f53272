#include "mathtool/math/tensor/strided_loop.hpp"

#include <algorithm>
#include <vector>

namespace mathtool::math {
namespace {

/// One axis of the walk: its length and the step of each operand.
struct Axis {
  Index length;
  std::vector<Index> steps;
};

/// The axes from the innermost outward, without those of length 1, and neighbours joined where
/// every operand simply continues.
std::vector<Axis> joined_axes(std::initializer_list<const Layout*> operands) {
  const Shape& shape = (*operands.begin())->shape;
  std::vector<Axis> axes;
  for (std::size_t k = shape.size(); k-- > 0;) {
    if (shape[k] == 1) continue;
    Axis axis{shape[k], {}};
    for (const Layout* operand : operands) axis.steps.push_back(operand->strides[k]);
    bool continues = !axes.empty();
    for (std::size_t i = 0; continues && i < axis.steps.size(); ++i)
      continues = axis.steps[i] == axes.back().steps[i] * axes.back().length;
    if (continues)
      axes.back().length *= axis.length;
    else
      axes.push_back(std::move(axis));
  }
  if (axes.empty()) axes.push_back({1, std::vector<Index>(operands.size(), 1)});
  return axes;
}

}  // namespace

void strided_loop(std::initializer_list<const Layout*> operands,
                  FunctionRef<void(const StridedRun&)> body) {
  if (element_count((*operands.begin())->shape) == 0) return;
  const std::vector<Axis> axes = joined_axes(operands);
  std::vector<Index> offsets, counter(axes.size(), 0);
  for (const Layout* operand : operands) offsets.push_back(operand->offset);
  const StridedRun run{offsets.data(), axes[0].steps.data(), axes[0].length};
  while (true) {
    body(run);
    std::size_t k = 1;  // an odometer over the outer axes
    for (; k < axes.size(); ++k) {
      const bool turned_over = ++counter[k] == axes[k].length;
      for (std::size_t i = 0; i < offsets.size(); ++i)
        offsets[i] += turned_over ? -axes[k].steps[i] * (axes[k].length - 1) : axes[k].steps[i];
      if (!turned_over) break;
      counter[k] = 0;
    }
    if (k == axes.size()) return;
  }
}

}  // namespace mathtool::math
