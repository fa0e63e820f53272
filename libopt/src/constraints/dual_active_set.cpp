#include "dual_active_set.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

#include "mathtool/math/constants.hpp"

namespace mathtool::opt {
namespace {

constexpr double unit_roundoff = std::numeric_limits<double>::epsilon() / 2;

/// Below this share of its length, what is left of a normal is rounding: it depends on the others.
constexpr double dependence = 1e-11;

}  // namespace

DualActiveSet::DualActiveSet(const QuadraticProgram& problem, Mat L)
    : problem_(problem), L_(std::move(L)) {
  const Index n = problem.c.size();
  for (Index i = 0; i < problem.E.rows(); ++i)
    add_row(problem.E.row(i), problem.e[i], true, Row::Kind::equality, i);
  for (Index i = 0; i < problem.A.rows(); ++i)
    if (problem.b[i] < infinity)
      add_row(problem.A.row(i), problem.b[i], false, Row::Kind::inequality, i);
  if (!problem.box.unbounded())
    for (Index i = 0; i < n; ++i) {
      const double low = problem.box.low[i], high = problem.box.high[i];
      const bool fixed = low == high;
      if (high < infinity) add_row(Vec::Unit(n, i), high, fixed, Row::Kind::upper, i);
      if (low > -infinity && !fixed) add_row(-Vec::Unit(n, i), -low, false, Row::Kind::lower, i);
    }
  T_.resize(n, n);
  Q_.resize(n, n);
  R_.setZero(n, n);
}

void DualActiveSet::add_row(const Vec& normal, double limit, bool equality, Row::Kind kind,
                            Index index) {
  const double length = normal.blueNorm();
  if (length > 0)
    rows_.push_back({normal / length, limit / length, length, equality, kind, index});
  else
    rows_.push_back({normal, limit, 1, equality, kind, index});
}

double DualActiveSet::excess(std::size_t i, const Vec& x) const {
  return rows_[i].normal.dot(x) - rows_[i].limit;
}

double DualActiveSet::rounding(std::size_t i, const Vec& x) const {
  const Row& row = rows_[i];
  if (!std::isfinite(row.limit)) return 0;
  return 64 * unit_roundoff * (std::abs(row.limit) + row.normal.cwiseAbs().dot(x.cwiseAbs()));
}

std::string DualActiveSet::name(const Row& row) const {
  switch (row.kind) {
    case Row::Kind::equality: return fmt::format("equality {}", row.index + 1);
    case Row::Kind::inequality: return fmt::format("inequality {}", row.index + 1);
    default: return fmt::format("the bounds of variable {}", row.index + 1);
  }
}

QuadraticMinimum DualActiveSet::solve(const Vec& c) {
  QuadraticMinimum result;
  active_.clear(), signs_.clear(), multipliers_.clear();
  Vec x = -c;
  L_.triangularView<Eigen::Lower>().solveInPlace(x);
  L_.transpose().triangularView<Eigen::Upper>().solveInPlace(x);
  // Equalities first: once taken up they stay, and none must give way for another.
  std::vector<std::size_t> equalities;
  for (std::size_t i = 0; i < rows_.size(); ++i)
    if (rows_[i].equality) equalities.push_back(i);

  const int budget = 100 + 20 * static_cast<int>(rows_.size() + static_cast<std::size_t>(x.size()));
  const auto finish = [&](Status status, std::string reason) {
    result.x = std::move(x);
    result.status = status;
    result.reason = std::move(reason);
    write_multipliers(Eigen::Map<const Vec>(multipliers_.data(), std::ssize(multipliers_)), result);
    return result;
  };
  for (const std::size_t i : equalities)
    if (auto contradiction = take_up(i, x, result.iterations))
      return finish(Status::stalled, std::move(*contradiction));
  // Rows that depend on active ones and are violated by no more than what rounding did to those.
  std::vector<std::uint8_t> settled(rows_.size(), 0);
  while (result.iterations < budget) {
    std::size_t worst = rows_.size();
    double most = 0;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (rows_[i].equality || settled[i] != 0 ||
          std::find(active_.begin(), active_.end(), i) != active_.end())
        continue;
      const double over = excess(i, x);
      if (over > std::max(most, rounding(i, x))) most = over, worst = i;
    }
    if (worst == rows_.size())
      return finish(Status::converged, fmt::format("{} constraints active", std::ssize(active_)));
    const bool slight =
        most <= 1e-9 * (1 + std::abs(rows_[worst].limit) + x.lpNorm<Eigen::Infinity>());
    std::optional<DualActiveSet> before;
    Vec x_before;
    if (slight) before.emplace(*this), x_before = x;
    auto contradiction = take_up(worst, x, result.iterations);
    if (!contradiction) continue;
    if (!slight) return finish(Status::stalled, std::move(*contradiction));
    active_ = std::move(before->active_);
    signs_ = std::move(before->signs_);
    multipliers_ = std::move(before->multipliers_);
    T_ = std::move(before->T_), Q_ = std::move(before->Q_), R_ = std::move(before->R_);
    x = std::move(x_before);
    settled[worst] = 1;
  }
  return finish(Status::out_of_budget,
                fmt::format("active constraints still change after {} steps", result.iterations));
}

