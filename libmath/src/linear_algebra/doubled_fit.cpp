#include "linear_algebra/doubled_fit.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "linear_algebra/double_double_triangle.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "power_of_two.hpp"

namespace mathtool::math {
namespace {

constexpr Index rows_at_once = 256;  // of some twenty columns: they stay in cache

/// The rows of one block multiplied by their weights or by the roots of these.
template <class Factor>
void scale_rows(DoubleDoubleColumns& block, Index column, Index first, const Vec& weights,
                Factor factor) {
  const Index rows = std::min(block.rows(), weights.size() - first);
  for (Index i = 0; i < rows; ++i)
    block.set(i, column, block(i, column) * factor(weights[first + i]));
}

class Fitting {
 public:
  Fitting(const DesignColumns& design, const LeastSquaresOptions& options)
      : design_(design), options_(options), block_(rows_at_once, design.columns() + 1) {
    require(0 <= options.tolerance && options.tolerance < 1,
            "least_squares: tolerance must be in [0, 1), got {}", options.tolerance);
    require(options.max_refinements >= 1, "least_squares: max_refinements must be >= 1, got {}",
            options.max_refinements);
    const Index n = std::ssize(options.weights);
    require<DimensionError>(n == 0 || n == design.rows(), "least_squares: {} weights for {} rows",
                            n, design.rows());
    if (n == 0) return;
    weights_ = Eigen::Map<const Vec>(options.weights.data(), n);
    require(weights_.allFinite() && weights_.minCoeff() >= 0,
            "least_squares: weights must be finite and >= 0");
    weight_unit_ = power_of_two_near(weights_.maxCoeff());
    weights_ /= weight_unit_;
  }

  /// Fills what does not depend on the basis in which the coefficients will be shown.
  DoubledFit run(LeastSquaresFit& fit) {
    const IndependentColumns independent = triangulate();
    const Index p = design_.columns(), rank = std::ssize(independent.kept);
    DoubledFit doubled{{p, 1}, {p, 1}, {p, rank}, Vec(design_.rows()), {}, weight_unit_};
    DoubleDoubleColumns step = independent.projection;
    solve_upper(independent.R, step, 0);
    refine(independent, step, doubled, fit);
    DoubleDoubleColumns inverse(rank, rank);
    for (Index k = 0; k < rank; ++k) {
      inverse.set(k, k, {1.0});
      solve_upper(independent.R, inverse, k);
      for (Index i = 0; i <= k; ++i)
        doubled.inverse_R.set(independent.kept[static_cast<std::size_t>(i)], k, inverse(i, k));
    }
    fit.dependent = independent.dependent;
    const Index rows = weights_.size() == 0 ? design_.rows() : (weights_.array() > 0).count();
    fit.degrees_of_freedom = rows - rank;
    if (!fit.dependent.empty() && fit.status == Status::converged) {
      fit.status = Status::suspicious;
      fit.reason = fmt::format(
          "column {} is a combination of the columns before it (its distance from their span is "
          "{:.1e} of its length) and was left out{}",
          fit.dependent[0], independent.distance[0],
          fit.dependent.size() > 1 ? fmt::format(", as were {} more", fit.dependent.size() - 1)
                                   : "");
    }
    return doubled;
  }

 private:
  template <class Body>
  void for_each_block(Body body) {
    for (Index first = 0; first < design_.rows(); first += rows_at_once) {
      options_.stop.check();
      design_.form(first, block_);
      body(first);
    }
  }

  IndependentColumns triangulate() {
    const Index p = design_.columns();
    DoubleDoubleTriangle triangle(p + 1);
    for_each_block([&](Index first) {
      for (Index j = 0; j <= p && weights_.size() > 0; ++j)
        scale_rows(block_, j, first, weights_, [](double w) { return sqrt(DoubleDouble{w}); });
      triangle.absorb(block_);
    });
    return independent_columns(triangle.R(), options_.tolerance);
  }

