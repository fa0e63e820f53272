#pragma once

#include <span>

#include "mathtool/math/linear_algebra/least_squares.hpp"
#include "mathtool/stats/regression/linear_predictor.hpp"

namespace mathtool::stats {

/// The columns of a design, multiplied out.
Mat expand_products(const MatRef& raw, std::span<const math::DesignTerm> products);

/// Everything of a predictor but its coefficients, from the least squares that ended a fit.
/// `weights` are those of that fit, none for ones.
void set_predictor(const math::LeastSquaresFit& fit, const MatRef& X, const Vec& weights,
                   bool intercept, LinearPredictor& predictor);

/// Throws: InsufficientDataError for fewer rows than columns.
void require_enough_rows(double rows, Index columns);
/// The same of frequencies, whose sum is the number of rows that they stand for.
void require_enough_weight(double weight, Index columns);

/// The length of each row, whatever its scale: standard errors from a root of (XᵀWX)⁻¹.
Vec row_norms(const MatRef& root);

}  // namespace mathtool::stats
