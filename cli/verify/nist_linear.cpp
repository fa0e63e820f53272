#include <fmt/format.h>

#include <utility>

#include "cli/verify/certified_data.hpp"
#include "mathtool/stats/regression/linear_regression.hpp"

namespace mathtool::cli {
namespace {

/// The observations and the columns of the design as products of raw ones.
struct RegressionData {
  Mat raw;
  Vec y;
  std::vector<math::DesignTerm> terms;
};

RegressionData regression_data(const CertifiedData& data) {
  const Index columns = std::stol(data.fields.at("columns"));
  const int powers = std::stoi(data.fields.at("powers"));
  const std::vector<double>& cells = data.groups.at(0);
  const RowMat rows =
      Eigen::Map<const RowMat>(cells.data(), static_cast<Index>(cells.size()) / columns, columns);
  RegressionData result{.raw = rows.rightCols(columns - 1), .y = rows.col(0), .terms = {}};
  if (data.fields.at("intercept") == "yes") result.terms.emplace_back();
  for (Index j = 0; j + 1 < columns; ++j)
    for (int power = 1; power <= powers; ++power)
      result.terms.emplace_back(static_cast<std::size_t>(power), j);
  return result;
}

using Real50Table = std::vector<std::vector<Real50>>;

/// The inverse of a positive definite matrix by Gauss and Jordan.
Real50Table inverse(Real50Table A) {
  const std::size_t p = A.size();
  for (std::size_t k = 0; k < p; ++k) {
    const Real50 pivot = 1 / A[k][k];
    A[k][k] = 1;
    for (Real50& each : A[k]) each *= pivot;
    for (std::size_t i = 0; i < p; ++i) {
      if (i == k) continue;
      const Real50 factor = std::exchange(A[i][k], Real50(0));
      for (std::size_t j = 0; j < p; ++j) A[i][j] -= factor * A[k][j];
    }
  }
  return A;
}

struct ExactRegression {
  std::vector<Real50> coefficients, standard_errors;
};

/// By the normal equations: 50 digits are more than twice those that the worst of the sets loses.
ExactRegression exact_regression(const RegressionData& data) {
  const std::size_t p = data.terms.size();
  Real50Table gram(p, std::vector<Real50>(p)), X;
  std::vector<Real50> products(p);
  for (Index i = 0; i < data.y.size(); ++i) {
    std::vector<Real50>& row = X.emplace_back();
    for (const math::DesignTerm& term : data.terms) {
      Real50 product = 1;
      for (const Index j : term) product *= Real50(data.raw(i, j));
      row.push_back(product);
    }
    for (std::size_t a = 0; a < p; ++a) {
      products[a] += row[a] * Real50(data.y[i]);
      for (std::size_t b = 0; b < p; ++b) gram[a][b] += row[a] * row[b];
    }
  }
  const Real50Table spread = inverse(gram);
  ExactRegression result;
  for (const std::vector<Real50>& row : spread) {
    Real50 sum = 0;
    for (std::size_t b = 0; b < p; ++b) sum += row[b] * products[b];
    result.coefficients.push_back(sum);
  }
  Real50 rss = 0;
  for (std::size_t i = 0; i < X.size(); ++i) {
    Real50 residual(data.y[static_cast<Index>(i)]);
    for (std::size_t a = 0; a < p; ++a) residual -= X[i][a] * result.coefficients[a];
    rss += residual * residual;
  }
  for (std::size_t a = 0; a < p; ++a)
    result.standard_errors.push_back(sqrt(spread[a][a] * rss / (X.size() - p)));
  return result;
}

}  // namespace

std::vector<CertifiedFigure> nist_linear() {
  std::vector<CertifiedFigure> figures;
  for (const EmbeddedFile& file : verification_linear_files()) {
    const CertifiedData certified = parse_certified(file);
    const RegressionData data = regression_data(certified);
    const stats::LinearRegression fit = stats::fit_linear(data.raw, data.terms, data.y);
    const ExactRegression exact = exact_regression(data);
    const double wanted = certified.fields.at("name") == "Longley" ? 13 : 12;
    const std::size_t first = certified.fields.at("intercept") == "yes" ? 0 : 1;
    for (std::size_t j = 0; j < data.terms.size(); ++j) {
      const auto place = static_cast<Index>(j);
      figures.push_back(certified.figure(fmt::format("b{}", first + j),
                                         fit.predictor.coefficients[place], exact.coefficients[j],
                                         wanted));
      figures.push_back(certified.figure(fmt::format("se_b{}", first + j),
                                         fit.standard_errors[place], exact.standard_errors[j],
                                         wanted));
    }
  }
  return figures;
}

}  // namespace mathtool::cli
