#include "cli/calculator/constants.hpp"

#include <limits>
#include <numbers>

namespace mathtool::cli {

const Scope& constants() {
  static const Scope all = {{"pi", std::numbers::pi},
                            {"e", std::numbers::e},
                            {"i", Complex(0, 1)},
                            {"inf", std::numeric_limits<double>::infinity()},
                            {"nan", std::numeric_limits<double>::quiet_NaN()}};
  return all;
}

}  // namespace mathtool::cli
