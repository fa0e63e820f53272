#include <fmt/format.h>

#include <cmath>

#include "mathtool/opt/constraints/constrained_minimum.hpp"

namespace mathtool::opt {

std::vector<std::string> sensitivity_in_words(const std::vector<Multiplier>& multipliers,
                                              std::string_view extremum) {
  std::vector<std::string> sentences;
  for (const Multiplier& m : multipliers) {
    if (!m.active || m.multiplier == 0 || !std::isfinite(m.multiplier)) continue;
    // The minimum changes by −multiplier with the right side of g ≤ 0, which `>=` turned round.
    const bool rises = (m.multiplier < 0) != m.turned;
    sentences.push_back(fmt::format("raising the right side of '{}' by 1 {} the {} by about {:.4g}",
                                    m.constraint, rises ? "raises" : "lowers", extremum,
                                    std::abs(m.multiplier)));
  }
  return sentences;
}

}  // namespace mathtool::opt