  /// Adds `step` and the corrections that the residual asks for.
  void refine(const IndependentColumns& independent, DoubleDoubleColumns& step, DoubledFit& doubled,
              LeastSquaresFit& fit) {
    const DoubleDoubleColumns& R = independent.R;
    DoubleDoubleColumns b(R.cols(), 1);
    double previous = std::numeric_limits<double>::infinity();
    for (fit.refinements = 1;; ++fit.refinements) {
      b.add_multiple({1.0}, step, 0, 0);
      step = gradient(independent.kept, b, doubled);
      solve_upper_transposed(R, step, 0);
      solve_upper(R, step, 0);
      double largest = 0.0, change = 0.0;  // both as the columns weigh in them
      bool settled = true;
      for (Index j = 0; j < R.cols(); ++j) {
        const double length = std::sqrt(R.dot(j, j).high);
        const double size = std::abs(b(j, 0).high), correction = std::abs(step(j, 0).high);
        largest = std::max(largest, size * length);
        change = std::max(change, correction * length);
        settled = settled && correction <= unit_roundoff * size;
      }
      if (settled || change <= doubled_u * largest) {
        fit.status = Status::converged;
        break;
      }
      if (!(change <= previous / 2)) {
        fit.status = change <= unit_roundoff * largest ? Status::converged : Status::stalled;
        if (fit.status == Status::stalled)
          fit.reason = fmt::format("corrections of {:.1e}, relative, do not shrink any more",
                                   change / largest);
        break;
      }
      if (fit.refinements == options_.max_refinements) {
        fit.reason =
            fmt::format("coefficients still change by {:.1e}, relative, after {} refinements",
                        change / largest, fit.refinements);
        break;
      }
      previous = change;
    }
    for (Index j = 0; j < R.cols(); ++j) {
      const Index to = independent.kept[static_cast<std::size_t>(j)];
      doubled.coefficients.set(to, 0, b(j, 0));
      doubled.errors.set(to, 0, {std::abs(step(j, 0).high) + doubled_u * std::abs(b(j, 0).high)});
    }
  }

  /// XᵀW(y − X b); fills the residuals on the way.
  DoubleDoubleColumns gradient(const std::vector<Index>& kept, const DoubleDoubleColumns& b,
                               DoubledFit& doubled) {
    const Index y = design_.columns(), rank = std::ssize(kept);
    DoubleDoubleColumns result(rank, 1);
    doubled.sum_of_squares = {};
    for_each_block([&](Index first) {
      for (Index j = 0; j < rank; ++j)
        block_.add_multiple(-b(j, 0), kept[static_cast<std::size_t>(j)], y);
      const Index rows = std::min(rows_at_once, design_.rows() - first);
      for (Index i = 0; i < rows; ++i) doubled.residuals[first + i] = block_(i, y).high;
      if (weights_.size() > 0) {
        for (Index i = 0; i < rows; ++i)
          doubled.sum_of_squares =
              doubled.sum_of_squares + block_(i, y) * block_(i, y) * weights_[first + i];
        scale_rows(block_, y, first, weights_, [](double w) { return w; });
      } else {
        doubled.sum_of_squares = doubled.sum_of_squares + block_.dot(y, y);
      }
      for (Index j = 0; j < rank; ++j)
        result.set(j, 0, result(j, 0) + block_.dot(kept[static_cast<std::size_t>(j)], y));
    });
    return result;
  }

  const DesignColumns& design_;
  const LeastSquaresOptions& options_;
  DoubleDoubleColumns block_;
  Vec weights_;  ///< empty: all 1
  double weight_unit_ = 1.0;
};

}  // namespace

DoubledFit fit_doubled(const DesignColumns& design, const LeastSquaresOptions& options,
                       LeastSquaresFit& fit) {
  return Fitting(design, options).run(fit);
}

}  // namespace mathtool::math
