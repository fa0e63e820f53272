#pragma once

#include <fmt/core.h>

#include <algorithm>
#include <string>

#include "cli/calculator/calculator.hpp"

namespace mathtool::cli {

/// One call inside others, for as long as it lasts: what calls itself for ever ends here, before
/// the stack does.
class Calculator::CallLevel {
 public:
  CallLevel(Calculator& calculator, const std::string& function) : depth_(calculator.depth_) {
    constexpr int most = 400;
    if (++depth_ > most) {
      depth_ = 0;
      throw NotEstablished(Status::out_of_budget,
                           fmt::format("{} calls itself more than {} levels deep", function, most));
    }
  }
  ~CallLevel() { depth_ = std::max(depth_ - 1, 0); }
  CallLevel(const CallLevel&) = delete;

 private:
  int& depth_;
};

}  // namespace mathtool::cli
