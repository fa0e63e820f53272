#include "mathtool/stats/distributions/multivariate_normal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "mathtool/stats/variates.hpp"
#include "special/constants.hpp"

namespace mathtool::stats {
namespace {

Eigen::MatrixXd square(const std::vector<std::vector<double>>& rows) {
  const auto n = static_cast<Eigen::Index>(rows.size());
  Eigen::MatrixXd matrix(n, n);
  for (Eigen::Index i = 0; i < n; ++i) {
    const std::vector<double>& row = rows[static_cast<std::size_t>(i)];
    require(std::ssize(row) == n, "{}: cov must be square, but row {} of {} has {} numbers",
            MultivariateNormal::name, i + 1, n, row.size());
    for (Eigen::Index j = 0; j < n; ++j) matrix(i, j) = row[static_cast<std::size_t>(j)];
  }
  return matrix;
}

}  // namespace

MultivariateNormal::MultivariateNormal(const std::vector<double>& mean,
                                       const std::vector<std::vector<double>>& covariance)
    : MultivariateNormal(Eigen::Map<const Eigen::VectorXd>(mean.data(), std::ssize(mean)),
                         square(covariance)) {}

MultivariateNormal::MultivariateNormal(const Eigen::VectorXd& mean,
                                       const Eigen::MatrixXd& covariance)
    : mean_(mean), covariance_(covariance) {
  const Eigen::Index n = mean.size();
  require(n > 0, "{}: the mean needs at least one number", name);
  require(covariance.rows() == n && covariance.cols() == n,
          "{}: cov must be {} x {} as the mean has {} numbers, got {} x {}", name, n, n, n,
          covariance.rows(), covariance.cols());
  require(mean.allFinite() && covariance.allFinite(), "{}: mean and cov must be finite", name);
  for (Eigen::Index i = 0; i < n; ++i) {
    require(covariance(i, i) >= 0, "{}: the variance cov({}, {}) must be >= 0, got {}", name, i + 1,
            i + 1, covariance(i, i));
    for (Eigen::Index j = 0; j < i; ++j) {
      const double a = covariance(i, j), b = covariance(j, i);
      require(std::abs(a - b) <= 1e-12 * std::max(std::abs(a), std::abs(b)),
              "{}: cov must be symmetric, but cov({}, {}) is {} and cov({}, {}) is {}", name, i + 1,
              j + 1, a, j + 1, i + 1, b);
      covariance_(i, j) = covariance_(j, i) = a / 2 + b / 2;
    }
  }
  factorise();
}

// Cholesky's method with pivots on the correlation matrix, whose units do not matter.
// Ref: Higham, Analysis of the Cholesky decomposition of a semi-definite matrix (1990).
void MultivariateNormal::factorise() {
  const Eigen::Index n = dimension();
  sd_ = covariance_.diagonal().cast<Extended>().cwiseSqrt();
  Matrix rest = Matrix::Zero(n, n);
  for (Eigen::Index i = 0; i < n; ++i)
    for (Eigen::Index j = 0; j < n; ++j) {
      const bool constant = sd_(i) == 0 || sd_(j) == 0;
      require(!constant || covariance_(i, j) == 0,
              "{}: cov({}, {}) must be 0, as one of the two has variance 0", name, i + 1, j + 1);
      if (!constant) rest(i, j) = i == j ? 1 : covariance_(i, j) / sd_(i) / sd_(j);
    }
  const Extended slack = 1e-14L * n;
  order_.resize(static_cast<std::size_t>(n));
  std::iota(order_.begin(), order_.end(), Eigen::Index{0});
  factor_ = Matrix::Zero(n, n);
  for (rank_ = 0; rank_ < n; ++rank_) {
    const Eigen::Index k = rank_;
    Eigen::Index pivot = 0;
    const Extended most = rest.diagonal().tail(n - k).maxCoeff(&pivot);
    pivot += k;
    if (most <= slack) break;
    rest.row(k).swap(rest.row(pivot));
    rest.col(k).swap(rest.col(pivot));
    factor_.row(k).swap(factor_.row(pivot));
    std::swap(order_[static_cast<std::size_t>(k)], order_[static_cast<std::size_t>(pivot)]);
    factor_(k, k) = std::sqrt(most);
    for (Eigen::Index i = k + 1; i < n; ++i) factor_(i, k) = rest(i, k) / factor_(k, k);
    for (Eigen::Index j = k + 1; j < n; ++j)
      for (Eigen::Index i = k + 1; i < n; ++i) rest(i, j) -= factor_(i, k) * factor_(j, k);
  }
  const Eigen::Index left = n - rank_;
  const Extended worst = left == 0 ? 0 : rest.bottomRightCorner(left, left).cwiseAbs().maxCoeff();
  require(
      worst <= std::sqrt(slack) && (left == 0 || rest.diagonal().tail(left).minCoeff() >= -slack),
      "{}: cov is not positive semidefinite", name);
}

std::string MultivariateNormal::text() const {
  std::vector<std::string> rows;
  for (Eigen::Index i = 0; i < dimension(); ++i) {
    const Eigen::VectorXd row = covariance_.row(i);
    rows.push_back(fmt::format("[{}]", fmt::join(row.begin(), row.end(), ", ")));
  }
  return fmt::format("{}([{}], [{}])", name, fmt::join(mean_.begin(), mean_.end(), ", "),
                     fmt::join(rows, ", "));
}

MultivariateNormal::Vector MultivariateNormal::whiten(const Vector& deviations) const {
  Vector z(rank_);
  for (Eigen::Index i = 0; i < rank_; ++i) {
    const Eigen::Index at = order_[static_cast<std::size_t>(i)];
    Extended sum = deviations(at) / sd_(at);
    for (Eigen::Index j = 0; j < i; ++j) sum -= factor_(i, j) * z(j);
    z(i) = sum / factor_(i, i);
  }
  return z;
}

Extended MultivariateNormal::log_density(Point x) const {
  require(rank_ == dimension(),
          "{}: the covariance is singular, of rank {} in {} dimensions, so "
          "that there is no density",
          name, rank_, dimension());
  if (!x.allFinite()) return -infinity;
  const Vector z = whiten(x.cast<Extended>() - mean_.cast<Extended>());
  Extended log_root = 0;
  for (Eigen::Index i = 0; i < rank_; ++i) log_root += std::log(factor_(i, i)) + std::log(sd_(i));
  return -z.squaredNorm() / 2 - log_root - dimension() * log_two_pi / 2;
}

double MultivariateNormal::entropy() const {
  if (rank_ < dimension()) return -infinity;
  Extended sum = dimension() * (log_two_pi + 1) / 2;
  for (Eigen::Index i = 0; i < rank_; ++i) sum += std::log(factor_(i, i)) + std::log(sd_(i));
  return static_cast<double>(sum);
}

Eigen::VectorXd MultivariateNormal::sample(math::Philox& random) const {
  Vector z(rank_);
  for (Extended& each : z) each = normal_variate(random);
  Eigen::VectorXd x = mean_;
  for (Eigen::Index i = 0; i < dimension(); ++i) {
    const Eigen::Index at = order_[static_cast<std::size_t>(i)];
    const Extended part = factor_.row(i).head(rank_).dot(z);
    x(at) = static_cast<double>(mean_(at) + sd_(at) * part);
  }
  return x;
}

void MultivariateNormal::check(std::span<const Eigen::Index> coordinates) const {
  require(!coordinates.empty(), "{}: give at least one coordinate", name);
  for (const Eigen::Index each : coordinates) {
    require(0 <= each && each < dimension(), "{}: coordinate {} is not among 0 to {}", name, each,
            dimension() - 1);
    require(std::ranges::count(coordinates, each) == 1, "{}: coordinate {} is given twice", name,
            each);
  }
}

MultivariateNormal MultivariateNormal::marginal(std::span<const Eigen::Index> kept) const {
  check(kept);
  const auto n = static_cast<Eigen::Index>(kept.size());
  Eigen::VectorXd mean(n);
  Eigen::MatrixXd covariance(n, n);
  for (Eigen::Index i = 0; i < n; ++i) {
    const Eigen::Index row = kept[static_cast<std::size_t>(i)];
    mean(i) = mean_(row);
    for (Eigen::Index j = 0; j < n; ++j)
      covariance(i, j) = covariance_(row, kept[static_cast<std::size_t>(j)]);
  }
  return {mean, covariance};
}

// With z = L⁻¹(known − mean) and W = L⁻¹ C(known, rest): mean + Wᵀz and C(rest, rest) − WᵀW.
MultivariateNormal MultivariateNormal::conditional(std::span<const Eigen::Index> known,
                                                   Point values) const {
  const MultivariateNormal given = marginal(known);
  require<DimensionError>(values.size() == given.dimension(), "{}: {} values for {} coordinates",
                          name, values.size(), given.dimension());
  require(given.rank_ == given.dimension(),
          "{}: the covariance of the known coordinates is singular", name);
  std::vector<Eigen::Index> rest;
  for (Eigen::Index i = 0; i < dimension(); ++i)
    if (std::ranges::find(known, i) == known.end()) rest.push_back(i);
  const MultivariateNormal others = marginal(rest);
  const auto n = static_cast<Eigen::Index>(rest.size());
  Matrix whitened(given.dimension(), n);
  for (Eigen::Index j = 0; j < n; ++j) {
    Vector column(given.dimension());
    for (Eigen::Index i = 0; i < given.dimension(); ++i)
      column(i) =
          covariance_(known[static_cast<std::size_t>(i)], rest[static_cast<std::size_t>(j)]);
    whitened.col(j) = given.whiten(column);
  }
  const Vector z = given.whiten(values.cast<Extended>() - given.mean_.cast<Extended>());
  const Vector mean = others.mean_.cast<Extended>() + whitened.transpose() * z;
  Matrix covariance = others.covariance_.cast<Extended>() - whitened.transpose() * whitened;
  // What a coordinate that is known through the others keeps of rounding.
  for (Eigen::Index i = 0; i < n; ++i)
    if (covariance(i, i) <= 1e-15L * others.covariance_(i, i)) {
      covariance.row(i).setZero();
      covariance.col(i).setZero();
    }
  return {Eigen::VectorXd(mean.cast<double>()), Eigen::MatrixXd(covariance.cast<double>())};
}

}  // namespace mathtool::stats
