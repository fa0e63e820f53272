#include "mathtool/stats/regression/robust_covariance.hpp"

#include <fmt/core.h>

#include <Eigen/LU>
#include <cctype>
#include <cmath>
#include <string>

#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::stats {

std::string_view to_string(RobustKind kind) {
  switch (kind) {
    case RobustKind::hc0: return "HC0";
    case RobustKind::hc1: return "HC1";
    case RobustKind::hc2: return "HC2";
    case RobustKind::hc3: return "HC3";
  }
  return "?";
}

RobustKind parse_robust_kind(std::string_view word) {
  std::string upper;
  for (const char c : word) upper += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  for (const auto kind : {RobustKind::hc0, RobustKind::hc1, RobustKind::hc2, RobustKind::hc3})
    if (upper == to_string(kind)) return kind;
  throw DomainError(fmt::format("robust standard errors are HC0, HC1, HC2 or HC3, not '{}'", word));
}

RobustSums::RobustSums(RobustKind kind, const LinearRegression& fit) : kind_(kind), fit_(&fit) {
  const Index size = fit.predictor.root.cols() + (fit.predictor.intercept ? 1 : 0);
  sums_ = Mat::Zero(size, size);
}

void RobustSums::push(const RowMatRef& X, const VecRef& residuals, const Vec& weights) {
  const Index n = X.rows();
  for (Index i = 0; i < n; ++i) {
    const Vec g = fit_->predictor.whitened(X.row(i).transpose());
    double omega = residuals[i] * residuals[i] * (weights.size() > 0 ? weights[i] : 1.0);
    if (kind_ == RobustKind::hc2 || kind_ == RobustKind::hc3) {
      const double rest = 1 - g.squaredNorm();
      if (rest < 1e-12)
        omega = not_a_number;
      else
        omega /= kind_ == RobustKind::hc2 ? rest : rest * rest;
    }
    sums_.noalias() += (omega * g) * g.transpose();
  }
}

void RobustSums::merge(const RobustSums& other) {
  if (!fit_) {
    *this = other;
  } else if (other.fit_) {
    sums_ += other.sums_;
  }
}

Mat RobustSums::meat() const {
  return kind_ == RobustKind::hc1 ? Mat(sums_ * (fit_->observations / fit_->df_residual)) : sums_;
}

Mat RobustSums::covariance() const {
  const Mat K = fit_->predictor.full_root();
  return K * meat() * K.transpose();
}

Vec RobustSums::standard_errors() const {
  const Mat K = fit_->predictor.full_root(), M = meat();
  Vec errors(K.rows());
  for (Index j = 0; j < K.rows(); ++j) {
    const double largest = K.cols() > 0 ? K.row(j).cwiseAbs().maxCoeff() : 0.0;
    const Vec k = largest > 0 ? Vec(K.row(j).transpose() / largest) : Vec(K.row(j).transpose());
    errors[j] = (largest > 0 ? largest : 1.0) * std::sqrt(k.dot(M * k));
  }
  return errors;
}

double RobustSums::f_statistic() const {
  const LinearPredictor& predictor = fit_->predictor;
  const Index q = predictor.root.cols(), first = predictor.intercept ? 1 : 0;
  const Mat M = meat().bottomRightCorner(q, q);
  if (q == 0 || !(fit_->df_residual > 0) || !M.allFinite()) return not_a_number;
  // b = F β for the columns kept, and V = F M Fᵀ: bᵀV⁻¹b is βᵀM⁻¹β.
  std::vector<Index> kept;
  for (Index j = first; j < predictor.coefficients.size(); ++j)
    if ((predictor.root.row(j).array() != 0).any()) kept.push_back(j);
  const Mat F = predictor.root(kept, Eigen::all);
  const Vec b = predictor.coefficients(kept);
  const Vec beta = F.triangularView<Eigen::Upper>().solve(b);
  return beta.dot(M.partialPivLu().solve(beta)) / static_cast<double>(q);
}

}  // namespace mathtool::stats
