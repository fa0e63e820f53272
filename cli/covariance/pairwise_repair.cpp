#include "cli/covariance/pairwise_repair.hpp"

#include <fmt/format.h>

#include "mathtool/stats/accumulators/pairwise_covariance.hpp"

namespace mathtool::cli {

std::string repair_pairwise(Mat& matrix, std::string_view kind) {
  if (!matrix.allFinite()) return {};
  stats::RepairedCovariance repaired = stats::nearest_covariance(matrix);
  if (repaired.most_negative == 0.0) return {};
  matrix = std::move(repaired.matrix);
  return fmt::format(
      "the pairwise {} matrix was not positive semidefinite (smallest eigenvalue {:.3g}); negative "
      "eigenvalues were set to 0 and the diagonal restored",
      kind, repaired.most_negative);
}

}  // namespace mathtool::cli
