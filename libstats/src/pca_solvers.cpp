#include "pca_solvers.hpp"

#include <algorithm>
#include <cmath>

#include "mathtool/math/constants.hpp"
#include "mathtool/math/function_ref.hpp"
#include "mathtool/math/matrix_products.hpp"
#include "mathtool/math/orthonormal_basis.hpp"
#include "mathtool/math/symmetric_eigen.hpp"
#include "mathtool/math/thin_svd.hpp"
#include "randomized_eigen.hpp"

namespace mathtool::stats {
namespace {

Index count_above(const Vec& values, double threshold) {
  return std::count_if(values.begin(), values.end(), [&](double v) { return v > threshold; });
}

/// What rounding leaves of a zero eigenvalue of a covariance matrix, relative to the largest.
double covariance_noise(Index p, std::int64_t n) {
  return 8 * epsilon * (static_cast<double>(p) + std::sqrt(static_cast<double>(n)));
}

/// The rank does not depend on the units of the columns. Where values look like noise beside those
/// of columns in larger units, those of the matrix with columns of unit length decide (Sylvester's
/// law of inertia).
Index count_in_any_units(const Vec& values, double noise,
                         FunctionRef<Vec()> values_of_unit_columns) {
  constexpr Index accurate_below = 64;  // columns up to which small values keep their digits
  const Index plain = count_above(values, noise * values[0]);
  if (plain == values.size() || values.size() > accurate_below) return plain;
  const Vec scaled = values_of_unit_columns();
  return std::clamp(count_above(scaled, noise * scaled[0]), plain, values.size());
}

/// Centred rows have at most so many nonzero eigenvalues.
Index most_pairs(std::int64_t n, Index p) {
  return static_cast<Index>(std::min<std::int64_t>(n - 1, p));
}

Vec inverse_or_zero(Vec sd) {
  for (double& s : sd) s = s > 0 ? 1 / s : 0;
  return sd;
}

/// Components from left singular vectors: Zᵀ U, normalised. Small ones lose orthogonality to
/// rounding, so a singular value decomposition within their span puts that right.
void components_from_left(const Mat& centred, const Mat& U, Index rank, Spectrum& spectrum) {
  Mat span = math::multiply_transposed(centred, U.leftCols(rank));
  span.colwise().normalize();
  span = math::orthonormal_basis(span);
  const math::ThinSvd within = math::thin_svd(math::multiply(centred, span), {.left = false});
  const double divisor = static_cast<double>(centred.rows() - 1);
  spectrum.eigenvalues = within.singular.cwiseAbs2() / divisor;
  spectrum.components = math::multiply(span, within.V);
}

}  // namespace

Spectrum solve_covariance(const Mat& C, std::int64_t n, std::optional<Index> leading, int threads) {
  constexpr Index cheap = 512;  // columns up to which all pairs cost little, and tell the rank
  if (C.rows() <= cheap) leading.reset();
  const math::SymmetricEigen pairs =
      math::symmetric_eigen(C, {.leading = leading, .threads = threads});
  Spectrum spectrum{pairs.values.cwiseMax(0.0), pairs.vectors, pairs.values.size() == C.rows(), 0,
                    pairs.residual};
  const Index rank = count_in_any_units(spectrum.eigenvalues, covariance_noise(C.rows(), n), [&] {
    const Vec scale = inverse_or_zero(C.diagonal().cwiseSqrt());
    return math::symmetric_eigen(scale.asDiagonal() * C * scale.asDiagonal(), {.vectors = false})
        .values;
  });
  spectrum.rank = std::min(most_pairs(n, C.rows()), rank);
  return spectrum;
}

Spectrum solve_svd(const Mat& centred) {
  const Index n = centred.rows(), p = centred.cols();
  const math::ThinSvd svd = math::thin_svd(centred, {.left = false});
  Spectrum spectrum{svd.singular.cwiseAbs2() / static_cast<double>(n - 1), svd.V, true, 0, 0.0};
  const double noise = static_cast<double>(std::max(n, p)) * epsilon;
  const Index rank = count_in_any_units(svd.singular, noise, [&] {
    const Vec scale = inverse_or_zero(centred.colwise().norm().transpose());
    return math::thin_svd(centred * scale.asDiagonal(), {.left = false}).singular;
  });
  spectrum.rank = std::min(n - 1, rank);
  spectrum.error_bound = static_cast<double>(p) * epsilon * spectrum.eigenvalues[0];
  return spectrum;
}

Spectrum solve_gram(const Mat& centred) {
  const Index n = centred.rows(), p = centred.cols();
  const math::SymmetricEigen pairs =
      math::symmetric_eigen(math::multiply_by_transposed(centred, centred));
  Spectrum spectrum;
  spectrum.rank =
      std::min(n - 1, count_above(pairs.values, covariance_noise(n, n) * pairs.values[0]));
  // What looks like noise here may be columns in small units, which singular values tell apart.
  if (spectrum.rank < most_pairs(n, p)) return solve_svd(centred);
  components_from_left(centred, pairs.vectors, spectrum.rank, spectrum);
  spectrum.complete = true;
  spectrum.error_bound = pairs.residual / static_cast<double>(n - 1);
  return spectrum;
}

Spectrum solve_randomized(const Mat& centred, const Mat& C, std::int64_t n, Index leading,
                          const PcaOptions& options) {
  const bool from_rows = centred.size() > 0;
  const Index p = from_rows ? centred.cols() : C.cols(), most = most_pairs(n, p);
  const double divisor = static_cast<double>(n - 1);
  const auto multiply = [&](const Mat& block) -> Mat {
    if (!from_rows) return math::multiply(C, block);
    return math::multiply_transposed(centred, math::multiply(centred, block)) / divisor;
  };
  const RandomizedEigen pairs = randomized_eigen(multiply, p, std::min(leading, most),
                                                 {.seed = options.seed,
                                                  .tolerance = options.tolerance,
                                                  .max_iterations = options.max_iterations});
  Spectrum spectrum{pairs.values.cwiseMax(0.0), pairs.vectors, leading >= most, 0, pairs.residual};
  spectrum.rank = std::min(
      most, count_above(spectrum.eigenvalues, covariance_noise(p, n) * spectrum.eigenvalues[0]));
  spectrum.status = pairs.status;
  // What looks like noise here may be columns in small units: small problems are settled exactly.
  constexpr Index cheap = 512;
  if (spectrum.rank < spectrum.eigenvalues.size() && most <= cheap)
    return from_rows ? solve_svd(centred) : solve_covariance(C, n, leading, options.threads);
  return spectrum;
}

}  // namespace mathtool::stats
