#pragma once

#include <optional>

#include "mathtool/nn/loss.hpp"

namespace mathtool::nn {

/// How many classes were asked for, and how many of them the outputs name.
struct RightAnswers {
  Index right = 0, asked = 0;

  RightAnswers& operator+=(const RightAnswers& other) {
    right += other.right;
    asked += other.asked;
    return *this;
  }

  /// None where nothing was asked.
  std::optional<double> share() const {
    if (asked == 0) return std::nullopt;
    return static_cast<double>(right) / static_cast<double>(asked);
  }
};

/// Of a cross-entropy the class is that of the largest logit, the first of equals; of a binary one
/// it is yes where the logit is positive. Other losses ask for no class. NaN is never right.
RightAnswers count_right(const Loss& loss, const ConstRows<float>& outputs,
                         const ConstRows<float>& targets, const Shape& output);

}  // namespace mathtool::nn
