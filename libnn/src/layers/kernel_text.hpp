#pragma once

#include <fmt/format.h>

#include <string>

#include "mathtool/nn/initializer.hpp"

namespace mathtool::nn {

/// "conv 20 5x5 stride 2 pad 1 groups 2", with what differs from the defaults.
template <class Kernel>
std::string kernel_text(const Kernel& kernel) {
  std::string text =
      fmt::format("{} {} {}x{}", Kernel::name, kernel.filters, kernel.height, kernel.width);
  if (kernel.stride != 1) text += fmt::format(" stride {}", kernel.stride);
  if (kernel.padding.same) text += " pad same";
  if (kernel.padding.around > 0) text += fmt::format(" pad {}", kernel.padding.around);
  if (kernel.groups != 1) text += fmt::format(" groups {}", kernel.groups);
  if (kernel.initializer != Initializer{}) text += " init " + to_string(kernel.initializer);
  return text;
}

}  // namespace mathtool::nn
