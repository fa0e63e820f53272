#pragma once

#include <cstdint>

#include "mathtool/math/types.hpp"

namespace mathtool::opt {

struct LogisticOptions {
  double l2 = 0;          ///< λ ≥ 0
  bool intercept = true;  ///< one more parameter, the last, of a column of ones; without penalty
  int threads = 0;        ///< ≥ 0; 0: all. They do not change the bits
};

/// The mean logarithmic loss of a logistic regression with a penalty, with all its derivatives: an
/// objective for any method.
///     f(w) = (1/n) Σᵢ (log(1 + exp zᵢ) − yᵢ zᵢ) + λ/2 Σⱼ wⱼ²,   zᵢ = xᵢᵀ w + b
/// Rows are treated in parts that depend on n and p alone, and added in their order.
///
/// Shapes: X is n × p, y has n entries in [0, 1], w has p + 1 (p without intercept).
/// Throws: DimensionError; DomainError for what is not finite, y outside [0, 1], λ < 0.
/// Cost:   4 n p flops for a gradient, n p² for a Hessian.
/// Ref:    Hastie, Tibshirani & Friedman, The Elements of Statistical Learning (2009), §4.4.1.
class LogisticObjective {
 public:
  LogisticObjective(RowMat X, Vec y, const LogisticOptions& options = {});

  double operator()(const Vec& w, Vec& gradient) const;
  double value(const Vec& w) const;
  Mat hessian(const Vec& w) const;
  Vec hessian_times(const Vec& w, const Vec& v) const;

  Index parameters() const { return X_.cols() + (options_.intercept ? 1 : 0); }

 private:
  struct Part {
    Index first, rows;
  };
  Index parts() const;
  Part part(Index k) const;
  void check(const Vec& w) const;
  Vec scores(const Part& rows, const Vec& w) const;
  void add_rows(const Part& rows, const Vec& weights, Eigen::Ref<Vec> sum) const;

  RowMat X_;
  Vec y_;
  LogisticOptions options_;
};

}  // namespace mathtool::opt
