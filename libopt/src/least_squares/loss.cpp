#include "mathtool/opt/least_squares/loss.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "mathtool/math/closest_match.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::opt {
namespace {

constexpr std::array<std::string_view, 6> loss_words = {"linear", "huber",  "soft_l1",
                                                        "cauchy", "arctan", "tukey"};

}  // namespace

std::string_view to_string(Loss loss) { return loss_words[static_cast<std::size_t>(loss)]; }

std::span<const std::string_view> loss_names() { return loss_words; }

Loss parse_loss(std::string_view word) {
  const auto found = std::find(loss_words.begin(), loss_words.end(), word);
  require(found != loss_words.end(), "no loss '{}'{}", word,
          did_you_mean(word, std::vector<std::string>(loss_words.begin(), loss_words.end())));
  return static_cast<Loss>(found - loss_words.begin());
}

LossValue evaluate(Loss loss, double z) {
  switch (loss) {
    case Loss::linear: break;
    case Loss::huber:
      if (z <= 1) break;
      return {2 * std::sqrt(z) - 1, 1 / std::sqrt(z), -0.5 / (z * std::sqrt(z))};
    case Loss::soft_l1: {
      const double root = std::sqrt(1 + z);
      // 2 (root − 1) without the cancellation of a small z.
      return {2 * z / (root + 1), 1 / root, -0.5 / (root * root * root)};
    }
    case Loss::cauchy: return {std::log1p(z), 1 / (1 + z), -1 / ((1 + z) * (1 + z))};
    case Loss::arctan: {
      const double t = 1 + z * z;
      return {std::atan(z), 1 / t, -2 * z / (t * t)};
    }
    case Loss::tukey: {
      if (z > 1) return {1.0 / 3, 0, 0};
      return {z * (1 - z * (1 - z / 3)), (1 - z) * (1 - z), -2 * (1 - z)};
    }
  }
  return {z, 1, 0};
}

}  // namespace mathtool::opt