std::optional<std::string> DualActiveSet::take_up(std::size_t index, Vec& x, int& iterations) {
  const Row& row = rows_[index];
  double over = excess(index, x);
  const double sign = row.equality && over < 0 ? -1 : 1;
  over *= sign;
  Vec transformed = sign * row.normal;
  L_.triangularView<Eigen::Lower>().solveInPlace(transformed);
  const double length = transformed.norm();
  double own = 0;  // the multiplier of this row
  for (;; ++iterations) {
    const Index k = std::ssize(active_);
    // Twice, against cancellation.
    Vec along = Q_.leftCols(k).transpose() * transformed;
    Vec across = transformed - Q_.leftCols(k) * along;
    const Vec again = Q_.leftCols(k).transpose() * across;
    across -= Q_.leftCols(k) * again;
    along += again;
    const double square = across.squaredNorm();
    const bool dependent = std::sqrt(square) <= dependence * length || k == x.size();
    if (dependent && row.equality) {
      // Rounding of x enters with the whole length of what the row depends on.
      if (over <= 1e-10 * (1 + std::abs(row.limit) + x.lpNorm<Eigen::Infinity>()))
        return std::nullopt;
      return fmt::format("{} contradicts the others", name(row));
    }

    const Vec slope = R_.topLeftCorner(k, k).triangularView<Eigen::Upper>().solve(along);
    double room = infinity;  // until another multiplier is 0
    Index first = -1;
    for (Index j = 0; j < k; ++j) {
      const auto at = static_cast<std::size_t>(j);
      if (rows_[active_[at]].equality || !(slope[j] > 1e-14 * slope.cwiseAbs().maxCoeff()))
        continue;
      const double ratio = multipliers_[at] / slope[j];
      if (ratio < room) room = ratio, first = j;
    }
    const double full = dependent ? infinity : std::max(over, 0.0) / square;
    const double step = std::min(room, full);
    if (step == infinity) return fmt::format("{} contradicts the others", name(row));
    for (Index j = 0; j < k; ++j) multipliers_[static_cast<std::size_t>(j)] -= step * slope[j];
    own += step;
    if (!dependent) {
      L_.transpose().triangularView<Eigen::Upper>().solveInPlace(across);
      x -= step * across;
      over = sign * excess(index, x);
    }
    if (full <= room) {
      append(index, sign, transformed, own);
      ++iterations;
      return std::nullopt;
    }
    drop(first);
  }
}

void DualActiveSet::append(std::size_t row, double sign, const Vec& transformed,
                           double multiplier) {
  const Index k = std::ssize(active_);
  T_.col(k) = transformed;
  Vec along = Q_.leftCols(k).transpose() * transformed;
  Vec across = transformed - Q_.leftCols(k) * along;
  const Vec again = Q_.leftCols(k).transpose() * across;
  across -= Q_.leftCols(k) * again;
  R_.col(k).head(k) = along + again;
  R_(k, k) = across.norm();
  Q_.col(k) = across / R_(k, k);
  active_.push_back(row);
  signs_.push_back(sign);
  multipliers_.push_back(multiplier);
}

void DualActiveSet::drop(Index position) {
  const auto at = position;
  active_.erase(active_.begin() + at);
  signs_.erase(signs_.begin() + at);
  multipliers_.erase(multipliers_.begin() + at);
  // The columns behind it are made orthogonal anew.
  for (Index k = position; k < std::ssize(active_); ++k) {
    const Vec t = T_.col(k + 1);
    T_.col(k) = t;
    Vec along = Q_.leftCols(k).transpose() * t;
    Vec across = t - Q_.leftCols(k) * along;
    const Vec again = Q_.leftCols(k).transpose() * across;
    across -= Q_.leftCols(k) * again;
    R_.col(k).head(k) = along + again;
    R_(k, k) = across.norm();
    Q_.col(k) = across / R_(k, k);
  }
}

void DualActiveSet::write_multipliers(const Vec& active_multipliers, QuadraticMinimum& result,
                                      bool as_given) const {
  result.equality.setZero(problem_.E.rows());
  result.inequality.setZero(problem_.A.rows());
  result.bound.setZero(problem_.c.size());
  for (std::size_t k = 0; k < active_.size(); ++k) {
    const Row& row = rows_[active_[k]];
    const double sign = as_given ? 1.0 : signs_[k];
    const double value = sign * active_multipliers[static_cast<Index>(k)] / row.length;
    switch (row.kind) {
      case Row::Kind::equality: result.equality[row.index] = value; break;
      case Row::Kind::inequality: result.inequality[row.index] = std::max(value, 0.0); break;
      case Row::Kind::upper: result.bound[row.index] += value; break;
      case Row::Kind::lower: result.bound[row.index] -= value; break;
    }
  }
}

}  // namespace mathtool::opt
