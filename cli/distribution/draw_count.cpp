#include "cli/distribution/draw_count.hpp"

#include <cmath>

#include "cli/constant_expression.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {

std::size_t draw_count(const std::vector<std::string>& operands, Index numbers,
                       const GlobalOptions& global) {
  require(operands.size() == 1, "sample takes one number: how many, as in sample 10");
  const double count = constant_expression(operands[0], "X");
  require(count >= 1 && count == std::floor(count), "sample: '{}' is no number of draws",
          operands[0]);
  const double bytes = count * static_cast<double>(numbers) * sizeof(double);
  require<Error>(bytes <= static_cast<double>(global.memory),
                 "sample: {} draws need {:.0f} MB, --memory allows {}", operands[0], bytes / 1e6,
                 global.memory / 1'000'000);
  return static_cast<std::size_t>(count);
}

}  // namespace mathtool::cli
